"""The edge of HTTP: what handlers may ask for, and how errors travel (RFC 9457)."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any
from urllib.parse import quote

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

from yizhan.kernel import errors, proxies, ratelimit
from yizhan.kernel.actor import Actor
from yizhan.kernel.config import Config
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database, DatabaseDown
from yizhan.kernel.feed import Feed
from yizhan.kernel.notify import Notifier
from yizhan.kernel.room import Room, StorageFull
from yizhan.kernel.storage import Store
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

PROBLEM = "application/problem+json"
CSRF_HEADER = "x-yizhan"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Of the database's machine, or because of what others do at this moment: not of the request.
_PASSING = (
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.LockNotAvailableError,
    asyncpg.TransactionRollbackError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the line broke between two steps of the driver's
)
# Shown within a page. SVG is a program, not a picture.
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


class CsrfMissing(errors.Forbidden):
    """A change by cookie needs the header X-Yizhan: 1, so that no other site can ask for it."""


class Edge:
    """What a process has: handlers and runners share one."""

    def __init__(self, *, config: Config, database: Database, store: Store, vault: Vault) -> None:
        self.config = config
        self.database = database
        self.store = store
        self.vault = vault
        self.feed = Feed(database)
        self.limiter = ratelimit.Limiter(config.rate_per_minute)
        # The database's own disk, where it is the embedded one.
        embedded = (config.data / "postgres.json").exists()
        self.room = Room(config.data, reserve_mb=config.reserve_mb if embedded else 0)

    @property
    def notifier(self) -> Notifier:
        return self.database.notifier


Authenticate = Callable[[Request[Any, Any, Any], Edge], Awaitable[Actor]]


def edge_of(scope_state: Any) -> Edge:
    """The process's edge from an application's state."""
    edge: Edge = scope_state["edge"]
    return edge


async def provide_edge(request: Request[Any, Any, Any]) -> Edge:
    """Dependency ``edge``."""
    return edge_of(request.app.state)


async def provide_who(request: Request[Any, Any, Any]) -> Actor:
    """Dependency ``who``: signed in, for a handler that waits for something with no transaction open."""
    authenticate: Authenticate = request.app.state["authenticate"]
    return await authenticate(request, edge_of(request.app.state))


async def provide_tx(request: Request[Any, Any, Any]) -> AsyncGenerator[Tx, None]:
    """Dependency ``tx``: signed in, begun, and committed before the answer goes out."""
    who = await provide_who(request)
    async with edge_of(request.app.state).database.begin(who) as tx:
        yield tx


async def require_room(request: Request[Any, Any, Any]) -> None:
    """Before every request: one that would write is refused while the disk is nearly full."""
    if request.method not in SAFE_METHODS:
        edge_of(request.app.state).room.require()


def client_ip(request: ASGIConnection[Any, Any, Any, Any], config: Config) -> str:
    """The caller's address. A forwarded one is believed only from a trusted proxy."""
    direct = request.client.host if request.client else ""
    return proxies.client(direct, request.headers.get("x-forwarded-for", ""), config=config)


def client_network(request: ASGIConnection[Any, Any, Any, Any], config: Config) -> str:
    """What is counted of somebody without a sign-in: the caller's address or small network."""
    return proxies.network_of(client_ip(request, config))


def language(request: Request[Any, Any, Any]) -> str:
    """zh or en by what the browser asks for: whichever of the two comes first."""
    for part in request.headers.get("accept-language", "").lower().split(","):
        tag: str = part.partition(";")[0].strip()[:2]
        if tag in ("zh", "en"):
            return tag
    return "en"


def file_response(
    name: str,
    content_type: str,
    content: bytes,
    *,
    kept: str = "private, max-age=31536000, immutable",
) -> Response[bytes]:
    """A file's bytes such that no browser runs them: pictures in place, everything else as a download.

    ``kept`` is the ``Cache-Control``; a file's content never changes.
    """
    shown = content_type in PICTURES
    disposition = "inline" if shown else "attachment"
    return Response(
        content,
        media_type=content_type if shown else "application/octet-stream",
        headers={
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": kept,
        },
    )


def problem(body: dict[str, Any], *, headers: dict[str, str] | None = None) -> Response[bytes]:
    """An ``application/problem+json`` answer."""
    return Response(
        msgspec.json.encode(body),
        status_code=body["status"],
        media_type=PROBLEM,
        headers=headers or {},
    )


