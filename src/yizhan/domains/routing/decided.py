"""A decision as it is kept: what went into it, what would have changed it, and the way to make it again.

Pure. A record holds the weights, the ticket and those that were passed over with all they were scored by,
and the agents among whom was chosen. :func:`again` needs nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from yizhan.domains.routing import matching, score
from yizhan.domains.routing.matching import Decision, Waiting, Worker
from yizhan.domains.routing.score import FACTORS, PARTS, Factor, Shares, Weights


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as it stood in line."""

    ticket_id: str
    shares: Shares
    facts: dict[str, Any]
    channel: str
    cost: int
    need: list[str]
    preferred: list[str]
    sticky_id: str | None = None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An agent as they were; of their abilities what was asked for."""

    agent_id: str
    abilities: list[str]
    capacity: int
    load: int
    counts: dict[str, int]
    limits: dict[str, int]
    last_given_at: datetime | None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """All that a decision was made from."""

    at: datetime
    weights: Weights
    ticket: Contender
    passed: list[Contender]
    agents: list[Candidate]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What is decided: which ticket goes to whom, and the scores in the order of the line."""

    ticket_id: str
    agent_id: str
    sticky: bool
    scores: list[tuple[str, float]]


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What would have made it another decision.

    ``without``: this ticket without a factor would have been behind ``ticket_id``. ``longer``: that one
    would have been first if it had waited so many minutes more. ``agent``: without the chosen agent it
    would have been ``agent_id``.
    """

    kind: Literal["without", "longer", "agent"]
    ticket_id: str | None = None
    agent_id: str | None = None
    factor: Factor | None = None
    points: float | None = None
    minutes: int | None = None


def record(
    decision: Decision,
    weights: Weights,
    known: Mapping[int, tuple[Shares, dict[str, Any]]],
    *,
    at: datetime,
) -> Record:
    """What is kept of a decision. ``known``: what tickets were scored by."""
    line = (decision.ticket, *decision.passed)
    words = frozenset[str]().union(*(one.need | one.preferred for one in line))

    def contender(one: Waiting) -> Contender:
        shares, facts = known.get(one.ticket_id, (Shares(since=one.place or one.since), {}))
        return Contender(
            ticket_id=str(one.ticket_id),
            shares=shares,
            facts=facts,
            channel=one.channel,
            cost=one.cost,
            need=sorted(one.need),
            preferred=sorted(one.preferred),
            sticky_id=None if one.sticky_id is None else str(one.sticky_id),
        )

    return Record(
        at=at,
        weights=weights,
        ticket=contender(decision.ticket),
        passed=[contender(one) for one in decision.passed],
        agents=[_candidate(one, words) for one in decision.candidates],
    )


def _candidate(one: Worker, words: Iterable[str]) -> Candidate:
    return Candidate(
        agent_id=str(one.agent_id),
        abilities=sorted(one.abilities.intersection(words)),
        capacity=one.capacity,
        load=one.load,
        counts=dict(one.counts),
        limits=dict(one.limits),
        last_given_at=one.last_given_at,
    )


def again(kept: Record) -> Outcome | None:
    """The decision made once more from what was kept; None: nobody would have got anything."""
    line = [kept.ticket, *kept.passed]
    waiting = [_waiting(one, kept.weights) for one in line]
    workers = [_worker(one) for one in kept.agents]
    moments = [kept.at + timedelta(microseconds=n) for n in range(len(waiting))]
    made = matching.assign(workers, waiting, moments=moments)
    if not made:
        return None
    shares = {int(one.ticket_id): one.shares for one in line}
    order = [one.ticket_id for one in sorted(waiting, key=lambda one: one.order)]
    return Outcome(
        ticket_id=str(made[0].ticket.ticket_id),
        agent_id=str(made[0].worker.agent_id),
        sticky=made[0].sticky,
        scores=[
            (str(key), round(score.score(kept.weights, shares[key], now=kept.at), 2))
            for key in order
        ],
    )


def _waiting(one: Contender, weights: Weights) -> Waiting:
    return Waiting(
        ticket_id=int(one.ticket_id),
        since=one.shares.since,
        place=score.place(weights, one.shares),
        channel=one.channel,
        cost=one.cost,
        need=frozenset(one.need),
        preferred=frozenset(one.preferred),
        sticky_id=None if one.sticky_id is None else int(one.sticky_id),
    )


def _worker(one: Candidate) -> Worker:
    return Worker(
        agent_id=int(one.agent_id),
        abilities=frozenset(one.abilities),
        capacity=one.capacity,
        load=one.load,
        counts=one.counts,
        limits=one.limits,
        last_given_at=one.last_given_at,
    )


def changes(kept: Record, outcome: Outcome) -> list[Change]:
    """What would have changed it, the smallest first."""
    found: list[Change] = []
    if kept.passed:
        rival = min(kept.passed, key=lambda one: _waiting(one, kept.weights).order)
        found += _against(kept, rival)
    others = [one.agent_id for one in kept.agents if one.agent_id != outcome.agent_id]
    if others:
        found.append(Change(kind="agent", agent_id=others[0]))
    return found


def _against(kept: Record, rival: Contender) -> list[Change]:
    """What would have let the next in line be first."""
    weights, own = kept.weights, kept.ticket.shares
    ahead = score.place(weights, rival.shares) - score.place(weights, own)
    if own.full:
        # Both at 100, or only this one: nothing but age counts.
        ahead = rival.shares.since - own.since if rival.shares.full else timedelta.max
    found = [
        Change(kind="without", ticket_id=rival.ticket_id, factor=factor, points=round(points, 1))
        for factor, points in _points(weights, own)
        if not own.full and points * weights.point > ahead
    ]
    if ahead != timedelta.max:
        minutes = int(ahead / timedelta(minutes=1)) + 1
        found.append(Change(kind="longer", ticket_id=rival.ticket_id, minutes=minutes))
    return found


def _points(weights: Weights, shares: Shares) -> Sequence[tuple[Factor, float]]:
    each = [(one, score.points(weights, shares, factor=one)) for one in PARTS]
    return sorted(each, key=lambda pair: pair[1])


def parts(weights: Weights, shares: Shares, *, now: datetime) -> dict[Factor, float]:
    """The points of every factor at a moment, waiting among them."""
    found = {factor: score.points(weights, shares, factor=factor) for factor in PARTS}
    whole: dict[Factor, float] = {**found, "waiting": score.waited(weights, shares, now=now)}
    return {factor: whole[factor] for factor in FACTORS}
