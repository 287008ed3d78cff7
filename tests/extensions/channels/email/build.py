"""Short ways to mails, outgoing messages and a host for the tests of the e-mail channel."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from yizhan.domains.channels.contract import (
    Address,
    File,
    InboundEvent,
    IncomingMessage,
    OutboundMessage,
)
from yizhan.extensions.channels.email import connector
from yizhan.extensions.channels.email.settings import Settings

OUR = Settings(address="support@brand.example", name="Brand Support")
CUSTOMER = Address("li@customer.example", "李雷")


class Host:
    """What the host lends: here only an access token."""

    workspace_id = 1
    inbox_id = 2
    public_url = "https://desk.example"

    def __init__(self, token: str = "") -> None:
        self._token = token

    async def token(self, name: str) -> str:
        assert name == "oauth"
        return self._token


def settings(values: dict[str, Any]) -> Settings:
    return msgspec.convert(values, Settings)


def mail(
    body: str | bytes = "你好", *, kind: str = "text/plain; charset=utf-8", **fields: str
) -> bytes:
    """A raw mail; field names with ``_`` for ``-``; an empty value leaves the field out."""
    head = {
        "From": "Li Lei <li@customer.example>",
        "To": "support@brand.example",
        "Subject": "A question",
        "Message-ID": "<q1@customer.example>",
        "Date": "Sun, 22 Nov 2026 10:00:00 +0800",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = [f"{name}: {value}" for name, value in head.items() if value]
    raw = body.encode() if isinstance(body, str) else body
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + raw


def events(raw: bytes, settings: Settings = OUR, **meta: Any) -> list[InboundEvent]:
    return list(connector.parse(settings, connector.item(raw, meta)))


def message(raw: bytes, settings: Settings = OUR, **meta: Any) -> IncomingMessage:
    """The one message that a raw mail becomes."""
    (event,) = events(raw, settings, **meta)
    assert isinstance(event, IncomingMessage), event
    return event


def outgoing(text: str = "您好，已经为您处理。", **changes: Any) -> OutboundMessage:
    values: dict[str, Any] = {
        "id": 7_300_000_000_000_001,
        "workspace_id": 1,
        "ticket_id": 42,
        "ticket_number": 1001,
        "conversation_id": 43,
        "conversation_key": None,
        "text": text,
        "html": None,
        "subject": "A question",
        "author_name": "韩梅梅",
        "to": (CUSTOMER,),
        "in_reply_to": "q1@customer.example",
        "references": ("q1@customer.example",),
        "reply_token": "1a2b.abcdefgh23456777",
        "created_at": datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
    }
    return OutboundMessage(**(values | changes))


def file(name: str, content: bytes, kind: str = "application/octet-stream", **more: Any) -> File:
    return File(name, kind, content=content, **more)
