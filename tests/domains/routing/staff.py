"""A workspace with teams that give out by themselves, for the tests of routing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from yizhan.domains.identity.permissions import DEFAULT_ROLES
from yizhan.domains.routing import handlers, presence
from yizhan.domains.routing.types import State
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Received
from yizhan.kernel import events, log
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.db import Database


class Floor:
    """A workspace with round-robin teams."""

    def __init__(self, database: Database, workspace_id: int) -> None:
        self.database = database
        self.workspace_id = workspace_id
        self.actor = system(workspace_id)
        self.team = database.new_id()
        self.agents: list[int] = []

    async def team_of(
        self, capacities: Sequence[int], *, role: str = "agent", mode: str = "round_robin"
    ) -> int:
        """A further team; its agents are online unless a test says otherwise."""
        team, role_id = self.database.new_id(), self.database.new_id()
        async with self.database.begin(self.actor) as tx:
            await tx.db.execute(
                "INSERT INTO team (workspace_id, id, name, assignment) VALUES ($1, $2, 'T', $3)",
                self.workspace_id,
                team,
                {"mode": mode},
            )
            await tx.db.execute(
                "INSERT INTO role (workspace_id, id, name, grants) VALUES ($1, $2, 'R', $3)",
                self.workspace_id,
                role_id,
                msgspec.to_builtins(DEFAULT_ROLES[role][1]),
            )
            for capacity in capacities:
                agent = tx.new_id()
                self.agents.append(agent)
                await tx.db.execute(
                    "INSERT INTO agent (workspace_id, id, email, name, capacity)"
                    " VALUES ($1, $2, $3, 'A', $4)",
                    self.workspace_id,
                    agent,
                    f"a{agent}@desk.example",
                    capacity,
                )
                await self.join(agent, team)
                await tx.db.execute(
                    "INSERT INTO agent_role (workspace_id, agent_id, role_id) VALUES ($1, $2, $3)",
                    self.workspace_id,
                    agent,
                    role_id,
                )
        return team

    async def join(self, agent: int, team: int) -> None:
        async with self.database.begin(self.actor) as tx:
            await tx.db.execute(
                "INSERT INTO team_member (workspace_id, team_id, agent_id) VALUES ($1, $2, $3)",
                self.workspace_id,
                team,
                agent,
            )

    def as_agent(self, agent: int) -> Actor:
        return Actor(kind="agent", workspace_id=self.workspace_id, id=agent, agent_id=agent)

    async def set(self, agent: int, state: State) -> None:
        async with self.database.begin(self.as_agent(agent)) as tx:
            await presence.choose(tx, state=state)

    async def ticket(
        self,
        team: int | None,
        *,
        channel: str = "api",
        customer: str | None = None,
        locale: str | None = None,
        tags: Sequence[str] = (),
    ) -> int:
        async with self.database.begin(self.actor) as tx:
            receipt = await tickets.create(
                tx,
                requester=tickets.Requester(email=customer or f"c{tx.new_id()}@shop.example"),
                incoming=Received(
                    channel=channel,
                    contact_id=0,
                    author_name="",
                    text="耳机连不上",
                    team_id=team,
                    tags=tuple(tags),
                ),
            )
            await tx.db.execute(
                "UPDATE contact SET locale = coalesce($3, locale) WHERE workspace_id = $1 AND id ="
                " (SELECT requester_id FROM ticket WHERE workspace_id = $1 AND id = $2)",
                self.workspace_id,
                receipt.ticket_id,
                locale,
            )
        return receipt.ticket_id

    async def change(self, ticket_id: int, **changes: Any) -> None:
        async with self.database.begin(self.actor) as tx:
            await tickets.update(tx, ticket_id, **changes)

    async def owner(self, ticket_id: int) -> int | None:
        async with self.database.begin(self.actor) as tx:
            owner: int | None = await tx.db.fetchval(
                "SELECT assignee_id FROM ticket WHERE workspace_id = $1 AND id = $2",
                self.workspace_id,
                ticket_id,
            )
        return owner

    async def waiting(self, team: int) -> int:
        async with self.database.begin(self.actor) as tx:
            count: int = await tx.db.fetchval(
                "SELECT count(*) FROM ticket WHERE workspace_id = $1 AND team_id = $2"
                " AND assignee_id IS NULL AND snoozed_until IS NULL"
                " AND status_category IN ('new', 'open')",
                self.workspace_id,
                team,
            )
        return count

    async def loads(self) -> dict[int, tuple[int, int, str]]:
        async with self.database.begin(self.actor) as tx:
            found = await presence.everybody(tx)
        return {one.agent_id: (one.load, one.capacity, one.state) for one in found}

    async def settle(self) -> None:
        """Let routing read the log up to its end."""
        consumer = next(one for one in events.consumers() if one.run is handlers.react)
        async with self.database.begin(self.actor) as tx:
            last = await tx.db.fetchval(
                "SELECT max(id) FROM event WHERE workspace_id = $1", self.workspace_id
            )
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            await log.catch_up(self.database, consumer, self.workspace_id)
            async with self.database.begin(self.actor) as tx:
                seen = await tx.db.fetchval(
                    "SELECT id FROM consumer WHERE workspace_id = $1 AND name = 'routing'",
                    self.workspace_id,
                )
            if seen is not None and seen >= (last or 0):
                return
            await asyncio.sleep(0.02)
        pytest.fail("routing did not reach the end of the log")
