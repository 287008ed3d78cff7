"""Random lives of tickets in the past: everything that a report could count wrongly."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.domains.tickets.relations import making
from tests.support.desk import Desk, agent_actor
from yizhan.domains.automation.service import actions
from yizhan.domains.automation.types import Step
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Identity
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.relations import merging, operations, splitting
from yizhan.domains.tickets.types import Outgoing, Received
from yizhan.kernel import errors
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

BEGIN = datetime(2026, 3, 20, 6, tzinfo=UTC)  # a week before the clocks of Europe jump
TAGS = ("refund", "vip", "=1+1")
PRIORITIES = ("low", "normal", "high", "urgent")
STATUSES = ("open", "pending", "on_hold", "resolved", "resolved", "closed")


class Lives:
    """A desk on which something happens at random, at times that go on."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.dice = random.Random(seed)
        self.now = BEGIN
        self.agents: list[Actor] = []
        self.teams: list[int] = []
        self.undo: list[Callable[[Tx], Awaitable[Any]]] = []
        self.count = 0
        self.kinds = [self.ask, self.ask, self.write, self.write, self.answer, self.answer]
        self.kinds += [self.answer, self.status, self.status, self.status, self.assign, self.tag]
        self.kinds += [self.merge, self.split, self.take_back, self.take_back, self.cancel]
        self.kinds += [self.actions, self.note, self.robot]

    async def begin(self) -> None:
        """Two agents, two teams, a promise."""
        api = self.desk.api
        admin = await self.desk.admin()
        made = await making.post(
            self.desk,
            "/agents",
            {"name": "Bo", "email": "bo@example.test", "role_ids": [_role(self.desk)]},
            status=201,
        )
        bo = await agent_actor(self.desk.database, self.desk.workspace_id, int(made["id"]))
        self.agents = [admin, bo]
        for name in ("North", "South"):
            team = await making.post(self.desk, "/teams", {"name": name}, status=201)
            self.teams.append(int(team["id"]))
        targets = [
            {"key": "first", "kind": "first_response", "minutes": {"normal": 60, "high": 600}},
            {"key": "solve", "kind": "resolution", "minutes": {"normal": 3000}},
        ]
        await making.post(
            self.desk, "/sla/policies", {"name": "Promise", "targets": targets}, status=201
        )
        answer = await api.patch("/api/v1/workspace", json={"time_zone": "Europe/Berlin"})
        assert answer.status_code == 200, answer.text

    async def one(self) -> None:
        """One thing that happens, or nothing if it is refused."""
        self.count += 1
        # Once in a while somebody waited for a lock and comes with an earlier time.
        late = self.dice.random() < 0.1
        self.now += timedelta(seconds=-30 if late else self.dice.expovariate(1 / 9000))
        kind = self.dice.choice(self.kinds)
        try:
            async with self.desk.database.begin(self.dice.choice(self.agents)) as tx:
                tx.now = self.now
                await kind(tx)
        except errors.YizhanError:
            pass  # refused, and nothing was changed

    async def _ticket(self, tx: Tx) -> int:
        rows = await tx.db.fetch(
            "SELECT id FROM ticket WHERE workspace_id = $1 ORDER BY id", tx.workspace_id
        )
        if not rows:
            raise errors.NotFound
        found: int = self.dice.choice(rows)[0]
        return found

    async def ask(self, tx: Tx) -> None:
        email = f"c{self.dice.randrange(6)}@example.test"
        who = await contacts.resolve(
            tx, [Identity(kind="email", value=email, strength=KNOWN, source="test")], name=email
        )
        await tickets.receive(
            tx,
            Received(
                channel=self.dice.choice(("api", "email", "chat")),
                contact_id=who.id,
                author_name=email,
                text=f"question {self.count}",
                team_id=self.dice.choice([None, *self.teams]),
                priority=self.dice.choice(PRIORITIES),
                tags=tuple(self.dice.sample(TAGS, self.dice.randrange(3))),
                automatic=self.dice.random() < 0.1,
            ),
        )

    async def write(self, tx: Tx) -> None:
        rows = await tx.db.fetch(
            "SELECT id, contact_id FROM conversation WHERE workspace_id = $1 ORDER BY id",
            tx.workspace_id,
        )
        if not rows:
            raise errors.NotFound
        talk = self.dice.choice(rows)
        await tickets.receive(
            tx,
            Received(
                channel="api",
                contact_id=talk["contact_id"],
                author_name="Customer",
                text=f"more {self.count}",
                conversation_id=talk["id"],
                automatic=self.dice.random() < 0.1,
            ),
        )

    async def answer(self, tx: Tx) -> None:
        outgoing = Outgoing(
            body=f"answer {self.count}", status=self.dice.choice([None, "resolved"])
        )
        number = await tickets.reply(tx, await self._ticket(tx), outgoing=outgoing)
        self.undo.append(lambda tx: tickets.cancel(tx, number))

    async def robot(self, tx: Tx) -> None:
        outgoing = Outgoing(body="We are closed", automatic=True)
        await tickets.reply(tx, await self._ticket(tx), outgoing=outgoing)

    async def note(self, tx: Tx) -> None:
        outgoing = Outgoing(body="psst", visibility="internal")
        await tickets.reply(tx, await self._ticket(tx), outgoing=outgoing)

    async def status(self, tx: Tx) -> None:
        await tickets.update(
            tx,
            await self._ticket(tx),
            status=self.dice.choice(STATUSES),
            despite_children=True,
        )

    async def assign(self, tx: Tx) -> None:
        to = self.dice.choice([None, *(agent.id for agent in self.agents)])
        team = self.dice.choice([None, *self.teams])
        await tickets.assign(tx, await self._ticket(tx), to=to, team_id=team)

    async def tag(self, tx: Tx) -> None:
        tags = self.dice.sample(TAGS, self.dice.randrange(3))
        await tickets.update(
            tx, await self._ticket(tx), tags=tags, priority=self.dice.choice(PRIORITIES)
        )

    async def merge(self, tx: Tx) -> None:
        made = await merging.merge(tx, await self._ticket(tx), into_id=await self._ticket(tx))
        self.undo.append(lambda tx: operations.undo(tx, made.id))

    async def split(self, tx: Tx) -> None:
        ticket_id = await self._ticket(tx)
        rows = await tx.db.fetch(
            "SELECT id FROM message WHERE workspace_id = $1 AND ticket_id = $2 ORDER BY id",
            tx.workspace_id,
            ticket_id,
        )
        if not rows:
            raise errors.NotFound
        some = self.dice.sample([row[0] for row in rows], self.dice.randint(1, len(rows)))
        made = await splitting.split(tx, ticket_id, message_ids=some)
        self.undo.append(lambda tx: operations.undo(tx, made.id))

    async def actions(self, tx: Tx) -> None:
        steps = [Step("set_status", {"status": self.dice.choice(STATUSES)})]
        run = await actions.run_now(tx, await self._ticket(tx), steps=steps)
        self.undo.append(lambda tx: actions.undo(tx, run.id))

    async def take_back(self, tx: Tx) -> None:
        if self.undo:
            await self.undo.pop(self.dice.randrange(len(self.undo)))(tx)

    async def cancel(self, tx: Tx) -> None:
        """An answer that was held back, also when its ticket was merged meanwhile."""
        rows = await tx.db.fetch(
            "SELECT id FROM message WHERE workspace_id = $1 AND direction = 'out'"
            " AND delivery_state <> 'cancelled' ORDER BY id",
            tx.workspace_id,
        )
        if not rows:
            raise errors.NotFound
        number = self.dice.choice(rows)[0]
        await take_back(tx, number)


async def take_back(tx: Tx, message_id: int) -> None:
    """An answer is taken back as if its channel had held it until now."""
    await tx.db.execute(
        "UPDATE message SET undo_until = $3, delivery_state = 'queued' WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
        tx.now + timedelta(minutes=1),
    )
    await tickets.cancel(tx, message_id)


def _role(desk: Desk) -> str:
    return str(desk.created.roles["admin"])
