# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``understanding``."""

from __future__ import annotations

import datetime as dt

from msgspec import UNSET, Struct, UnsetType

from yizhan_client.models.shared import HeldChange

__all__ = [
    "Alerts",
    "CorrectionIn",
    "Filling",
    "HeadSettings",
    "LexiconChanges",
    "LexiconHit",
    "LexiconHits",
    "LexiconTerm",
    "LexiconTry",
    "ShippedLexicon",
    "ShippedTerm",
    "SignalEvidence",
    "SignalLabel",
    "SignalLabels",
    "SignalOther",
    "SignalOut",
    "SlotOut",
    "TicketSignals",
    "UnderstandingChange",
    "UnderstandingSettings",
]


class Alerts(Struct, kw_only=True):
    """Alerts."""

    on: bool | UnsetType = UNSET
    threshold: float | UnsetType = UNSET
    leads: bool | UnsetType = UNSET
    assignee: bool | UnsetType = UNSET
    agents: list[str] | UnsetType = UNSET


class CorrectionIn(Struct, kw_only=True):
    """Correction in."""

    head: str
    now: str


class Filling(Struct, kw_only=True):
    """Filling."""

    on: bool | UnsetType = UNSET
    field: str | UnsetType | None = UNSET
    threshold: float | UnsetType = UNSET


class HeadSettings(Struct, kw_only=True):
    """Head settings."""

    on: bool | UnsetType = UNSET
    threshold: float | UnsetType = UNSET


class LexiconChanges(Struct, kw_only=True):
    """Lexicon changes."""

    added: list[LexiconTerm] | UnsetType = UNSET
    removed: list[str] | UnsetType = UNSET


class LexiconHit(Struct, kw_only=True):
    """Lexicon hit."""

    text: str
    category: str
    weight: float


class LexiconHits(Struct, kw_only=True):
    """Lexicon hits."""

    items: list[LexiconHit]


class LexiconTerm(Struct, kw_only=True):
    """Lexicon term."""

    term: str
    category: str | UnsetType = UNSET
    weight: float | UnsetType = UNSET


class LexiconTry(Struct, kw_only=True):
    """Lexicon try."""

    text: str
    lexicon: LexiconChanges | UnsetType | None = UNSET


class ShippedLexicon(Struct, kw_only=True):
    """Shipped lexicon."""

    items: list[ShippedTerm]


class ShippedTerm(Struct, kw_only=True):
    """Shipped term."""

    term: str
    category: str
    weight: float


class SignalEvidence(Struct, kw_only=True):
    """Signal evidence."""

    text: str
    kind: str
    message_id: str | None


class SignalLabel(Struct, kw_only=True):
    """Signal label."""

    label: str
    title: dict[str, str]
    category: dict[str, str] | None = None
    own: bool | None = None


class SignalLabels(Struct, kw_only=True):
    """Signal labels."""

    items: list[SignalLabel]


class SignalOther(Struct, kw_only=True):
    """Signal other."""

    label: str
    p: float
    title: dict[str, str] | None = None


class SignalOut(Struct, kw_only=True):
    """Signal out."""

    head: str
    label: str | None
    title: dict[str, str]
    confidence: float
    in_scope: bool
    abstained: bool
    others: list[SignalOther]
    evidence: list[SignalEvidence]
    by: str  # model, agent
    model: str
    message_id: str


class SlotOut(Struct, kw_only=True):
    """Slot out."""

    name: str
    value: str
    message_id: str
    by: str  # model, agent
    before: list[str]


class TicketSignals(Struct, kw_only=True):
    """Ticket signals."""

    message_id: str | None
    readings: list[SignalOut]
    slots: list[SlotOut]
    hits: list[SignalEvidence]
    mood: str | None  # negative, grave, None
    turned_at: dt.datetime | None
    updated_at: dt.datetime | None


class UnderstandingChange(Struct, kw_only=True):
    """Understanding change."""

    on: bool | UnsetType = UNSET
    heads: dict[str, HeadSettings] | UnsetType = UNSET
    lexicon: LexiconChanges | UnsetType = UNSET
    alerts: Alerts | UnsetType = UNSET
    filling: Filling | UnsetType = UNSET


class UnderstandingSettings(Struct, kw_only=True):
    """Understanding settings."""

    on: bool
    available: bool
    heads: dict[str, HeadSettings]
    lexicon: LexiconChanges
    alerts: Alerts
    filling: Filling
    version: int
    held: dict[str, HeldChange] | None = None
