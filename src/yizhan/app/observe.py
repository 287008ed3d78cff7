"""Counts, times and traces requests, and puts the security headers on every answer."""

from __future__ import annotations

import time
from typing import Any

from yizhan.kernel import health, metrics, telemetry

_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    # Pages say more for themselves; nothing else of ours is there to be shown within another page.
    (b"content-security-policy", b"frame-ancestors 'none'"),
]
# What is promised of: what people and programs ask the desk for, not its files and probes.
_PROMISED = ("/api/", "/chat/", "/f/", "/in/")
_STREAM = b"text/event-stream"


class _Answer:
    """One answer on its way out: its status, when it began, and whether it goes on for ever."""

    __slots__ = ("began", "seconds", "send", "span", "status")

    def __init__(self, send: Any, span: telemetry.Span | None) -> None:
        self.send = send
        self.span = span
        self.status = 500
        self.began = time.perf_counter()
        self.seconds: float | None = None

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.seconds = time.perf_counter() - self.began
            present = {name.lower(): value for name, value in message["headers"]}
            message = {
                **message,
                "headers": [*message["headers"], *(h for h in _HEADERS if h[0] not in present)],
            }
            if self.span is not None and present.get(b"content-type", b"").startswith(_STREAM):
                self.span.say(status=self.status)
                self.span.end()
        await self.send(message)


def middleware(app: Any) -> Any:
    """An ASGI middleware."""

    async def observed(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        route = scope.get("path_template") or "other"
        with telemetry.request(scope, route) as span:
            answer = _Answer(send, span)
            try:
                await app(scope, receive, answer)
            finally:
                _count(scope["method"], route, answer)
                if span is not None:
                    span.say(status=answer.status)

    return observed


def _count(method: str, route: str, answer: _Answer) -> None:
    spent = time.perf_counter() - answer.began
    metrics.requests.labels(method, route, str(answer.status)).inc()
    metrics.request_seconds.labels(route).observe(spent)
    if route.startswith(_PROMISED):
        health.answered(answer.status, spent if answer.seconds is None else answer.seconds)
