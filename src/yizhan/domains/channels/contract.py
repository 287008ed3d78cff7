"""What a channel is made of: the types that pass between the host and a connector.

A channel is one folder below ``yizhan/extensions/channels`` (or one installed package with the
entry point group ``yizhan.channels``)::

    manifest.toml      what it can do and what limits it, as data (read into :class:`Manifest`)
    settings.py        ``Settings``: a frozen msgspec struct; the interface draws its form from it
    connector.py       the functions of :class:`Connector` that apply
    strings.zh.toml    strings.en.toml: labels of settings and errors
    fixtures/          recorded input with the events that it must become
    README.md          the set-up steps that the settings page shows

The host owns everything else: the raw inbox, duplicates, order, files, reply windows, retries,
receipts and audit. ``verify``, ``acknowledge`` and ``parse`` are pure, so that a stored envelope
can be parsed again at any time.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, Protocol

import msgspec

from yizhan.kernel import errors


class Rejected(errors.Unauthorized):
    """The request does not carry a valid signature of this channel."""

    code = "signature_invalid"


# ---------------------------------------------------------------- what a channel says of itself


class Window(msgspec.Struct, frozen=True):
    """How long, and how often, a business may answer after the customer did something."""

    opens_on: str  # "message", "follow", "menu" …
    seconds: int
    max_messages: int | None = None
    after: str = "none"  # what remains when it is closed: none | template | tag | paid


Transport = Literal["webhook", "pull", "stream", "socket", "form", "api"]


class Capabilities(msgspec.Struct, frozen=True):
    """What the channel can carry. Rules ask for a capability, never for a channel's name."""

    transport: Transport = "webhook"
    html: bool = False
    files: bool = False
    max_text: int | None = None  # characters
    max_file_bytes: int | None = None
    receipts: tuple[str, ...] = ()  # of: accepted sent delivered read
    typing: bool = False
    subject: bool = False
    recipients: bool = False  # to and cc can be chosen
    can_start: bool = False  # may write first
    idempotent_send: bool = False  # a repeated send with our id reaches the customer once
    immediate: bool = False  # sending is a commit in our own database
    fetched: bool = False  # the system that wrote reads the answers through the API or a webhook
    practice: bool = False  # the customer is a script and nothing leaves: for exercises
    windows: tuple[Window, ...] = ()


class Manifest(msgspec.Struct, frozen=True):
    """The channel's ``manifest.toml``."""

    id: str
    name: dict[str, str]  # language -> name
    description: dict[str, str]
    icon: str
    version: str
    tier: str  # bronze | silver | gold | platinum: what it was tested against
    capabilities: Capabilities
    docs: str = ""
    checked_on: str = ""  # ISO date on which the limits were read at the vendor's
    hidden: bool = False  # not offered to administrators: for tests of the kit itself
    has_inbox: bool = True  # False: nothing to set up, tickets come by another way


# ------------------------------------------------------------------------------- what comes in


class Inbound(msgspec.Struct, frozen=True):
    """One HTTP request as it arrived: ``body`` is raw, ``headers`` have lower-case names."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    received_at: datetime


class Ack(msgspec.Struct, frozen=True):
    """The answer to an :class:`Inbound` request."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"


class RawItem(msgspec.Struct, frozen=True):
    """One thing that came in, before anybody looked into it. It is stored first, parsed later.

    ``dedupe_key`` is unique for the inbox and stable when the vendor repeats itself.
    """

    dedupe_key: str
    body: bytes
    content_type: str = "application/octet-stream"
    meta: dict[str, Any] = {}
    occurred_at: datetime | None = None
    # Items of one inbox with the same key are worked on in the order in which they arrived.
    order_key: str | None = None


class Identity(msgspec.Struct, frozen=True):
    """Who spoke, as the channel knows it. Strength 0 hint, 1 claimed, 2 known, 3 proven."""

    kind: str  # email | phone | app_user | visitor | external_id …
    value: str
    scope: str = ""  # "" is the whole workspace, else an inbox, app, page or provider
    strength: int = 1
    verified: bool = False


class File(msgspec.Struct, frozen=True):
    """A file within a message: its bytes, or a ``ref`` that ``fetch_media`` can turn into bytes."""

    name: str
    content_type: str
    content: bytes | None = None
    ref: str | None = None
    inline: bool = False
    content_id: str | None = None
    # Set where the host already stored the file: the attachment's id.
    stored_id: int | None = None
    # Set by the host when it has laid the bytes into the store: their hash.
    sha256: str | None = None


class Address(msgspec.Struct, frozen=True):
    """A mail-like address with its display name."""

    address: str
    name: str = ""


class Thread(msgspec.Struct, frozen=True):
    """Hints about which conversation a message belongs to, strongest first.

    ``tokens`` are signed reply addresses or hop tokens; ``message_ids`` are the channel's ids of
    earlier messages (In-Reply-To, then References from right to left).
    """

    tokens: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()


