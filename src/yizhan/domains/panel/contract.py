"""What a source beside a ticket is made of: one question, one answer.

A source is one folder below ``yizhan/extensions/sources`` (or one installed package with the entry
point group ``yizhan.sources``)::

    manifest.toml      what it is called and whether it asks somebody (:class:`Manifest`)
    settings.py        ``Settings``: a frozen msgspec struct; the interface draws its form from it
    source.py          the functions of :class:`Source`
    strings.zh.toml    strings.en.toml: labels of the settings

The host owns the rest: who may see it, time-outs, sizes, what is kept and for how long, rest after
failures, masks, audit. ``fetch`` is called with no transaction open and talks to the outside only by
:meth:`Host.request`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

import msgspec

from yizhan.kernel import egress, errors

Tone = Literal["neutral", "info", "ok", "warn", "danger"]
CellKind = Literal["text", "number", "money", "date", "badge", "link", "flag", "masked"]
MOST_BYTES = 256 * 1024


class SourceSettingsInvalid(errors.Invalid):
    """The settings of a source are not valid; the field is named."""


class LookupFailed(Exception):
    """A source has no answer. ``code`` is one of :data:`CODES`; ``detail`` is for administrators."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code = code
        self.detail = detail
        super().__init__(f"{code}: {detail}" if detail else code)


# Why there is no answer, in words that the interface knows. The first is nobody's fault.
NOTHING_TO_ASK = "nothing_to_ask"
CODES = (NOTHING_TO_ASK, "timeout", "unreachable", "refused", "status", "unreadable", "too_large",
         "redirected", "broken")  # fmt: skip


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The source's ``manifest.toml``."""

    id: str
    name: dict[str, str]  # language -> name
    description: dict[str, str]
    icon: str
    version: str
    # Nobody else is asked: the answer is made of what the desk knows, and nothing is kept.
    local: bool = False


# --------------------------------------------------------------------------------- the question


class Reach(msgspec.Struct, frozen=True):
    """A way by which the customer is known; strength 0 hint, 1 claimed, 2 known, 3 proven."""

    kind: str  # email | phone | external_id | app_user …
    value: str
    strength: int


class CustomerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the question is about. Only identities that are strong enough are in it."""

    id: str
    name: str
    company: str = ""
    locale: str = ""
    tags: tuple[str, ...] = ()
    identities: tuple[Reach, ...] = ()
    fields: Mapping[str, Any] = {}

    def values(self, kind: str) -> list[str]:
        """All values of a kind of identity, the strongest first."""
        return [one.value for one in self.identities if one.kind == kind]


class TicketFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The ticket beside which it stands."""

    id: str
    number: int
    subject: str
    channel: str
    tags: tuple[str, ...] = ()
    fields: Mapping[str, Any] = {}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """``ticket`` is None where answers are kept for a customer: they must not depend on a ticket."""

    workspace_id: str
    customer: CustomerFacts
    ticket: TicketFacts | None = None


# ----------------------------------------------------------------------------------- the answer


class Cell(msgspec.Struct, frozen=True):
    """One value. ``text`` is canonical: a decimal number, RFC 3339, ``true``; people see it formatted."""

    kind: CellKind
    text: str
    currency: str = ""
    url: str = ""
    tone: Tone = "neutral"


class PanelField(msgspec.Struct, frozen=True):
    """A labelled value."""

    key: str
    label: dict[str, str]
    cell: Cell


class PanelColumn(msgspec.Struct, frozen=True):
    """A column of a table."""

    key: str
    label: dict[str, str]


class PanelTable(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of values by column; ``more`` rows were left out."""

    key: str
    label: dict[str, str]
    columns: list[PanelColumn]
    rows: list[dict[str, Cell]]
    more: int = 0


class PanelLink(msgspec.Struct, frozen=True):
    """A way into another system, made and signed when it is followed. ``missing``: what it lacks."""

    key: str
    label: dict[str, str]
    host: str
    missing: list[str] = []


class PanelProblem(msgspec.Struct, frozen=True):
    """What of an answer could not be read, for whoever sets the source up."""

    part: str
    code: str
    detail: str = ""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. Empty: the other system does not know this customer."""

    fields: list[PanelField] = []
    tables: list[PanelTable] = []
    links: list[PanelLink] = []
    problems: list[PanelProblem] = []


# ------------------------------------------------------------------------------------- the work


class Host(Protocol):
    """What the desk lends to a source."""

    source_id: int
    public_url: str
    now: datetime

    @property
    def key(self) -> bytes:
        """What signs; the other side has it, too."""
        ...

    def signed(self, body: str) -> dict[str, str]:
        """Headers after Standard Webhooks for a body: id, timestamp, signatures."""
        ...

    async def request(
        self, method: str, url: str, *, headers: Mapping[str, str], content: bytes
    ) -> egress.Answer:
        """One request behind the guard: public addresses, no redirects, the source's time-out, at most
        :data:`MOST_BYTES`. Errors: LookupFailed."""
        ...


class Follower(msgspec.Struct, frozen=True):
    """The agent who follows a link."""

    id: str
    name: str


class Source(Protocol):
    """The functions of a source's ``source.py``.

    ``check`` refuses settings that no struct can (SourceSettingsInvalid); both it and ``links`` are
    optional. ``open`` makes the address behind a link of the answer.
    """

    def check(self, settings: Any) -> None: ...
    async def fetch(self, settings: Any, question: Question, host: Host) -> Content: ...
    def open(
        self, settings: Any, link: str, *, question: Question, follower: Follower, host: Host
    ) -> str: ...


def words(zh: str, en: str, *, otherwise: str) -> dict[str, str]:
    """A label in both languages; one that is left out is like the other."""
    return {"zh": zh or en or otherwise, "en": en or zh or otherwise}


def repeated(keys: Sequence[str]) -> str | None:
    """The first key that is there twice."""
    return next((key for place, key in enumerate(keys) if key in keys[:place]), None)
