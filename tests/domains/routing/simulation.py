"""A desk with skills, languages, shifts, leave and capacities, and a random stream of work.

After each step everything is compared with a plain oracle that walks all agents and all waiting
tickets and knows nothing of distribution's own lists. Time is the simulation's own.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tests.domains.routing.staff import Floor
from yizhan.domains.routing import distribution, handlers
from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.service import profiles, rules, settings, skills
from yizhan.domains.routing.types import SkillLevel, SkillNeed, State
from yizhan.domains.sla.calendar import WEEKDAYS
from yizhan.kernel import clock, events, log
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

START = datetime(2026, 10, 24, 6, tzinfo=UTC)  # the night before the clocks change in Berlin
ZONES = ("Asia/Shanghai", "Europe/Berlin")
CHANNELS = ("api", "chat", "email")
WEIGHTS = {"api": 1, "chat": 2, "email": 1}
LANGUAGES = ("zh", "en", "de")
PREFERRED, LOWER = 5, 20


class Crash(Exception):
    """The worker dies before its transaction is committed."""


class Simulation:
    """One run: :meth:`open`, then :meth:`step` as often as wished."""

    def __init__(self, database: Database, workspace_id: int, *, seed: int) -> None:
        self.floor = Floor(database, workspace_id)
        self.choose = random.Random(seed)
        self.now = START
        self.skills: list[int] = []
        self.teams: list[int] = []
        self.fair = 0  # the team of equals
        self.equals: list[int] = []
        self.open_tickets: list[int] = []
        self.told = 0  # the last event that was checked
        self.given = Counter[int]()
        self.steps = Counter[str]()

    def clock(self) -> datetime:
        """In place of the kernel's: never twice the same moment."""
        self.now += timedelta(milliseconds=1)
        return self.now

    def begin(self) -> Any:
        return self.floor.database.begin(self.floor.actor)

    async def open(self, *, agents: int) -> None:
        """Two teams of everybody's kind, one of three equals, and rules about tags."""
        for name in ("refunds", "audio", "firmware"):
            async with self.begin() as tx:
                self.skills.append((await skills.create(tx, setup.SkillIn(name=name))).id)
        for size in (agents // 2, agents - agents // 2):
            self.teams.append(
                await self.floor.team_of([self.choose.randint(2, 5) for _ in range(size)])
            )
        mixed = list(self.floor.agents)
        self.fair = await self.floor.team_of([1_000_000] * 3)
        self.equals = [one for one in self.floor.agents if one not in mixed]
        for agent in mixed:
            await self._hire(agent)
        async with self.begin() as tx:
            for place, skill in enumerate(self.skills):
                await rules.create(tx, self._rule(place, skill))
            for team in self.teams:
                await settings.update(
                    tx,
                    team,
                    change=setup.TeamAssignmentChange(
                        sticky_days=7,
                        language="required" if team == self.teams[0] else "preferred",
                        preferred_minutes=PREFERRED,
                        lower_minutes=LOWER,
                    ),
                )
            nothing = setup.TeamAssignmentChange(sticky_days=0)
            await settings.update(tx, self.fair, change=nothing)
        for agent in self.floor.agents:
            await self.floor.set(agent, "online")
        await self.settle()

    def _rule(self, place: int, skill: int) -> setup.AssignmentRuleIn:
        return setup.AssignmentRuleIn(
            name=f"rule {place}",
            condition={"field": "tags", "op": "has_any", "value": [f"k{place}"]},
            needs=[SkillNeed(skill_id=str(skill), level=2 + place % 2, required=place != 1)],
        )

    async def _hire(self, agent: int) -> None:
        """What an agent can do and when."""
        choose = self.choose
        known = choose.sample(self.skills, choose.randint(0, len(self.skills)))
        change = setup.AgentProfileChange(
            skills=[SkillLevel(skill_id=str(o), level=choose.randint(1, 5)) for o in known],
            languages=choose.sample(LANGUAGES, choose.randint(1, 3)),
            time_zone=choose.choice(ZONES),
            shifts=self._shifts(),
            limits=[setup.ChannelLimit(channel="chat", most=1)] if choose.random() < 0.3 else [],
        )
        async with self.begin() as tx:
            await profiles.update(tx, agent, change=change)

    def _shifts(self) -> setup.ShiftWeek:
        kind = self.choose.random()
        if kind < 0.3:
            return setup.ShiftWeek()
        day = [("21:00", "05:00")] if kind < 0.6 else [("08:00", "12:00"), ("13:00", "20:00")]
        return setup.ShiftWeek(**dict.fromkeys(WEEKDAYS, day))

    # ------------------------------------------------------------------------------ what happens

    async def step(self) -> None:
        """Something happens, distribution follows, everything is checked."""
        doings: list[tuple[int, Callable[[], Any]]] = [
            (34, self._arrives), (18, self._solved), (12, self._comes_or_goes), (10, self._later),
            (5, self._reprofiled), (3, self._leaves), (5, self._let_go), (4, self._taken),
            (3, self._snoozed), (6, self._for_the_equals),
        ]  # fmt: skip
        doing = self.choose.choices([one for _, one in doings], [weight for weight, _ in doings])[0]
        self.steps[doing.__name__] += 1
        await doing()
        if self.choose.random() < 0.1:
            await self._crashes()
        await self.settle()
        await self.check()

    async def _arrives(self) -> None:
        choose = self.choose
        tags = [f"k{n}" for n in range(3) if choose.random() < 0.3]
        number = choose.randint(0, 11)
        self.open_tickets.append(
            await self.floor.ticket(
                choose.choice(self.teams),
                channel=choose.choice(CHANNELS),
                customer=f"c{number}@shop.example",
                locale=("zh-CN", "en", "de-DE", None)[number % 4],
                tags=tags,
            )
        )

    async def _for_the_equals(self) -> None:
        for _ in range(self.choose.randint(1, 3)):
            await self.floor.ticket(self.fair, channel=self.choose.choice(CHANNELS))

    async def _solved(self) -> None:
        if self.open_tickets:
            ticket = self.open_tickets.pop(self.choose.randrange(len(self.open_tickets)))
            await self.floor.change(ticket, status="resolved")

    async def _comes_or_goes(self) -> None:
        agent = self.choose.choice([o for o in self.floor.agents if o not in self.equals])
        states: list[State] = ["online", "online", "online", "away", "offline"]
        await self.floor.set(agent, self.choose.choice(states))

    async def _later(self) -> None:
        self.now += timedelta(minutes=self.choose.choice((1, 3, 6, 25, 90, 400)))

    async def _reprofiled(self) -> None:
        await self._hire(self.choose.choice([o for o in self.floor.agents if o not in self.equals]))

    async def _leaves(self) -> None:
        agent = self.choose.choice([o for o in self.floor.agents if o not in self.equals])
        begins = self.now + timedelta(hours=self.choose.randint(-3, 5))
        ends = begins + timedelta(hours=self.choose.randint(4, 12))
        new = setup.LeaveIn(begins=f"{begins:%Y-%m-%dT%H:%M}", ends=f"{ends:%Y-%m-%dT%H:%M}")
        async with self.begin() as tx:
            await profiles.add_leave(tx, agent, new)

    async def _let_go(self) -> None:
        if self.open_tickets:
            await self.floor.change(self.choose.choice(self.open_tickets), assignee_id=None)

    async def _taken(self) -> None:
        if self.open_tickets:
            agent = self.choose.choice(self.floor.agents)
            await self.floor.change(self.choose.choice(self.open_tickets), assignee_id=agent)

    async def _snoozed(self) -> None:
        if self.open_tickets:
            ticket = self.choose.choice(self.open_tickets)
            until = self.now + timedelta(hours=2) if self.choose.random() < 0.6 else None
            await self.floor.change(ticket, snoozed_until=until)

    # ------------------------------------------------------------------------- what follows from it

    async def _crashes(self) -> None:
        """The reader hands out, and dies before anything of it is kept."""
        consumer = next(one for one in events.consumers() if one.run is handlers.react)

        async def dies(tx: Tx, batch: Any) -> None:
            await handlers.react(tx, batch)
            raise Crash

        dying = msgspec.structs.replace(consumer, run=dies)
        try:
            await log.catch_up(self.floor.database, dying, self.floor.workspace_id)
        except Crash:
            self.steps["crash"] += 1

    async def settle(self) -> None:
        """Let distribution read the log, and ring what is due by our clock."""
        await self.floor.settle()
        while await self._due():
            async with self.begin() as tx:
                await distribution.turn(tx)
            await self.floor.settle()

    async def _due(self) -> bool:
        async with self.begin() as tx:
            found = await tx.db.fetchval(
                "DELETE FROM timer WHERE workspace_id = $1 AND kind = $2 AND due_at <= $3"
                " RETURNING true",
                self.floor.workspace_id,
                distribution.TICK_JOB,
                self.now,
            )
        return bool(found)

    # ----------------------------------------------------------------------------------- the oracle

    async def check(self) -> None:
        """Nobody waits whom somebody fits, nobody has too much, nobody works who does not."""
        async with self.begin() as tx:
            people = {one.id: one for one in await _agents(tx)}
            waiting = await _waiting(tx)
            given = await tx.db.fetch(
                "SELECT id, data FROM event WHERE workspace_id = $1 AND id > $2"
                " AND type = 'ticket.assigned' AND data->'cause'->>'rule' = 'round_robin'"
                " ORDER BY id",
                tx.workspace_id,
                self.told,
            )
        for row in given:
            agent = people[int(row["data"]["changes"]["assignee_id"][1])]
            self.told = row["id"]
            self.given[agent.id] += 1
            assert agent.works(self.now), f"{agent} is not at work"
            assert agent.load <= agent.capacity, f"{agent} has too much"
            for channel, most in agent.limits.items():
                assert agent.counts.get(channel, 0) <= most, f"{agent} has too many of {channel}"
        for ticket in waiting:
            for agent in people.values():
                if agent.works(self.now) and agent.room(ticket) and self._fits(agent, ticket):
                    raise AssertionError(f"{ticket} waits while {agent} is free")
        shares = [self.given[agent] for agent in self.equals]
        assert max(shares) - min(shares) <= 1, f"unfair: {shares}"

    def _fits(self, agent: Person, ticket: Ticket) -> bool:
        if ticket.team_id not in agent.teams:
            return False
        if ticket.team_id == self.fair:
            return True
        waited = (self.now - ticket.entered_at).total_seconds() / 60
        wanted: list[bool] = []
        required: list[bool] = []
        for place, skill in enumerate(self.skills):
            if f"k{place}" not in ticket.tags:
                continue
            level, has = 2 + place % 2, agent.skills.get(skill, 0)
            if place == 1:
                wanted.append(has >= level)
            else:
                wanted.append(has >= level)
                required.append(has >= (level - 1 if waited >= LOWER else level))
        spoken = ticket.locale is None or ticket.locale[:2] in agent.languages
        strict = ticket.team_id == self.teams[0]
        if strict:
            required.append(spoken)
        prefers = "k1" in ticket.tags or (not strict and ticket.locale is not None)
        if prefers and waited < PREFERRED:
            required += [*wanted, spoken]
        return all(required)


class Person(msgspec.Struct, kw_only=True):
    """An agent as the desk's tables have them."""

    id: int
    state: str
    capacity: int
    zone: str
    shifts: dict[str, list[list[str]]]
    limits: dict[str, int]
    languages: list[str]
    skills: dict[int, int]
    teams: list[int]
    counts: dict[str, int]
    leave: list[tuple[datetime, datetime]]

    @property
    def load(self) -> int:
        return sum(WEIGHTS[channel] * count for channel, count in self.counts.items())

    def room(self, ticket: Ticket) -> bool:
        most = self.limits.get(ticket.channel)
        fits = self.load + WEIGHTS[ticket.channel] <= self.capacity
        return fits and (most is None or self.counts.get(ticket.channel, 0) < most)

    def works(self, now: datetime) -> bool:
        local = now.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        if self.state != "online" or any(begins <= local < ends for begins, ends in self.leave):
            return False
        if not self.shifts:
            return True
        clocked = f"{local:%H:%M}"
        today, before = (self.shifts.get(WEEKDAYS[(local.weekday() - n) % 7], []) for n in (0, 1))
        return any(b <= clocked < e if b < e else clocked >= b for b, e in today) or any(
            b > e and clocked < e for b, e in before
        )


class Ticket(msgspec.Struct, kw_only=True):
    """A ticket that nobody has."""

    id: int
    team_id: int
    channel: str
    tags: list[str]
    locale: str | None
    entered_at: datetime


async def _agents(tx: Tx) -> list[Person]:
    rows = await tx.db.fetch(
        """
        SELECT a.id, a.capacity, coalesce(s.state, 'offline') AS state,
               coalesce(p.time_zone, 'UTC') AS zone, coalesce(p.shifts, '{}') AS shifts,
               coalesce(p.limits, '{}') AS limits, coalesce(p.languages, '{}') AS languages,
               (SELECT coalesce(jsonb_object_agg(skill_id, level), '{}') FROM agent_skill k
                WHERE k.agent_id = a.id) AS skills,
               ARRAY(SELECT team_id FROM team_member m WHERE m.agent_id = a.id) AS teams,
               (SELECT coalesce(jsonb_object_agg(channel, n), '{}') FROM (
                  SELECT t.channel, count(*) AS n FROM ticket t WHERE t.assignee_id = a.id
                    AND t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL
                  GROUP BY 1) c) AS counts,
               ARRAY(SELECT to_char(l.begins, 'YYYY-MM-DD"T"HH24:MI') || ' ' ||
                            to_char(l.ends, 'YYYY-MM-DD"T"HH24:MI')
                     FROM agent_leave l WHERE l.agent_id = a.id) AS leave
        FROM agent a LEFT JOIN agent_profile p ON p.agent_id = a.id
        LEFT JOIN agent_presence s ON s.agent_id = a.id WHERE a.workspace_id = $1
        """,
        tx.workspace_id,
    )
    found = []
    for row in rows:
        leave = [tuple(map(datetime.fromisoformat, text.split(" "))) for text in row["leave"]]
        found.append(msgspec.convert({**row, "leave": leave}, Person, strict=False))
    return found


async def _waiting(tx: Tx) -> list[Ticket]:
    rows = await tx.db.fetch(
        """
        SELECT t.id, t.team_id, t.channel, t.tags, c.locale, q.entered_at
        FROM ticket t JOIN contact c ON c.id = t.requester_id
        LEFT JOIN routing_ticket q ON q.ticket_id = t.id
        WHERE t.workspace_id = $1 AND t.assignee_id IS NULL AND t.team_id IS NOT NULL
          AND t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL
        """,
        tx.workspace_id,
    )
    assert all(row["entered_at"] is not None for row in rows), "a ticket is on no list"
    return [msgspec.convert(dict(row), Ticket) for row in rows]


def use(simulation: Simulation, patch: Callable[[Any, str, Any], None]) -> None:
    """Let everything go by the simulation's clock."""
    patch(clock, "now", simulation.clock)
