"""Articles beside a ticket over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter

from yizhan.domains.advice import errors, schemas, service
from yizhan.domains.advice.service import learning, reporting
from yizhan.domains.advice.types import Step
from yizhan.kernel import pagination
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["knowledge"]
_ADOPTION = ["adoption"]


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
    agent: int | None = None,
) -> schemas.Usage:
    """Adoption per article and agent, counted in tickets; the last thirty days by default.

    With ``article`` or ``agent`` only what became of this one.
    """
    span = reporting.span_of(tx, since=since, until=until, article_id=article, agent_id=agent)
    return await service.usage(tx, span)


@get("/knowledge/usage/tickets", summary="List what is behind adoption", tags=_ADOPTION)
async def list_article_uses(
    tx: Tx,
    step: Step,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    article: int | None = None,
    agent: int | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> pagination.Page[schemas.UseOut]:
    """The tickets in which this step was taken, the newest first; only those that you can see."""
    span = reporting.span_of(tx, since=since, until=until, article_id=article, agent_id=agent)
    return await service.uses(tx, span, step=step, limit=limit, cursor=cursor)


@get(
    "/knowledge/usage/export",
    summary="Export what is behind adoption",
    tags=_ADOPTION,
    responses={200: ResponseSpec(str, media_type="text/csv", generate_examples=False)},
)
async def export_article_uses(
    tx: Tx,
    step: Step,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    article: int | None = None,
    agent: int | None = None,
) -> Response[bytes]:
    """The same as CSV for spreadsheets (UTF-8 with its mark)."""
    span = reporting.span_of(tx, since=since, until=until, article_id=article, agent_id=agent)
    headers = {
        "Content-Disposition": f'attachment; filename="articles_{step}.csv"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    content = await service.export(tx, span, step=step)
    return Response(content, media_type="text/csv", headers=headers)


@get("/knowledge/ranking", summary="See what search learned", tags=_ADOPTION)
async def get_article_ranking(tx: Tx) -> schemas.RankingOut:
    """From answers that were sent: versions, the newest first, with recall before and after."""
    return await learning.overview(tx)


@post(
    "/knowledge/ranking",
    summary="Let search learn now",
    tags=_ADOPTION,
    status_code=202,
    opt={"errors": (errors.TooFewAccepted,)},
)
async def learn_article_ranking(tx: Tx) -> schemas.RankingOut:
    """In the background; put to use only when it finds no less than before on answers it has not seen."""
    await learning.ask(tx)
    return await learning.overview(tx)


@delete("/knowledge/ranking", summary="Forget what search learned", tags=_ADOPTION)
async def forget_article_ranking(tx: Tx) -> None:
    """Search as before anything was learned, until something is learned again."""
    await learning.forget(tx)


routes = [
    list_ticket_articles,
    note_ticket_articles,
    knowledge_usage,
    list_article_uses,
    export_article_uses,
    get_article_ranking,
    learn_article_ranking,
    forget_article_ranking,
]
