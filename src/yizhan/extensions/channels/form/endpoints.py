"""The hosted page: ``GET /f/KEY`` asks, ``POST /f/KEY`` takes.

There is no cookie, so there is nothing that another site could use in a customer's name. A token in
the page, signed and good for a day, makes a second click the same submission.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import msgspec
from litestar import Request, Response, get, post

from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import RawItem
from yizhan.domains.fields.service import hosted
from yizhan.domains.identity.service import brands
from yizhan.extensions.channels.form import answers as form
from yizhan.extensions.channels.form import own, page, words
from yizhan.extensions.channels.form.connector import OWN_FIELDS
from yizhan.extensions.channels.form.inputs import Inputs
from yizhan.extensions.channels.form.settings import Settings
from yizhan.kernel import clock, errors, http, ratelimit
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

CHANNEL = "form"
_GOOD_SECONDS = 24 * 3600
_PURPOSE = "form"
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?")
_PLAIN = "#1558c0"

Req = Request[Any, Any, Any]


class _Form(msgspec.Struct, frozen=True):
    """One open form."""

    ready: channels.Ready
    settings: Settings
    brand: str
    color: str


async def _open(edge: Edge, key: str) -> _Form:
    """Errors: InboxNotFound."""
    ready = await channels.load_by_key(edge, key, channel=CHANNEL)
    async with edge.database.begin(system(ready.workspace_id)) as tx:
        brand = await brands.get(tx, ready.inbox.brand_id)
    color = brand.color if _COLOR.fullmatch(brand.color) else _PLAIN
    return _Form(ready, ready.settings, brand.name, color)


def _look(request: Req, opened: _Form, *, language: str = "") -> page.Look:
    fixed = opened.settings.language
    wanted = language or request.query_params.get("lang", "")
    if wanted not in words.WORDS:
        wanted = http.language(request) if fixed == "browser" else fixed
    return page.Look(wanted, opened.brand, opened.color, secrets.token_urlsafe(16))


def _answer(opened: _Form, look: page.Look, content: str, *, status: int = 200) -> Response[str]:
    allowed = [o for o in opened.settings.embed_on if _ORIGIN.fullmatch(o)]
    ancestors = " ".join(["'self'", *allowed])
    return Response(
        content,
        status_code=status,
        media_type="text/html",  # the framework adds the charset
        headers={
            "Content-Security-Policy": (
                f"default-src 'none'; style-src 'nonce-{look.nonce}'; script-src 'nonce-{look.nonce}';"
                " connect-src 'self'; form-action 'self';"
                f" base-uri 'none'; frame-ancestors {ancestors}"
            ),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _make_token(edge: Edge, opened: _Form) -> str:
    body = f"{clock.milliseconds() // 1000}.{secrets.token_hex(8)}"
    return f"{body}.{_sign(edge, opened, body)}"


def _sign(edge: Edge, opened: _Form, body: str) -> str:
    return edge.vault.sign(
        f"{opened.ready.inbox.id}|{body}", workspace_id=opened.ready.workspace_id, purpose=_PURPOSE
    )


def _good(edge: Edge, opened: _Form, token: str) -> bool:
    body, _, mac = token.rpartition(".")
    when = body.partition(".")[0]
    if not mac.isascii() or not when.isascii() or not when.isdigit() or len(when) > 12:
        return False
    right = edge.vault.signed(
        f"{opened.ready.inbox.id}|{body}",
        mac,
        workspace_id=opened.ready.workspace_id,
        purpose=_PURPOSE,
    )
    return right and 0 <= clock.milliseconds() // 1000 - int(when) <= _GOOD_SECONDS


@get(
    "/f/{key:str}",
    opt={"public": True},
    summary="A hosted form",
    tags=["public"],
    media_type="text/html",
)
async def show_form(request: Req, edge: Edge, key: str) -> Response[str]:
    """The empty page, in the customer's language."""
    opened = await _open(edge, key)
    look = _look(request, opened)
    asked = await own.ask(edge, opened.ready, form.Answers({}, ()), settings=opened.settings)
    content = page.ask(opened.settings, look, token=_make_token(edge, opened), asked=asked)
    return _answer(opened, look, content)


