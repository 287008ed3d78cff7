"""Articles change: what was found in them is no longer true, and the next night looks again."""

from __future__ import annotations

from yizhan.domains.knowledge.events import ArticleArchived, ArticlePublished, ArticleUpdated
from yizhan.domains.upkeep.repository import findings
from yizhan.domains.upkeep.service import checking
from yizhan.kernel import events
from yizhan.kernel.tx import Tx


@events.on(ArticlePublished)
async def published(tx: Tx, event: ArticlePublished) -> None:
    """Somebody saw to it."""
    await findings.done_with(tx, event.article_id)
    await checking.plan(tx)


@events.on(ArticleArchived)
async def archived(tx: Tx, event: ArticleArchived) -> None:
    """Nobody reads it any more."""
    await findings.done_with(tx, event.article_id)


@events.on(ArticleUpdated)
async def updated(tx: Tx, event: ArticleUpdated) -> None:
    """Another date for looking again."""
    if "review_on" in event.changes:
        await findings.reviewed(tx, event.article_id)
