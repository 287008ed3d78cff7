"""A draft from solved tickets. It is an ordinary one: a person reads, changes and publishes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import schemas as knowledge
from yizhan.domains.knowledge.service import questions, writing
from yizhan.domains.tickets import service as tickets
from yizhan.domains.upkeep import errors, events
from yizhan.domains.upkeep.looking import drafting, veiling
from yizhan.domains.upkeep.repository import findings, material
from yizhan.domains.upkeep.service import showing
from yizhan.domains.upkeep.types import Solved
from yizhan.kernel.tx import Tx
from yizhan.learning import language

PERMISSION: Final = "knowledge:edit"
_LOCALES: Final = {"zh": "zh-CN", "zh-hant": "zh-TW"}


class Drafted(msgspec.Struct, frozen=True):
    """Where the draft is."""

    article_id: int
    locale: str


async def for_finding(tx: Tx, finding_id: int) -> Drafted:
    """From the solved tickets of a gap that the actor may see.

    Errors: FindingNotFound, NotAGap, AlreadyDrafted, NothingToDraft.
    """
    permissions.require(tx.actor, PERMISSION)
    finding = await showing.one(tx, finding_id, lock=True)
    if finding.kind != "gap":
        raise errors.NotAGap
    if finding.article_id is not None and await findings.is_draft(tx, finding.article_id):
        raise errors.AlreadyDrafted(article_id=str(finding.article_id))
    ids = [quote.ticket_id for quote in finding.evidence.quotes if quote.ticket_id is not None]
    # The most typical question first: its answer is the backbone.
    solved = sorted(await material.solved(tx, ids), key=lambda one: ids.index(one.ticket_id))
    asked = [quote.text for quote in finding.evidence.quotes]
    return await _keep(
        tx,
        title=finding.title,
        solved=solved,
        asked=asked,
        brand_id=finding.brand_id,
        finding_id=finding.id,
    )


async def for_ticket(tx: Tx, ticket_id: int) -> Drafted:
    """From one solved ticket. Errors: TicketNotFound, AlreadyDrafted, NothingToDraft."""
    permissions.require(tx.actor, PERMISSION)
    ticket = await tickets.get(tx, ticket_id)
    known = await findings.draft_of(tx, ticket_id)
    if known is not None:
        raise errors.AlreadyDrafted(article_id=str(known))
    solved = await material.solved(tx, [ticket_id])
    names = solved[0].names if solved else ()
    title = veiling.shown(ticket.subject, names=names)
    asked = [veiling.shown(solved[0].question, names=names)] if solved else []
    return await _keep(
        tx, title=title, solved=solved, asked=asked, brand_id=ticket.brand_id, ticket_id=ticket_id
    )


async def _keep(
    tx: Tx,
    *,
    title: str,
    solved: Sequence[Solved],
    asked: Sequence[str],
    brand_id: int | None,
    finding_id: int | None = None,
    ticket_id: int | None = None,
) -> Drafted:
    made = drafting.draft(title, solved, questions=asked)
    if made is None:
        raise errors.NothingToDraft
    locale = _locale(tx, " ".join([made.title, *(one.text for one in made.sources)]))
    article = await writing.create(
        tx,
        knowledge.ArticleIn(
            locale=locale,
            title=made.title,
            html=made.html,
            brand_id=None if brand_id is None else str(brand_id),
        ),
    )
    if made.questions:
        await questions.change(tx, article.id, locale=locale, questions=made.questions)
    await findings.add_draft(
        tx,
        article.id,
        locale=locale,
        sources=made.sources,
        finding_id=finding_id,
        ticket_id=ticket_id,
    )
    used = sorted({one for source in made.sources for one in source.tickets})
    tx.emit(
        events.ArticleDrafted(
            article_id=article.id, locale=locale, ticket_ids=used, finding_id=finding_id
        )
    )
    return Drafted(article.id, locale)


def _locale(tx: Tx, text: str) -> str:
    """In what language it is written; where that cannot be said, the person's."""
    found = language.detect(text)
    if found == language.UNKNOWN:
        return tx.actor.locale
    return _LOCALES.get(found.lower(), found)
