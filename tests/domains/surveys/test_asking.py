"""Whom a survey asks, when, and how often."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.domains.surveys import asking
from tests.support.desk import Desk
from yizhan.domains.surveys import repository
from yizhan.domains.surveys.service import asking as service
from yizhan.kernel import jobs, timers


async def test_a_solved_ticket_is_asked_about_once_on_its_own_channel(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    (message,) = await asking.asked(desk, ticket_id)
    assert message["direction"] == "out"
    assert message["automatic"]
    assert f"{path}?score=5" in message["body_html"]
    assert [e.type for e in await desk.events("survey.sent")] == ["survey.sent"]
    seen = await asking.state(desk, ticket_id)
    assert (seen["state"], seen["channel"], seen["kind"]) == ("asked", "mail", "csat")
    await asking.done(desk, ticket_id, "open")
    await asking.done(desk, ticket_id)
    await asking.ring(desk)
    assert len(await asking.asked(desk, ticket_id)) == 1, "not twice about a ticket"


async def test_a_mail_keeps_its_buttons_and_says_that_a_machine_wrote_it(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk, kind="nps")
    ticket_id = await asking.mail(desk, box)
    await asking.done(desk, ticket_id)
    await asking.ring(desk)
    (message,) = await asking.asked(desk, ticket_id)
    rendered = await box.rendered(message["id"])
    assert rendered["Auto-Submitted"] == "auto-replied"
    rich = rendered.get_body(("html",))
    assert rich is not None
    for score in range(11):
        assert f"?score={score}" in rich.get_content()
    plain = rendered.get_body(("plain",))
    assert plain is not None
    assert asking.LINK.search(plain.get_content())


async def test_it_waits_and_looks_again_when_the_time_has_come(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk, delay_minutes=30)
    ticket_id = await asking.mail(desk, box)
    await asking.done(desk, ticket_id)
    await asking.ring(desk)
    seen = await asking.state(desk, ticket_id)
    assert seen["state"] == "planned"
    assert seen["planned_at"] is not None
    assert await asking.asked(desk, ticket_id) == []
    await asking.done(desk, ticket_id, "open")
    assert (await asking.state(desk, ticket_id))["state"] == "none", "it is not done any more"


async def test_a_survey_of_closed_tickets_waits_until_one_is_closed(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk, trigger="closed")
    ticket_id = await asking.mail(desk, box)
    await asking.done(desk, ticket_id)
    await asking.ring(desk)
    assert await asking.asked(desk, ticket_id) == []
    await asking.done(desk, ticket_id, "closed")
    await asking.ring(desk)
    assert len(await asking.asked(desk, ticket_id)) == 1


async def _due(desk: Desk) -> None:
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE timer SET due_at = now() WHERE workspace_id = $1", tx.workspace_id
        )


async def test_a_survey_that_was_switched_off_meanwhile_asks_nobody(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    made = await asking.survey(desk, delay_minutes=30)
    ticket_id = await asking.mail(desk, box)
    await asking.done(desk, ticket_id)
    await desk.api.patch(f"/api/v1/surveys/{made['id']}", json={"active": False})
    await _due(desk)
    await asking.ring(desk)
    assert await asking.asked(desk, ticket_id) == []


async def test_the_first_survey_that_fits_asks(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    urgent = {"field": "priority", "op": "is", "value": "urgent"}
    await asking.survey(desk, name="Urgent", kind="ces", condition=urgent)
    await asking.survey(desk, name="All", kind="nps", throttle_days=0)
    plain = await asking.mail(desk, box, sender="a@example.com")
    hot = await asking.mail(desk, box, sender="b@example.com")
    await desk.api.patch(f"/api/v1/tickets/{hot}", json={"priority": "urgent"})
    for one in (plain, hot):
        await asking.done(desk, one)
    await asking.ring(desk)
    assert (await asking.state(desk, plain))["kind"] == "nps"
    assert (await asking.state(desk, hot))["kind"] == "ces"


async def test_a_customer_is_not_asked_again_too_soon(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk, throttle_days=10)
    first = await asking.mail(desk, box)
    other = await asking.mail(desk, box, sender="bo@example.com")
    second = await asking.mail(desk, box)
    for one in (first, second, other):
        await asking.done(desk, one)
        await asking.ring(desk)
    assert len(await asking.asked(desk, first)) == 1
    assert len(await asking.asked(desk, other)) == 1, "another customer"
    assert await asking.asked(desk, second) == []
    await asking.earlier(desk, days=11)
    third = await asking.mail(desk, box)
    await asking.done(desk, third)
    await asking.ring(desk)
    assert len(await asking.asked(desk, third)) == 1


async def test_two_tickets_done_at_once_still_ask_once(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    made = await asking.survey(desk)
    both = [await asking.mail(desk, box), await asking.mail(desk, box)]
    for one in both:
        await asking.done(desk, one)
    payload = {"workspace_id": desk.workspace_id, "survey_id": made["id"]}
    await asyncio.gather(
        *(jobs.run_one(desk.context, service.JOB, payload | {"ticket_id": one}) for one in both)
    )
    assert sum([len(await asking.asked(desk, one)) for one in both]) == 1


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-generated"}, {"Precedence": "bulk"}])
async def test_a_machine_is_never_asked(desk: Desk, headers: dict[str, str]) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk)
    before = len(await asking.listed(desk))
    await box.get(sender="robot@example.com", **headers)
    for row in (await asking.listed(desk))[before:]:
        await asking.done(desk, row["id"])
        await asking.ring(desk)
        assert await asking.asked(desk, row["id"]) == []
    assert await desk.events("survey.sent") == []


async def test_a_sender_who_is_not_who_they_claim_is_never_asked(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk)
    ticket_id = await asking.mail(desk, box)
    async with desk.as_system() as tx:
        await tx.db.execute("UPDATE message SET sender_verdict = 'fail' WHERE direction = 'in'")
    await asking.done(desk, ticket_id)
    await asking.ring(desk)
    assert await asking.asked(desk, ticket_id) == []


async def test_a_worker_that_dies_while_asking_asks_once_in_the_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The timer became a job; the worker dies in its middle; another one takes it up, and even twice."""
    box = await asking.add_mailbox(desk)
    made = await asking.survey(desk)
    ticket_id = await asking.mail(desk, box)
    await asking.done(desk, ticket_id)
    assert await timers.fire(desk.database) >= 1
    assert await desk.waiting_jobs(service.JOB) == 1
    payload: dict[str, Any] = {
        "workspace_id": desk.workspace_id,
        "ticket_id": ticket_id,
        "survey_id": made["id"],
    }
    kept = repository.add

    async def killed(tx: Any, one: Any) -> None:
        await kept(tx, one)
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(repository, "add", killed)
        with pytest.raises(asyncio.CancelledError):
            await jobs.run_one(desk.context, service.JOB, payload)
    assert await asking.asked(desk, ticket_id) == []
    await asking.ring(desk)
    await jobs.run_one(desk.context, service.JOB, payload)
    assert len(await asking.asked(desk, ticket_id)) == 1
    assert len(await desk.events("survey.sent")) == 1