class IncomingMessage(msgspec.Struct, frozen=True, tag="message"):
    """A customer wrote. Exactly one ticket message comes of it."""

    external_id: str
    sender: tuple[Identity, ...]
    text: str
    sender_name: str = ""
    conversation_key: str | None = None  # the channel's own thread; None: found by ``thread``
    thread: Thread = Thread()
    subject: str | None = None
    html: str | None = None  # clean: safe to show, inline images as cid:
    quoted_text: str | None = None  # what was cut from ``text``
    quoted_html: str | None = None
    files: tuple[File, ...] = ()
    occurred_at: datetime | None = None
    automatic: bool = False  # written by a machine: never answered automatically
    sender_verdict: str = "none"  # pass | fail | none: did the channel prove the sender
    from_: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    client_id: str | None = None
    locale: str | None = None
    priority: str | None = None
    tags: tuple[str, ...] = ()
    fields: dict[str, Any] = {}
    meta: dict[str, Any] = {}


class DeliveryState(StrEnum):
    """How far an outgoing message got. It only moves forward, save that a person may retry."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"  # the vendor did not say; a second send might reach the customer twice
    CANCELLED = "cancelled"


class ReceiptNotice(msgspec.Struct, frozen=True, tag="receipt"):
    """The channel tells how far an outgoing message got (a bounce is a ``failed``).

    ``external_ids`` are the ids the message may be known by; ``keep`` makes the envelope also
    visible below the message that it is about.
    """

    external_ids: tuple[str, ...]
    state: DeliveryState
    detail: str = ""
    permanent: bool = True
    recipient: str = ""
    kind: str = "receipt"  # receipt | bounce | complaint
    tokens: tuple[str, ...] = ()


class Quarantined(msgspec.Struct, frozen=True, tag="quarantine"):
    """It may be real, but it must be looked at by a person before it becomes a message."""

    reason: str
    detail: str = ""


class Ignored(msgspec.Struct, frozen=True, tag="ignored"):
    """It needs no message; the reason stays visible."""

    reason: str
    detail: str = ""


class Unknown(msgspec.Struct, frozen=True, tag="unknown"):
    """An event that this version does not know. Stored, answered with success, shown."""

    kind: str


InboundEvent = IncomingMessage | ReceiptNotice | Quarantined | Ignored | Unknown


class Pulled(msgspec.Struct, frozen=True):
    """A batch fetched from the vendor and the cursor that stands behind it once it is stored."""

    items: tuple[RawItem, ...]
    cursor: dict[str, Any]
    more: bool = False


# ------------------------------------------------------------------------------ what goes out


class OutboundMessage(msgspec.Struct, frozen=True):
    """An answer on its way to a customer. ``id`` is ours and stable over retries."""

    id: int
    workspace_id: int
    ticket_id: int
    ticket_number: int
    conversation_id: int
    conversation_key: str | None
    text: str
    html: str | None
    subject: str
    author_name: str
    files: tuple[File, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    in_reply_to: str | None = None  # the channel's id of the message that is answered
    references: tuple[str, ...] = ()  # earlier ids of the conversation, oldest first
    automatic: bool = False
    locale: str = "en"
    brand_name: str = ""
    signature_html: str = ""
    quoted: tuple[str, ...] = ()  # earlier message as (who and when, html) for the quote below
    reply_token: str = ""  # signed; a reply that carries it joins this ticket
    created_at: datetime | None = None
    meta: dict[str, Any] = {}


class SendReceipt(msgspec.Struct, frozen=True):
    """What the vendor said of a send.

    ``state`` is sent, delivered, failed or unknown. With ``retry_after`` (seconds) a failed send
    is tried again by the host; without it the failure is final and shown to the agent.
    """

    state: DeliveryState
    external_id: str | None = None
    also_known_as: tuple[str, ...] = ()
    detail: str = ""
    retry_after: float | None = None


class Check(msgspec.Struct, frozen=True):
    """One line of a connection check: a stable code, whether it holds, and what was seen."""

    code: str
    ok: bool
    detail: str = ""


class Host(Protocol):
    """What the host lends to a connector while it talks to the outside."""

    workspace_id: int
    inbox_id: int
    public_url: str

    async def token(self, name: str) -> str:
        """An OAuth access token of this inbox, refreshed by one process at a time."""
        ...


class Connector(Protocol):
    """The functions a channel's ``connector.py`` may offer. Absent ones are simply not offered.

    ``known_ids`` are the ids by which the outside will know a message, where they are ours to
    choose: they are recorded before the send, so that an answer to a message whose outcome is
    unknown still finds its conversation. ``embed`` says where customers find the inbox: ``url`` of
    a page, ``snippet`` for a site.
    """

    def verify(self, settings: Any, request: Inbound) -> None: ...
    def acknowledge(self, settings: Any, request: Inbound) -> Ack: ...
    def items(self, settings: Any, request: Inbound) -> Sequence[RawItem]: ...
    def parse(self, settings: Any, item: RawItem) -> Sequence[InboundEvent]: ...
    def render(self, settings: Any, message: OutboundMessage) -> bytes: ...
    def embed(self, settings: Any, *, key: str, public_url: str) -> Mapping[str, str]: ...
    def known_ids(self, settings: Any, message: OutboundMessage) -> Sequence[str]: ...
    async def check(self, settings: Any, host: Host) -> Sequence[Check]: ...
    async def pull(self, settings: Any, cursor: dict[str, Any], host: Host) -> Pulled: ...
    def stream(
        self, settings: Any, cursor: dict[str, Any], host: Host
    ) -> AsyncIterator[Pulled]: ...
    async def send(self, settings: Any, message: OutboundMessage, host: Host) -> SendReceipt: ...
    async def fetch_media(self, settings: Any, ref: str, host: Host) -> bytes: ...
