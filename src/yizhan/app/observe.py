"""Counts and times requests, and puts the security headers on every answer."""

from __future__ import annotations

import time
from typing import Any

from yizhan.kernel import metrics

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


def middleware(app: Any) -> Any:
    """An ASGI middleware."""

    async def observed(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def answer(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                present = {name.lower() for name, _ in message["headers"]}
                message = {
                    **message,
                    "headers": [*message["headers"], *(h for h in _HEADERS if h[0] not in present)],
                }
            await send(message)

        try:
            await app(scope, receive, answer)
        finally:
            route = scope.get("path_template") or "other"
            metrics.requests.labels(scope["method"], route, str(status)).inc()
            metrics.request_seconds.labels(route).observe(time.perf_counter() - began)

    return observed
