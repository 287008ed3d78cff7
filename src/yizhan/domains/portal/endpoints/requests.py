"""Signing in, one's tickets, a new one, as pages."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Annotated

from litestar import Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from yizhan.domains.contacts import service as contacts
from yizhan.domains.portal import errors, words
from yizhan.domains.portal.endpoints import edge as pages
from yizhan.domains.portal.endpoints.edge import Req, Visit
from yizhan.domains.portal.pages import desk as views
from yizhan.domains.portal.pages import frame
from yizhan.domains.portal.service import desk, places, signing, sso
from yizhan.domains.portal.types import Sent, Written
from yizhan.kernel.http import Edge

_AT = "/help/{slug:str}/{locale:str}"
_PAGE = re.compile(r"(?:my|new|(?:my|a|c)/\d{1,19})")


def _fresh() -> str:
    return secrets.token_hex(12)


@get(f"{_AT}/sign-in")
async def sign_in(request: Req, edge: Edge, slug: str, locale: str) -> Response[str]:
    """Asks for an address."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    return pages.answer(request, seen, views.sign_in(seen.site, locale))


@post(f"{_AT}/sign-in", status_code=200)
async def ask_link(request: Req, edge: Edge, slug: str, locale: str) -> Response[str]:
    """Sends a link. The answer is the same for every address."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    given = await pages.form(request, edge, seen)
    if not given.get(views.TRAP):
        async with edge.database.begin(seen.actor) as tx:
            await signing.ask(tx, seen.site, address=given.get("email", "")[:320], locale=locale)
    said = words.of(locale)
    text = said["sent_intro"].format(minutes=signing.LINK_MINUTES)
    return pages.answer(
        request, seen, frame.message(seen.site, locale, title=said["sent"], text=text)
    )


@get(f"{_AT}/enter")
async def show_enter(
    request: Req, edge: Edge, slug: str, locale: str, token: str = ""
) -> Response[str]:
    """The link of the mail: a button, because programs open links too."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    return pages.answer(request, seen, views.enter(seen.site, locale, token=token[:100]))


@post(f"{_AT}/enter", status_code=303)
async def enter(request: Req, edge: Edge, slug: str, locale: str) -> Response[str] | Redirect:
    """Uses the link up."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    given = await pages.form(request, edge, seen)
    try:
        async with edge.database.begin(seen.actor) as tx:
            session = await signing.enter(
                tx, seen.site, vault=edge.vault, token=given.get("token", "")
            )
    except errors.LinkUsedUp:
        session = None
    if session is None:
        return pages.answer(request, seen, views.used_up(seen.site, locale))
    cookie = pages.session_cookie(seen.site, edge, value=session, days=signing.SESSION_DAYS)
    return pages.go(seen, "my", cookies=[cookie])


@get("/help/{slug:str}/sso")
async def hand_over(
    request: Req,
    edge: Edge,
    slug: str,
    token: Annotated[str, QueryParameter(name="jwt")] = "",
    to: str = "",
) -> Response[str] | Redirect:
    """From the brand's website, where the customer is signed in; ``to`` is a page of these."""
    site = await places.open_site(edge, slug)
    locale = words.preferred(request.headers.get("accept-language", ""), site.portal.locales)
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    await pages.count(request, edge, site)
    try:
        async with edge.database.begin(seen.actor) as tx:
            session = await sso.enter(tx, site, vault=edge.vault, token=token)
    except errors.HandoverRefused:
        return pages.answer(request, seen, views.not_handed_over(site, locale))
    cookie = pages.session_cookie(site, edge, value=session, days=signing.SESSION_DAYS)
    return pages.go(seen, to if _PAGE.fullmatch(to) else "my", cookies=[cookie])


@post(f"{_AT}/sign-out", status_code=303)
async def sign_out(request: Req, edge: Edge, slug: str, locale: str) -> Redirect:
    """Ends the session."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    given = await pages.form(request, edge, seen)
    pages.check_proof(edge, seen.site, given=given)
    if seen.site.customer is not None:
        async with edge.database.begin(seen.actor) as tx:
            await signing.leave(tx, seen.site.customer)
    cookie = pages.session_cookie(seen.site, edge, value="", days=0)
    return pages.go(seen, cookies=[cookie])


@get(f"{_AT}/my")
async def mine(
    request: Req, edge: Edge, slug: str, locale: str, before: int | None = None, of: str = ""
) -> Response[str]:
    """One's own tickets, or the company's."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    one = pages.signed_in(seen)
    company = of == "company" and desk.company_of(one) is not None
    async with edge.database.begin(seen.actor) as tx:
        rows, more = await desk.mine(tx, seen.site, company=company, before=before)
    proof = pages.proof_of(edge, seen.site)
    page = views.mine(seen.site, locale, rows=rows, more=more, company=company, proof=proof)
    return pages.answer(request, seen, page)


