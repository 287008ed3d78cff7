"""Raw mails from files, put in by exactly the way of a fetched one, and what became of each."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from yizhan.domains.channels import repository
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import IncomingMessage, RawItem
from yizhan.domains.channels.types import Envelope, Inbox
from yizhan.extensions.channels.email import connector, parse
from yizhan.kernel import errors, jobs
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

CHANNEL = "email"
_MOST_TRIES = 50
_SEPARATOR = re.compile(rb"(?m)^From [^\r\n]*\r?\n")
_ESCAPED = re.compile(rb"(?m)^>(>*From )")


class WorkspaceUnknown(errors.NotFound):
    """There is no such workspace; name one with --workspace."""


class MailboxUnknown(errors.NotFound):
    """This workspace has no e-mail inbox with that address."""


class FileUnreadable(errors.Invalid):
    """This file cannot be read."""


class Source(NamedTuple):
    """One raw mail and where it came from."""

    path: str
    raw: bytes


def read(paths: list[Path]) -> Iterator[Source]:
    """The mails of files, folders (all below) and mbox files, in order."""
    for path in paths:
        if path.is_dir():
            yield from read(sorted(inner for inner in path.iterdir() if inner.name[0] != "."))
            continue
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise FileUnreadable(f"{path}: {error.strerror}") from error
        if path.suffix == ".mbox" or raw.startswith(b"From "):
            mails = split_mbox(raw)
            many = len(mails) > 1
            for number, mail in enumerate(mails, 1):
                yield Source(f"{path}#{number}" if many else str(path), mail)
        else:
            yield Source(str(path), raw)


def split_mbox(raw: bytes) -> list[bytes]:
    """The mails of an mbox file; a line "From " begins one only after an empty line."""
    starts = [
        hit for hit in _SEPARATOR.finditer(raw)
        if hit.start() == 0 or raw[: hit.start()][-4:].replace(b"\r", b"").endswith(b"\n\n")
    ]  # fmt: skip
    ends = [hit.start() for hit in starts[1:]] + [len(raw)]
    found = [raw[hit.end() : end] for hit, end in zip(starts, ends, strict=True)]
    return [_ESCAPED.sub(rb"\1", mail) for mail in found] or [raw]


async def workspace(edge: Edge, slug: str | None) -> int:
    """The workspace of that name; without a name the first one that has an e-mail inbox."""
    rows = await edge.database.lookup("SELECT * FROM yizhan_workspaces()")
    if slug is not None:
        found = [row["workspace_id"] for row in rows if slug in (row["slug"], row["name"])]
    else:
        active = await edge.database.lookup("SELECT * FROM yizhan_active_inboxes()")
        mail = {row["workspace_id"] for row in active if row["channel"] == CHANNEL}
        found = [row["workspace_id"] for row in rows if row["workspace_id"] in mail] or [
            row["workspace_id"] for row in rows
        ]
    if not found:
        raise WorkspaceUnknown
    number: int = found[0]
    return number


async def mailbox(edge: Edge, workspace_id: int, *, address: str | None) -> Inbox:
    """The e-mail inbox of an address (also an alias); without an address the first one.

    A workspace that has none yet gets one, so that mails can be looked into without a mail server.
    """
    async with edge.database.begin(system(workspace_id)) as tx:
        inboxes = [inbox for inbox in await repository.inboxes(tx) if inbox.channel == CHANNEL]
        for inbox in inboxes:
            if address is None or address.lower() in _addresses(inbox):
                return inbox
        if inboxes:
            raise MailboxUnknown
        brand_id = await tx.db.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 ORDER BY id LIMIT 1", workspace_id
        )
        own = address or "support@localhost.example"
        return await channels.create_inbox(
            tx, edge.vault, name=own, channel_id=CHANNEL, brand_id=brand_id,
            settings={"address": own},
        )  # fmt: skip


def _addresses(inbox: Inbox) -> set[str]:
    aliases = [str(alias.get("address", "")) for alias in inbox.settings.get("aliases") or ()]
    return {item.lower() for item in (str(inbox.settings.get("address", "")), *aliases)}


async def ingest(edge: Edge, workspace_id: int, *, inbox: Inbox, source: Source) -> dict[str, Any]:
    """Store the envelope, work on it until it is done, and say where it ended."""
    ready = await channels.load(edge, workspace_id, inbox_id=inbox.id)
    item = connector.item(source.raw)
    stored = await channels.keep(edge.store, workspace_id, items=[item])
    async with edge.database.begin(channels.actor_of(ready)) as tx:
        fresh = await channels.accept(tx, inbox.id, stored=stored)
    for envelope_id in fresh:
        await _work(edge, workspace_id, envelope_id=envelope_id)
    async with edge.database.begin(system(workspace_id)) as tx:
        envelope = await repository.envelope_by_key(tx, inbox.id, dedupe_key=item.dedupe_key)
        first = await tx.db.fetchval(
            "SELECT min(id) FROM message WHERE workspace_id = $1 AND ticket_id = $2"
            " AND direction = 'in'",
            workspace_id,
            envelope.ticket_id if envelope else None,
        )
    return _result(ready, item, source.path, envelope=envelope, again=not fresh, first=first)


async def _work(edge: Edge, workspace_id: int, *, envelope_id: int) -> None:
    """What the job would do; whoever comes second finds it done."""
    for _ in range(_MOST_TRIES):
        try:
            await channels.process(edge, workspace_id, envelope_id=envelope_id)
        except jobs.Retry as retry:
            await asyncio.sleep(min(retry.seconds, 1.0))
        else:
            return


def _result(
    ready: channels.Ready,
    item: RawItem,
    path: str,
    *,
    envelope: Envelope | None,
    again: bool,
    first: int | None,
) -> dict[str, Any]:
    event = parse.glance(ready.settings, item)
    ticket = envelope.ticket_id if envelope else None
    message = envelope.message_id if envelope else None
    return {
        "path": path,
        "outcome": "duplicate" if again else _outcome(envelope),
        "reason": envelope.reason if envelope else None,
        "ticket": str(ticket) if ticket else None,
        "message": str(message) if message else None,
        "new_ticket": not again and message is not None and message == first,
        **_content(event),
    }


def _outcome(envelope: Envelope | None) -> str:
    if envelope is None:
        return "ignored"
    reason = envelope.reason or ""
    if reason.startswith(("bounce", "complaint")):
        return "bounce"
    known = {"message": "message", "quarantine": "quarantine", "received": "quarantine"}
    return known.get(envelope.state, "ignored")


def _content(event: IncomingMessage | None) -> dict[str, Any]:
    if event is None:
        return {"from": None, "to": [], "cc": [], "subject": None, "text": "", "html": None,
                "attachments": [], "auto_submitted": False}  # fmt: skip
    return {
        "from": event.from_.address if event.from_ else None,
        "to": [one.address for one in event.to],
        "cc": [one.address for one in event.cc],
        "subject": event.subject,
        "text": event.text,
        "html": event.html,
        "attachments": [
            {
                "name": file.name,
                "type": file.content_type,
                "size": len(file.content or b""),
                "sha256": hashlib.sha256(file.content or b"").hexdigest(),
                "inline": file.inline,
            }
            for file in event.files
        ],
        "auto_submitted": event.automatic,
    }


async def render(edge: Edge, message_id: int) -> bytes:
    """The bytes of an outgoing message, whichever workspace it belongs to. Errors: NotFound."""
    rows = await edge.database.lookup("SELECT * FROM yizhan_workspaces()")
    for row in rows:
        try:
            return await channels.rendered(edge, row["workspace_id"], message_id=message_id)
        except errors.NotFound:
            continue
    raise errors.NotFound
