"""The functions of the test channel, and the outside that it talks to, held in this process."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from yizhan.domains.channels.contract import (
    Ack,
    Check,
    DeliveryState,
    Host,
    Identity,
    Ignored,
    Inbound,
    InboundEvent,
    IncomingMessage,
    OutboundMessage,
    Pulled,
    Quarantined,
    RawItem,
    ReceiptNotice,
    Rejected,
    SendReceipt,
    Unknown,
)
from yizhan.extensions.channels.fake.settings import Settings


class Event(msgspec.Struct, frozen=True, rename={"sender": "from"}):
    """One event as the made-up vendor sends it."""

    type: str = ""
    id: str = ""
    sender: str = ""
    name: str = ""
    text: str = ""
    thread: str = ""
    of: str = ""
    state: str = ""
    reason: str = ""
    at: float | None = None


class _Body(msgspec.Struct, frozen=True):
    events: list[msgspec.Raw]


class Outside:
    """The vendor's side of one account: its store, and what it answers next."""

    def __init__(self) -> None:
        self.sent: list[OutboundMessage] = []
        self.answers: list[SendReceipt | Exception | float] = []  # a float waits that long
        self.waiting: list[bytes] = []  # events to be fetched
        self.fetches = 0
        self.broken = ""  # what goes wrong with each fetch


_outsides: dict[str, Outside] = {}


def outside(account: str) -> Outside:
    """The vendor's side of an account, made on first use."""
    return _outsides.setdefault(account, Outside())


def sign(secret: str, body: bytes) -> str:
    """What the vendor writes into ``x-fake-signature``."""
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def verify(settings: Settings, request: Inbound) -> None:
    given = request.headers.get("x-fake-signature", "")
    good = settings.secret and hmac.compare_digest(
        given.encode(), sign(settings.secret, request.body).encode()
    )
    if not good:
        raise Rejected


def acknowledge(_settings: Settings, request: Inbound) -> Ack:
    challenge = request.query.get("challenge", "")
    return Ack(body=challenge.encode() or b"ok")


def items(_settings: Settings, request: Inbound) -> Sequence[RawItem]:
    try:
        body = msgspec.json.decode(request.body, type=_Body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return [_item(request.body)] if request.body else []
    return [_item(bytes(raw)) for raw in body.events]


def _item(raw: bytes) -> RawItem:
    event = _decode(raw)
    key = f"{event.type}:{event.id}" if event and event.id else hashlib.sha256(raw).hexdigest()
    order = (event.thread or event.sender) if event and event.type == "message" else None
    return RawItem(key, raw, "application/json", order_key=order)


def _decode(raw: bytes) -> Event | None:
    try:
        return msgspec.json.decode(raw, type=Event)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def parse(settings: Settings, item: RawItem) -> Sequence[InboundEvent]:
    event = _decode(item.body)
    if event is None:
        return [Quarantined("unreadable")]
    if event.type == "message":
        return [_message(settings, event)]
    if event.type == "hang":
        _hang()
    if event.type == "bomb":
        _eat()
    if event.type == "receipt":
        try:
            state = DeliveryState(event.state)
        except ValueError:
            return [Unknown(f"receipt.{event.state}")]
        return [ReceiptNotice((event.of,), state, detail=event.reason)]
    if event.type == "quarantine" and not item.meta.get("released"):
        return [Quarantined(event.reason or "asked")]
    if event.type == "quarantine":
        return [_message(settings, event)]
    if event.type == "ignore":
        return [Ignored(event.reason or "asked")]
    return [Unknown(event.type)]


def _hang() -> None:
    """A parser that never ends, whatever is thrown at it."""
    while True:
        with contextlib.suppress(Exception):
            sum(range(10_000))


def _eat() -> None:
    """A parser that takes all the memory there is. Only for a process that may not have it."""
    eaten: list[bytes] = []
    while True:
        eaten.append(b"x" * (64 * 1024 * 1024))


def _message(settings: Settings, event: Event) -> InboundEvent:
    if not event.sender:
        return Quarantined("no_sender")
    try:
        moment = None if event.at is None else datetime.fromtimestamp(event.at, UTC)
    except (ValueError, OverflowError, OSError):
        moment = None
    return IncomingMessage(
        external_id=event.id,
        sender=(Identity("fake_user", event.sender, scope=settings.account, strength=3),),
        sender_name=event.name,
        conversation_key=event.thread or event.sender,
        text=event.text,
        occurred_at=moment,
    )


async def check(settings: Settings, _host: Host) -> Sequence[Check]:
    return [Check("secret", ok=len(settings.secret) >= 8, detail="at least 8 characters")]


async def pull(settings: Settings, cursor: dict[str, Any], _host: Host) -> Pulled:
    side = outside(settings.account)
    side.fetches += 1
    if side.broken:
        raise ConnectionError(side.broken)
    start = int(cursor.get("next", 0))
    batch = side.waiting[start : start + 10]
    more = len(side.waiting) > start + 10
    return Pulled(tuple(_item(raw) for raw in batch), {"next": start + len(batch)}, more=more)


async def stream(settings: Settings, cursor: dict[str, Any], host: Host) -> AsyncIterator[Pulled]:
    while True:
        pulled = await pull(settings, cursor, host)
        cursor = pulled.cursor
        if pulled.items:
            yield pulled
        await asyncio.sleep(settings.poll_seconds)


async def send(settings: Settings, message: OutboundMessage, _host: Host) -> SendReceipt:
    side = outside(settings.account)
    answer = side.answers.pop(0) if side.answers else None
    if isinstance(answer, Exception):
        raise answer
    if isinstance(answer, float):
        await asyncio.sleep(answer)
    if isinstance(answer, SendReceipt) and answer.state is DeliveryState.FAILED:
        return answer
    side.sent.append(message)
    if isinstance(answer, SendReceipt):
        return answer
    return SendReceipt(DeliveryState.SENT, external_id=f"out-{message.id}")


def render(_settings: Settings, message: OutboundMessage) -> bytes:
    return msgspec.json.encode({"to": message.conversation_key, "text": message.text})
