"""Clocks of tickets: they follow what happens, ring once, and can be explained."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from tests.support.desk import Desk, api_token, client
from yizhan.domains.sla.service import clocks
from yizhan.domains.tickets import filters, service
from yizhan.domains.tickets.types import Outgoing
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

MINUTE = timedelta(minutes=1)
_TARGETS = [
    {"key": "first", "kind": "first_response", "minutes": {"normal": 60, "urgent": 15}},
    {"key": "next", "kind": "next_response", "minutes": {"normal": 120, "urgent": 30}},
    {"key": "solve", "kind": "resolution", "minutes": {"normal": 480, "urgent": 120}},
]


async def policy(desk: Desk, **changes: Any) -> dict[str, Any]:
    body = {"name": "Standard", "targets": _TARGETS} | changes
    answer = await desk.api.post("/api/v1/sla/policies", json=body)
    assert answer.status_code == 201, answer.text
    await desk.run_jobs()
    found: dict[str, Any] = answer.json()
    return found


async def ticket(desk: Desk, **changes: Any) -> dict[str, Any]:
    body = {"subject": "Kaputt", "body": "It broke", "requester": {"email": "c@example.test"}}
    answer = await desk.api.post("/api/v1/tickets", json=body | changes)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def change(desk: Desk, made: dict[str, Any], **changes: Any) -> None:
    answer = await desk.api.patch(f"/api/v1/tickets/{made['id']}", json=changes)
    assert answer.status_code == 200, answer.text


async def answer(desk: Desk, made: dict[str, Any], **changes: Any) -> dict[str, Any]:
    body = {"body": "We look", "visibility": "public"} | changes
    sent = await desk.api.post(f"/api/v1/tickets/{made['id']}/messages", json=body)
    assert sent.status_code == 201, sent.text
    found: dict[str, Any] = sent.json()
    return found


async def sla(desk: Desk, made: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The clocks of a ticket by target and cycle."""
    found = await desk.api.get(f"/api/v1/tickets/{made['id']}/sla")
    assert found.status_code == 200, found.text
    return {f"{one['target']}{one['cycle']}": one for one in found.json()["clocks"]}


Shift = Callable[..., Awaitable[None]]


@pytest.fixture
def shift(dsn: str) -> Shift:
    """Let a ticket have happened that much earlier, with all that is known of it."""

    async def run(made: dict[str, Any], *, minutes: int, policies: int = 0) -> None:
        back, number = timedelta(minutes=minutes), int(made["id"])
        owner = await asyncpg.connect(dsn)  # the desk itself cannot rewrite its log
        for table, columns, key in _TIMES:
            changes = ", ".join(f"{one} = {one} - $1::interval" for one in columns)
            await owner.execute(
                f"UPDATE {table} SET {changes} WHERE {key}::text = $2::text", back, str(number)
            )
        long = timedelta(minutes=policies)
        await owner.execute("UPDATE sla_policy SET updated_at = updated_at - $1::interval", long)
        clocks._policies.clear()
        await owner.close()

    return run


