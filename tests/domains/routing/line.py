"""A desk in numbers alone, to see that nobody starves: arrivals, agents, the real score and the real choice.

Minutes pass; customers whom everything speaks for keep coming, faster than the agents can work. Of every
decision it is checked that nobody was passed over by one who came later than the score's own promise
allows, and the longest waits are kept.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.routing import matching, score
from yizhan.domains.routing.matching import Waiting, Worker
from yizhan.domains.routing.score import PARTS, WHOLE, Shares, Weights

START = datetime(2026, 11, 2, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class Line:
    """One run: :meth:`minute` as often as wished, then ask."""

    def __init__(
        self, weights: Weights, *, seed: int, agents: int = 3, big: float = 0.1, load: float = 1.2
    ) -> None:
        self.weights = weights
        self.choose = random.Random(seed)
        self.now = START
        self.agents = {n: self._agent(n) for n in range(1, agents + 1)}
        self.big, self.load = big, load
        self.waiting: dict[int, tuple[Shares, int]] = {}  # with its cost
        self.working: list[tuple[datetime, int, int]] = []  # until when, agent, cost
        self.waited: dict[int, timedelta] = {}
        self.came = 0
        self.longest = {1: timedelta(0), 2: timedelta(0)}

    @staticmethod
    def _agent(number: int) -> Worker:
        return Worker(agent_id=number, abilities=frozenset(["t:1"]), capacity=2, load=0)

    def minute(self) -> None:
        """Work ends, customers come, tickets are given out."""
        self.now += _MINUTE
        self._finish()
        self._arrive()
        self._give()

    def _finish(self) -> None:
        for one in [one for one in self.working if one[0] <= self.now]:
            self.working.remove(one)
            self._load(one[1], -one[2])

    def _load(self, number: int, cost: int) -> None:
        agent = self.agents[number]
        self.agents[number] = msgspec.structs.replace(
            agent,
            load=agent.load + cost,
            last_given_at=self.now if cost > 0 else agent.last_given_at,
        )

    def _arrive(self) -> None:
        """Ten minutes of work each, so many that the agents fall behind; few of them are plain."""
        expected = self.load * 2 * len(self.agents) / 10
        count = int(expected) + (self.choose.random() < expected % 1)
        for _ in range(count):
            self.came += 1
            plain = self.choose.random() < 0.1
            parts: dict[str, Any] = dict.fromkeys(PARTS, 0 if plain else WHOLE)
            cost = 2 if self.choose.random() < self.big else 1
            self.waiting[self.came] = (Shares(since=self.now, **parts), cost)

    def _give(self) -> None:
        waiting = [self._seen(number) for number in self.waiting]
        moments = [self.now + timedelta(microseconds=n) for n in range(len(waiting))]
        for made in matching.assign(self.agents.values(), waiting, moments=moments):
            self._check(made.ticket, made.worker)
            number, cost = made.ticket.ticket_id, made.ticket.cost
            del self.waiting[number]
            wait = self.now - made.ticket.since
            self.waited[number] = wait
            self.longest[cost] = max(self.longest[cost], wait)
            self._load(made.worker.agent_id, cost)
            minutes = self.choose.randint(5, 15)
            self.working.append((self.now + minutes * _MINUTE, made.worker.agent_id, cost))

    def _seen(self, number: int) -> Waiting:
        shares, cost = self.waiting[number]
        shares = score.at(self.weights, shares, now=self.now)
        return Waiting(
            ticket_id=number,
            since=shares.since,
            place=score.place(self.weights, shares),
            channel="api",
            cost=cost,
            need=frozenset(["t:1"]),
        )

    def _check(self, given: Waiting, to: Worker) -> None:
        """Nobody who came so much earlier, and fits as well, may be left waiting."""
        before = given.since - score.reach(self.weights)
        room = self.agents[to.agent_id]
        for number, (shares, cost) in self.waiting.items():
            late = shares.since < before and number != given.ticket_id
            assert not (late and room.has_room(channel="api", cost=cost)), (
                f"{number} of {shares.since} waits behind {given.ticket_id} of {given.since}"
            )

    def left(self, *, cost: int, before: timedelta) -> list[int]:
        """Tickets of a cost that came in the first stretch of time and still wait."""
        return [
            number
            for number, (shares, each) in self.waiting.items()
            if each == cost and shares.since < START + before
        ]
