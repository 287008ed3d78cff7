"""The page behind a survey's link. ``GET`` shows, and whatever opens links may do that; ``POST`` votes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from yizhan.domains.surveys import errors, links, pages, words
from yizhan.domains.surveys.scales import SCALES
from yizhan.domains.surveys.service import answering
from yizhan.kernel import colors, http, ratelimit
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.http import Edge

Req = Request[Any, Any, Any]
_FOREVER = "public, max-age=31536000, immutable"
_HEX = re.compile(r"[0-9a-f]{3}(?:[0-9a-f]{3})?")
_MOST_BODY = 64 * 1024
limiter = ratelimit.Limiter(30)  # forms of one network address in a minute, counted in this process


def _answer(text: str, *, status: int = 200) -> Response[str]:
    headers = {
        "Content-Security-Policy": pages.CSP,
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Vary": "Accept-Language",
    }
    return Response(text, status_code=status, headers=headers, media_type="text/html")


def _locale(request: Req) -> str:
    """The language that was chosen on the page; none: that in which the customer was asked."""
    wanted = str(request.query_params.get("lang", ""))
    return wanted if wanted in ("zh-CN", "en") else ""


def _trouble(request: Req, error: kernel_errors.YizhanError) -> Response[str]:
    """What is wrong, as a page in the visitor's language."""
    locale = _locale(request) or ("zh-CN" if http.language(request) == "zh" else "en")
    said = words.of(locale)
    name = "trouble"
    if isinstance(error, errors.SurveyLinkUnknown):
        name = "unknown"
    elif isinstance(error, errors.SurveyLinkExpired):
        name = "expired"
    page = pages.message(said[name], said[f"{name}_text"], locale=locale)
    return _answer(page, status=error.status)


Shows = Callable[[], Awaitable[Response[str] | Redirect]]


async def _guarded(request: Req, run: Shows) -> Response[str] | Redirect:
    try:
        return await run()
    except kernel_errors.YizhanError as error:
        return _trouble(request, error)


def _place(edge: Edge, token: str) -> tuple[int, int]:
    """Errors: SurveyLinkUnknown for whatever is not signed by us."""
    found = links.read(edge.vault, token)
    if found is None:
        raise errors.SurveyLinkUnknown
    return found


async def _seen(edge: Edge, token: str, *, locale: str) -> answering.Seen:
    workspace_id, number = _place(edge, token)
    async with edge.database.begin(system(workspace_id)) as tx:
        return await answering.open_link(tx, number, locale=locale)


def _chosen(seen: answering.Seen, text: str) -> int | None:
    """A step of the scale from outside."""
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        return None
    return int(text) if int(text) in SCALES[seen.invitation.kind].steps else None


def _page(seen: answering.Seen, token: str, *, chosen: int | None = None, problem: str = "") -> str:
    return pages.page(
        pages.Shown(
            invitation=seen.invitation,
            asked=seen.asked,
            face=seen.face,
            locale=seen.locale,
            token=token,
            chosen=chosen,
            settled=seen.settled,
            problem=problem,
        )
    )


@get("/rate/{token:str}")
async def show(request: Req, edge: Edge, token: str) -> Response[str] | Redirect:
    """The question with the answer of the link chosen, or what was said. Never a vote."""

    async def run() -> Response[str]:
        seen = await _seen(edge, token, locale=_locale(request))
        score = str(request.query_params.get("score", ""))
        return _answer(_page(seen, token, chosen=_chosen(seen, score)))

    return await _guarded(request, run)


@post("/rate/{token:str}", status_code=303)
async def vote(request: Req, edge: Edge, token: str) -> Response[str] | Redirect:
    """A score, a comment, or both. Back to the page by GET, so that going back asks nothing twice."""

    async def run() -> Response[str] | Redirect:
        limiter.take(http.client_ip(request, edge.config))
        locale = _locale(request)
        seen = await _seen(edge, token, locale=locale)
        given = await _form(request)
        score = _chosen(seen, given.get("score", ""))
        problem = ""
        try:
            await _store(edge, seen, token=token, score=score, comment=given.get("comment"))
        except errors.ScoreInvalid:
            problem = words.of(seen.locale)["choose"]
        except errors.CommentTooLong:
            problem = words.of(seen.locale)["too_long"]
        except errors.AnswerSettled:
            pass  # the page says so
        if problem:
            return _answer(_page(seen, token, chosen=score, problem=problem), status=422)
        lang = f"?lang={seen.locale}"
        headers = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}
        return Redirect(f"/rate/{token}{lang}", status_code=303, headers=headers)

    return await _guarded(request, run)


async def _form(request: Req) -> dict[str, str]:
    """Errors: TooLarge."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _MOST_BODY:
        raise kernel_errors.TooLarge
    given = await request.form()
    return {
        name: value.replace("\x00", "") for name, value in given.items() if isinstance(value, str)
    }


async def _store(
    edge: Edge, seen: answering.Seen, *, token: str, score: int | None, comment: str | None
) -> None:
    """In the customer's name."""
    workspace_id, number = _place(edge, token)
    async with edge.database.begin(system(workspace_id)) as tx:
        name = await answering.customer_name(tx, seen.invitation.contact_id)
    actor = Actor(
        kind="contact",
        workspace_id=workspace_id,
        id=seen.invitation.contact_id,
        name=name,
        locale=seen.locale,
    )
    async with edge.database.begin(actor) as tx:
        await answering.answer(tx, number, score=score, comment=comment)


@get("/rate-assets/{build:str}/survey.css")
async def style(build: str) -> Response[bytes]:
    """The style; its address changes with it."""
    keep = _FOREVER if build == pages.BUILD else "no-cache"
    headers = {"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
    return Response(pages.STYLE, media_type="text/css", headers=headers)


@get("/rate-assets/theme/{name:str}")
async def theme(name: str) -> Response[str]:
    """A brand's colour as a style sheet."""
    color = name.removesuffix(".css")
    shown = f"#{color}" if _HEX.fullmatch(color) else colors.PLAIN
    headers = {"Cache-Control": _FOREVER, "X-Content-Type-Options": "nosniff"}
    return Response(colors.theme(shown), media_type="text/css", headers=headers)


handlers = [show, vote, style, theme]
