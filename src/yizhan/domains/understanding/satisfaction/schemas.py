"""What the API gives of inferred satisfaction."""

from __future__ import annotations

from datetime import datetime

import msgspec

from yizhan.domains.understanding.satisfaction.rules import PartName, Rating
from yizhan.domains.understanding.training.schemas import Measured
from yizhan.learning import metrics


class InferredPart(msgspec.Struct):
    """What a fact adds to the log-odds of a good rating; ``found`` is the fact."""

    name: PartName
    weight: float
    found: str = ""


class InferredSatisfaction(msgspec.Struct, kw_only=True):
    """What a customer would probably say; nobody asked them. Null while the ticket is not done.

    ``score``: how likely a good rating is. ``model``: rules, or a version of the workspace's own.
    """

    score: float | None
    rating: Rating | None
    model: str | None
    parts: list[InferredPart] = []
    inferred_at: datetime | None = None


class InferredPoint(msgspec.Struct, kw_only=True):
    """Of tickets with about this score, the share of good ratings."""

    score: float
    good: Measured | None
    tickets: int


class InferredReport(msgspec.Struct, kw_only=True):
    """Inferred ratings beside real ones. ``done``: tickets that were done in these days; ``inferred``: of
    so many a rating is inferred; ``rated``: of those the customers who answered; ``compared``: those of
    whom it was inferred before they answered. Only these tell how often it is right."""

    days: int
    done: int
    inferred: int
    rated: int
    compared: int
    right: Measured | None
    calibration_error: float | None
    calibration: list[InferredPoint]


def measured(hits: int, of: int) -> Measured | None:
    """A share with its interval; None of nothing."""
    return Measured(*metrics.share(hits, of)) if of else None
