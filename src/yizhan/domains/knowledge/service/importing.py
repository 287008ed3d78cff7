"""Documents that become drafts."""

from __future__ import annotations

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import content, errors, schemas
from yizhan.domains.knowledge.documents import texts
from yizhan.domains.knowledge.documents.types import Order, Parsed, Refused, Why
from yizhan.domains.knowledge.service import files, writing
from yizhan.domains.knowledge.types import Article
from yizhan.kernel import confined
from yizhan.kernel.actor import Actor
from yizhan.kernel.errors import YizhanError
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_MODULE = "yizhan.domains.knowledge.documents"
_SECONDS = 25
REFUSALS: dict[Why, type[YizhanError]] = {
    "unknown": errors.DocumentUnknown,
    "unreadable": errors.ImportUnreadable,
    "protected": errors.DocumentProtected,
    "too_large": errors.DocumentTooLarge,
    "empty": errors.DocumentEmpty,
}


async def take(tx: Tx, data: schemas.ImportIn) -> Article:
    """Errors: ImportUnreadable when nothing is in it."""
    title, html = texts.read(data.format, data.content)
    if content.is_blank(html):
        raise errors.ImportUnreadable
    first = content.plain(html).split("\n", 1)[0][:80]
    return await writing.create(
        tx,
        schemas.ArticleIn(
            locale=data.locale,
            title=data.title.strip() or title or first,
            html=html,
            category_id=data.category_id,
            brand_id=data.brand_id,
            audience=data.audience,
        ),
    )


async def look(edge: Edge, actor: Actor, *, name: str, raw: bytes) -> schemas.DocumentOut:
    """What a document would be as an article. Nothing but its pictures is kept.

    No transaction is open while it is read. Errors: Forbidden, DocumentUnknown, DocumentProtected,
    DocumentTooLarge, DocumentEmpty, ImportUnreadable.
    """
    permissions.require(actor, "knowledge:edit")
    if len(raw) > edge.config.max_upload_mb * 1024 * 1024:
        raise errors.DocumentTooLarge
    order = Order(name[-200:], raw, _SECONDS)
    try:
        answer = await confined.run(_MODULE, msgspec.msgpack.encode(order), seconds=_SECONDS)
    except confined.GaveUp as error:
        raise errors.ImportUnreadable from error
    found = msgspec.msgpack.decode(answer, type=Parsed | Refused)
    if isinstance(found, Refused):
        raise REFUSALS[found.why]
    shown = content.file_ids(found.html)
    pictures = {number: found.pictures[number - 1] for number in shown}
    kept = {
        number: await edge.store.put(actor.workspace_id, picture.content)
        for number, picture in pictures.items()
    }
    async with edge.database.begin(actor) as tx:
        ids = {
            number: await files.keep(tx, picture=picture, sha256=kept[number])
            for number, picture in pictures.items()
        }
    return schemas.DocumentOut(
        kind=found.kind,
        title=found.title,
        html=content.with_files(found.html, ids),
        pictures=len(ids),
        notes=list(found.notes),
    )
