"""Whether an article helped."""

from __future__ import annotations

from yizhan.domains.knowledge import events
from yizhan.domains.knowledge.types import Shown
from yizhan.kernel.tx import Tx

MOST_COMMENT = 2_000


async def rate(
    tx: Tx,
    shown: Shown,
    *,
    visitor: str,
    helpful: bool,
    comment: str = "",
    contact_id: int | None = None,
) -> None:
    """A visitor's word; the same visitor's later word takes its place."""
    kept = " ".join(comment.replace("\x00", " ").split())[:MOST_COMMENT]
    await tx.db.execute(
        """INSERT INTO article_feedback (workspace_id, id, article_id, locale, version, visitor,
            contact_id, helpful, comment, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (workspace_id, article_id, locale, visitor) DO UPDATE
        SET helpful = excluded.helpful, version = excluded.version, at = excluded.at,
            comment = CASE WHEN excluded.comment = '' THEN article_feedback.comment
                           ELSE excluded.comment END""",
        tx.workspace_id,
        tx.new_id(),
        shown.article_id,
        shown.locale,
        shown.version,
        visitor,
        contact_id,
        helpful,
        kept,
        tx.now,
    )
    tx.emit(events.ArticleRated(article_id=shown.article_id, locale=shown.locale, helpful=helpful))
