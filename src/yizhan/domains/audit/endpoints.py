"""HTTP of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import Parameter

from yizhan.domains.audit import schemas, service
from yizhan.domains.audit.types import Row
from yizhan.domains.fields import catalog
from yizhan.kernel import pagination
from yizhan.kernel.actor import stamped
from yizhan.kernel.pagination import Page
from yizhan.kernel.tx import Tx

_TAGS = ["audit"]
_Filter = Annotated[str | None, Parameter(max_length=100)]


def _out(row: Row, labels: Mapping[service.Object, str]) -> schemas.AuditOut:
    thing = msgspec.convert(row.object, schemas.Thing)
    thing.label = labels.get((thing.kind, thing.id))
    return schemas.AuditOut(
        seq=row.seq,
        at=row.at,
        actor=stamped(row.actor),
        action=row.action,
        object=thing,
        detail=row.detail,
        ip=row.ip,
        hash=row.hash.hex(),
    )


@get("/audit", tags=_TAGS)
async def list_audit(
    tx: Tx,
    actor: _Filter = None,
    action: _Filter = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[schemas.AuditOut]:
    """Who did what, newest first."""
    most = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await service.listed(
        tx, before=None if key is None else key[0], actor=actor, action=action, limit=most + 1
    )
    labels = await service.labels(tx, rows)
    shown = [_out(row, labels) for row in rows]
    fields = await catalog.load(tx)
    for one in shown:  # what the chain sealed stays; the reader's fields are the reader's
        one.detail = catalog.redacted(fields, tx.actor, kind=one.action, data=one.detail)
    return pagination.page(shown, most, lambda row: (row.seq,))


routes = [list_audit]
