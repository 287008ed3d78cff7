"""Work on many tickets: counted, in the background, killed, cancelled, undone, by one's own rights."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from tests.domains.automation.test_macros import NEW, agent, macro, ticket
from tests.support.desk import Desk, eventually
from yizhan.domains.automation import testing
from yizhan.domains.automation.contract import Why
from yizhan.domains.automation.service import actions
from yizhan.domains.automation.service import bulk as bulk_service
from yizhan.domains.automation.types import Step
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received
from yizhan.kernel import errors

URGENT = {"action": "set_priority", "params": {"priority": "urgent"}}
TAG = {"action": "add_tags", "params": {"tags": ["recall"]}}


async def many(desk: Desk, count: int, **values: Any) -> list[int]:
    """Tickets by the short way."""
    async with desk.begin() as tx:
        requester = tickets.Requester(email="many@example.test", name="Many")
        incoming = Received(
            channel="api", contact_id=0, author_name="", text="x", subject="Many", **values
        )
        return [
            (await tickets.create(tx, requester=requester, incoming=incoming)).ticket_id
            for _ in range(count)
        ]


async def start(
    desk: Desk, selection: dict[str, Any], *steps: dict[str, Any], **more: bool
) -> dict[str, Any]:
    asked = {"selection": selection, "actions": steps, **more}
    begun = await desk.api.post("/api/v1/bulk", json=asked)
    assert begun.status_code == 202, begun.text
    found: dict[str, Any] = begun.json()
    return found


async def read(desk: Desk, bulk_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.api.get(f"/api/v1/bulk/{bulk_id}")).json()
    return found


def counts(row: dict[str, Any]) -> tuple[str, int, int, int]:
    return row["state"], row["done"], row["skipped"], row["failed"]


async def test_a_condition_is_counted_done_and_undone(desk: Desk) -> None:
    found = await many(desk, 120, tags=("hot",))
    await many(desk, 3)
    selection = {
        "everything": True,
        "condition": {"field": "tags", "op": "has", "value": "hot"},
    }
    counted = (await desk.api.post("/api/v1/bulk/count", json={"selection": selection})).json()
    assert (counted["total"], len(counted["sample"]), counted["allowed"]) == (120, 5, True)
    async with desk.begin() as tx:
        before = [await testing.state_hash(tx, one) for one in found]
    await desk.api.patch(f"/api/v1/tickets/{found[0]}", json={"status": "closed"})
    begun = await start(desk, selection, URGENT, TAG)
    assert (begun["state"], begun["total"]) == ("queued", 120)
    await desk.run_jobs(only="automation.bulk")
    row = await read(desk, begun["id"])
    assert counts(row) == ("done", 119, 1, 0)
    assert row["reasons"] == {"ticket_closed": 1}
    skipped = (await desk.api.get(f"/api/v1/bulk/{begun['id']}/items?state=skipped")).json()
    assert [one["ticket_id"] for one in skipped["items"]] == [str(found[0])]
    undo = (await desk.api.post(f"/api/v1/bulk/{begun['id']}/undo")).json()
    await desk.run_jobs(only="automation.bulk")
    assert counts(await read(desk, undo["id"])) == ("done", 119, 0, 0)
    async with desk.begin() as tx:
        after = [await testing.state_hash(tx, one) for one in found]
    assert after[1:] == before[1:]
    again = await desk.api.post(f"/api/v1/bulk/{begun['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "already_undone")


_WORKER = """
import asyncio, sys
from pathlib import Path
from yizhan.app import discovery
from yizhan.kernel import crypto, db, jobs
from yizhan.kernel.config import Config
from yizhan.kernel.storage import Disk

async def main(dsn, folder, workspace_id, bulk_id):
    discovery.load()
    config = Config(data=Path(folder))
    database = await db.connect(dsn, pool=2)
    context = jobs.Context(database, Disk(config.data / "files"), config, crypto.open_vault(config))
    await jobs.run_one(
        context, "automation.bulk", {"workspace_id": int(workspace_id), "bulk_id": int(bulk_id)}
    )

