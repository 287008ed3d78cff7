"""The page behind a survey's link: what opens it never votes, what is sent does, once."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.domains.surveys import asking
from tests.support.desk import Desk, make_workspace
from yizhan.domains.surveys import links
from yizhan.domains.surveys.endpoints import rating
from yizhan.domains.tickets import filters


async def test_scanners_that_open_every_link_do_not_vote(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    (message,) = await asking.asked(desk, ticket_id)
    html = message["body_html"]
    async with asking.browser(desk) as page:
        for score in range(1, 6):
            assert f"{path}?score={score}" in html
            for _ in range(2):
                shown = await page.get(f"{path}?score={score}")
                assert shown.status_code == 200
                assert f'value="{score}" required checked' in shown.text
            headed = await page.head(f"{path}?score={score}")
            assert (headed.status_code, headed.content) == (200, b"")
            assert (await page.options(f"{path}?score={score}")).status_code in (200, 204, 405)
    assert (await asking.state(desk, ticket_id))["state"] == "asked"
    assert await desk.events("survey.answered") == []


async def test_a_vote_is_a_form_and_a_second_opening_shows_what_was_said(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    async with asking.browser(desk) as page:
        first = await page.get(f"{path}?score=4")
        assert "script" not in first.text
        assert "default-src 'none'" in first.headers["content-security-policy"]
        assert first.headers["cache-control"] == "private, no-store"
        voted = await page.post(path, data={"score": "4"})
        assert voted.status_code == 303
        again = (await page.get(voted.headers["location"])).text
        assert "Your answer: 4 · Satisfied" in again
        said = await page.post(path, data={"comment": "Fast <b>help</b>"})
        assert said.status_code == 303
        shown = (await page.get(path)).text
        assert "Fast &lt;b&gt;help&lt;/b&gt;" in shown
        chinese = (await page.get(f"{path}?lang=zh-CN")).text
        assert "您的评价：4 · 满意" in chinese
        assert '<html lang="zh-CN">' in chinese
    seen = await asking.state(desk, ticket_id)
    assert (seen["state"], seen["score"], seen["best"], seen["rating"]) == (
        "answered",
        4,
        5,
        "good",
    )
    assert seen["comment"] == "Fast <b>help</b>"
    (answered,) = await desk.events("survey.answered")
    assert answered.actor["kind"] == "contact"
    assert "comment" not in answered.data
    assert len(await desk.events("survey.commented")) == 1


async def test_the_same_vote_twice_counts_once_and_another_one_replaces_it(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    async with asking.browser(desk) as page:
        both = await asyncio.gather(*(page.post(path, data={"score": "2"}) for _ in range(4)))
        assert {one.status_code for one in both} == {303}
        assert len(await desk.events("survey.answered")) == 1
        await page.post(path, data={"score": "5"})
    answered = await desk.events("survey.answered")
    assert [(e.data["score"], e.data["before"]) for e in answered] == [(2, None), (5, "bad")]
    assert (await asking.state(desk, ticket_id))["score"] == 5
    page_of = (await desk.api.get("/api/v1/surveys/responses")).json()
    assert [one["score"] for one in page_of["items"]] == [5]


async def test_an_answer_can_be_changed_for_seven_days(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    async with asking.browser(desk) as page:
        await page.post(path, data={"score": "1"})
        await asking.earlier(desk, days=6)
        await page.post(path, data={"score": "3"})
        assert (await asking.state(desk, ticket_id))["score"] == 3
        await asking.earlier(desk, days=2)
        late = await page.post(path, data={"score": "5", "comment": "too late"})
        assert late.status_code == 303
        shown = (await page.get(path)).text
        assert "can no longer be changed" in shown
        assert "<form" not in shown
    seen = await asking.state(desk, ticket_id)
    assert (seen["score"], seen["comment"]) == (3, "")


async def test_an_expired_link_says_so_and_takes_nothing(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk, expires_days=3)
    await asking.earlier(desk, days=4)
    async with asking.browser(desk, **{"Accept-Language": "en"}) as page:
        for answer in (await page.get(path), await page.post(path, data={"score": "5"})):
            assert answer.status_code == 410
            assert "This survey is over" in answer.text
    seen = await asking.state(desk, ticket_id)
    assert (seen["state"], seen["score"]) == ("over", None)


async def test_forged_links_and_those_of_another_tenant_open_nothing(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    token = path.removeprefix("/rate/")
    workspace, number, mac = token.split("-")
    other = await make_workspace(desk.edge, name="Other", email="o@example.test")
    stranger = links.make(
        desk.edge.vault,
        int(other.workspace.id),
        invitation_id=int(number, 36),
    )
    turned = "a" if mac[0] != "a" else "b"
    next_number = number[:-1] + ("0" if number[-1] != "0" else "1")
    forged = [
        "nonsense",
        f"{workspace}-{number}-{turned}{mac[1:]}",
        f"{workspace}-{next_number}-{mac}",
        f"{stranger.split('-')[0]}-{number}-{mac}",
        stranger,  # well signed, of a workspace in which nobody was asked
        f"{token}extra",
        "-".join(["zzzzzzzzzzzzz", number, mac]),
    ]
    async with asking.browser(desk, **{"Accept-Language": "zh-CN"}) as page:
        for one in forged:
            answers = (
                await page.get(f"/rate/{one}"),
                await page.post(f"/rate/{one}", data={"score": "5"}),
            )
            for answer in answers:
                assert answer.status_code == 404, one
                assert "链接无效" in answer.text
    assert (await asking.state(desk, ticket_id))["state"] == "asked"


async def test_what_is_no_answer_is_asked_for_again(desk: Desk) -> None:
    _, path = await asking.invited(desk)
    async with asking.browser(desk) as page:
        wrong: list[dict[str, str]] = [{}, {"score": "9"}, {"score": "-1"}, {"score": "x"}]
        for data in [*wrong, {"comment": "no score"}]:
            answer = await page.post(path, data=data)
            assert answer.status_code == 422, data
            assert "Please choose one." in answer.text
        await page.post(path, data={"score": "5"})
        long = await page.post(path, data={"comment": "x" * 2001})
        assert long.status_code == 422
        assert "up to 2000" in long.text
    assert len(await desk.events("survey.answered")) == 1


async def test_one_network_address_cannot_send_without_end(desk: Desk) -> None:
    _, path = await asking.invited(desk)
    rating.limiter._buckets.clear()
    async with asking.browser(desk) as page:
        statuses = [(await page.post(path, data={"score": "5"})).status_code for _ in range(40)]
    rating.limiter._buckets.clear()
    assert statuses[0] == 303
    assert 429 in statuses


async def test_bad_news_is_told_to_whoever_has_the_ticket_and_only_once(desk: Desk) -> None:
    ticket_id, path = await asking.invited(desk)
    admin = str(desk.created.admin_id)
    await desk.api.post(f"/api/v1/tickets/{ticket_id}/assign", json={"agent_id": admin})
    async with asking.browser(desk) as page:
        for score in ("5", "2", "1", "4", "1"):
            await page.post(path, data={"score": score})
    await desk.run_jobs(only="none")
    async with desk.as_system() as tx:
        rows = await tx.db.fetch("SELECT kind, actor FROM notification WHERE kind = 'rating'")
    assert len(rows) == 2, "when it becomes bad, and when it becomes bad again"
    assert rows[0]["actor"]["kind"] == "contact"


async def _rated(desk: Desk, scores: list[int | None], **changes: Any) -> list[str]:
    """Tickets whose customers gave these scores."""
    box = await asking.add_mailbox(desk)
    await asking.survey(desk, throttle_days=0, **changes)
    made = []
    async with asking.browser(desk) as page:
        for number, score in enumerate(scores):
            ticket_id = await asking.mail(desk, box, sender=f"c{number}@example.com")
            await asking.done(desk, ticket_id)
            await asking.ring(desk)
            made.append(ticket_id)
            if score is not None:
                await page.post(await asking.link(desk, ticket_id), data={"score": str(score)})
    return made


async def test_the_figures_are_those_of_their_definition(desk: Desk) -> None:
    rating.limiter._buckets.clear()
    made = await _rated(desk, [10, 9, 8, 6, 0, None], kind="nps")
    (figures,) = (await desk.api.get("/api/v1/surveys/summary")).json()["items"]
    assert (figures["sent"], figures["answered"]) == (6, 5)
    assert figures["response_rate"] == 83.3
    assert figures["figure"] == 0.0  # two promoters, two detractors
    assert (figures["good"], figures["neutral"], figures["bad"]) == (2, 1, 2)
    assert {c["score"]: c["count"] for c in figures["counts"]}[9] == 1
    bad = (await desk.api.get("/api/v1/surveys/responses?rating=bad")).json()["items"]
    assert sorted(one["score"] for one in bad) == [0, 6]
    first = (await desk.api.get("/api/v1/surveys/responses?limit=2")).json()
    rest = await desk.api.get(f"/api/v1/surveys/responses?cursor={first['next_cursor']}")
    scores = [one["score"] for one in [*first["items"], *rest.json()["items"]]]
    assert scores == [0, 6, 8, 9, 10], "newest first, none twice"
    low = {"field": "satisfaction.score", "op": "lte", "value": 6}
    kept = {"field": "satisfaction.rating", "op": "is", "value": "bad"}
    async with desk.begin() as tx:
        for raw in (low, kept):
            condition = filters.parse(raw)
            held = [one for one in made if await filters.matches(tx, int(one), condition=condition)]
            assert held == [made[3], made[4]]


async def test_what_never_arrived_was_not_asked(desk: Desk) -> None:
    made = await _rated(desk, [5, None])
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE message SET delivery_state = 'failed' WHERE ticket_id = $1 AND direction = 'out'",
            int(made[1]),
        )
    (figures,) = (await desk.api.get("/api/v1/surveys/summary")).json()["items"]
    assert (figures["sent"], figures["answered"], figures["figure"]) == (1, 1, 100.0)
