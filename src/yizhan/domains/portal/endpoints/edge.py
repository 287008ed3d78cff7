"""Between a browser and the pages: who it is, what may be kept, where a form came from."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie, FormMultiDict, UploadFile
from litestar.response import Redirect

from yizhan.domains.portal import errors as portal_errors
from yizhan.domains.portal import words
from yizhan.domains.portal.pages import frame
from yizhan.domains.portal.service import desk, places, signing
from yizhan.domains.portal.types import Customer, Sent, Site
from yizhan.kernel import errors, http, ratelimit
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.http import Edge

Req = Request[Any, Any, Any]
COOKIE = "yz_help"
_PUBLIC = "public, max-age=60"
_PRIVATE = "private, no-store"
_MOST_BODY = 256 * 1024
MOST_FILES = 5  # of one form, as with hosted forms
MOST_FILE_MB = 10
_FORMS = ratelimit.Rate("portal.form", 20)  # of one network in a minute


class Visit(msgspec.Struct, frozen=True):
    """One request on somebody's pages."""

    site: Site
    locale: str
    actor: Actor


async def site_of(request: Req, edge: Edge, slug: str) -> Site:
    """The pages with whoever is signed in. Errors: PortalNotFound."""
    site = await places.open_site(edge, slug)
    request.scope["portal_site"] = site  # type: ignore[typeddict-unknown-key] # for on_error
    session = request.cookies.get(COOKIE, "")
    if not session:
        return site
    async with edge.database.begin(system(site.workspace_id)) as tx:
        customer = await signing.customer(tx, site, session=session)
    return msgspec.structs.replace(site, customer=customer)


async def visit(request: Req, edge: Edge, *, slug: str, locale: str) -> Visit:
    """Errors: PortalNotFound, also for a language that there is not."""
    site = await site_of(request, edge, slug)
    if locale not in site.portal.locales:
        raise portal_errors.PortalNotFound
    return Visit(site, locale, _actor(site, locale, ip=http.client_ip(request, edge.config)))


def _actor(site: Site, locale: str, *, ip: str) -> Actor:
    one = site.customer
    return Actor(
        kind="contact",
        workspace_id=site.workspace_id,
        id=one.contact_id if one else None,
        name=(one.name or one.address) if one else "",
        ip=ip,
        locale=locale,
    )


# ----------------------------------------------------------------------------------------- answers


def answer(request: Req, seen: Visit, page: frame.Page, *, shared: bool = False) -> Response[str]:
    """A page. ``shared``: the same for everybody who is not signed in, so that it may be kept."""
    text = frame.document(seen.site, seen.locale, page)
    keep = shared and seen.site.customer is None and page.status == HTTPStatus.OK
    headers = {
        "Content-Security-Policy": frame.CSP,
        "Cache-Control": _PUBLIC if keep else _PRIVATE,
        "Referrer-Policy": "no-referrer" if not shared else "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Cookie",
    }
    if keep:
        headers["ETag"] = f'W/"{sha256(text.encode()).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response("", status_code=304, headers=headers, media_type="text/html")
    return Response(text, status_code=page.status, headers=headers, media_type="text/html")


def go(seen: Visit, path: str = "", *, cookies: list[Cookie] | None = None) -> Redirect:
    """To another page, by GET."""
    target = f"{seen.site.root}/{seen.locale}" + (f"/{path}" if path else "")
    return Redirect(
        target,
        status_code=303,
        headers={"Cache-Control": _PRIVATE, "Referrer-Policy": "no-referrer"},
        cookies=cookies,
    )


def session_cookie(site: Site, edge: Edge, *, value: str, days: int) -> Cookie:
    """A customer's session: for these pages only, not for scripts."""
    return Cookie(
        key=COOKIE,
        value=value,
        path=site.root,
        max_age=days * 24 * 3600,
        httponly=True,
        secure=edge.config.https,
        samesite="lax",
    )


