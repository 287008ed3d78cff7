"""Keeping the score of open tickets: what each deserves, from what the other domains know now.

Looked at again by every event of the ticket, its messages, what was read in them, its promises, its
customer and their company (:mod:`touch`), and by time where a tenth of a promise is used or 100 is
reached. Written by whoever reads the log for routing, under the workspace's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from yizhan.domains.routing import score
from yizhan.domains.routing.repository import agents, places
from yizhan.domains.routing.repository.places import Row, Truth
from yizhan.domains.routing.score import WHOLE, Shares, Weights
from yizhan.domains.sla.service import risk
from yizhan.domains.sla.service.risk import Risk
from yizhan.domains.understanding import service as understanding
from yizhan.domains.understanding.types import Signals
from yizhan.kernel import clock
from yizhan.kernel.tx import Tx

FILL_JOB = "routing.score_all"
_AT_ONCE = 1000
_IMPORTANCE = {"low": 0, "normal": 250, "high": 600, "urgent": WHOLE}
_EVEN = 0.5  # as likely negative as not: counts for nothing
_URGENT = 600  # what reads as urgent counts like high, also when nobody has set it
_LEVELS = {"low": 0, "normal": 500, "high": WHOLE}


async def refresh(tx: Tx, ticket_ids: Collection[int]) -> dict[int, datetime]:
    """Score some tickets anew; the place of those that somebody has to work on."""
    ids = sorted(set(ticket_ids))
    weights, _, _ = await places.settings(tx)
    found: dict[int, datetime] = {}
    for first in range(0, len(ids), _AT_ONCE):
        part = ids[first : first + _AT_ONCE]
        truths = await places.truths(tx, part)
        if gone := sorted(set(part) - {one.ticket_id for one in truths}):
            await places.remove(tx, gone)
        if truths:
            rows = await _rows(tx, truths, weights)
            await places.put(tx, rows)
            found |= {row.ticket_id: row.place for row in rows}
    return found


async def _rows(tx: Tx, truths: Sequence[Truth], weights: Weights) -> list[Row]:
    ids = [one.ticket_id for one in truths]
    promises = await risk.of_tickets(tx, ids)
    signals = await understanding.signals(tx, ids)
    return [
        row(
            truth,
            weights,
            promise=promises.get(truth.ticket_id),
            signals=signals.get(truth.ticket_id),
            now=tx.now,
        )
        for truth in truths
    ]


def row(
    truth: Truth, weights: Weights, *, promise: Risk | None, signals: Signals | None, now: datetime
) -> Row:
    """A ticket as it is kept. Pure."""
    facts: dict[str, Any] = {}
    shares = score.at(
        weights,
        Shares(
            since=truth.since,
            value=_value(truth, weights, facts),
            emotion=_emotion(signals, facts),
            complexity=_complexity(signals, facts),
            importance=_importance(truth, signals, facts),
            risk=_risk(promise, facts),
        ),
        now=now,
    )
    return Row(
        ticket_id=truth.ticket_id,
        shares=shares,
        facts=facts,
        risk_at=promise.next_at if promise else None,
        place=score.place(weights, shares),
        full_at=score.full_at(weights, shares),
    )


def _value(truth: Truth, weights: Weights, facts: dict[str, Any]) -> int:
    tier = truth.company.get(weights.tier_field) if weights.tier_field else None
    if truth.vip:
        facts["vip"] = True
    if isinstance(tier, str):
        facts["tier"] = tier
    of_tier = weights.tiers.get(tier, 0) if isinstance(tier, str) else 0
    return max(weights.vip if truth.vip else 0, of_tier) * WHOLE // 100


def _emotion(signals: Signals | None, facts: dict[str, Any]) -> int:
    if signals is None:
        return 0
    if signals.grave:
        facts["grave"] = True
    if signals.negative > _EVEN:
        facts["negative"] = round(signals.negative, 2)
    above = max(0.0, min(1.0, signals.negative) - _EVEN) / (1 - _EVEN)
    return WHOLE if signals.grave else round(above * WHOLE)


def _complexity(signals: Signals | None, facts: dict[str, Any]) -> int:
    label = signals.label("complexity") if signals else None
    if label is not None:
        facts["complexity"] = label
    return _LEVELS.get(label or "", 0)


def _importance(truth: Truth, signals: Signals | None, facts: dict[str, Any]) -> int:
    facts["priority"] = truth.priority
    said = _IMPORTANCE.get(truth.priority, 0)
    if signals is not None and signals.label("urgency") == "high" and said < _URGENT:
        facts["urgent"] = True
        return _URGENT
    return said


def _risk(promise: Risk | None, facts: dict[str, Any]) -> int:
    if promise is None:
        return 0
    facts["promise"] = {"kind": promise.kind, "due_at": clock.text(promise.due_at)}
    return promise.tenths * WHOLE // risk.TENTHS


async def due(tx: Tx) -> None:
    """Score anew what turned by time alone."""
    if ids := await places.due(tx):
        await refresh(tx, ids)


async def begin(tx: Tx) -> None:
    """Have the tickets scored that were open before anything was scored."""
    _, _, done = await places.settings(tx)
    if not done:
        tx.defer(FILL_JOB, key=f"score:{tx.workspace_id}")


async def fill(tx: Tx) -> bool:
    """The next few of them. Returns whether there are more."""
    _, reached, done = await places.settings(tx)
    if done:
        return False
    ids = await places.unscored(tx, after=reached, most=_AT_ONCE)
    await refresh(tx, ids)
    more = len(ids) == _AT_ONCE
    await places.filled(tx, to=ids[-1] if ids else reached, done=not more)
    return more


async def weigh(tx: Tx) -> None:
    """Order everything by the weights as they are now; what customers are worth may differ too."""
    weights, _, _ = await places.settings(tx)
    await places.weigh(tx, weights)
    await agents.soil_everybody(tx)
    await places.filled(tx, to=0, done=False)
    await begin(tx)


async def hasten(tx: Tx, ticket_ids: Sequence[int]) -> None:
    """Look at the scores of these at the next opportunity."""
    await places.hasten(tx, ticket_ids)
