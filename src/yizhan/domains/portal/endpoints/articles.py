"""Home, topics, search and articles as pages."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.portal import errors, words
from yizhan.domains.portal.endpoints import edge as pages
from yizhan.domains.portal.endpoints.edge import Req
from yizhan.domains.portal.pages import reading
from yizhan.domains.portal.service import desk, places
from yizhan.kernel import http, ratelimit
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_AT = "/help/{slug:str}/{locale:str}"
_NEWEST = 6
_SUGGESTED = 5
# Of one network in a minute: more than an office writes, less than a script.
_QUESTIONS = ratelimit.Rate("portal.question", 120)
Asked = Annotated[str, QueryParameter(name="q", max_length=500)]


class _Suggestion(msgspec.Struct):
    title: str
    url: str


class _Suggestions(msgspec.Struct):
    items: list[_Suggestion]


@get("/help/{slug:str}")
async def entrance(request: Req, edge: Edge, slug: str) -> Redirect:
    """To the language that the browser prefers."""
    site = await places.open_site(edge, slug)
    locale = words.preferred(request.headers.get("accept-language", ""), site.portal.locales)
    headers = {"Vary": "Accept-Language", "Cache-Control": "private, max-age=0"}
    return Redirect(f"{site.root}/{locale}", status_code=302, headers=headers)


@get(_AT)
async def home(request: Req, edge: Edge, slug: str, locale: str) -> Response[str]:
    """Search, topics, what is new."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    viewer = desk.viewer(seen.site)
    async with edge.database.begin(seen.actor) as tx:
        tree = await knowledge.tree(tx, viewer)
        rows = await knowledge.teasers(tx, viewer, locale=locale)
        newest = await knowledge.newest(tx, viewer, locale=locale, most=_NEWEST)
    page = reading.home(seen.site, locale, tree=tree, rows=rows, newest=newest)
    return pages.answer(request, seen, page, shared=True)


@get(f"{_AT}/c/{{category_id:int}}")
async def topic(
    request: Req, edge: Edge, slug: str, locale: str, category_id: int
) -> Response[str]:
    """A category."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    viewer = desk.viewer(seen.site)
    async with edge.database.begin(seen.actor) as tx:
        tree = await knowledge.tree(tx, viewer)
        rows = await knowledge.teasers(tx, viewer, locale=locale)
    one = next((each for each in tree if each.id == category_id), None)
    if one is None:
        raise errors.PortalNotFound
    page = reading.category(seen.site, locale, one=one, tree=tree, rows=rows)
    return pages.answer(request, seen, page, shared=True)


@get(f"{_AT}/search")
async def results(
    request: Req, edge: Edge, slug: str, locale: str, asked: Asked = ""
) -> Response[str]:
    """What the search found."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    q = asked.replace("\x00", "").strip()
    keep = len(q) > 1 and await _may_keep(request, edge, seen)
    ask_id: int | None = None
    async with edge.database.begin(seen.actor) as tx:
        rows = await knowledge.search(tx, desk.viewer(seen.site), q=q, locale=locale)
        if keep:
            ids = [one.article_id for one in rows]
            ask_id = await _note(tx, request, edge, seen, place="search", question=q, ids=ids)
    page = reading.results(seen.site, locale, q=q, rows=rows, ask_id=ask_id)
    return pages.answer(request, seen, page)


async def _may_keep(request: Req, edge: Edge, seen: pages.Visit) -> bool:
    """What a script asks by the thousand is answered, but not counted."""
    try:
        await ratelimit.take(
            edge.database,
            _QUESTIONS,
            str(seen.site.workspace_id),
            http.client_network(request, edge.config),
        )
    except ratelimit.RateLimited:
        return False
    return True


def _visitor(tx: Tx, request: Req, edge: Edge, seen: pages.Visit) -> str:
    """A browser for a day: it ties a click to a question, and nobody to either."""
    who = f"{seen.actor.ip}|{request.headers.get('user-agent', '')}|{tx.now.date()}"
    return edge.vault.sign(
        who, workspace_id=seen.site.workspace_id, purpose="portal.visitor", size=24
    )


