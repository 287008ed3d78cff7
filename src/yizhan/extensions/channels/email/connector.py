"""What the host calls: the functions of the channel contract."""

from __future__ import annotations

import imaplib
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiosmtplib
import imap_tools

from yizhan.domains.channels.contract import (
    Check,
    DeliveryState,
    Host,
    InboundEvent,
    OutboundMessage,
    Pulled,
    RawItem,
    SendReceipt,
)
from yizhan.extensions.channels.email import envelope, imap, session, smtp, words
from yizhan.extensions.channels.email import parse as parsing
from yizhan.extensions.channels.email import render as rendering
from yizhan.extensions.channels.email.settings import Settings


def item(raw: bytes, meta: dict[str, Any] | None = None) -> RawItem:
    """A raw mail that came by another way than IMAP (a file, a gateway)."""
    return RawItem(
        dedupe_key=envelope.dedupe_key(raw),
        body=raw,
        content_type="message/rfc822",
        meta=meta or {},
    )


def parse(settings: Settings, item: RawItem) -> Sequence[InboundEvent]:
    return parsing.parse(settings, item)


def render(settings: Settings, message: OutboundMessage) -> bytes:
    return rendering.render(settings, message)


def known_ids(settings: Settings, message: OutboundMessage) -> Sequence[str]:
    return (rendering.message_id(settings, message),)


async def pull(settings: Settings, cursor: dict[str, Any], host: Host) -> Pulled:
    return await imap.pull(settings, cursor, host)


def stream(settings: Settings, cursor: dict[str, Any], host: Host) -> AsyncIterator[Pulled]:
    return imap.stream(settings, cursor, host)


async def send(settings: Settings, message: OutboundMessage, host: Host) -> SendReceipt:
    if not settings.smtp_host:
        return SendReceipt(DeliveryState.FAILED, detail="no_smtp_server")
    try:
        letter = rendering.letter(settings, message)
    except words.BadAddress:
        return SendReceipt(DeliveryState.FAILED, detail="bad_address")
    if not letter.recipients:
        return SendReceipt(DeliveryState.FAILED, detail="no_recipient")
    return await smtp.send(settings, letter, host)


async def check(settings: Settings, host: Host) -> Sequence[Check]:
    """Log in on both sides; each step is one line of the answer."""
    return [*await _check_imap(settings, host), *await _check_smtp(settings, host)]


async def _check_imap(settings: Settings, host: Host) -> list[Check]:
    if not settings.imap_host:
        return [Check("imap_login", ok=False, detail="no_imap_server")]
    folder = settings.imap_folder or "INBOX"
    try:
        async with imap.opened(settings, host) as (worker, opened):
            _, following = await worker.run(opened.select)
    except session.Problem as problem:
        if problem.step == "folder":
            return [
                Check("imap_login", ok=True, detail=settings.imap_host),
                Check("imap_folder", ok=False, detail=str(problem)),
            ]
        return [Check("imap_login", ok=False, detail=f"{problem.step}: {problem}")]
    except (OSError, imaplib.IMAP4.error, imap_tools.ImapToolsError) as error:
        return [Check("imap_login", ok=False, detail=f"{type(error).__name__}: {error}"[:300])]
    return [
        Check("imap_login", ok=True, detail=settings.imap_host),
        Check("imap_folder", ok=True, detail=f"{folder} ({following})"),
    ]


async def _check_smtp(settings: Settings, host: Host) -> list[Check]:
    if not settings.smtp_host:
        return [Check("smtp_login", ok=False, detail="no_smtp_server")]
    try:
        client = await smtp.connect(settings, host)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        return [Check("smtp_login", ok=False, detail=f"{type(error).__name__}: {error}"[:300])]
    client.close()
    return [Check("smtp_login", ok=True, detail=settings.smtp_host)]
