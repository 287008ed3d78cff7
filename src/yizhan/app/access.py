"""Who asks: an API token in the header, or a session in the cookie."""

from __future__ import annotations

from typing import Any

from litestar import Request

from yizhan.domains.identity.service import authentication
from yizhan.kernel import errors, http
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge

COOKIE = "yz_session"


async def authenticate(request: Request[Any, Any, Any], edge: Edge) -> Actor:
    """The actor of a request, counted. Errors: 401 without valid proof, 403 for a change by cookie
    alone, 429 for one who asks too often."""
    actor = await _who(request, edge)
    edge.limiter.take((actor.kind, actor.id))
    return actor


async def _who(request: Request[Any, Any, Any], edge: Edge) -> Actor:
    ip = http.client_ip(request, edge.config)
    header = request.headers.get("authorization")
    if header is not None:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise errors.Unauthorized
        return await authentication.by_token(edge.database, token.strip(), ip=ip)
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        raise errors.Unauthorized
    if request.method not in http.SAFE_METHODS and request.headers.get(http.CSRF_HEADER) != "1":
        raise http.CsrfMissing
    return await authentication.by_session(edge.database, cookie, ip=ip)
