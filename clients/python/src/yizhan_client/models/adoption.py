# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``adoption``."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

__all__ = [
    "FoundShare",
    "RankingOut",
    "RankingReport",
    "RankingVersion",
    "UseOut",
    "UseOutPage",
]


class FoundShare(Struct, kw_only=True):
    """Found share."""

    value: float
    low: float
    high: float


class RankingOut(Struct, kw_only=True):
    """Ranking out."""

    accepted: int
    least: int
    versions: list[RankingVersion]


class RankingReport(Struct, kw_only=True):
    """Ranking report."""

    k: int
    measured: int
    learned_from: int
    before: FoundShare
    after: FoundShare
    in_use: FoundShare | None = None


class RankingVersion(Struct, kw_only=True):
    """Ranking version."""

    number: int
    state: str  # in_use, retired, refused
    encoder: str
    accepted: int
    articles: int
    until: dt.datetime
    report: RankingReport
    at: dt.datetime


class UseOut(Struct, kw_only=True):
    """Use out."""

    ticket_id: str
    number: int
    subject: str
    article_id: str
    agent_id: str
    agent: str
    form: str
    changed: float | None
    at: dt.datetime


class UseOutPage(Struct, kw_only=True):
    """Use out page."""

    items: list[UseOut]
    next_cursor: str | None = None