def _retry_headers(error: errors.YizhanError) -> dict[str, str]:
    wait = error.extra.get("retry_after")
    if wait is None and error.status == errors.Unavailable.status:
        wait = 2
    return {} if wait is None else {"Retry-After": str(int(wait))}


def on_error(_request: Request[Any, Any, Any], error: errors.YizhanError) -> Response[bytes]:
    """Our own errors."""
    return problem(error.problem(), headers=_retry_headers(error))


def on_http_error(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """The framework's errors in the same form."""
    code = {
        400: "bad_request",
        401: "unauthorized",
        404: "not_found",
        405: "method_not_allowed",
        413: "too_large",
        429: "too_many",
    }.get(error.status_code, "http_error")
    body: dict[str, Any] = {
        "type": f"urn:yizhan:error:{code}",
        "title": error.detail.split("\n")[0][:200],
        "status": error.status_code,
        "detail": error.detail,
        "code": code,
    }
    if isinstance(error, ValidationException):
        body |= {"status": 422, "code": "invalid", "type": "urn:yizhan:error:invalid"}
        body["errors"] = [
            {"field": str(item.get("key", "")), "message": str(item.get("message", ""))}
            for item in (error.extra or [])
            if isinstance(item, dict)
        ]
    return problem(body, headers=dict(error.headers or {}))


class TooDeep(errors.BadRequest):
    """The body is nested more deeply than anything that we take."""


def on_too_deep(request: Request[Any, Any, Any], error: RecursionError) -> Response[bytes]:
    """A body that nobody can read to its end. One of our own making would be ours to mend."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is not None and "decode" in place.tb_frame.f_code.co_name:
        return on_error(request, TooDeep())
    return on_crash(request, error)


class FileMissing(errors.Invalid):
    """The form has no file; send one as the field "file", with a file name."""


def on_runtime_error(request: Request[Any, Any, Any], error: RuntimeError) -> Response[bytes]:
    """A form without the file that it is for ends the framework's search for it. Others are ours."""
    if isinstance(error.__cause__, StopIteration):
        return on_error(request, FileMissing())
    return on_crash(request, error)


class Unstorable(errors.Invalid):
    """A value is out of range, or holds a character that cannot be stored."""


def on_bad_value(request: Request[Any, Any, Any], error: asyncpg.DataError) -> Response[bytes]:
    """A NUL in a text or a number beyond 64 bits: the caller's fault. Other faults are ours."""
    character = (asyncpg.CharacterNotInRepertoireError, asyncpg.UntranslatableCharacterError)
    if isinstance(error, character) or type(error) is asyncpg.DataError:
        return on_error(request, Unstorable())
    return on_crash(request, error)


def on_database_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What is wrong with the database's machine or somebody's lock passes: the same request may be repeated."""
    if isinstance(error, asyncpg.DiskFullError):
        logger.error("disk_full", route=request.scope.get("path_template", ""))
        return on_error(request, StorageFull())
    if isinstance(error, _PASSING):
        logger.warning("database_refused", exc_info=error)
        return on_error(request, DatabaseDown())
    return on_crash(request, error)


def on_group(request: Request[Any, Any, Any], group: ExceptionGroup[Any]) -> Response[bytes]:
    """The commit failed: the framework wraps what is raised after a handler has ended."""
    error = group.exceptions[0]
    if isinstance(error, errors.YizhanError):
        return on_error(request, error)
    if isinstance(
        error, asyncpg.PostgresError | asyncpg.InterfaceError | asyncpg.InternalClientError
    ):
        return on_database_error(request, error)
    return on_crash(request, group)


def on_crash(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Everything else: logged with its trace, answered without it."""
    logger.error("request_failed", route=request.scope.get("path_template", ""), exc_info=error)
    return problem(errors.YizhanError("Something went wrong on our side. It was logged.").problem())


def raw_json(body: bytes, *, status: int = 200) -> Response[bytes]:
    """An answer whose JSON was made elsewhere, by the database for one."""
    return Response(body, status_code=status, media_type="application/json")


def gives(kind: Any, *, status: int = 200) -> dict[int, ResponseSpec]:
    """For a handler that answers with bytes: what they are, for the OpenAPI document."""
    return {status: ResponseSpec(data_container=kind, generate_examples=False)}
