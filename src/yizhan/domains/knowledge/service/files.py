"""Files of articles, for those who may read one that they are in."""

from __future__ import annotations

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import errors, repository
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.documents.types import Picture
from yizhan.domains.knowledge.service import published
from yizhan.domains.knowledge.types import File
from yizhan.kernel.tx import Tx


async def keep(tx: Tx, *, picture: Picture, sha256: str) -> int:
    """A picture of an imported document, as if it had been uploaded. Its bytes are in the store."""
    file_id = tx.new_id()
    await repository.add_file(
        tx,
        File(file_id, picture.name, picture.content_type, len(picture.content), sha256),
    )
    return file_id


async def for_reader(tx: Tx, viewer: Viewer, *, file_id: int) -> File:
    """Errors: ArticleNotFound."""
    found, places = await repository.file_places(tx, file_id)
    if found is not None:
        for article_id in places:
            try:
                await published.read(tx, viewer, article_id=article_id, locale="")
            except errors.ArticleNotFound:
                continue
            return found
    raise errors.ArticleNotFound


async def for_staff(tx: Tx, file_id: int) -> File:
    """Errors: ArticleNotFound."""
    permissions.require(tx.actor, "knowledge:read")
    found, places = await repository.file_places(tx, file_id)
    mine = found is not None and file_id in await repository.own_files(tx, [file_id])
    if found is None or not (places or mine):
        raise errors.ArticleNotFound
    if permissions.can(tx.actor, "knowledge:edit"):
        return found
    return await for_reader(tx, Viewer(agent=True), file_id=file_id)
