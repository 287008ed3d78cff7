"""Traces and metrics for a collector, off unless ``YIZHAN_OTLP_URL`` says where one listens.

This module is all that the rest knows of it. The SDK is imported only when it is wanted, by
:mod:`yizhan.kernel.telemetry_otlp`; until then each call here is one comparison.

A span holds names and templates of ours, ids and numbers: never a value of a statement, an address,
a path as it was asked for, or the text of an error.
"""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Mapping
from typing import Any, Protocol

import structlog

from yizhan.kernel.config import Config

logger = structlog.get_logger(__name__)

_HEADERS = frozenset({b"traceparent", b"tracestate"})
_NOTHING = contextlib.nullcontext()


class Span(Protocol):
    """What a piece of work may still say of itself."""

    def say(self, **what: str | int | None) -> None: ...

    def end(self) -> None: ...


Part = contextlib.AbstractContextManager[Span | None]


class Backend(Protocol):
    """What the SDK's side offers."""

    def request(self, method: str, route: str, headers: Mapping[str, str]) -> Part: ...

    def job(self, name: str, carried: Mapping[str, Any] | None) -> Part: ...

    def work(self, name: str, **what: str | int | None) -> Part: ...

    def outgoing(self, method: str) -> Part: ...

    def carried(self) -> dict[str, str]: ...

    def stop(self) -> None: ...


_backend: Backend | None = None  # None costs each call one comparison


def start(config: Config, *, part: str, version: str) -> None:
    """Begin to export, if that is wanted and the packages are there. ``part``: web or worker."""
    global _backend  # noqa: PLW0603 -- one exporter a process, read on every request
    if not config.otlp_url or _backend is not None:
        return
    try:
        from yizhan.kernel import telemetry_otlp  # noqa: PLC0415 -- an optional package behind it
    except ImportError:
        logger.warning("telemetry_packages_missing")  # the desk works without; `doctor` says it
        return
    _backend = telemetry_otlp.Otlp(config, part=part, version=version)


def installed() -> bool:
    """Whether the packages are there."""
    try:
        return importlib.util.find_spec("opentelemetry.exporter.otlp.proto.http") is not None
    except ModuleNotFoundError:
        return False


def stop() -> None:
    """Send what is left, for at most a moment."""
    global _backend
    if _backend is not None:
        was, _backend = _backend, None
        was.stop()


def on() -> bool:
    """Whether anything is exported."""
    return _backend is not None


def request(scope: Mapping[str, Any], route: str) -> Part:
    """Around the answer to a request; goes on with the caller's trace."""
    if _backend is None:
        return _NOTHING
    given = {
        name.decode("latin-1"): value.decode("latin-1")
        for name, value in scope["headers"]
        if name in _HEADERS
    }
    return _backend.request(scope["method"], route, given)


def job(name: str, headers: Mapping[str, Any] | None) -> Part:
    """Around a job; goes on with the trace of what queued it."""
    return _NOTHING if _backend is None else _backend.job(name, (headers or {}).get("otel"))


def work(name: str, **what: str | int | None) -> Part:
    """Around another piece of work of ours, such as reading the log."""
    return _NOTHING if _backend is None else _backend.work(name, **what)


def outgoing(method: str) -> Part:
    """Around a request to the outside. Whereto is somebody's setting, and not said."""
    return _NOTHING if _backend is None else _backend.outgoing(method)


def headers() -> dict[str, str]:
    """What a request to the outside carries, so that its receiver can go on with the trace."""
    return {} if _backend is None else _backend.carried()


def carried() -> dict[str, Any] | None:
    """What a job that is queued now carries, in the queue's own form."""
    if _backend is None:
        return None
    found = _backend.carried()
    return {"otel": found} if found else None