async def _note(
    tx: Tx,
    request: Req,
    edge: Edge,
    seen: pages.Visit,
    *,
    place: Literal["search", "form"],
    question: str,
    ids: list[int],
) -> int:
    return await knowledge.note_question(
        tx,
        knowledge.Asked(
            place=place,
            visitor=_visitor(tx, request, edge, seen),
            brand_id=seen.site.brand_id,
            locale=seen.locale,
            question=question,
            article_ids=ids,
        ),
    )


@get("/help/{slug:str}/suggest.json")
async def suggest(
    request: Req,
    edge: Edge,
    slug: str,
    asked: Asked = "",
    wanted: Annotated[str, QueryParameter(name="locale", max_length=12)] = "",
) -> _Suggestions:
    """Articles that fit what somebody is writing."""
    site = await pages.site_of(request, edge, slug)
    locale = wanted if wanted in site.portal.locales else site.portal.locales[0]
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    words_ = asked.replace("\x00", "")
    keep = await _may_keep(request, edge, seen)
    async with edge.database.begin(seen.actor) as tx:
        found = await knowledge.suggest(
            tx, desk.viewer(site), words=words_, locale=locale, most=_SUGGESTED
        )
        ids = [one.teaser.article_id for one in found]
        tail = ""
        if ids and keep:
            tail = f"?from={await _note(tx, request, edge, seen, place='form', question=words_, ids=ids)}"
    return _Suggestions(
        [
            _Suggestion(one.teaser.title, f"{site.root}/{locale}/a/{one.teaser.article_id}{tail}")
            for one in found
        ]
    )


@get(f"{_AT}/a/{{article_id:int}}")
async def article(
    request: Req,
    edge: Edge,
    slug: str,
    locale: str,
    article_id: int,
    *,
    thanks: str = "",
    asked: Annotated[int | None, QueryParameter(name="from")] = None,
) -> Response[str]:
    """One article; ``from`` is the question that led to it."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    viewer = desk.viewer(seen.site)
    async with edge.database.begin(seen.actor) as tx:
        shown, locales = await knowledge.read(tx, viewer, article_id=article_id, locale=locale)
        if asked is not None:
            visitor = _visitor(tx, request, edge, seen)
            await knowledge.opened(tx, asked, visitor=visitor, article_id=article_id)
        tree = await knowledge.tree(tx, viewer)
        files = await knowledge.files_of(tx, article_id)
    page = reading.article(
        seen.site,
        locale,
        shown=shown,
        locales=locales,
        tree=tree,
        files=files,
        thanked=bool(thanks),
        ask_id=asked,
    )
    return pages.answer(request, seen, page, shared=asked is None)


@post(f"{_AT}/a/{{article_id:int}}/feedback", status_code=303)
async def feedback(request: Req, edge: Edge, slug: str, locale: str, article_id: int) -> Redirect:
    """Whether it helped: one word of a visitor a day, the last one counts."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    given = await pages.form(request, edge, seen)
    one = seen.site.customer
    helpful = given.get("helpful") == "yes"
    async with edge.database.begin(seen.actor) as tx:
        shown, _ = await knowledge.read(
            tx, desk.viewer(seen.site), article_id=article_id, locale=locale
        )
        visitor = _visitor(tx, request, edge, seen)
        await knowledge.rate(
            tx,
            shown,
            visitor=visitor,
            helpful=helpful,
            comment=given.get("comment", "")[: reading.MOST_COMMENT],
            contact_id=one.contact_id if one else None,
        )
        asked = given.get("from", "")
        if helpful and asked.isascii() and asked.isdigit() and len(asked) < 19:
            await knowledge.settle(
                tx, int(asked), visitor=visitor, outcome="solved", article_id=article_id
            )
    return pages.go(seen, f"a/{article_id}?thanks=1#feedback")


@get(f"{_AT}/{{rest:path}}")
async def nowhere(request: Req, edge: Edge, slug: str, locale: str) -> None:
    """No page of ours: said as a page of these, not as the API says it."""
    await pages.visit(request, edge, slug=slug, locale=locale)
    raise errors.PortalNotFound


handlers = [entrance, home, topic, results, suggest, article, feedback, nowhere]
