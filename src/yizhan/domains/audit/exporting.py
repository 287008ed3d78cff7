"""The chain as lines of JSON, so that it can be kept and checked somewhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec

from yizhan.domains.audit import chain, repository
from yizhan.domains.audit.types import Row
from yizhan.domains.fields import catalog
from yizhan.domains.identity import permissions
from yizhan.domains.identity.events import SensitiveRead
from yizhan.kernel.actor import Actor
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_BATCH = 1000


def begin(tx: Tx) -> None:
    """Ask for the permission and leave a trace. Errors: Forbidden."""
    permissions.require(tx.actor, "audit:read")
    tx.emit(SensitiveRead(object_kind="audit", object_id=0, purpose="export"))


async def lines(database: Database, actor: Actor) -> AsyncIterator[bytes]:
    """One line a row, oldest first: ``{"hash": hex, "row": {…}}`` with the row's canonical bytes.

    ``hash`` is sha256 of the hash before it (32 zero bytes before the first) and the bytes of ``row``.
    A row with fields that the actor may not see has ``"redacted": true`` and cannot be recounted; the
    next one follows its hash all the same. Rows are read a batch at a time, each in a transaction.
    """
    seq = 0
    while True:
        async with database.begin(actor) as tx:
            rows = await repository.rows_behind(tx, seq, limit=_BATCH)
            fields = await catalog.load(tx)
        if not rows:
            return
        yield b"".join(
            _line(row, fields, actor=actor, workspace_id=tx.workspace_id) for row in rows
        )
        seq = rows[-1].seq


def _line(row: Row, fields: catalog.Catalog, *, actor: Actor, workspace_id: int) -> bytes:
    detail = catalog.redacted(fields, actor, kind=row.action, data=row.detail)
    mark = b"" if detail == row.detail else b'"redacted":true,'
    shown = msgspec.structs.replace(row, detail=detail)
    written = chain.canonical(shown, workspace_id=workspace_id)
    return b'{"hash":"' + row.hash.hex().encode() + b'",' + mark + b'"row":' + written + b"}\n"
