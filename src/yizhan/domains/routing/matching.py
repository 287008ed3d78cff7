"""Who gets what: a pure function from free agents and waiting tickets to decisions.

What an agent can do and what a ticket needs are sets of words, so that one fits the other when the
need is a subset of the abilities: ``t:7`` a team, ``l:zh`` a language, ``s:9:3`` a skill at a level
and at each below it. Tickets are taken by their place in line (:mod:`score`), equal ones by the length of
their wait; each goes to the customer's last agent, else among those who fit to whoever has what is
preferred, else to whose turn it is. Greedy and complete: afterwards no ticket waits that somebody with
room fits, but for room that is kept. For a ticket at 100 that needs more room than anybody has left,
who has most is given nothing further until there is enough: else small tickets would take each point of
room as it comes free, and a large one would wait for ever.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from yizhan.domains.routing.score import ANCIENT

_SHOWN = 5  # of those who could have had a ticket, in the reasons
_Turn = tuple[bool, float, int]
_Place = tuple[bool, _Turn, int]  # not preferred, turn, agent


class Worker(msgspec.Struct, frozen=True, kw_only=True):
    """An agent at work."""

    agent_id: int
    abilities: frozenset[str]
    capacity: int
    load: int
    counts: Mapping[str, int] = {}  # channel -> tickets
    limits: Mapping[str, int] = {}  # channel -> most tickets
    last_given_at: datetime | None = None

    def has_room(self, *, channel: str, cost: int) -> bool:
        """Whether a ticket more keeps within the capacity and within the channel's limit."""
        most = self.limits.get(channel)
        return self.load + cost <= self.capacity and (
            most is None or self.counts.get(channel, 0) < most
        )

    def may(self, ticket: Waiting) -> bool:
        """Whether only other tickets can keep them from having this one."""
        most = self.limits.get(ticket.channel)
        return (
            ticket.cost <= self.capacity
            and ticket.need <= self.abilities
            and (most is None or self.counts.get(ticket.channel, 0) < most)
        )

    def given(self, *, channel: str, cost: int, at: datetime) -> Worker:
        """With one ticket more."""
        counts = {**self.counts, channel: self.counts.get(channel, 0) + 1}
        return msgspec.structs.replace(self, load=self.load + cost, counts=counts, last_given_at=at)

    @property
    def turn(self) -> _Turn:
        """Who never had one is first, then whose last one is longest ago."""
        given = self.last_given_at
        return (given is not None, given.timestamp() if given else 0.0, self.agent_id)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket that nobody has yet."""

    ticket_id: int
    since: datetime
    channel: str
    cost: int
    need: frozenset[str]
    preferred: frozenset[str] = frozenset()
    sticky_id: int | None = None
    place: datetime | None = None  # none: where its wait puts it

    @property
    def order(self) -> tuple[datetime, datetime, int]:
        """The least is next."""
        return (self.place or self.since, self.since, self.ticket_id)


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """Which ticket goes to whom, and among whom was chosen."""

    ticket: Waiting
    worker: Worker  # as they were before
    sticky: bool
    fitting: int
    candidates: tuple[Worker, ...]  # the chosen one first
    passed: tuple[Waiting, ...] = ()  # whom the chosen one fits as well, next in line


def assign(
    workers: Iterable[Worker], waiting: Sequence[Waiting], *, moments: Sequence[datetime]
) -> list[Decision]:
    """Decide for as many tickets as there is room. ``moments`` are those of "last given", growing,
    one a ticket."""
    board = _Board(workers)
    decisions: list[Decision] = []
    line = sorted(waiting, key=lambda one: one.order)
    for number, ticket in enumerate(line):
        decision = board.decide(ticket)
        if decision is not None:
            passed = board.passed(decision.worker, line, behind=number)
            board.give(decision, at=moments[len(decisions)])
            decisions.append(msgspec.structs.replace(decision, passed=passed))
        elif ticket.place is not None and ticket.place < ANCIENT:
            board.keep(ticket)
    return decisions


class _Board:
    """The agents by what they can do, and a line of them for each kind of ticket."""

    def __init__(self, workers: Iterable[Worker]) -> None:
        self._now = {one.agent_id: one for one in workers}
        self._able: dict[str, list[int]] = {}
        for one in self._now.values():
            for ability in one.abilities:
                self._able.setdefault(ability, []).append(one.agent_id)
        self._lines: dict[tuple[object, ...], list[_Place]] = {}
        self._kept: set[int] = set()  # agents who wait for room enough

    def decide(self, ticket: Waiting) -> Decision | None:
        line = self._line(ticket)
        first = self._first(line, ticket, most=_SHOWN)
        if not first:
            return None
        last = None if ticket.sticky_id is None else self._now.get(ticket.sticky_id)
        sticky = last is not None and self._fits(last, ticket)
        chosen = last if sticky and last is not None else first[0]
        others = [one for one in first if one.agent_id != chosen.agent_id]
        return Decision(
            ticket=ticket,
            worker=chosen,
            sticky=sticky,
            fitting=len(line),
            candidates=(chosen, *others),
        )

    def give(self, decision: Decision, *, at: datetime) -> None:
        chosen, ticket = decision.worker, decision.ticket
        self._now[chosen.agent_id] = chosen.given(channel=ticket.channel, cost=ticket.cost, at=at)

    def passed(
        self, worker: Worker, line: Sequence[Waiting], *, behind: int
    ) -> tuple[Waiting, ...]:
        """Who else could have had this agent, in line behind a place."""
        fitting = (line[n] for n in range(behind + 1, len(line)) if self._fits(worker, line[n]))
        return tuple(itertools.islice(fitting, _SHOWN))

    def keep(self, ticket: Waiting) -> None:
        """Give whoever is nearest to having room for a ticket nothing else."""
        able = [
            one
            for one in map(self._now.__getitem__, self._rarest(ticket.need))
            if one.agent_id not in self._kept and one.may(ticket)
        ]
        if able:
            nearest = min(able, key=lambda one: (one.load - one.capacity, one.turn))
            self._kept.add(nearest.agent_id)

    def _fits(self, worker: Worker, ticket: Waiting) -> bool:
        if worker.agent_id in self._kept:
            return False
        room = worker.has_room(channel=ticket.channel, cost=ticket.cost)
        return room and ticket.need <= worker.abilities

    def _line(self, ticket: Waiting) -> list[_Place]:
        """Who fits this kind of ticket, as a heap; built when the first of its kind is asked for."""
        key = (ticket.need, ticket.preferred, ticket.channel, ticket.cost)
        if key not in self._lines:
            wanted = ticket.need | ticket.preferred
            places = [
                (not wanted <= one.abilities, one.turn, one.agent_id)
                for one in map(self._now.__getitem__, self._rarest(ticket.need))
                if self._fits(one, ticket)
            ]
            heapq.heapify(places)
            self._lines[key] = places
        return self._lines[key]

    def _rarest(self, need: frozenset[str]) -> Iterable[int]:
        """The shortest list of agents that holds all who fit."""
        lists = [self._able.get(word, []) for word in need]
        if not lists:
            return list(self._now)
        return min(lists, key=len)

    def _first(self, line: list[_Place], ticket: Waiting, *, most: int) -> list[Worker]:
        """The next in line. Who has no more room leaves it; who had a turn since goes back."""
        found: list[_Place] = []
        while line and len(found) < most:
            behind, turn, agent_id = line[0]
            worker = self._now[agent_id]
            if agent_id in self._kept or not worker.has_room(
                channel=ticket.channel, cost=ticket.cost
            ):
                heapq.heappop(line)
            elif worker.turn != turn:
                heapq.heapreplace(line, (behind, worker.turn, agent_id))
            else:
                found.append(heapq.heappop(line))
        for place in found:
            heapq.heappush(line, place)
        return [self._now[agent_id] for _, _, agent_id in found]