@post(
    "/f/{key:str}",
    opt={"public": True, "errors": (errors.TooMany,)},
    summary="Send a hosted form",
    tags=["public"],
    media_type="text/html",
    status_code=200,
)
async def send_form(request: Req, edge: Edge, key: str) -> Response[str]:
    """The page again with what is wrong, or thanks with the ticket's number."""
    opened = await _open(edge, key)
    most = opened.settings.max_files * opened.settings.max_file_mb * 1024 * 1024 + 1024 * 1024
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > most:
        raise errors.TooLarge
    body = await request.body()
    content_type = request.headers.get("content-type", "")
    try:
        given = form.read(body, content_type)
    except ValueError as error:
        raise errors.BadRequest from error
    look = _look(request, opened, language=given.get(form.LANGUAGE))
    asked = await own.ask(edge, opened.ready, given, settings=opened.settings)
    if how := given.get(own.LOOK):
        return _asked_again(edge, opened, look, given, asked, how=how)
    found = _problems(edge, opened, look, given, asked)
    status = 422
    if not found and not await _may_send(request, edge, opened):
        found, status = {"message": words.of(look.language)["too_many"]}, 429
    if found:
        return _again(edge, opened, look, given, asked, problems=found, status=status)
    # The token is the submission: the same page sent twice is one ticket.
    meta = {OWN_FIELDS: asked.values}
    item = RawItem(f"form:{given.get(form.TOKEN)}", body, content_type, meta)
    return await _store(edge, opened, look, item, email=given.get("email"))


async def _may_send(request: Req, edge: Edge, opened: _Form) -> bool:
    """Whether this network has not sent its share of the hour."""
    rate = ratelimit.Rate("form.send", opened.settings.per_hour, 3600)
    network = http.client_network(request, edge.config)
    try:
        await ratelimit.take(edge.database, rate, str(opened.ready.inbox.id), network)
    except ratelimit.RateLimited:
        return False
    return True


def _problems(
    edge: Edge, opened: _Form, look: page.Look, given: form.Answers, asked: hosted.Asked
) -> dict[str, str]:
    """What keeps the form from being taken, by the name of the input."""
    said = words.of(look.language)
    found = form.problems(opened.settings, given, language=look.language)
    found |= own.problems(asked, words=said, language=look.language)
    for name in own.unasked(asked, given):
        found[own.PREFIX + name] = said["more"]
    if not _good(edge, opened, given.get(form.TOKEN)):
        found = {"message": said["expired"], **found}
    return found


def _asked_again(
    edge: Edge,
    opened: _Form,
    look: page.Look,
    given: form.Answers,
    asked: hosted.Asked,
    *,
    how: str,
) -> Response[str]:
    """The questions with what was answered so far; nothing is sent yet."""
    if how == "part":
        inputs = Inputs(words.of(look.language), given, {})
        return _answer(opened, look, own.html(asked, inputs, language=look.language))
    return _again(edge, opened, look, given, asked, problems={}, status=200)


def _again(
    edge: Edge,
    opened: _Form,
    look: page.Look,
    given: form.Answers,
    asked: hosted.Asked,
    *,
    problems: dict[str, str],
    status: int,
) -> Response[str]:
    content = page.ask(
        opened.settings,
        look,
        token=_make_token(edge, opened),
        given=given,
        problems=problems,
        asked=asked,
    )
    return _answer(opened, look, content, status=status)


async def _store(
    edge: Edge, opened: _Form, look: page.Look, item: RawItem, *, email: str
) -> Response[str]:
    prepared = await channels.prepare_inline(edge, opened.ready, item=item)
    async with edge.database.begin(channels.actor_of(opened.ready)) as tx:
        outcome = await channels.ingest_inline(tx, edge, opened.ready, prepared=prepared)
        number = None
        if outcome is not None and outcome.ticket_id is not None:
            number = await channels.ticket_number(tx, outcome.ticket_id)
    content = page.thanks(opened.settings, look, number=number, email=email)
    return _answer(opened, look, content)


public_routes = [show_form, send_form]
