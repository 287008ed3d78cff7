"""How much tickets deserve to be next, as the API gives it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.routing.score import FACTORS, Factor, Percent, Weight, Weights

Minutes = Annotated[int, Meta(ge=5, le=10_080)]
FieldKey = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")]


class TierValue(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer is worth whose company has this value in the field of tiers."""

    value: Annotated[str, Meta(min_length=1, max_length=200)]
    percent: Percent


class PriorityWeights(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What counts how much, beside the others. Waiting has at least a twentieth of all weights.

    Waiting brings the points of its weight after ``waiting_minutes``, and more behind. ``vip`` and
    ``tiers``: what customers are worth, in percent; the field of tiers is one of companies.
    """

    value: Weight
    emotion: Weight
    complexity: Weight
    importance: Weight
    risk: Weight
    waiting: Weight
    waiting_minutes: Minutes
    vip: Percent = 100
    tier_field: FieldKey | None = None
    tiers: Annotated[list[TierValue], Meta(max_length=50)] = []


class PrioritySettingsOut(msgspec.Struct, kw_only=True):
    """The weights, what is usual, and when nobody is overtaken any more.

    ``points``: what each part brings at most; waiting after its minutes. A ticket that comes more than
    ``reach_minutes`` later is never ahead.
    """

    weights: PriorityWeights
    usual: PriorityWeights
    points: dict[str, float]
    reach_minutes: int
    updating: bool  # open tickets are being scored in the background


class PriorityPreviewIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Weights to try on what waits now; nothing is stored."""

    weights: PriorityWeights
    limit: Annotated[int, Meta(ge=1, le=50)] = 20


class PreviewTicket(msgspec.Struct, kw_only=True):
    """A ticket with its place in line by the weights now and by those that are tried."""

    ticket_id: str
    number: int
    subject: str
    before: int
    after: int
    score_before: float
    score_after: float


class PriorityPreview(msgspec.Struct, kw_only=True):
    """The first in line by either weights, in the order that is tried; of how many.

    ``scope``: *queue*, what nobody has yet; where there is none, all *open* tickets.
    """

    scope: Literal["queue", "open"]
    items: list[PreviewTicket]
    total: int
    moved: int  # of those shown
    points: dict[str, float]
    reach_minutes: int


class PromiseFact(msgspec.Struct, kw_only=True):
    """The promise that is due next."""

    kind: str
    due_at: datetime


class ScoreFacts(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What the shares come from; what is not known is left out."""

    vip: bool = False
    tier: str | None = None
    negative: float | None = None
    grave: bool = False
    complexity: str | None = None
    priority: str | None = None
    urgent: bool = False  # reads as urgent
    promise: PromiseFact | UnsetType = UNSET


class ScorePart(msgspec.Struct, kw_only=True):
    """What a factor brings; ``without``: the score were it not there."""

    factor: Factor
    share: float
    most: float  # points when the share is 1; waiting brings more behind its minutes
    points: float
    without: float


class TicketPriority(msgspec.Struct, kw_only=True):
    """Why a ticket is where it is in line, the largest part first.

    ``state``: *scored*; *idle*, because nobody has to work on it now; *pending*, because it was not looked
    at yet. ``ahead``: how many of its team's tickets that wait to be given out are before it.
    """

    state: Literal["scored", "idle", "pending"]
    at: datetime
    score: float | None = None
    since: datetime | None = None
    per_hour: float | None = None
    full_at: datetime | None = None
    parts: list[ScorePart] = []
    facts: ScoreFacts | None = None
    ahead: int | None = None


class TicketScore(msgspec.Struct):
    """How much a ticket deserves to be next, at that moment."""

    ticket_id: str
    score: float


class TicketScores(msgspec.Struct):
    """Of tickets on which somebody has to work."""

    items: list[TicketScore]


class ScoredTicket(msgspec.Struct, kw_only=True):
    """A ticket in the line of a decision. Of one that you may not see there is no number."""

    ticket_id: str
    number: int | None
    score: float
    parts: dict[str, float]


class DecisionChange(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What would have made it another decision.

    ``without``: this ticket without a factor would have been behind ``ticket_id``; ``longer``: that one
    would have been first had it waited so many minutes more; ``agent``: without the chosen agent it
    would have been ``agent_id``.
    """

    kind: Literal["without", "longer", "agent"]
    ticket_id: str | None = None
    number: int | None = None
    agent_id: str | None = None
    factor: Factor | None = None
    points: float | None = None
    minutes: int | None = None


class DecisionOut(msgspec.Struct, kw_only=True):
    """A decision of the desk: who got the ticket, before which others, and whether it comes out the same
    when it is made again from what was kept."""

    id: str
    at: datetime
    agent_id: str
    score: float
    sticky: bool
    line: list[ScoredTicket]  # this ticket and those that the agent could have had instead
    agents: list[str]  # among whom was chosen
    changes: list[DecisionChange]
    reproduced: bool


class DecisionList(msgspec.Struct):
    """The newest first, at most 20."""

    items: list[DecisionOut]


def weights_of(given: PriorityWeights) -> Weights:
    """As they are kept."""
    plain = msgspec.structs.asdict(given)
    return Weights(**{**plain, "tiers": {one.value: one.percent for one in given.tiers}})


def weights_out(kept: Weights) -> PriorityWeights:
    """As the API shows them."""
    plain = msgspec.structs.asdict(kept)
    tiers = [TierValue(value=key, percent=kept.tiers[key]) for key in kept.tiers]
    return PriorityWeights(**{**plain, "tiers": tiers})


def points_of(weights: Weights) -> dict[str, float]:
    """What each part brings at most."""
    return {str(factor): round(weights.points(factor), 1) for factor in FACTORS}