def on_error(request: Req, error: errors.YizhanError) -> Response[Any]:
    """As a page where there is a place for it; elsewhere as everywhere."""
    site = request.scope.get("portal_site")
    if not is_page(request):
        return http.on_error(request, error)
    if not isinstance(site, Site):
        missing = error.status == HTTPStatus.NOT_FOUND
        return nowhere(request, home=False) if missing else http.on_error(request, error)
    parts = request.url.path.split("/")
    locale = parts[3] if parts[3:] and parts[3] in site.portal.locales else site.portal.locales[0]
    seen = Visit(site, locale, system(site.workspace_id))
    if error.status == HTTPStatus.UNAUTHORIZED:
        return go(seen, "sign-in")
    said = words.of(locale)
    if error.status == HTTPStatus.NOT_FOUND:
        title, text = said["missing"], said["missing_intro"]
    elif error.status == HTTPStatus.TOO_MANY_REQUESTS:
        title, text = said["too_many"], said["too_many"]
    else:
        title, text = said["trouble"], said["trouble"]
    page = frame.message(site, locale, title=title, text=text, status=error.status)
    return answer(request, seen, page)


def is_page(request: Req) -> bool:
    """Whether somebody with a browser looks at this address, and no program or style sheet."""
    last = request.url.path.rpartition("/")[2]
    return request.url.path.startswith("/help/") and "." not in last


def nowhere(request: Req, *, home: bool = True) -> Response[str]:
    """An address that leads nowhere, in the clothes of the pages it would belong to."""
    slug = [*request.url.path.split("/"), "", "", ""][2]
    locale = "zh-CN" if http.language(request) == "zh" else "en"
    headers = {
        "Content-Security-Policy": frame.CSP,
        "Cache-Control": _PRIVATE,
        "X-Content-Type-Options": "nosniff",
    }
    text = frame.nowhere(slug, locale, home=home)
    return Response(text, status_code=404, headers=headers, media_type="text/html")


# ------------------------------------------------------------------------------------------- forms


def same_site(request: Req, edge: Edge) -> None:
    """A form of ours. Errors: OtherSite.

    Browsers say where a form came from; what says nothing is no browser and has no cookie of ours.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise portal_errors.OtherSite
    origin = request.headers.get("origin", "")
    if origin and origin != "null":
        own = {request.headers.get("host", ""), urlsplit(edge.config.url).netloc}
        if urlsplit(origin).netloc not in own:
            raise portal_errors.OtherSite


async def form(request: Req, edge: Edge, seen: Visit) -> dict[str, str]:
    """The fields of a form of ours, counted. Errors: OtherSite, RateLimited, TooLarge."""
    return _texts(await _given(request, edge, seen, most=_MOST_BODY))


async def form_with_files(
    request: Req, edge: Edge, seen: Visit
) -> tuple[dict[str, str], tuple[Sent, ...]]:
    """The fields and the files of a form of ours. Errors: OtherSite, RateLimited, TooLarge."""
    most = MOST_FILES * MOST_FILE_MB * 1024 * 1024 + _MOST_BODY
    given = await _given(request, edge, seen, most=most)
    sent = [value for _, value in given.multi_items() if isinstance(value, UploadFile)]
    files = [Sent(one.filename, one.content_type, await one.read()) for one in sent if one.filename]
    return _texts(given), tuple(one for one in files if one.content)


async def count(request: Req, edge: Edge, site: Site) -> None:
    """One more of what changes something. Errors: RateLimited."""
    network = http.client_network(request, edge.config)
    await ratelimit.take(edge.database, _FORMS, str(site.workspace_id), network)


async def _given(request: Req, edge: Edge, seen: Visit, *, most: int) -> FormMultiDict:
    same_site(request, edge)
    await count(request, edge, seen.site)
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most:
        raise errors.TooLarge
    return await request.form()


def _texts(given: FormMultiDict) -> dict[str, str]:
    return {
        name: value.replace("\x00", "").strip()
        for name, value in given.items()
        if isinstance(value, str)
    }


def proof_of(edge: Edge, site: Site) -> str:
    """What a form of this session carries: no other site can know it."""
    one = site.customer
    number = one.session_id if one else 0
    return edge.vault.sign(
        f"form|{number}", workspace_id=site.workspace_id, purpose="portal.form", size=24
    )


def check_proof(edge: Edge, site: Site, *, given: dict[str, str]) -> None:
    """Errors: OtherSite."""
    one = site.customer
    good = edge.vault.signed(
        f"form|{one.session_id if one else 0}",
        given.get("proof", "").encode("ascii", "ignore").decode(),
        workspace_id=site.workspace_id,
        purpose="portal.form",
        size=24,
    )
    if not good:
        raise portal_errors.OtherSite


def signed_in(seen: Visit) -> Customer:
    """Errors: SignInNeeded."""
    return desk.signed_in(seen.site)
