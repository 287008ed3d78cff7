"""OpenTelemetry's SDK behind :mod:`yizhan.kernel.telemetry`: spans, and our Prometheus figures, by OTLP.

The collector's address is the operator's own setting, like the database's: it is reached without the
guard of :mod:`yizhan.kernel.egress`, which is there for addresses that people type into the desk.
Redirects are not followed and proxies of the environment not used.

A collector that is down costs nothing: spans wait in a queue of fixed size, are sent by a thread of
their own, and are dropped when it is full. It is logged when it begins and when it is over.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import requests
import structlog
from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics.export import MetricExportResult
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from yizhan.kernel import telemetry_metrics, timing
from yizhan.kernel.config import Config

logger = structlog.get_logger(__name__)

_SECONDS = 5.0  # for one attempt to reach the collector
_REST = 30.0  # after a failure nothing is tried for so long
_EVERY = 60.0  # between two exports of figures
_STOP = 3.0
_WORDS = {
    "status": "http.response.status_code",
    "error": "error.type",
    "workspace_id": "yizhan.workspace_id",
    "agent_id": "yizhan.agent_id",
    "events": "yizhan.events",
}


class Link:
    """The way to the collector: says once that it is broken, and rests in between."""

    def __init__(self) -> None:
        self.broken = False
        self._not_before = 0.0

    def send(self, export: Callable[[], bool]) -> bool:
        """Whether it arrived; nothing is tried while the link rests."""
        if time.monotonic() < self._not_before:
            return False
        try:
            sent = export()
        except Exception:
            sent = False
        if not sent:
            self._not_before = time.monotonic() + _REST
        if sent is self.broken:
            self.broken = not sent
            if sent:
                logger.info("telemetry_collector_back")
            else:
                logger.warning("telemetry_collector_unreachable")
        return sent


class _Spans(SpanExporter):
    """The SDK's exporter behind the link."""

    def __init__(self, inner: OTLPSpanExporter, link: Link) -> None:
        self._inner = inner
        self._link = link

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        sent = self._link.send(lambda: self._inner.export(spans) is SpanExportResult.SUCCESS)
        return SpanExportResult.SUCCESS if sent else SpanExportResult.FAILURE

    def shutdown(self) -> None:
        self._inner.shutdown()  # type: ignore[no-untyped-call] # the SDK has no type for it

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._inner.force_flush(timeout_millis)


class Said:
    """A span as the rest of the desk sees it."""

    def __init__(self, span: trace.Span) -> None:
        self._span = span

    def say(self, **what: str | int | None) -> None:
        """Add facts by our own names for them; a status of 500 and above is a failure."""
        for name, value in what.items():
            if value is not None:
                self._span.set_attribute(_WORDS[name], value)
        if what.get("error") or int(what.get("status") or 0) >= 500:
            self._span.set_status(StatusCode.ERROR)

    def end(self) -> None:
        """Before its block is over: for streams, which last for hours."""
        self._span.end()


class Otlp:
    """The backend while telemetry is on."""

    def __init__(self, config: Config, *, part: str, version: str) -> None:
        logging.getLogger("opentelemetry").setLevel(logging.CRITICAL + 1)  # the link says it once
        base = config.otlp_url.rstrip("/")
        self._resource = Resource.create(
            {
                "service.name": "yizhan",
                "service.namespace": part,
                "service.version": version,
                "service.instance.id": secrets.token_hex(8),
            }
        )
        self._link = Link()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.max_redirects = 0
        exporter = OTLPSpanExporter(
            endpoint=f"{base}/v1/traces", timeout=_SECONDS, session=self._session
        )
        self._provider = TracerProvider(resource=self._resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(_Spans(exporter, self._link)))
        self._tracer = self._provider.get_tracer("yizhan")
        self._metrics = OTLPMetricExporter(
            endpoint=f"{base}/v1/metrics", timeout=_SECONDS, session=self._session
        )
        self._propagator = TraceContextTextMapPropagator()
        self._ended = threading.Event()
        threading.Thread(target=self._figures, name="telemetry", daemon=True).start()
        timing.watch = self._statement

    # ------------------------------------------------------------------------------ spans

    @contextlib.contextmanager
    def _part(
        self,
        name: str,
        kind: SpanKind,
        carried: Mapping[str, Any] | None,
        attributes: Mapping[str, str | int],
    ) -> Iterator[Said]:
        parent = None
        if carried:
            given = {key: str(value) for key, value in carried.items()}
            parent = self._propagator.extract(given, context=context.Context())
        span = self._tracer.start_span(name, context=parent, kind=kind, attributes=attributes)
        token = context.attach(trace.set_span_in_context(span))
        try:
            yield Said(span)
        except BaseException as error:
            Said(span).say(error=type(error).__name__)
            raise
        finally:
            context.detach(token)
            span.end()

    def request(self, method: str, route: str, headers: Mapping[str, str]) -> Any:
        facts = {"http.request.method": method, "http.route": route}
        return self._part(f"{method} {route}", SpanKind.SERVER, headers, facts)

    def job(self, name: str, carried: Mapping[str, Any] | None) -> Any:
        return self._part(f"job {name}", SpanKind.CONSUMER, carried, {"yizhan.job": name})

    def work(self, name: str, **what: str | int | None) -> Any:
        facts = {_WORDS[key]: value for key, value in what.items() if value is not None}
        return self._part(name, SpanKind.INTERNAL, None, facts)

    def outgoing(self, method: str) -> Any:
        return self._part(method, SpanKind.CLIENT, None, {"http.request.method": method})

    def carried(self) -> dict[str, str]:
        found: dict[str, str] = {}
        self._propagator.inject(found)
        return found

    def _statement(self, cost: timing.Cost, seconds: float, failed: bool) -> None:  # noqa: FBT001 -- timing.Seen
        if not trace.get_current_span().is_recording():
            return
        ended = time.time_ns()
        span = self._tracer.start_span(
            f"{cost.text.partition(' ')[0]} {cost.place}",
            kind=SpanKind.CLIENT,
            start_time=ended - int(seconds * 1e9),
            attributes={
                "db.system.name": "postgresql",
                "db.query.text": cost.text,
                "code.function.name": cost.place,
            },
        )
        if failed:
            span.set_status(StatusCode.ERROR)
        span.end(end_time=ended)

    # ------------------------------------------------------------------------------ figures

    def _figures(self) -> None:
        while not self._ended.wait(_EVERY):
            self.export_figures()

    def export_figures(self) -> bool:
        """What Prometheus would read, sent now."""
        found = telemetry_metrics.collected(self._resource)
        return self._link.send(lambda: self._metrics.export(found) is MetricExportResult.SUCCESS)

    def stop(self) -> None:
        timing.watch = None
        self._ended.set()

        def end() -> None:
            self.export_figures()
            self._provider.shutdown()
            self._metrics.shutdown()
            self._session.close()

        last = threading.Thread(target=end, daemon=True)
        last.start()
        last.join(_STOP)
