"""Files: uploaded once, kept by content, given only to those who may see where they hang."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, schemas
from yizhan.domains.tickets.service import access
from yizhan.domains.tickets.types import KeptFile
from yizhan.kernel.actor import Actor
from yizhan.kernel.storage import Store
from yizhan.kernel.tx import Tx

_UNSEEN = ("Cf", "Cc", "Cs")  # marks that change how it reads, controls, halves of characters
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


class StoredContent(msgspec.Struct, frozen=True):
    """A file's row with what is needed to serve it."""

    id: int
    name: str
    content_type: str
    size: int
    sha256: str


def safe_name(name: str) -> str:
    """A file name without paths, controls, invisible marks and trailing dots. The name is only a label:
    the store's path comes from the content."""
    plain = "".join(
        c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _UNSEEN
    )
    plain = _UNSAFE.sub("_", plain).strip(" .")
    return plain[-180:] or "file"


def safe_type(content_type: str) -> str:
    """A plain ``type/subtype``, or bytes without a meaning."""
    plain = content_type.split(";", maxsplit=1)[0].strip().lower()
    return (
        plain if re.fullmatch(r"[a-z0-9.+-]+/[a-z0-9.+-]+", plain) else "application/octet-stream"
    )


async def put(
    files: Store, workspace_id: int, *, name: str, content_type: str, content: bytes
) -> KeptFile:
    """Lay a file's bytes into the store, before any transaction: a slow store holds no locks."""
    sha256 = await files.put(workspace_id, content)
    return laid(name, content_type, size=len(content), sha256=sha256)


def laid(name: str, content_type: str, *, size: int, sha256: str) -> KeptFile:
    """The same of bytes that lie in the store already."""
    return KeptFile(safe_name(name), safe_type(content_type), size, sha256)


async def record(tx: Tx, kept: KeptFile) -> StoredContent:
    """The row of a file whose bytes are in the store."""
    stored = StoredContent(tx.new_id(), kept.name, kept.content_type, kept.size, kept.sha256)
    await tx.db.execute(
        "INSERT INTO file (workspace_id, id, name, content_type, size, sha256, owner_kind, owner_id)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.workspace_id,
        stored.id,
        stored.name,
        stored.content_type,
        stored.size,
        stored.sha256,
        tx.actor.kind,
        tx.actor.agent_id or tx.actor.id,
    )
    return stored


def may_upload(actor: Actor, *, size: int, most: int) -> None:
    """Asked before anything is kept. Errors: Forbidden, FileTooLarge."""
    permissions.require(actor, "file:upload")
    if size > most:
        raise errors.FileTooLarge(limit=most)


async def upload(tx: Tx, kept: KeptFile) -> schemas.FileOut:
    """An agent uploaded a file. Errors: Forbidden."""
    permissions.require(tx.actor, "file:upload")
    stored = await record(tx, kept)
    return schemas.FileOut(
        id=str(stored.id),
        name=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        url=f"/api/v1/files/{stored.id}",
    )


async def open_file(tx: Tx, file_id: int) -> StoredContent:
    """A file that the actor uploaded, or that hangs on a ticket which the actor may see."""
    row: Any = await tx.db.fetchrow(
        "SELECT id, name, content_type, size, sha256, owner_id FROM file WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        file_id,
    )
    if row is None:
        raise errors.FileNotFound
    if row["owner_id"] not in (tx.actor.id, tx.actor.agent_id) or row["owner_id"] is None:
        await _hangs_in_sight(tx, file_id)
    return StoredContent(*list(row)[:5])


async def _hangs_in_sight(tx: Tx, file_id: int) -> None:
    rows = await tx.db.fetch(
        "SELECT DISTINCT m.ticket_id FROM attachment a JOIN message m"
        " ON m.workspace_id = a.workspace_id AND m.id = a.message_id WHERE a.workspace_id = $1 AND a.file_id = $2",
        tx.workspace_id,
        file_id,
    )
    for row in rows:
        try:
            await access.ticket(tx, row[0])
        except errors.TicketNotFound:
            continue
        return
    brand: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM brand WHERE workspace_id = $1 AND logo_file_id = $2)",
        tx.workspace_id,
        file_id,
    )
    if not brand:
        raise errors.FileNotFound