async def test_an_agent_hands_out_a_link_which_stays_the_same(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    ticket_id = await asking.mail(desk, box)
    path = f"/api/v1/tickets/{ticket_id}/satisfaction/link"
    none = await desk.api.post(path)
    assert (none.status_code, none.json()["code"]) == (409, "no_survey")
    await asking.survey(desk, channels=["link"])
    assert (await asking.state(desk, ticket_id))["may_link"]
    first, second = (await desk.api.post(path)).json(), (await desk.api.post(path)).json()
    assert first == second
    assert asking.LINK.search(first["url"])
    await asking.done(desk, ticket_id)
    await asking.ring(desk)
    assert await asking.asked(desk, ticket_id) == [], "a link is not sent"
    other = await asking.mail(desk, box)
    again = await desk.api.post(f"/api/v1/tickets/{other}/satisfaction/link")
    assert (again.status_code, again.json()["code"]) == (409, "asked_recently")


async def test_a_merged_ticket_is_not_asked_about(desk: Desk) -> None:
    box = await asking.add_mailbox(desk)
    await asking.survey(desk, trigger="closed")
    first, second = await asking.mail(desk, box), await asking.mail(desk, box)
    merged = await desk.api.post(f"/api/v1/tickets/{first}/merge", json={"into_id": second})
    assert merged.status_code == 200, merged.text
    await asking.ring(desk)
    assert await asking.asked(desk, first) == []
    assert await desk.events("survey.sent") == []


async def test_conditions_that_cannot_hold_are_refused(desk: Desk) -> None:
    async def refused(condition: dict[str, Any]) -> int:
        body = {"name": "X", "kind": "csat", "condition": condition}
        return (await desk.api.post("/api/v1/surveys", json=body)).status_code

    assert await refused({"field": "satisfaction.score", "op": "gt", "value": 1}) == 422
    assert await refused({"field": "assignee", "op": "is", "value": "me"}) == 422
    assert await refused({"field": "nothing", "op": "is", "value": "x"}) == 422


async def test_surveys_are_ordered_changed_and_removed_and_answers_stay(desk: Desk) -> None:
    first = await asking.survey(desk, name="A")
    second = await asking.survey(desk, name="B", texts={"en": {"question": " How was it? "}})
    assert second["texts"]["en"]["question"] == "How was it?"
    assert "满意" in second["defaults"]["zh-CN"]["question"]
    ids = [second["id"], first["id"]]
    ordered = await desk.api.put("/api/v1/surveys/order", json={"ids": ids})
    assert [one["id"] for one in ordered.json()["items"]] == ids
    wrong = await desk.api.put("/api/v1/surveys/order", json={"ids": ids[:1]})
    assert wrong.status_code == 422
    assert (await desk.api.delete(f"/api/v1/surveys/{first['id']}")).status_code == 204
    assert (await desk.api.get(f"/api/v1/surveys/{first['id']}")).status_code == 404