async def _ticket(
    request: Req,
    edge: Edge,
    seen: Visit,
    *,
    number: int,
    problems: dict[str, str] | None = None,
) -> Response[str]:
    async with edge.database.begin(seen.actor) as tx:
        line = await desk.ticket(tx, seen.site, number=number)
        said = await desk.messages(tx, line)
    page = views.ticket(
        seen.site,
        seen.locale,
        line=line,
        messages=said,
        proof=pages.proof_of(edge, seen.site),
        client_id=_fresh(),
        problems=problems or {},
    )
    return pages.answer(request, seen, page)


@get(f"{_AT}/my/{{number:int}}")
async def ticket(request: Req, edge: Edge, slug: str, locale: str, number: int) -> Response[str]:
    """What was said on a ticket."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    return await _ticket(request, edge, seen, number=number)


@post(f"{_AT}/my/{{number:int}}", status_code=303)
async def answer(
    request: Req, edge: Edge, slug: str, locale: str, number: int
) -> Response[str] | Redirect:
    """The customer goes on."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    pages.signed_in(seen)
    given, files = await pages.form_with_files(request, edge, seen)
    pages.check_proof(edge, seen.site, given=given)
    if files and not given.get("message"):
        given["message"] = "\n".join(one.name for one in files)
    problems = _problems(seen, given, names=("message",)) | _too_much(seen, files)
    if problems:
        return await _ticket(request, edge, seen, number=number, problems=problems)
    kept = await desk.keep(edge.store, seen.site, files=files)
    async with edge.database.begin(seen.actor) as tx:
        went_to = await desk.answer(
            tx,
            seen.site,
            number=number,
            said=Written(
                text=given["message"],
                client_id=given.get("client_id", "")[:64] or _fresh(),
                files=kept,
            ),
        )
    return pages.go(seen, f"my/{went_to}")


def _problems(seen: Visit, given: dict[str, str], *, names: tuple[str, ...]) -> dict[str, str]:
    """What is wrong, by the name of the input."""
    said = words.of(seen.locale)
    found: dict[str, str] = {}
    for name in names:
        label = said["answer"] if names == ("message",) else said[name]
        if name != "name" and not given.get(name):
            found[name] = said["required"].format(label=label)
        elif len(given.get(name, "")) > views.LONGEST[name]:
            found[name] = said["too_long"].format(label=label)
    if "email" in names and "email" not in found and not contacts.is_address(given["email"]):
        found["email"] = said["bad_email"]
    return found


def _too_much(seen: Visit, files: Sequence[Sent]) -> dict[str, str]:
    """What is wrong with the files."""
    said = words.of(seen.locale)
    if len(files) > pages.MOST_FILES:
        return {"files": said["too_many_files"].format(count=pages.MOST_FILES)}
    if any(len(one.content) > pages.MOST_FILE_MB * 1024 * 1024 for one in files):
        return {"files": said["file_too_large"].format(size=pages.MOST_FILE_MB)}
    return {}


def _open_for_new(seen: Visit) -> None:
    if not seen.site.portal.new_tickets:
        raise errors.PortalNotFound


@get(f"{_AT}/new")
async def ask_new(request: Req, edge: Edge, slug: str, locale: str) -> Response[str]:
    """The form of a new ticket."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    _open_for_new(seen)
    proof = pages.proof_of(edge, seen.site)
    page = views.new(seen.site, locale, proof=proof, client_id=_fresh())
    return pages.answer(request, seen, page)


@post(f"{_AT}/new", status_code=200)
async def begin(request: Req, edge: Edge, slug: str, locale: str) -> Response[str]:
    """A new ticket, or the form again with what is wrong."""
    seen = await pages.visit(request, edge, slug=slug, locale=locale)
    _open_for_new(seen)
    given, files = await pages.form_with_files(request, edge, seen)
    pages.check_proof(edge, seen.site, given=given)
    one = seen.site.customer
    names = ("subject", "message") if one else ("name", "email", "subject", "message")
    problems = _problems(seen, given, names=names) | _too_much(seen, files)
    client_id = given.get("client_id", "")[:64] or _fresh()
    if problems:
        page = views.new(
            seen.site,
            locale,
            proof=pages.proof_of(edge, seen.site),
            client_id=client_id,
            given=given,
            problems=problems,
        )
        return pages.answer(request, seen, page)
    if given.get(views.TRAP):
        raise errors.PortalNotFound
    kept = await desk.keep(edge.store, seen.site, files=files)
    async with edge.database.begin(seen.actor) as tx:
        number = await desk.begin(
            tx,
            seen.site,
            said=Written(
                subject=given["subject"],
                text=given["message"],
                client_id=client_id,
                address=given.get("email", ""),
                name=given.get("name", ""),
                files=kept,
            ),
        )
    address = one.address if one else given["email"]
    page = views.received(seen.site, locale, number=number, address=address)
    return pages.answer(request, seen, page)


handlers = [
    sign_in,
    ask_link,
    show_enter,
    enter,
    hand_over,
    sign_out,
    mine,
    ticket,
    answer,
    ask_new,
    begin,
]
