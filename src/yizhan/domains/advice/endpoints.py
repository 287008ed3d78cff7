"""Articles beside a ticket over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import Parameter

from yizhan.domains.advice import schemas, service
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["knowledge"]


@get("/tickets/{ticket_id:int}/articles", summary="Articles for a ticket", tags=_TAGS)
async def list_ticket_articles(
    tx: Tx,
    edge: Edge,
    ticket_id: int,
    q: Annotated[str, Parameter(max_length=500)] = "",
    locale: Annotated[str, Parameter(max_length=12)] = "",
) -> schemas.AdviceList:
    """By what the customer wrote, or by ``q``; each with the words that speak for it."""
    return await service.offer(tx, ticket_id, base=edge.config.url, q=q, locale=locale)


@post(
    "/tickets/{ticket_id:int}/articles/used",
    summary="Note what became of articles",
    tags=_TAGS,
    status_code=204,
)
async def note_ticket_articles(tx: Tx, ticket_id: int, data: schemas.UsedIn) -> None:
    """Shown, opened or inserted; that one was sent is found out by looking at the answer."""
    await service.note(tx, ticket_id, used=data)


@get("/knowledge/usage", summary="How articles are used", tags=_TAGS)
async def knowledge_usage(
    tx: Tx,
    since: datetime | None = None,
    until: datetime | None = None,
    article: int | None = None,
) -> schemas.Usage:
    """Adoption per article and agent, counted in tickets; the last thirty days by default.

    With ``article`` only what became of this one.
    """
    return await service.usage(tx, since=since, until=until, article_id=article)


routes = [list_ticket_articles, note_ticket_articles, knowledge_usage]
