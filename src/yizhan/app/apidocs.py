"""``/docs``, ``/openapi.json`` and ``/asyncapi.json``: the API's description, for people and for programs."""

from __future__ import annotations

import asyncio
from functools import cache, lru_cache
from typing import Any, Final

import msgspec
import structlog
from litestar import Litestar, MediaType, Request, Response, get
from litestar._openapi.plugin import OpenAPIPlugin
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from yizhan.app import access, apipage
from yizhan.app.version import version
from yizhan.kernel import asyncapi, confined, errors, http, openapi

logger = structlog.get_logger(__name__)

_PATIENCE: Final = 120  # seconds
_PAGE_HEADERS: Final = {
    "Content-Security-Policy": apipage.POLICY,
    "Vary": "Accept-Language",
    "Cache-Control": "no-cache",
}

Req = Request[Any, Any, State]


class NotDescribed(errors.Unavailable):
    """The description of the API could not be made; the log says why."""


def document(app: Litestar) -> bytes:
    """The OpenAPI document as JSON. It takes seconds and 35 MB: a serving process asks another one."""
    if app.openapi_config is None:
        app.plugins.get(OpenAPIPlugin).on_app_init(AppConfig(openapi_config=_config()))
    return msgspec.json.encode(openapi.describe(app))


@cache
def _described() -> asyncio.Task[bytes]:
    """Asked for once in the life of this process."""
    return asyncio.create_task(confined.run("yizhan.app.describing", b"", seconds=_PATIENCE))


async def _document() -> bytes:
    try:
        return await asyncio.shield(_described())
    except confined.GaveUp as error:
        _described.cache_clear()
        logger.exception("not_described")
        raise NotDescribed from error


@lru_cache(maxsize=4)
def _page(described: bytes, language: str) -> bytes:
    return apipage.page(msgspec.json.decode(described), language=language).encode()


@get("/docs", include_in_schema=False, media_type=MediaType.HTML, response_headers=_PAGE_HEADERS)
async def page(request: Req) -> bytes:
    """The description for people."""
    described = await _document()
    return await asyncio.to_thread(_page, described, http.language(request))


@get(["/openapi.json", "/docs/openapi.json"], include_in_schema=False)
async def openapi_document() -> Response[bytes]:
    """The OpenAPI document of the running code."""
    return Response(await _document(), media_type="application/json")


@lru_cache(maxsize=1)
def _events() -> bytes:
    return msgspec.json.encode(asyncapi.describe(title="Yizhan", version=version()))


@get("/asyncapi.json", include_in_schema=False)
async def asyncapi_document() -> Response[bytes]:
    """The AsyncAPI document of the events that webhooks send."""
    return Response(_events(), media_type="application/json")


def _config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Yizhan",
        version=version(),
        description="The API of the Yizhan customer-service desk. The interface uses nothing else.",
        use_handler_docstrings=True,
        operation_id_creator=openapi.operation_id,
        components=Components(
            security_schemes={
                "token": SecurityScheme(type="http", scheme="bearer"),
                "session": SecurityScheme(
                    type="apiKey", name=access.COOKIE, security_scheme_in="cookie"
                ),
            }
        ),
        security=[{"token": []}, {"session": []}],
    )
