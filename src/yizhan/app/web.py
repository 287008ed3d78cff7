"""The web process: the API, the browser app, the chat and the forms, health and metrics."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import asyncpg
import msgspec
from litestar import Litestar, Request, Response, Router, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from yizhan.app import access, apidocs, discovery, doctor, observe, runtime, static
from yizhan.app.head import Answering
from yizhan.app.version import version
from yizhan.domains.portal.endpoints import edge as help_pages
from yizhan.domains.system import exporting, recording, registry
from yizhan.kernel import config as configuration
from yizhan.kernel import errors, http, logs, process, telemetry
from yizhan.kernel import metrics as measured
from yizhan.kernel.config import Config
from yizhan.kernel.http import Edge

Req = Request[Any, Any, State]
# Jobs whose time has come. The length is counted up to a limit: nobody acts on more.
_QUEUE = """
SELECT coalesce(extract(epoch FROM now() - min(execute_after)), 0)::float AS age, count(*) AS length
FROM (SELECT execute_after FROM pgqueuer WHERE status = 'queued' AND execute_after <= now()
      ORDER BY execute_after LIMIT 10000) AS due
"""
_MOST_BODY = 32 * 1024 * 1024


@get("/healthz", include_in_schema=False)
async def healthz() -> dict[str, str]:
    """Alive."""
    return {"status": "ok"}


@get("/readyz", include_in_schema=False)
async def readyz(edge: Edge) -> Response[bytes]:
    """Ready to serve: the database answers, the queue can be read, files can be written."""
    checks: dict[str, str] = {}
    for name, check in (("database", _database), ("queue", _queue), ("storage", _storage)):
        try:
            async with asyncio.timeout(5):
                await check(edge)
            checks[name] = "ok"
        except Exception as error:
            checks[name] = type(error).__name__
    ready = all(value == "ok" for value in checks.values())
    # Not a reason to be sent no requests: without it everything arrives by sweeping, a little later.
    checks["fanout"] = edge.database.bus.trouble() or "ok"
    body = msgspec.json.encode({"status": "ok" if ready else "not ready", "checks": checks})
    return Response(body, status_code=200 if ready else 503, media_type="application/json")


async def _database(edge: Edge) -> None:
    await edge.database.lookup("SELECT 1")


async def _queue(edge: Edge) -> None:
    await edge.database.lookup("SELECT id FROM pgqueuer LIMIT 1")


async def _storage(edge: Edge) -> None:
    await edge.store.check()


@get("/metrics", include_in_schema=False)
async def metrics(edge: Edge) -> Response[bytes]:
    """For Prometheus; the age of the queue is what more workers are started by. What workers do is told
    by the promises, which all processes count."""
    with contextlib.suppress(errors.Unavailable, asyncpg.PostgresError, TimeoutError):
        async with asyncio.timeout(3):
            rows = await edge.database.lookup(_QUEUE)
            measured.queue_age.set(max(0.0, rows[0]["age"]))
            measured.queue_length.set(rows[0]["length"])
            await exporting.promises(edge.database)
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _on_http_error(request: Req, error: HTTPException) -> Response[Any]:
    """The framework's errors; who looks for a page of the help centre gets a page."""
    if error.status_code == HTTPStatus.NOT_FOUND and help_pages.is_page(request):
        return help_pages.nowhere(request)
    return http.on_http_error(request, error)


def create_app(edge: Edge) -> Litestar:
    """The application around what a process has."""
    discovery.load()
    registry.offer(doctor.examine)
    return Answering(
        route_handlers=[
            Router("/api/v1", route_handlers=list(discovery.routes(public=False))),
            *discovery.routes(public=True),
            healthz,
            readyz,
            metrics,
            apidocs.page,
            apidocs.openapi_document,
            apidocs.asyncapi_document,
            *static.routes(),
        ],
        dependencies={
            "tx": Provide(http.provide_tx),
            "who": Provide(http.provide_who),
            "edge": Provide(http.provide_edge),
        },
        exception_handlers={
            errors.YizhanError: http.on_error,
            HTTPException: _on_http_error,
            asyncpg.DataError: http.on_bad_value,
            asyncpg.PostgresError: http.on_database_error,
            asyncpg.InterfaceError: http.on_database_error,
            asyncpg.InternalClientError: http.on_database_error,
            ExceptionGroup: http.on_group,
            RecursionError: http.on_too_deep,
            RuntimeError: http.on_runtime_error,
            Exception: http.on_crash,
        },
        state=State({"edge": edge, "authenticate": access.authenticate, "build": static.build}),
        openapi_config=None,  # made aside, when asked for
        compression_config=CompressionConfig(
            backend="gzip",
            minimum_size=2000,
            gzip_compress_level=3,
            exclude=["/stream"],
            exclude_opt_key=static.PACKED,
        ),
        before_request=http.require_room,
        middleware=[observe.middleware],
        request_max_body_size=_MOST_BODY,
        lifespan=[_feed],
    )


@contextlib.asynccontextmanager
async def _feed(app: Litestar) -> AsyncIterator[None]:
    feed = http.edge_of(app.state).feed
    await feed.start()
    try:
        yield
    finally:
        await feed.close()


class Lazy:
    """An ASGI application that opens its database within the server's own event loop."""

    def __init__(self, config: Config, dsn: str) -> None:
        self.config = config
        self.dsn = dsn
        self.stack = contextlib.AsyncExitStack()
        self.app: Litestar | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan" and self.app is None:
            edge = await self.stack.enter_async_context(
                runtime.open_edge(self.config, dsn=self.dsn)
            )
            self.app = create_app(edge)
            telemetry.start(self.config, part="web", version=version())
            counting = asyncio.create_task(recording.run(edge))
            try:
                await self.app(scope, receive, send)
            finally:
                counting.cancel()
                await asyncio.gather(counting, return_exceptions=True)
                await asyncio.to_thread(telemetry.stop)
                await self.stack.aclose()
            return
        if self.app is not None:
            await self.app(scope, receive, send)


def application() -> Lazy:
    """What the server loads in each of its processes. Settings come from the environment."""
    process.die_with_parent(parent=os.getppid())  # kill -9 of the server must free the port
    config = configuration.load()
    logs.set_up(config.log_level)
    return Lazy(config, os.environ["YIZHAN_DSN"])
