"""HTTP of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from litestar import get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from litestar.response import Stream

from yizhan.domains.audit import exporting, schemas, service
from yizhan.domains.audit.types import Row
from yizhan.domains.fields import catalog
from yizhan.kernel import pagination
from yizhan.kernel.actor import stamped
from yizhan.kernel.http import Edge
from yizhan.kernel.pagination import Page
from yizhan.kernel.tx import Tx

_TAGS = ["audit"]
_LINES = "application/x-ndjson"
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


@get(
    "/audit/export",
    summary="Export the audit log",
    tags=_TAGS,
    responses={200: ResponseSpec(str, media_type=_LINES, generate_examples=False)},
)
async def export_audit(tx: Tx, edge: Edge) -> Stream:
    """The whole chain as lines of JSON, oldest first, with what is needed to check it elsewhere."""
    exporting.begin(tx)
    headers = {
        "Content-Disposition": f'attachment; filename="audit_{tx.now:%Y-%m-%d}.jsonl"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Stream(exporting.lines(edge.database, tx.actor), media_type=_LINES, headers=headers)


routes = [list_audit, export_audit]
