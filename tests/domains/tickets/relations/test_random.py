"""Fifty random operations, taken back in reverse: after each the state is the one before it.

What takes an operation back is only what its row keeps.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.domains.tickets.relations import making, state
from tests.support.desk import Desk
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets import verify
from yizhan.domains.tickets.relations import incidents, linking, merging, operations, splitting
from yizhan.domains.tickets.types import Outgoing
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx

Undo = Callable[[Tx], Awaitable[Any]]
Done = tuple[str, Undo] | None
_ROLES = ("related", "duplicate", "child", "parent", "incident", "problem")
_CHANGES: tuple[dict[str, Any], ...] = (
    {"tags": ["a", "b"]},
    {"tags": ["c"]},
    {"priority": "high"},
    {"subject": "Another"},
    {"status": "pending", "despite_children": True},
    {"status": "resolved", "despite_children": True},
)
_HELD = (
    "UPDATE message SET delivery_state = 'queued', undo_until = now() + interval '1 hour'"
    " WHERE workspace_id = $1 AND direction = 'out' AND delivery_state NOT IN ('queued', 'cancelled')"
)


class Chaos:
    """Does something at random, and knows how to take it back."""

    def __init__(self, dice: random.Random, *, speaks: bool) -> None:
        self.dice = dice
        kinds = [self.merge, self.split, self.link, self.unlink, self.change, self.note]
        self.kinds = [*kinds, self.reply, self.answer] if speaks else kinds
        self.count = 0

    async def one(self, tx: Tx) -> Done:
        self.count += 1
        return await self.dice.choice(self.kinds)(tx)

    async def _ticket(self, tx: Tx) -> int:
        rows = await tx.db.fetch(
            "SELECT id FROM ticket WHERE workspace_id = $1 AND merged_into IS NULL ORDER BY id",
            tx.workspace_id,
        )
        found: int = self.dice.choice(rows)[0]
        return found

    def _operation(self, made: Any) -> Done:
        return made.kind, lambda tx: operations.undo(tx, made.id)

    async def merge(self, tx: Tx) -> Done:
        source = await self._ticket(tx)
        return self._operation(await merging.merge(tx, source, into_id=await self._ticket(tx)))

    async def split(self, tx: Tx) -> Done:
        ticket_id = await self._ticket(tx)
        rows = await tx.db.fetch(
            "SELECT id FROM message WHERE workspace_id = $1 AND ticket_id = $2 AND direction <> 'system'"
            " ORDER BY id",
            tx.workspace_id,
            ticket_id,
        )
        some = self.dice.sample([row[0] for row in rows], self.dice.randint(1, len(rows)))
        return self._operation(await splitting.split(tx, ticket_id, message_ids=some))

    async def link(self, tx: Tx) -> Done:
        one, other = await self._ticket(tx), await self._ticket(tx)
        before = await tx.db.fetchval("SELECT count(*) FROM ticket_link")
        made = await linking.link(tx, one, role=self.dice.choice(_ROLES), other_id=other)
        after = await tx.db.fetchval("SELECT count(*) FROM ticket_link")
        return self._operation(made) if after > before else None

    async def unlink(self, tx: Tx) -> Done:
        rows = await tx.db.fetch(
            "SELECT kind, from_id, to_id FROM ticket_link WHERE workspace_id = $1 AND kind <> 'split'"
            " ORDER BY 1, 2, 3",
            tx.workspace_id,
        )
        if not rows:
            return None
        kind, first, second = self.dice.choice(rows)
        role = {"parent": "child", "problem": "incident"}.get(kind, kind)
        return self._operation(await linking.unlink(tx, first, role=role, other_id=second))

    async def change(self, tx: Tx) -> Done:
        ticket_id = await self._ticket(tx)
        before = await tickets.get(tx, ticket_id)
        after = await tickets.update(tx, ticket_id, **self.dice.choice(_CHANGES))
        changes = tickets.difference(before, after)
        return "change", lambda tx: tickets.restore(tx, ticket_id, changes=changes, cause={})

    async def note(self, tx: Tx) -> Done:
        outgoing = Outgoing(body=f"note {self.count}", visibility="internal")
        number = await tickets.reply(tx, await self._ticket(tx), outgoing=outgoing)
        return "note", lambda tx: tickets.retract_note(tx, number)

    async def reply(self, tx: Tx) -> Done:
        outgoing = Outgoing(body=f"answer {self.count}")
        number = await tickets.reply(tx, await self._ticket(tx), outgoing=outgoing)
        return "reply", lambda tx: tickets.cancel(tx, number)

    async def answer(self, tx: Tx) -> Done:
        outgoing = Outgoing(body=f"to all {self.count}")
        problem = await self._ticket(tx)
        made, _ = await incidents.answer(tx, problem, outgoing=outgoing, key=str(self.count))
        return self._operation(made)


async def _begin(desk: Desk) -> None:
    """Eight tickets that somebody works on, with files and followers."""
    for number in range(8):
        made = await making.ticket(desk, f"c{number % 5}", tags=[f"t{number}"])
        talk = (await making.read(desk, made["id"]))["conversations"][0]["id"]
        who = made["requester"]["id"]
        await making.writes(desk, talk, text=f"more {number}", contact_id=who)
        async with desk.begin() as tx:
            await tickets.assign(tx, int(made["id"]), to=desk.created.admin_id)
            await tickets.update(tx, int(made["id"]), status="open")
            if number % 2 and desk.created.admin_id is not None:
                await tickets.watch(tx, int(made["id"]), agent_id=desk.created.admin_id)


async def _seen(desk: Desk, *, speaks: bool) -> dict[str, list[Any]]:
    found = await state.parts(desk)
    if speaks:  # taking back an answer counts anew since when a ticket waits
        for row in found["tickets"]:
            row.pop("waiting_since")
            row.pop("first_reply_at")
    return found


@pytest.mark.parametrize("speaks", [False, True])
@pytest.mark.parametrize("seed", [1, 2])
async def test_undone_in_reverse_it_is_as_it_was(desk: Desk, *, seed: int, speaks: bool) -> None:
    await _begin(desk)
    chaos = Chaos(random.Random(seed), speaks=speaks)
    done: list[tuple[str, Undo, dict[str, list[Any]]]] = []
    while len(done) < 50:
        before = await _seen(desk, speaks=speaks)
        try:
            async with desk.begin() as tx:
                made = await chaos.one(tx)
        except errors.YizhanError:
            continue  # refused, and nothing was changed
        if made is not None:
            done.append((*made, before))
        async with desk.as_system() as tx:
            await tx.db.execute(_HELD, tx.workspace_id)
    for number, (kind, undo, before) in reversed(list(enumerate(done))):
        async with desk.begin() as tx:
            await undo(tx)
        now = await _seen(desk, speaks=speaks)
        for name, rows in before.items():
            assert now[name] == rows, f"step {number}, {kind}: {name}"
        assert state.digest(now) == state.digest(before)
    async with desk.as_system() as tx:
        assert not any((await verify.check(tx, desk.edge.store)).values())
