"""An outgoing message as its connector gets it, built from the rows of the ticket."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.channels import outbox, repository, tokens
from yizhan.domains.channels.contract import Address, File, OutboundMessage
from yizhan.domains.channels.service.means import Ready
from yizhan.domains.tickets.errors import MessageNotFound
from yizhan.kernel.crypto import Vault
from yizhan.kernel.storage import Store
from yizhan.kernel.tx import Tx

_MOST_REFERENCES = 30
_MOST_QUOTED = 100_000  # characters of the quoted message


class Draft(msgspec.Struct, frozen=True):
    """A message without the bytes of its files, and where those are."""

    message: OutboundMessage
    files: tuple[tuple[str, File], ...]  # (sha256, file)


async def draft(tx: Tx, vault: Vault, ready: Ready, *, message_id: int) -> Draft:
    """Errors: MessageNotFound, also for an internal note: that can never go out."""
    row = await outbox.content(tx, message_id)
    if row is None:
        raise MessageNotFound
    asked = await outbox.answered(tx, row["conversation_id"], before=message_id)
    chain = await repository.thread_ids(tx, row["conversation_id"], before=message_id)
    heard = [external_id for external_id, direction in chain if direction == "in"]
    signature = row["agent_signature"] or row["brand_signature"]
    message = OutboundMessage(
        id=message_id,
        workspace_id=tx.workspace_id,
        ticket_id=row["ticket_id"],
        ticket_number=row["number"],
        conversation_id=row["conversation_id"],
        conversation_key=row["external_key"],
        text=row["body_text"],
        html=row["body_html"],
        subject=_subject(row, answers=asked is not None or bool(chain)),
        author_name=row["author_name"],
        to=_addresses(row, "to") or _customer(row),
        cc=_addresses(row, "cc"),
        in_reply_to=heard[-1] if heard else (chain[-1][0] if chain else None),
        references=tuple(external_id for external_id, _ in chain[-_MOST_REFERENCES:]),
        automatic=row["automatic"],
        locale=row["locale"],
        brand_name=row["brand_name"],
        signature_html=_paragraphs(signature),
        quoted=_quoted(asked, locale=row["locale"]),
        reply_token=tokens.make(vault, row["conversation_id"], workspace_id=tx.workspace_id),
        created_at=row["created_at"],
        meta={
            "brand_id": str(row["brand_id"] or ""),
            "sender_name": row["sender_name"],
            "sent_token": tokens.make(
                vault, message_id, workspace_id=tx.workspace_id, purpose=tokens.SENT
            ),
            **(row["meta"] or {}),
        },
    )
    files = tuple(
        (
            found["sha256"],
            File(
                name=found["name"],
                content_type=found["content_type"],
                inline=found["inline"],
                content_id=found["content_id"],
                stored_id=found["id"],
            ),
        )
        for found in await outbox.files(tx, message_id)
    )
    if not ready.channel.manifest.capabilities.files and files:
        files = ()
    return Draft(message, files)


async def with_files(draft: Draft, store: Store) -> OutboundMessage:
    """The message with the bytes of its files. Outside of a transaction."""
    loaded = [
        msgspec.structs.replace(file, content=await store.get(draft.message.workspace_id, sha256))
        for sha256, file in draft.files
    ]
    return msgspec.structs.replace(draft.message, files=tuple(loaded))


def _subject(row: Any, *, answers: bool) -> str:
    subject = " ".join((row["subject"] or "").split())
    if not answers or subject[:3].lower() in ("re:", "re："):
        return subject
    return f"Re: {subject}"


def _addresses(row: Any, field: str) -> tuple[Address, ...]:
    given = (row["addressing"] or {}).get(field) or []
    return tuple(
        Address(_one_line(person["address"]), _one_line(person.get("name", "")))
        for person in given
        if person.get("address")
    )


def _customer(row: Any) -> tuple[Address, ...]:
    if not row["reply_to"]:
        return ()
    name = _one_line(row["contact_name"])
    return (Address(_one_line(row["reply_to"]), "" if name == row["reply_to"] else name),)


def _one_line(text: str) -> str:
    """Nothing that could begin another header."""
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    """Plain text of a signature as HTML; what people wrote is never markup."""
    if not text.strip():
        return ""
    return "<br>".join(html.escape(line) for line in text.strip().splitlines())


def _quoted(asked: Any, *, locale: str) -> tuple[str, ...]:
    """(who and when, html) of the customer's message."""
    if asked is None:
        return ()
    moment: datetime = asked["created_at"]
    name = _one_line(asked["author_name"])
    when = moment.strftime("%Y-%m-%d %H:%M UTC")
    who = f"{name} 于 {when} 写道：" if locale.startswith("zh") else f"On {when}, {name} wrote:"
    body = asked["body_html"] or "<br>".join(
        html.escape(line) for line in asked["body_text"].splitlines()
    )
    if len(body) > _MOST_QUOTED:
        body = "<br>".join(
            html.escape(line) for line in asked["body_text"][:_MOST_QUOTED].splitlines()
        )
    return (who, body)