asyncio.run(main(*sys.argv[1:]))
"""


async def test_killed_in_the_middle_no_ticket_is_worked_on_twice(desk: Desk) -> None:
    total = 400
    found = await many(desk, total)
    note = {"action": "add_note", "params": {"text": "once"}}
    begun = await start(desk, {"ids": [str(one) for one in found]}, note, TAG)
    folder = str(desk.edge.config.data)
    arguments = [desk.database.dsn, folder, str(desk.workspace_id), begun["id"]]
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", _WORKER, *arguments)
    try:
        await eventually(lambda: _done(desk, begun["id"], 60), seconds=120)
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()
    killed_at = (await read(desk, begun["id"]))["done"]
    assert 0 < killed_at < total, "the kill came too late to mean anything"
    await desk.run_jobs(only="automation.bulk")  # what a second worker takes up
    assert counts(await read(desk, begun["id"])) == ("done", total, 0, 0)
    async with desk.begin() as tx:
        notes = await tx.db.fetch(
            "SELECT ticket_id, count(*) FROM message WHERE workspace_id = $1 AND direction = 'note'"
            " GROUP BY ticket_id",
            tx.workspace_id,
        )
    assert sorted(tuple(row) for row in notes) == [(one, 1) for one in sorted(found)]
    ran = await desk.events("action.ran")
    assert sorted(event.ticket_id or 0 for event in ran) == sorted(found)


async def _done(desk: Desk, bulk_id: str, least: int) -> bool:
    return bool((await read(desk, bulk_id))["done"] >= least)


async def test_cancel_leaves_the_rest_and_what_is_done_can_be_undone(desk: Desk) -> None:
    found = await many(desk, 130)
    begun = await start(desk, {"everything": True, "view": "all"}, TAG)
    async with desk.begin() as tx:
        await bulk_service.chunk(tx, int(begun["id"]))
    cancelled = (await desk.api.post(f"/api/v1/bulk/{begun['id']}/cancel")).json()
    assert counts(cancelled) == ("cancelled", 50, 80, 0)
    await desk.run_jobs(only="automation.bulk")
    assert counts(await read(desk, begun["id"])) == ("cancelled", 50, 80, 0)
    over = await desk.api.post(f"/api/v1/bulk/{begun['id']}/cancel")
    assert (over.status_code, over.json()["code"]) == (409, "bulk_over")
    undo = (await desk.api.post(f"/api/v1/bulk/{begun['id']}/undo")).json()
    await desk.run_jobs(only="automation.bulk")
    assert counts(await read(desk, undo["id"]))[:2] == ("done", 50)
    rows = (await desk.api.get("/api/v1/tickets?tag=recall")).json()["items"]
    assert (rows, len(found)) == ([], 130)


async def test_rights_count_ticket_by_ticket_and_as_of_today(desk: Desk) -> None:
    bo, bo_id = await agent(desk)
    team = (await desk.api.post("/api/v1/teams", json={"name": "A", "members": [bo_id]})).json()
    other = (await desk.api.post("/api/v1/teams", json={"name": "B", "members": []})).json()
    mine = await ticket(desk, team_id=team["id"])
    theirs = await ticket(desk, team_id=other["id"])
    moved = await ticket(desk, team_id=team["id"])
    ids = [mine["id"], theirs["id"], moved["id"]]
    async with bo:
        body = {"selection": {"ids": ids}, "actions": [URGENT]}
        begun = (await bo.post("/api/v1/bulk", json=body)).json()
        assert begun["total"] == 2  # what cannot be seen is not in it
        await desk.api.patch(f"/api/v1/tickets/{moved['id']}", json={"team_id": other["id"]})
        await desk.run_jobs(only="automation.bulk")
        row = (await bo.get(f"/api/v1/bulk/{begun['id']}")).json()
        assert counts(row) == ("done", 1, 1, 0)
        assert row["reasons"] == {"ticket_not_found": 1}
        items = (await bo.get(f"/api/v1/bulk/{begun['id']}/items?state=skipped")).json()["items"]
        assert [(one["number"], one["subject"]) for one in items] == [(None, "")]
        large = [str(one) for one in await many(desk, 101)]
        refused = await bo.post("/api/v1/bulk", json={**body, "selection": {"ids": large}})
        assert (refused.status_code, refused.json()["permission"]) == (403, "bulk:run")
        ours = await start(desk, {"ids": ids}, TAG)
        assert (await bo.get(f"/api/v1/bulk/{ours['id']}")).status_code == 404
        late = (await bo.post("/api/v1/bulk", json={**body, "actions": [TAG]})).json()
        await desk.api.delete(f"/api/v1/agents/{bo_id}")
        await desk.run_jobs(only="automation.bulk")
    gone = await read(desk, late["id"])
    assert (counts(gone)[:2], gone["reasons"]) == (("cancelled", 0), {"actor_gone": 1})
    changed = await desk.events("ticket.updated")
    urgent = [event for event in changed if event.data["changes"].get("priority")]
    assert [(event.actor["kind"], event.data["cause"]["id"]) for event in urgent] == [
        ("token", begun["id"])  # the one that asked, not the system
    ]


async def test_refusals_and_repeats(desk: Desk) -> None:
    one = await ticket(desk)
    ids = {"ids": [one["id"]]}
    for body, code in (
        ({"selection": ids, "actions": []}, "bulk_empty"),
        ({"selection": {"ids": []}, "actions": [URGENT]}, "bulk_empty"),
        ({"selection": ids, "actions": [{"action": "explode"}]}, "unknown_action"),
        (
            {"selection": ids, "actions": [{"action": "set_status", "params": {"status": "no"}}]},
            "params_invalid",
        ),
        ({"selection": {"ids": [one["id"]], "everything": True}, "actions": [URGENT]}, "invalid"),
    ):
        refused = await desk.api.post("/api/v1/bulk", json=body)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    canned = await macro(desk, actions=[URGENT])
    body = {"selection": ids, "macro_id": canned["id"]}
    key = {"Idempotency-Key": "k1"}
    first = await desk.api.post("/api/v1/bulk", json=body, headers=key)
    second = await desk.api.post("/api/v1/bulk", json=body, headers=key)
    assert first.json() == second.json()
    assert (first.json()["name"], await desk.waiting_jobs("automation.bulk")) == (
        canned["title"],
        1,
    )
    too_few = await desk.api.post(
        "/api/v1/bulk", json={"selection": {"everything": True}, "actions": [TAG], "expected": 1}
    )
    assert too_few.status_code == 202
    await ticket(desk)
    more = await desk.api.post(
        "/api/v1/bulk", json={"selection": {"everything": True}, "actions": [TAG], "expected": 1}
    )
    assert (more.status_code, more.json()["code"]) == (422, "bulk_too_large")


async def test_an_action_that_breaks_fails_its_ticket_and_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await many(desk, 3)
    from yizhan.extensions.actions.add_tags import action

    run = action.run

    async def breaks(tx: Any, ticket: Any, **given: Any) -> Any:
        done = await run(tx, ticket, **given)
        if ticket.id == found[1]:
            await tx.db.execute("SELECT 1 / 0")
        return done

    monkeypatch.setattr(action, "run", breaks)
    begun = await start(desk, {"ids": [str(one) for one in found]}, URGENT, TAG)
    await desk.run_jobs(only="automation.bulk")
    assert counts(await read(desk, begun["id"])) == ("done", 2, 0, 1)
    rows = (await desk.api.get("/api/v1/tickets?priority=urgent")).json()["items"]
    assert {row["id"] for row in rows} == {str(found[0]), str(found[2])}


async def test_an_escalation_acts_as_the_system_and_once(desk: Desk) -> None:
    one = await ticket(desk)

    async with desk.as_system() as tx:
        await tx.db.execute(
            "INSERT INTO event (workspace_id, id, type, at, actor, ticket_id, data)"
            " VALUES ($1, $2, 'sla.escalation_due', now(), '{}', $3, $4)",
            tx.workspace_id,
            tx.new_id(),
            int(one["id"]),
            {"policy_id": "7", "target": "first_reply", "actions": [URGENT]},
        )
    for _ in range(2):
        await desk.run_jobs()
    runs = (await desk.api.get(f"/api/v1/tickets/{one['id']}/actions")).json()["items"]
    assert [(run["cause"]["kind"], run["cause"]["name"]) for run in runs] == [
        ("sla", "first_reply")
    ]
    assert (await desk.api.get(f"/api/v1/tickets/{one['id']}")).json()["priority"] == "urgent"


# ------------------------------------------------------------------------------- property

_STEPS = st.one_of(
    st.builds(
        lambda v: Step("set_priority", {"priority": v}),
        st.sampled_from(["low", "normal", "high", "urgent"]),
    ),
    st.builds(
        lambda v: Step("set_status", {"status": v}),
        st.sampled_from(["open", "pending", "on_hold", "resolved", "closed"]),
    ),
    st.builds(lambda v: Step("set_type", {"type": v}), st.sampled_from(["question", "problem"])),
    st.builds(lambda v: Step("add_tags", {"tags": sorted(v)}), st.sets(st.sampled_from("abcd"), min_size=1)),
    st.builds(lambda v: Step("remove_tags", {"tags": sorted(v)}), st.sets(st.sampled_from("abcd"), min_size=1)),
    st.builds(lambda v: Step("assign", {"to": v}), st.sampled_from(["me", "nobody"])),
    st.builds(lambda k, v: Step("set_field", {"field": k, "value": v}),
              st.sampled_from("xy"), st.sampled_from(["1", "2", None])),
    st.builds(lambda v: Step("snooze", {"amount": v, "unit": "days"}), st.integers(1, 9)),
    st.sampled_from([Step("watch"), Step("unwatch"), Step("add_note", {"text": "n"}),
                     Step("reply", {"text": "r"})]),
)  # fmt: skip


@hypothesis.settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@hypothesis.given(sets=st.lists(st.lists(_STEPS, min_size=1, max_size=4), min_size=1, max_size=6))
async def test_whatever_is_done_and_undone_leaves_the_same_ticket(
    desk: Desk, sets: list[list[Step]]
) -> None:
    made = (await desk.api.post("/api/v1/tickets", json={**NEW, "tags": ["a", "z"]})).json()
    ticket_id = int(made["id"])
    hashes: list[str] = []
    ran: list[int] = []
    async with desk.begin() as tx:
        # Answers wait, so that they can be taken back.
        await tx.db.execute(
            "UPDATE workspace SET settings = settings || '{\"undo_send_seconds\": 60}'"
            " WHERE workspace_id = $1",
            tx.workspace_id,
        )
        await tx.db.execute(
            "UPDATE conversation SET channel = 'email' WHERE workspace_id = $1 AND ticket_id = $2",
            tx.workspace_id,
            ticket_id,
        )
    for steps in sets:
        async with desk.begin() as tx:
            before = await testing.state_hash(tx, ticket_id)
            try:
                async with tx.attempt():
                    run = await actions.run(tx, ticket_id, steps=steps, why=Why("test"))
            except errors.YizhanError:  # a closed ticket, a refused step: then nothing has happened
                assert await testing.state_hash(tx, ticket_id) == before
                continue
        hashes.append(before)
        ran.append(run.id)
    for run_id, before in zip(reversed(ran), reversed(hashes), strict=True):
        async with desk.begin() as tx:
            await actions.undo(tx, run_id)
            assert await testing.state_hash(tx, ticket_id) == before


async def test_open_tickets_below_are_passed_over_until_somebody_insists(desk: Desk) -> None:
    parent, child, other = await many(desk, 3)
    linked = await desk.api.post(
        f"/api/v1/tickets/{parent}/links", json={"role": "child", "ticket_id": str(child)}
    )
    assert linked.is_success, linked.text
    resolve = {"action": "set_status", "params": {"status": "resolved"}}
    selection = {"ids": [str(parent), str(other)]}
    first = await start(desk, selection, resolve)
    await desk.run_jobs()
    ended = await read(desk, first["id"])
    assert counts(ended) == ("done", 1, 1, 0)
    assert ended["reasons"] == {"open_children": 1}
    again = await desk.api.post(
        "/api/v1/bulk",
        json={"selection": selection, "actions": [resolve], "despite_children": True},
    )
    await desk.run_jobs()
    assert (await read(desk, again.json()["id"]))["done"] == 1
    assert (await desk.api.get(f"/api/v1/tickets/{parent}")).json()["status"] == "resolved"


async def test_a_macro_asks_before_it_solves_a_ticket_above_open_ones(desk: Desk) -> None:
    parent, child = await many(desk, 2)
    await desk.api.post(
        f"/api/v1/tickets/{parent}/links", json={"role": "child", "ticket_id": str(child)}
    )
    resolve = {"action": "set_status", "params": {"status": "resolved"}}
    made = await macro(desk, title="Done", actions=[resolve])
    path = f"/api/v1/tickets/{parent}/macros/{made['id']}"
    refused = await desk.api.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "open_children")
    assert refused.json()["may_confirm"] is True
    needed = await desk.api.post(
        f"/api/v1/tickets/{parent}/checklist", json={"items": [{"text": "Refund", "needed": True}]}
    )
    assert needed.is_success, needed.text
    ask = {"settings": {"open_items": "ask"}}
    assert (await desk.api.patch("/api/v1/workspace", json=ask)).is_success
    still = await desk.api.post(path, json={"despite_children": True})
    assert (still.status_code, still.json()["code"]) == (409, "open_items")
    selection = {"ids": [str(parent)]}
    passed = await start(desk, selection, resolve, despite_children=True)
    await desk.run_jobs()
    assert (await read(desk, passed["id"]))["reasons"] == {"open_items": 1}
    applied = await desk.api.post(path, json={"despite_children": True, "despite_items": True})
    assert applied.status_code == 200, applied.text
    assert (await desk.api.get(f"/api/v1/tickets/{parent}")).json()["status"] == "resolved"
