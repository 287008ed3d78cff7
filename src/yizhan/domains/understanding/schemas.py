"""What the API takes and gives of what is read in messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.understanding.types import (
    Alerts,
    Evidence,
    Filling,
    HeadSettings,
    Judged,
    LexiconChanges,
    Reading,
    Settings,
    Signals,
    Slot,
)
from yizhan.kernel.guards import HeldChange

Mood = Literal["negative", "grave"]
Corrected = Annotated[
    str, Meta(pattern=r"^(intent|category|emotion|urgency|complexity|slot:[a-z][a-z0-9_]{0,40})$")
]
Label = Annotated[str, Meta(max_length=300)]


class SignalOther(msgspec.Struct):
    """Another label that it may be, and how likely that is."""

    label: str
    p: float
    title: dict[str, str] = {}


class SignalEvidence(msgspec.Struct, kw_only=True):
    """Words that speak for a label. For complexity ``kind`` says what was counted and ``text`` how many."""

    text: str
    kind: str
    message_id: str | None


class SignalOut(msgspec.Struct, kw_only=True):
    """What one head says of the ticket now.

    ``abstained``: not sure enough, the label is a suggestion. ``in_scope`` false: none of the labels fits.
    ``by`` is model or agent; ``model`` which version read it; ``title`` is the label in words, by
    language, where the program knows it.
    """

    head: str
    label: str | None
    title: dict[str, str]
    confidence: float
    in_scope: bool
    abstained: bool
    others: list[SignalOther]
    evidence: list[SignalEvidence]
    by: Literal["model", "agent"]
    model: str
    message_id: str


class SlotOut(msgspec.Struct, kw_only=True):
    """What the customer has said already. ``before`` are values that it replaced."""

    name: str
    value: str
    message_id: str
    by: Literal["model", "agent"]
    before: list[str]


class TicketSignals(msgspec.Struct, kw_only=True):
    """What is known of a ticket; ``updated_at`` null: nothing has been read yet."""

    message_id: str | None
    readings: list[SignalOut]
    slots: list[SlotOut]
    hits: list[SignalEvidence]
    mood: Mood | None
    turned_at: datetime | None
    updated_at: datetime | None


class CorrectionIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What it is instead. ``now`` oos: none of the labels; empty for a slot: the customer did not say it."""

    head: Corrected
    now: Label


class SignalLabel(msgspec.Struct, kw_only=True):
    """A label to choose from. ``category`` is the path to which an intent belongs."""

    label: str
    title: dict[str, str]
    category: dict[str, str] | None = None
    own: bool = False  # the workspace's own, not the program's


class SignalLabels(msgspec.Struct):
    """The labels of a head, those that the workspace uses most first."""

    items: list[SignalLabel]


class UnderstandingSettings(msgspec.Struct, kw_only=True):
    """How messages are read. ``available`` false: the installation has it switched off."""

    on: bool
    available: bool
    heads: dict[Judged, HeadSettings]
    lexicon: LexiconChanges
    alerts: Alerts
    filling: Filling
    version: int
    held: dict[Judged, HeldChange] = {}  # thresholds that will hold if a check lets them pass


class UnderstandingChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays. Heads that are not named stay as they are."""

    on: bool | UnsetType = UNSET
    heads: dict[Judged, HeadSettings] | UnsetType = UNSET
    lexicon: LexiconChanges | UnsetType = UNSET
    alerts: Alerts | UnsetType = UNSET
    filling: Filling | UnsetType = UNSET


class ShippedTerm(msgspec.Struct, kw_only=True):
    """A term that comes with the program."""

    term: str
    category: str
    weight: float


class ShippedLexicon(msgspec.Struct):
    """The terms that come with the program."""

    items: list[ShippedTerm]


class LexiconTry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A text to try the words on, as they would be after a change."""

    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    lexicon: LexiconChanges | None = None


class LexiconHit(msgspec.Struct, kw_only=True):
    """A term as it stood in the text."""

    text: str
    category: str
    weight: float


class LexiconHits(msgspec.Struct):
    """What was found; ``weight`` is what is left of a term that was denied or quoted."""

    items: list[LexiconHit]


Titles = Mapping[str, dict[str, str]]


def signal_out(one: Reading, titles: Titles) -> SignalOut:
    """A reading as the API shows it."""
    return SignalOut(
        head=one.head,
        label=one.label,
        title=titles.get(one.label or "", {}),
        confidence=round(one.confidence, 4),
        in_scope=one.in_scope,
        abstained=one.abstained,
        others=[
            SignalOther(other.label, round(other.p, 4), titles.get(other.label, {}))
            for other in one.others
        ],
        evidence=[_evidence(piece, one.message_id) for piece in one.evidence],
        by="agent" if one.model == "agent" else "model",
        model=one.model,
        message_id=str(one.message_id),
    )


def _evidence(one: Evidence, message_id: int | None) -> SignalEvidence:
    where = one.message_id or (None if message_id is None else str(message_id))
    return SignalEvidence(text=one.text, kind=one.kind, message_id=where)


def _slot(one: Slot) -> SlotOut:
    return SlotOut(
        name=one.name,
        value=one.value,
        message_id=str(one.message_id),
        by="agent" if one.by == "agent" else "model",
        before=list(one.before),
    )


NOTHING = TicketSignals(
    message_id=None,
    readings=[],
    slots=[],
    hits=[],
    mood=None,
    turned_at=None,
    updated_at=None,
)


def signals_out(known: Signals, titles: Titles) -> TicketSignals:
    """What is known of a ticket as the API shows it; ``titles`` are those of labels."""
    mood: Mood | None = None
    if known.turned_at is not None:
        mood = "grave" if known.grave else "negative"
    return TicketSignals(
        message_id=str(known.message_id),
        readings=[signal_out(one, titles) for one in known.readings.values()],
        slots=[_slot(one) for one in known.slots],
        hits=[_evidence(one, None) for one in known.hits],
        mood=mood,
        turned_at=known.turned_at,
        updated_at=known.updated_at,
    )


def settings_out(
    row: Settings, *, version: int, available: bool, held: Mapping[str, HeldChange]
) -> UnderstandingSettings:
    """Settings as the API shows them."""
    return UnderstandingSettings(
        on=row.on,
        available=available,
        heads=row.heads,
        lexicon=row.lexicon,
        alerts=row.alerts,
        filling=row.filling,
        version=version,
        held=msgspec.convert(held, dict[Judged, HeldChange]),
    )
