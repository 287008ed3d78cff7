"""What is read in messages and known of tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

Head = Literal[
    "intent", "category", "emotion", "urgency", "complexity", "language", "escalation", "slots"
]
HEADS: tuple[Head, ...] = (
    "intent", "category", "emotion", "urgency", "complexity", "language", "escalation", "slots",
)  # fmt: skip
Judged = Literal["intent", "category", "emotion", "urgency", "complexity"]
JUDGED: tuple[Judged, ...] = ("intent", "category", "emotion", "urgency", "complexity")
"""Heads with a threshold below which they abstain."""
LEARNED: tuple[Head, ...] = ("intent", "category", "emotion", "urgency", "complexity")
"""Heads that a workspace can correct and train."""
OUT_OF_SCOPE = "oos"
BY_AGENT = "agent"
EARLIER = "earlier"
"""The kind of evidence that quotes what was said before: the turn goes on with it."""
TAKEN_BACK = -1.0
"""The weight of a value that is named only to be taken back."""
LEVELS = " > "
"""Between the levels of a category path."""

Share = Annotated[float, Meta(ge=0, le=1)]


class Other(msgspec.Struct, frozen=True, array_like=True):
    """Another label that it may be."""

    label: str
    p: float


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words of a message that speak for a label, a term of the lexicon, or a slot."""

    text: str
    kind: str = ""  # what an escalation hit is about; the name of a slot
    weight: float = 0.0  # of an escalation hit: less where it was denied or quoted
    start: int | None = None
    end: int | None = None
    message_id: str | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one head says of one message, or now of a ticket. ``label`` None: nothing could be said.

    ``abstained``: the label is a suggestion only, its confidence is under the workspace's threshold.
    ``in_scope`` False: it fits none of the labels.
    """

    head: str
    label: str | None
    confidence: float = 0.0
    in_scope: bool = True
    abstained: bool = False
    others: tuple[Other, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    model: str = ""
    message_id: int = 0

    @property
    def sure(self) -> str | None:
        """The label if it may be acted upon."""
        return None if self.abstained or not self.in_scope else self.label


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """What the customer has said already, and where."""

    name: str
    value: str
    message_id: int
    by: str = "model"  # or agent
    before: tuple[str, ...] = ()  # what was said of it earlier


class Signals(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of a ticket now. A head that nothing is known of is not in ``readings``."""

    ticket_id: int
    message_id: int
    readings: dict[str, Reading] = {}
    slots: tuple[Slot, ...] = ()
    hits: tuple[Evidence, ...] = ()  # words that call for a person in charge
    negative: float = 0.0  # probability that the customer is angry, disappointed, in distress
    grave: bool = False
    turned_at: datetime | None = None
    updated_at: datetime | None = None

    def label(self, head: Head) -> str | None:
        """The label of a head if it is sure, else None."""
        found = self.readings.get(head)
        return None if found is None else found.sure


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said instead of what was read."""

    id: int
    ticket_id: int
    message_id: int
    head: str
    was: str | None
    was_by: str
    confidence: float
    now: str
    by_kind: str
    by_id: int | None
    at: datetime


class HeadSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether a head reads, and under which confidence it only suggests."""

    on: bool = True
    threshold: Share = 0.5


Category = Literal[
    "legal", "media", "regulator", "churn", "threat", "safety", "abuse", "complaint", "repeat"
]
CATEGORIES: tuple[Category, ...] = get_args(Category)
"""What a word that calls for attention is about."""


class LexiconTerm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A word of the workspace's own; ``weight`` is how much it alone says that somebody should look."""

    term: Annotated[str, Meta(min_length=1, max_length=64, pattern=r"\S")]
    category: Category = "complaint"
    weight: Share = 0.8


class LexiconChanges(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Terms added to those that come with the program, and those of them that do not count here."""

    added: Annotated[list[LexiconTerm], Meta(max_length=500)] = []
    removed: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=64)]], Meta(max_length=500)
    ] = []


IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]


class Alerts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is told when a ticket turns negative."""

    on: bool = True
    threshold: Share = 0.7
    leads: bool = True  # those who lead the ticket's team
    assignee: bool = True
    agents: Annotated[list[IdText], Meta(max_length=100)] = []


class Filling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the category is written into a field of the ticket, and how sure it must be."""

    on: bool = False
    field: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")] | None = None
    threshold: Share = 0.9


def _usual() -> dict[Judged, HeadSettings]:
    return {head: HeadSettings() for head in JUDGED}


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a workspace wants its messages read."""

    on: bool = True
    heads: dict[Judged, HeadSettings] = msgspec.field(default_factory=_usual)
    lexicon: LexiconChanges = LexiconChanges()
    alerts: Alerts = Alerts()
    filling: Filling = Filling()

    def head(self, name: str) -> HeadSettings:
        """How a head is set; heads without a threshold are on."""
        return {str(key): value for key, value in self.heads.items()}.get(name, HeadSettings())
