"""Upkeep over HTTP."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter

from yizhan.domains.upkeep import errors, schemas
from yizhan.domains.upkeep.service import checking, drafting, showing
from yizhan.domains.upkeep.types import Kind, State
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

_TAGS = ["upkeep"]


@get("/knowledge/health", summary="See the health of the knowledge base", tags=_TAGS)
async def get_knowledge_health(tx: Tx) -> schemas.KnowledgeHealth:
    """How many findings are open, how many drafts wait, and how far the newest check is."""
    return schemas.health_out(await showing.overview(tx))


@post(
    "/knowledge/health/checks",
    summary="Check the knowledge base",
    tags=_TAGS,
    status_code=202,
    opt={"errors": (errors.CheckRuns,)},
)
async def check_knowledge(tx: Tx) -> schemas.KnowledgeCheck:
    """In the background; ask for the check to see how far it is. Each night one runs by itself."""
    return schemas.check_out(await checking.start(tx))


@get("/knowledge/health/checks/{check_id:int}", summary="Get a check", tags=_TAGS)
async def get_knowledge_check(tx: Tx, check_id: int) -> schemas.KnowledgeCheck:
    """With its progress."""
    return schemas.check_out(await showing.check(tx, check_id))


@post(
    "/knowledge/health/checks/{check_id:int}/cancel",
    summary="Cancel a check",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.CheckOver,)},
)
async def cancel_knowledge_check(tx: Tx, check_id: int) -> schemas.KnowledgeCheck:
    """What an earlier check found stays."""
    return schemas.check_out(await checking.cancel(tx, check_id))


@get("/knowledge/health/findings", summary="List findings", tags=_TAGS)
async def list_knowledge_findings(
    tx: Tx,
    kind: Kind,
    *,
    wanted: Annotated[State, QueryParameter(name="state")] = "open",
    limit: int | None = None,
    cursor: str | None = None,
) -> pagination.Page[schemas.KnowledgeFinding]:
    """Gaps, stale articles or contradictions with their evidence, those with most behind them first.

    Tickets that you cannot see are left out of the evidence; a page may hold fewer than it could.
    """
    page, numbers = await showing.listed(tx, kind=kind, state=wanted, limit=limit, cursor=cursor)
    items = [schemas.finding_out(one, numbers) for one in page.items]
    return pagination.Page(items, page.next_cursor)


@post(
    "/knowledge/health/findings/{finding_id:int}/dismiss",
    summary="Dismiss a finding",
    tags=_TAGS,
    status_code=204,
)
async def dismiss_knowledge_finding(tx: Tx, finding_id: int) -> None:
    """It stays dismissed until the article or the evidence changes."""
    await showing.settle(tx, finding_id, state="dismissed")


@post(
    "/knowledge/health/findings/{finding_id:int}/reopen",
    summary="Take a dismissal back",
    tags=_TAGS,
    status_code=204,
)
async def reopen_knowledge_finding(tx: Tx, finding_id: int) -> None:
    """It is listed again."""
    await showing.settle(tx, finding_id, state="open")


@post(
    "/knowledge/health/findings/{finding_id:int}/draft",
    summary="Draft an article for a gap",
    tags=_TAGS,
    status_code=201,
    opt={"errors": (errors.NotAGap, errors.AlreadyDrafted, errors.NothingToDraft)},
)
async def draft_for_gap(tx: Tx, finding_id: int) -> schemas.DraftedOut:
    """In the words of the agents who solved it, without personal data; somebody must publish it."""
    made = await drafting.for_finding(tx, finding_id)
    return schemas.DraftedOut(article_id=str(made.article_id), locale=made.locale)


@post(
    "/tickets/{ticket_id:int}/article-draft",
    summary="Draft an article from a ticket",
    tags=_TAGS,
    status_code=201,
    opt={"errors": (errors.AlreadyDrafted, errors.NothingToDraft)},
)
async def draft_from_ticket(tx: Tx, ticket_id: int) -> schemas.DraftedOut:
    """From a ticket that is done: what agents wrote in it, without personal data."""
    made = await drafting.for_ticket(tx, ticket_id)
    return schemas.DraftedOut(article_id=str(made.article_id), locale=made.locale)


@get("/knowledge/health/drafts", summary="List drafts from tickets", tags=_TAGS)
async def list_knowledge_drafts(tx: Tx, article: int | None = None) -> schemas.KnowledgeDraftList:
    """Those that nobody has published yet, or of one ``article``; each paragraph with its ticket."""
    rows = await showing.drafts(tx, article_id=article)
    return schemas.KnowledgeDraftList([schemas.draft_out(one) for one in rows])


routes = [
    get_knowledge_health,
    check_knowledge,
    get_knowledge_check,
    cancel_knowledge_check,
    list_knowledge_findings,
    dismiss_knowledge_finding,
    reopen_knowledge_finding,
    draft_for_gap,
    draft_from_ticket,
    list_knowledge_drafts,
]