_TIMES = (
    ("event", ("at",), "ticket_id"),
    ("ticket", ("created_at",), "id"),
    ("sla_clock", ("started_at", "due_at", "warn_at", "ended_at", "paused_at"), "ticket_id"),
    ("sla_ticket", ("due_at", "warn_at", "tick_at"), "ticket_id"),
    ("timer", ("due_at",), "key"),
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_targets_start_with_the_ticket_and_end_with_the_work(desk: Desk) -> None:
    await policy(desk)
    made = await ticket(desk)
    began = moment(made["created_at"])
    found = await sla(desk, made)
    assert set(found) == {"first1", "solve1"}
    assert moment(found["first1"]["due_at"]) == began + 60 * MINUTE
    assert moment(found["solve1"]["due_at"]) == began + 480 * MINUTE

    await answer(desk, made)
    found = await sla(desk, made)
    assert found["first1"]["state"] == "met"
    assert found["solve1"]["state"] == "running"
    await change(desk, made, status="resolved")
    found = await sla(desk, made)
    assert found["solve1"]["state"] == "met"
    met = await desk.events("sla.met")
    assert [(one.data["target"], one.data["breached"]) for one in met] == [
        ("first", False),
        ("solve", False),
    ]


async def test_a_priority_moves_the_due_time_and_the_timer(desk: Desk) -> None:
    await policy(desk)
    made = await ticket(desk)
    await change(desk, made, priority="urgent")
    found = await sla(desk, made)
    assert moment(found["first1"]["due_at"]) == moment(made["created_at"]) + 15 * MINUTE
    async with desk.as_system() as tx:
        due = await tx.db.fetchval("SELECT due_at FROM timer WHERE kind = 'sla'")
    assert due == moment(made["created_at"]) + 12 * MINUTE  # amber for the last fifth


async def test_warning_breach_and_escalations_come_once(desk: Desk, shift: Shift) -> None:
    agent = str(desk.created.admin_id)
    await policy(
        desk,
        escalations=[
            {"key": "early", "after": -30, "targets": ["first"], "notify": {"agents": [agent]}},
            {"key": "late", "after": 60, "targets": ["first"],
             "actions": [{"action": "add_tags", "params": {"tags": ["late"]}}]},
        ],
    )  # fmt: skip
    made = await ticket(desk)
    await shift(made, minutes=45, policies=200)
    await desk.run_jobs()
    assert [one.data["step"] for one in await desk.events("sla.escalation_due")] == ["early"]
    for minutes in (5, 25):  # amber, red
        assert not await desk.events("sla.breached")
        await shift(made, minutes=minutes)
        await desk.run_jobs()
    assert [one.data["target"] for one in await desk.events("sla.breached")] == ["first"]
    await shift(made, minutes=60)
    for _ in range(3):
        await desk.run_jobs()
        async with desk.as_system() as tx:
            await clocks.tick(tx, [int(made["id"])])
    assert len(await desk.events("sla.warning")) == 1
    assert len(await desk.events("sla.breached")) == 1
    early, late = await desk.events("sla.escalation_due")
    assert early.data["agent_ids"] == [agent]
    assert late.data["actions"] == [{"action": "add_tags", "params": {"tags": ["late"]}}]


class _Died(Exception):
    """The process is gone before the commit."""


async def _die(desk: Desk, made: dict[str, Any]) -> None:
    async with desk.as_system() as tx:
        await clocks.tick(tx, [int(made["id"])])
        raise _Died


async def test_a_worker_that_dies_in_between_costs_nothing(desk: Desk, shift: Shift) -> None:
    """The timer is moved into the queue, the job dies before its commit, and is run again, twice."""
    await policy(desk)
    made = await ticket(desk)
    await shift(made, minutes=61)
    assert await timers.fire(desk.database) == 1

    with pytest.raises(_Died):
        await _die(desk, made)
    assert not await desk.events("sla.breached")
    assert await desk.waiting_jobs(clocks.TICK_JOB) == 1
    await desk.run_jobs()
    async with desk.as_system() as tx:
        await clocks.tick(tx, [int(made["id"])])
    assert len(await desk.events("sla.breached")) == 1
    async with desk.as_system() as tx:  # and the next target has its timer again
        due = await tx.db.fetchval("SELECT due_at FROM timer WHERE kind = 'sla'")
    assert due > datetime.now(UTC)


async def test_a_burst_is_worked_on_together_and_a_fault_in_it_alone(
    desk: Desk, shift: Shift, monkeypatch: pytest.MonkeyPatch
) -> None:
    await policy(desk)
    made = [await ticket(desk) for _ in range(3)]
    for one in made:
        await shift(one, minutes=61)
    assert await timers.fire(desk.database) == 3
    assert await desk.waiting_jobs(clocks.TICK_JOB) == 1
    together = clocks.tick

    async def fail_together(tx: Tx, ticket_ids: Sequence[int]) -> None:
        await together(tx, ticket_ids)
        if len(ticket_ids) > 1:
            raise _Died

    monkeypatch.setattr(clocks, "tick", fail_together)
    await desk.run_jobs()
    found = {one.ticket_id for one in await desk.events("sla.breached")}
    assert found == {int(one["id"]) for one in made}
    assert len(await desk.events("sla.breached")) == 3


async def test_waiting_stops_the_clock_and_the_customer_starts_it(desk: Desk, shift: Shift) -> None:
    await policy(desk)
    made = await ticket(desk)
    await answer(desk, made, status="pending")
    found = await sla(desk, made)
    assert found["solve1"]["state"] == "paused"
    assert found["solve1"]["due_at"] is None
    await shift(made, minutes=100)
    await change(desk, made, status="open")
    found = await sla(desk, made)
    stopped = found["solve1"]["pauses"][0]
    paused = moment(stopped["end"]) - moment(stopped["begin"])
    assert 99 * MINUTE < paused < 102 * MINUTE
    start = moment(found["solve1"]["started_at"])
    assert abs(moment(found["solve1"]["due_at"]) - start - 480 * MINUTE - paused) <= MINUTE
    assert stopped["reason"] == "status:pending"


async def test_a_reopened_ticket_goes_on_with_its_clock(desk: Desk, shift: Shift) -> None:
    await policy(desk)
    made = await ticket(desk)
    await change(desk, made, status="resolved")
    found = await sla(desk, made)
    assert found["first1"]["state"] == "dropped"
    assert found["solve1"]["state"] == "met"
    await shift(made, minutes=30)
    await change(desk, made, status="open")
    found = await sla(desk, made)
    assert found["solve1"]["state"] == "running"
    assert [gap["reason"] for gap in found["solve1"]["pauses"]] == ["solved"]


async def test_an_answer_taken_back_was_never_given(desk: Desk) -> None:
    await policy(desk)
    made = await ticket(desk)
    async with desk.begin() as tx:
        message = await service.reply(tx, int(made["id"]), outgoing=Outgoing(body="oops"))
    assert (await sla(desk, made))["first1"]["state"] == "met"
    async with desk.begin() as tx:
        await tx.db.execute(  # on a channel that lets one think again for a minute
            "UPDATE message SET delivery_state = 'queued', undo_until = now() + interval '1 minute'"
            " WHERE id = $1",
            message,
        )
        await service.cancel(tx, message)
    assert (await sla(desk, made))["first1"]["state"] == "running"


async def test_updates_are_due_again_and_again(desk: Desk, shift: Shift) -> None:
    every = {
        "key": "tell",
        "kind": "update",
        "name": "Every 4 h",
        "minutes": {"normal": 240},
        "pausable": False,
    }
    await policy(desk, targets=[every])
    made = await ticket(desk)
    for _ in range(3):
        await shift(made, minutes=10)
        await answer(desk, made)
    found = await sla(desk, made)
    assert [found[f"tell{n}"]["state"] for n in (1, 2, 3, 4)] == ["met", "met", "met", "running"]
    assert found["tell4"]["name"] == "Every 4 h"
    await change(desk, made, status="resolved")
    assert (
        "tell4" not in await sla(desk, made)
        or (await sla(desk, made))["tell4"]["state"] == "dropped"
    )


async def test_the_first_policy_that_matches_holds(desk: Desk) -> None:
    vip = {"field": "customer.vip", "op": "is", "value": True}
    await policy(desk)
    gold = await policy(
        desk,
        name="Gold",
        condition=vip,
        targets=[{"key": "first", "kind": "first_response", "minutes": {"normal": 5}}],
    )
    made = await ticket(desk)
    assert (await sla(desk, made))["first1"]["policy_name"] == "Standard"
    listed = (await desk.api.get("/api/v1/sla/policies")).json()["items"]
    turned = [one["id"] for one in reversed(listed)]
    done = await desk.api.put("/api/v1/sla/policies/order", json={"ids": turned})
    assert done.status_code == 200, done.text
    contact = f"/api/v1/contacts/{made['requester']['id']}"
    assert (await desk.api.patch(contact, json={"vip": True})).status_code == 200
    await desk.run_jobs()
    found = await sla(desk, made)
    assert found["first1"]["policy_id"] == gold["id"]
    assert moment(found["first1"]["due_at"]) == moment(made["created_at"]) + 5 * MINUTE
    assert "solve1" not in found


async def test_a_changed_policy_moves_running_clocks_and_leaves_ended_ones(desk: Desk) -> None:
    made_policy = await policy(desk)
    old, new = await ticket(desk), await ticket(desk)
    await answer(desk, old)
    targets = [{**_TARGETS[0], "minutes": {"normal": 10}}, _TARGETS[2]]
    path = f"/api/v1/sla/policies/{made_policy['id']}"
    assert (await desk.api.patch(path, json={"targets": targets})).status_code == 200
    await desk.run_jobs()
    assert (await sla(desk, old))["first1"]["minutes"] == 60
    found = await sla(desk, new)
    assert found["first1"]["minutes"] == 10
    assert found["first1"]["policy_version"] == 2
    progress = (await desk.api.get("/api/v1/sla/recomputation")).json()["latest"]
    assert (progress["total"], progress["done"], progress["changed"]) == (2, 2, 2)
    assert progress["finished_at"]


async def test_a_policy_that_comes_late_does_not_call_for_what_is_long_past(
    desk: Desk, shift: Shift
) -> None:
    made = await ticket(desk)
    await shift(made, minutes=600)
    await policy(desk, escalations=[{"key": "at", "after": 0}, {"key": "then", "after": 6000}])
    assert {one.data["target"] for one in await desk.events("sla.breached")} == {"first", "solve"}
    assert not await desk.events("sla.escalation_due")


async def test_a_deleted_policy_ends_its_clocks(desk: Desk) -> None:
    made_policy = await policy(desk)
    made = await ticket(desk)
    assert (await desk.api.delete(f"/api/v1/sla/policies/{made_policy['id']}")).status_code == 204
    await desk.run_jobs()
    assert await sla(desk, made) == {}
    async with desk.as_system() as tx:
        assert await tx.db.fetchval("SELECT count(*) FROM timer WHERE kind = 'sla'") == 0


async def test_conditions_can_ask_for_promises(desk: Desk) -> None:
    made_policy = await policy(desk)
    made = await ticket(desk)
    async with desk.as_system() as tx:
        for field, op, value, expected in (
            ("sla.due_at", "within_next", "2h", True),
            ("sla.due_at", "within_next", "30m", False),
            ("sla.breached", "is", False, True),
            ("sla.next_target", "is", "first_response", True),
            ("sla.policy", "is", made_policy["id"], True),
            ("sla.state", "is", "paused", False),
        ):
            condition = filters.parse({"field": field, "op": op, "value": value})
            assert await filters.matches(tx, int(made["id"]), condition=condition) is expected


async def test_without_policies_nothing_is_kept(desk: Desk) -> None:
    made = await ticket(desk)
    await answer(desk, made)
    async with desk.as_system() as tx:
        assert await tx.db.fetchval("SELECT count(*) FROM sla_ticket") == 0
    assert await sla(desk, made) == {}


async def test_lists_show_the_next_promise_and_go_by_it(desk: Desk) -> None:
    soon = {"field": "priority", "op": "is", "value": "urgent"}
    none = {"key": "first", "kind": "first_response", "minutes": {}}
    await policy(desk, condition=soon)
    await policy(desk, name="Nothing", targets=[none])
    slow, fast, promised = await ticket(desk), await ticket(desk), await ticket(desk)
    for made in (fast, promised):
        await change(desk, made, priority="urgent")
    await answer(desk, fast)
    pages = []
    cursor = ""
    for _ in range(3):
        path = f"/api/v1/tickets?view=all&sort=due&limit=1{cursor}"
        page = (await desk.api.get(path)).json()
        pages += page["items"]
        cursor = f"&cursor={page['next_cursor']}"
    assert [row["id"] for row in pages] == [promised["id"], fast["id"], slow["id"]]
    assert pages[0]["promise"]["kind"] == "first_response"
    assert pages[0]["promise"]["state"] == "running"
    assert pages[1]["promise"]["target"] == "solve"
    assert pages[2]["promise"] is None
    turned = (await desk.api.get("/api/v1/tickets?view=all&sort=-due")).json()["items"]
    assert [row["id"] for row in turned] == [fast["id"], promised["id"], slow["id"]]


async def test_an_escalation_tells_people(desk: Desk, shift: Shift) -> None:
    agent = str(desk.created.admin_id)
    await policy(desk, escalations=[{"key": "at", "after": 0, "notify": {"agents": [agent]}}])
    made = await ticket(desk)
    await shift(made, minutes=61, policies=200)
    await desk.run_jobs()
    async with desk.begin() as tx:
        rows = await tx.db.fetch("SELECT kind, agent_id, ticket_id FROM notification")
    assert [(row[0], row[1], row[2]) for row in rows] == [("sla", int(agent), int(made["id"]))]


async def test_a_merged_ticket_has_no_promises_until_the_merge_is_taken_back(
    desk: Desk, shift: Shift
) -> None:
    await policy(desk)
    made, into = await ticket(desk), await ticket(desk)
    await shift(made, minutes=20)
    path = f"/api/v1/tickets/{made['id']}"
    merged = (await desk.api.post(f"{path}/merge", json={"into_id": into["id"]})).json()
    found = await sla(desk, made)
    assert {key: one["state"] for key, one in found.items()} == {
        "first1": "dropped", "solve1": "dropped",
    }  # fmt: skip
    assert not await desk.events("sla.met")  # nothing was answered, nothing was solved
    async with desk.as_system() as tx:
        rings = await tx.db.fetchval("SELECT count(*) FROM timer WHERE key = $1", made["id"])
    assert rings == 0
    assert {one["state"] for one in (await sla(desk, into)).values()} == {"running"}
    await shift(made, minutes=300)
    undone = await desk.api.post(f"/api/v1/operations/{merged['id']}/undo")
    assert undone.status_code == 200, undone.text
    found = await sla(desk, made)
    assert {key: one["state"] for key, one in found.items()} == {
        "first1": "running", "solve1": "running",
    }  # fmt: skip
    assert found["first1"]["elapsed_minutes"] <= 21  # what happened elsewhere does not count
    assert [one["reason"] for one in found["first1"]["pauses"]] == ["merged"]
    await answer(desk, made)
    assert (await sla(desk, made))["first1"]["state"] == "met"


async def test_what_was_solved_before_a_merge_stays_kept(desk: Desk) -> None:
    await policy(desk)
    made, into = await ticket(desk), await ticket(desk)
    await answer(desk, made)
    await change(desk, made, status="resolved")
    path = f"/api/v1/tickets/{made['id']}"
    await desk.api.post(f"{path}/merge", json={"into_id": into["id"]})
    assert {key: one["state"] for key, one in (await sla(desk, made)).items()} == {
        "first1": "met", "solve1": "met",
    }  # fmt: skip


async def test_escalations_do_what_their_writer_may_set_up(desk: Desk, shift: Shift) -> None:
    steps = [
        {"action": "set_priority", "params": {"priority": "urgent"}},
        {"action": "add_tags", "params": {"tags": ["late"]}},
    ]
    await policy(desk, escalations=[{"key": "at", "after": 0, "actions": steps}])
    made = await ticket(desk)
    await shift(made, minutes=61, policies=200)
    await desk.run_jobs()
    now = (await desk.api.get(f"/api/v1/tickets/{made['id']}")).json()
    assert (now["priority"], now["tags"]) == ("urgent", ["late"])


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"action": "nonsense", "params": {}}, "unknown_action"),
        ({"action": "set_priority", "params": {"priority": "purple"}}, "params_invalid"),
        ({"what": 1}, "params_invalid"),
    ],
)
async def test_actions_that_do_not_exist_or_fit_are_refused(
    desk: Desk, step: dict[str, Any], code: str
) -> None:
    body = {"name": "P", "targets": _TARGETS}
    body["escalations"] = [{"key": "at", "after": 0, "actions": [step]}]
    refused = await desk.api.post("/api/v1/sla/policies", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_policy_gives_nobody_a_right_that_they_lack(desk: Desk) -> None:
    token = await api_token(desk.database, desk.workspace_id, scopes=("ticket:read", "sla:manage"))
    calls = {"action": "call_webhook", "params": {"url": "https://example.com/x"}}
    escalations = [{"key": "at", "after": 0, "actions": [calls]}]
    body = {"name": "P", "targets": _TARGETS, "escalations": escalations}
    made = await policy(desk, escalations=escalations)  # the administrator may
    async with client(desk.app, token=token) as api:
        refused = await api.post("/api/v1/sla/policies", json=body)
        assert (refused.status_code, refused.json()["permission"]) == (403, "webhook:manage")
        # What is there already may stay as it is.
        renamed = await api.patch(f"/api/v1/sla/policies/{made['id']}", json={"name": "Q"})
        assert renamed.status_code == 200, renamed.text
