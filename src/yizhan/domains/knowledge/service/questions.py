"""The questions that an article answers, in customers' words: by them it is found, nobody reads them."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.knowledge import events, repository
from yizhan.domains.knowledge.service import writing
from yizhan.domains.knowledge.types import READ_ALL_JOB
from yizhan.kernel import guards
from yizhan.kernel.tx import Tx


async def change(tx: Tx, article_id: int, *, locale: str, questions: Sequence[str]) -> None:
    """All of them for one language; empty ones and repetitions are dropped.

    Errors: ArticleNotFound, VersionNotFound, Forbidden.
    """
    await writing.locked(tx, article_id, permission="knowledge:edit")
    known = await writing.text_in(tx, article_id, locale=locale)
    tidy = [" ".join(one.split()) for one in questions]
    wanted = list(dict.fromkeys(one for one in tidy if one))
    if wanted == known.questions:
        return
    if known.state == "published":
        version = await writing.version_in(tx, known, number=known.published or known.version)
        change = guards.Change(
            kind="questions",
            subject=str(known.id),
            variant=str(len(wanted)),
            title=version.title,
            detail={"article_id": article_id, "locale": locale, "questions": wanted},
        )
        if await guards.hold(tx, change):
            return
    await change_checked(tx, article_id, locale=locale, questions=wanted)


async def change_checked(tx: Tx, article_id: int, *, locale: str, questions: Sequence[str]) -> None:
    """The same for what the guard that held it lets pass."""
    article = await writing.locked(tx, article_id, permission="knowledge:edit")
    known = await writing.text_in(tx, article_id, locale=locale)
    wanted = list(questions)
    await guards.overtake(tx, "questions", str(known.id))
    await repository.update(tx, "article_text", known.id, values={"questions": wanted})
    await writing.index_again(tx, article)
    changes = {f"questions.{locale}": [known.questions, wanted]}
    tx.emit(events.ArticleUpdated(article_id=article_id, changes=changes))
    tx.defer(READ_ALL_JOB, priority=-2)
