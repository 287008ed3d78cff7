"""Offering articles beside a ticket, noting what became of them, counting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, get_args

from yizhan.domains.advice import events, repository, schemas
from yizhan.domains.advice.types import Step
from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import audience, links
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.types import Teaser
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import text
from yizhan.kernel.tx import Tx

MOST = 6
_MESSAGES = 4  # the customer's newest ones say what it is about now
_CHARS = 4_000
_MOST_OF = 0.5  # of an article's words in an answer: then it was sent


async def offer(
    tx: Tx, ticket_id: int, *, base: str, q: str = "", locale: str = ""
) -> schemas.AdviceList:
    """The articles that fit what the customer wrote, or what the agent searches.

    Errors: TicketNotFound, Forbidden without the right to read articles.
    """
    ticket = await tickets.get(tx, ticket_id)
    viewer = audience.agent(tx.actor)
    if ticket.brand_id is not None:
        viewer = audience.within(viewer, ticket.brand_id)
    words = q.strip()
    if not words:
        said = await repository.customer_words(tx, ticket_id, most=_MESSAGES)
        words = "\n".join([ticket.subject, *said])[:_CHARS]
    wanted = locale or await repository.requester_locale(tx, ticket.requester_id) or tx.actor.locale
    found = await knowledge.suggest(tx, viewer, words=words, locale=wanted, most=MOST)
    steps: dict[int, list[Step]] = {}
    if tx.actor.agent_id is not None or tx.actor.id is not None:
        agent_id = tx.actor.agent_id or tx.actor.id or 0
        steps = await repository.steps_of(tx, ticket_id, agent_id=agent_id)
    place = await links.place_of(tx, ticket.brand_id)
    return schemas.AdviceList(
        [
            schemas.AdvisedArticle(
                id=str(one.teaser.article_id),
                locale=one.teaser.locale,
                title=one.teaser.title,
                summary=one.teaser.summary,
                audience=one.teaser.audience,
                published_at=one.teaser.published_at,
                reason=schemas.AdviceReason(one.words, one.in_title, one.near),
                url=_url(base, place, one.teaser),
                steps=steps.get(one.teaser.article_id, []),
            )
            for one in found
        ]
    )


def _url(base: str, place: links.Place | None, teaser: Teaser) -> str | None:
    """Where the customer can read it."""
    if place is None or not place.shows(teaser.audience, category_id=teaser.category_id):
        return None
    return links.address(base, place.slug, locale=teaser.locale, article_id=teaser.article_id)


async def note(tx: Tx, ticket_id: int, *, used: schemas.UsedIn) -> None:
    """What an agent did with articles. Errors: TicketNotFound, ArticleNotFound."""
    await tickets.get(tx, ticket_id)
    viewer = audience.agent(tx.actor)
    agent_id = tx.actor.agent_id or tx.actor.id
    if agent_id is None:
        return
    for article_id in dict.fromkeys(int(one) for one in used.article_ids):
        shown, _ = await knowledge.read(tx, viewer, article_id=article_id, locale=used.locale)
        await _step(
            tx,
            ticket_id=ticket_id,
            article_id=article_id,
            agent_id=agent_id,
            step=used.step,
            form=used.form or "",
            locale=shown.locale,
        )


async def _step(
    tx: Tx,
    *,
    ticket_id: int,
    article_id: int,
    agent_id: int,
    step: str,
    form: str,
    locale: str,
    message_id: int | None = None,
) -> None:
    fresh = await repository.add_use(
        tx,
        ticket_id=ticket_id,
        article_id=article_id,
        agent_id=agent_id,
        step=step,
        form=form,
        locale=locale,
        message_id=message_id,
    )
    if fresh:
        tx.emit(
            events.ArticleUsed(
                article_id=article_id, ticket_id=ticket_id, agent_id=agent_id, step=step, form=form
            )
        )


def holds(body: str, html: str, *, article_id: int, form: str, plain: str) -> bool:
    """Whether an answer carries an article: its address, or most of its words. Pure."""
    if links.names(f"{body} {html}", article_id):
        return True
    if form != "text":
        return False
    words = set(text.tokens(plain))
    return bool(words) and len(words & set(text.tokens(body))) >= _MOST_OF * len(words)


async def sent(tx: Tx, ticket_id: int, *, message_id: int) -> None:
    """An answer leaves: which of the articles that its author put in does it still carry?"""
    row = await repository.message(tx, message_id)
    agent_id = tx.actor.agent_id or tx.actor.id
    if row is None or agent_id is None or tx.actor.kind not in ("agent", "token"):
        return
    for one in await repository.inserted(tx, ticket_id, agent_id=agent_id):
        if holds(
            row["body_text"],
            row["html"],
            article_id=one.article_id,
            form=one.form,
            plain=one.plain,
        ):
            await _step(
                tx,
                ticket_id=ticket_id,
                article_id=one.article_id,
                agent_id=agent_id,
                step="sent",
                form=one.form,
                locale=one.locale,
                message_id=message_id,
            )


async def usage(
    tx: Tx, *, since: datetime | None, until: datetime | None, article_id: int | None = None
) -> schemas.Usage:
    """Adoption by article and by agent; the last thirty days unless told otherwise."""
    permissions.require(tx.actor, "knowledge:read")
    last = until or tx.now + timedelta(seconds=1)
    first = since or last - timedelta(days=30)
    span = repository.Span(first, last, article_id)
    shown, sent_in = await repository.totals(tx, span)
    articles = await repository.counted(tx, span, by="article")
    agents = await repository.counted(tx, span, by="agent")

    def counts(row: Mapping[str, Any]) -> dict[str, int]:
        return {step: row[step] for step in get_args(Step)}

    return schemas.Usage(
        schemas.UsageTotals(shown, sent_in, round(sent_in / shown, 4) if shown else None),
        [
            schemas.UsageRow(article_id=str(row["id"]), agent_id=None, **counts(row))
            for row in articles
        ],
        [
            schemas.UsageRow(article_id=None, agent_id=str(row["id"]), **counts(row))
            for row in agents
        ],
    )
