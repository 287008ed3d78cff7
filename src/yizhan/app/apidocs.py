"""``/docs``, ``/openapi.json`` and ``/asyncapi.json``: the API's description, for people and for programs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from litestar import Litestar, MediaType, Request, Response, Router, get
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from yizhan.app import access, apipage
from yizhan.app.version import version
from yizhan.kernel import asyncapi, http, openapi

Req = Request[Any, Any, State]


def document(app: Litestar) -> bytes:
    """The OpenAPI document as JSON."""
    kept: bytes | None = app.state.get("openapi")
    if kept is None:
        kept = app.state["openapi"] = msgspec.json.encode(openapi.describe(app))
    return kept


@lru_cache(maxsize=4)
def _page(described: bytes, language: str) -> bytes:
    return apipage.page(msgspec.json.decode(described), language=language).encode()


class _Page(OpenAPIRenderPlugin):
    def render(self, request: Req, _schema: dict[str, Any]) -> bytes:
        return _page(document(request.app), http.language(request))


class _Document(OpenAPIRenderPlugin):
    def render(self, request: Req, _schema: dict[str, Any]) -> bytes:
        return document(request.app)


@get("/openapi.json", include_in_schema=False)
async def openapi_document(request: Req) -> Response[bytes]:
    """The OpenAPI document of the running code."""
    return Response(document(request.app), media_type="application/json")


@lru_cache(maxsize=1)
def _events() -> bytes:
    return msgspec.json.encode(asyncapi.describe(title="Yizhan", version=version()))


@get("/asyncapi.json", include_in_schema=False)
async def asyncapi_document() -> Response[bytes]:
    """The AsyncAPI document of the events that webhooks send."""
    return Response(_events(), media_type="application/json")


def config() -> OpenAPIConfig:
    """How the API is described; Litestar's own pages, which load scripts from elsewhere, stay out."""
    return OpenAPIConfig(
        title="Yizhan",
        version=version(),
        description="The API of the Yizhan customer-service desk. The interface uses nothing else.",
        openapi_router=Router(
            "/docs",
            route_handlers=[],
            include_in_schema=False,
            response_headers={
                "Content-Security-Policy": apipage.POLICY,
                "Vary": "Accept-Language",
                "Cache-Control": "no-cache",
            },
        ),
        render_plugins=[
            _Page(path="/"),
            _Document(path="/openapi.json", media_type=MediaType.JSON),
        ],
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
