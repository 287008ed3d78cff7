"""Offering articles beside a ticket."""

from __future__ import annotations

from yizhan.domains.advice import repository, schemas
from yizhan.domains.advice.types import Step
from yizhan.domains.knowledge import audience, links
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.types import Teaser
from yizhan.domains.tickets import service as tickets
from yizhan.kernel.tx import Tx

MOST = 6
_MESSAGES = 4  # the customer's newest ones say what it is about now
_CHARS = 4_000


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
