"""The Idempotency-Key header: the same request twice is done once and answered twice.

Every POST of somebody signed in heeds it, whatever it makes: :func:`remembering` is put around the
handlers. The row is written in the transaction of the request, so an answer is remembered exactly
when the work was done. A second request with the key waits for the first one's commit. A key belongs
to a workspace, an actor and an operation, and is kept for 24 hours. The answer is kept sealed, for it
may hold a secret that is shown once.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.handlers import HTTPRouteHandler

from yizhan.kernel import errors
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

HEADER = "idempotency-key"
_LONGEST = 255
_JSON = "application/json"

_TAKE = """
INSERT INTO idempotency (workspace_id, actor, operation, key, fingerprint, status, body)
VALUES ($1, $2, $3, $4, $5, 0, '') ON CONFLICT DO NOTHING RETURNING true
"""
_KEEP = """
UPDATE idempotency SET status = $5, body = $6
WHERE workspace_id = $1 AND actor = $2 AND operation = $3 AND key = $4
"""
_KEPT = """
SELECT fingerprint, status, body FROM idempotency
WHERE workspace_id = $1 AND actor = $2 AND operation = $3 AND key = $4
"""

Req = Request[Any, Any, Any]


class IdempotencyKeyReused(errors.Invalid):
    """This Idempotency-Key was used for a different request."""


class IdempotencyKeyInvalid(errors.BadRequest):
    """An Idempotency-Key has 1 to 255 characters."""


def heeded(handler: HTTPRouteHandler) -> bool:
    """Whether a handler takes the header: all that is posted by somebody signed in, and what says that
    it looks after the key itself (``opt={"remembers": True}``, :func:`within`)."""
    return "POST" in handler.http_methods and (
        takes_tx(handler) or bool(handler.opt.get("remembers"))
    )


def takes_tx(handler: HTTPRouteHandler) -> bool:
    """Whether the transaction is the edge's, so that :func:`remembering` can be put around it."""
    return "tx" in inspect.signature(handler.fn).parameters


async def within(
    tx: Tx, request: Req, *, data: Any, status: int, run: Callable[[], Awaitable[Any]]
) -> Any:
    """The same for a handler that begins its transaction late, because it waits for something before."""
    key = request.headers.get(HEADER)
    if key is None:
        return await run()
    vault: Vault = request.app.state["edge"].vault
    asked = Asked(key, await _fingerprint(request, data), _operation(request), status)
    return await once(tx, asked, vault=vault, run=run)


def remembering(function: Callable[..., Awaitable[Any]], *, status: int) -> Callable[..., Any]:
    """A handler's function that runs once per key. Its result is what it gives, or a kept answer."""
    signature = inspect.signature(function)
    asks = "request" in signature.parameters

    @functools.wraps(function)
    async def run(*, request: Req, tx: Tx, **given: Any) -> Any:
        if asks:
            given["request"] = request
        return await within(
            tx,
            request,
            data=given.get("data"),
            status=status,
            run=lambda: function(tx=tx, **given),
        )

    if not asks:
        wanted = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Req)
        own = [p.replace(kind=p.KEYWORD_ONLY) for p in signature.parameters.values()]
        run.__annotations__ = {**function.__annotations__, "request": Req}
        run.__signature__ = signature.replace(parameters=[*own, wanted])  # type: ignore[attr-defined] # read by inspect
    return run


class Asked(msgspec.Struct, frozen=True):
    """What is to be done once."""

    key: str
    fingerprint: str
    operation: str
    status: int


async def once(tx: Tx, asked: Asked, *, vault: Vault, run: Callable[[], Awaitable[Any]]) -> Any:
    """Run a request that has a key, unless its answer is kept already."""
    if not 0 < len(asked.key) <= _LONGEST:
        raise IdempotencyKeyInvalid
    place = (tx.workspace_id, f"{tx.actor.kind}:{tx.actor.id}", asked.operation, asked.key)
    sealed = f"idempotency.body.{'|'.join(place[1:])}"
    if not await tx.db.fetchval(_TAKE, *place, asked.fingerprint):
        row = await tx.db.fetchrow(_KEPT, *place)
        if row is None or row["fingerprint"] != asked.fingerprint:
            raise IdempotencyKeyReused
        body = vault.decrypt(row["body"], workspace_id=tx.workspace_id, place=sealed)
        return _again(body, row["status"])
    content = result = await run()
    status = asked.status
    if isinstance(result, Response):
        content, status = result.content, result.status_code or status
    body = content if isinstance(content, bytes) else msgspec.json.encode(content)
    kept = vault.encrypt(body, workspace_id=tx.workspace_id, place=sealed)
    await tx.db.execute(_KEEP, *place, status, kept)
    return result


def _operation(request: Req) -> str:
    return f"{request.method} {request.scope['path_template']}"


async def _fingerprint(request: Req, data: Any) -> str:
    """Of address and content. A form that is sent again has another boundary between its parts."""
    if isinstance(data, UploadFile):
        content = await data.read()
        await data.seek(0)
        body = f"{data.filename}\n{data.content_type}\n".encode() + content
    else:
        body = await request.body()
    query = request.scope.get("query_string", b"")
    head = f"{request.method} {request.url.path}?".encode() + query + b"\n"
    return hashlib.sha256(head + body).hexdigest()


def _again(body: bytes, status: int) -> Response[bytes]:
    headers = {"Cache-Control": "no-store", "Idempotency-Replayed": "true"}
    content = b"" if status == HTTPStatus.NO_CONTENT else body
    return Response(content, status_code=status, media_type=_JSON, headers=headers)
