"""How much a ticket deserves to be next: 0 to 100, pure, and ordered without a clock.

With the workspace's weights as shares that add up to 1::

    score(t) = min(100, head + 100 * w_waiting * (t - since) / full)
    head     = 100 * (w_value * value + w_emotion * emotion + w_complexity * complexity
                      + w_importance * importance + w_risk * risk)

Each part is a share from 0 to 1. ``since`` is when the customer began to wait, ``full`` the time after
which waiting has brought all the points of its weight; it goes on growing behind it. ``risk`` is the
share of the promised working time that is used, in tenths, so that it steps at known moments; the other
parts change by events only. Between two such moments all scores of a workspace grow alike, by one point
in ``full / (100 * w_waiting)``. So what is stored is a moment, the **place**::

    place = since - head * (one point's time)

since when the ticket would wait if waiting were all. Sorting by place, the earliest first, is sorting by
score at every moment, and no row is written because time passes. A ticket at 100 is *full*: from there
on only age counts, so its place is ``since`` moved before all others'.

Nobody starves: ``head`` is at most ``100 * (1 - w_waiting)``, so a ticket that came more than
:func:`reach` later can never be ahead; and the weight of waiting cannot be set under a twentieth.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Factor = Literal["value", "emotion", "complexity", "importance", "risk", "waiting"]
PARTS: tuple[Factor, ...] = ("value", "emotion", "complexity", "importance", "risk")
FACTORS: tuple[Factor, ...] = (*PARTS, "waiting")
WHOLE = 1000  # a share of 1, as it is stored
MOST = 100.0
LEAST_WAITING = 20  # waiting has at least one part in so many of all weights
AGES = timedelta(days=365_000)  # how far those at 100 are ahead of all others
ANCIENT = datetime(1900, 1, 1, tzinfo=UTC)  # places before this belong to those at 100

Weight = Annotated[int, Meta(ge=0, le=100)]
Percent = Annotated[int, Meta(ge=0, le=100)]


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much each part counts, beside the others; and what customers are worth."""

    value: Weight = 20
    emotion: Weight = 20
    complexity: Weight = 5
    importance: Weight = 10
    risk: Weight = 25
    waiting: Weight = 20
    waiting_minutes: Annotated[int, Meta(ge=5, le=10_080)] = 180
    vip: Percent = 100
    tier_field: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")] | None = (
        None  # of companies
    )
    tiers: Annotated[dict[str, Percent], Meta(max_length=50)] = {}

    @property
    def total(self) -> int:
        return sum(self.of(factor) for factor in FACTORS)

    def of(self, factor: Factor) -> int:
        weight: int = getattr(self, factor)
        return weight

    def points(self, factor: Factor) -> float:
        """What a factor brings when its share is 1."""
        return MOST * self.of(factor) / self.total

    @property
    def point(self) -> timedelta:
        """How long one must wait for one point."""
        return timedelta(minutes=self.waiting_minutes * self.total / (MOST * self.waiting))

    @property
    def allowed(self) -> bool:
        """Whether waiting counts enough that nobody waits for ever."""
        return self.waiting > 0 and self.waiting * LEAST_WAITING >= self.total


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a ticket, each of a thousand; ``full``: it was at 100 when last looked at."""

    since: datetime
    value: int = 0
    emotion: int = 0
    complexity: int = 0
    importance: int = 0
    risk: int = 0
    full: bool = False

    def of(self, factor: Factor) -> int:
        share: int = getattr(self, factor)
        return share


def head(weights: Weights, shares: Shares) -> float:
    """The points that do not grow with time."""
    return sum(points(weights, shares, factor=factor) for factor in PARTS)


def points(weights: Weights, shares: Shares, *, factor: Factor) -> float:
    """What a part other than waiting brings."""
    return weights.points(factor) * shares.of(factor) / WHOLE


def waited(weights: Weights, shares: Shares, *, now: datetime) -> float:
    """What waiting has brought up to a moment."""
    return max(0.0, (now - shares.since) / weights.point)


def score(weights: Weights, shares: Shares, *, now: datetime) -> float:
    """0 to 100."""
    return min(MOST, head(weights, shares) + waited(weights, shares, now=now))


def raw_place(weights: Weights, shares: Shares) -> datetime:
    """Since when it would wait if waiting were all."""
    return shares.since - head(weights, shares) * weights.point


def full_at(weights: Weights, shares: Shares) -> datetime:
    """When it reaches 100."""
    return raw_place(weights, shares) + MOST * weights.point


def place(weights: Weights, shares: Shares) -> datetime:
    """The moment that orders it; the earliest is next."""
    return shares.since - AGES if shares.full else raw_place(weights, shares)


def at(weights: Weights, shares: Shares, *, now: datetime) -> Shares:
    """With ``full`` as it is at a moment."""
    return msgspec.structs.replace(shares, full=full_at(weights, shares) <= now)


def reach(weights: Weights) -> timedelta:
    """A ticket that came so much later than another one is never ahead of it."""
    return (MOST - weights.points("waiting")) * weights.point
