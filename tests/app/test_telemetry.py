"""One trace leads from a request over its statements to the job and the request that the job sends."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.domains.webhooks.sink import Sink, listening
from tests.support import collector
from tests.support.collector import Collector
from tests.support.desk import Desk, eventually, open_desk
from tests.support.logged import logged
from yizhan.kernel import queue_worker, telemetry, timing
from yizhan.kernel.config import Config
from yizhan.kernel.db import Database

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"
CANARY = "canary.person@example.test"
WORDS = "打印机坏了 canary-words"
NEW = {"subject": WORDS, "body": WORDS, "requester": {"email": CANARY, "name": "Canary 金丝雀"}}


@pytest.fixture
def collected() -> Iterator[Collector]:
    """Telemetry is on, and this is where it goes."""
    with collector.collecting() as found:
        telemetry.start(Config(otlp_url=found.url), part="web", version="1.2.3")
        yield found
        telemetry.stop()


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    """A receiver of webhooks."""
    async with listening() as mine:
        yield mine


@contextlib.asynccontextmanager
async def _working(desk: Desk) -> AsyncIterator[None]:
    worker = queue_worker.Worker(desk.context)
    running = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.stop()
        await running


async def _jobs_done(desk: Desk) -> bool:
    rows = await desk.database.lookup("SELECT count(*) FROM pgqueuer WHERE status <> 'failed'")
    return int(rows[0][0]) == 0


async def test_one_trace_from_the_request_to_the_request_that_its_job_sends(
    database: Database, tmp_path: Path, collected: Collector, sink: Sink
) -> None:
    async with open_desk(database, tmp_path, egress_allow=("127.0.0.1/32",)) as desk:
        assert (await desk.api.post("/api/v1/tickets", json=NEW)).status_code == 201
        wanted = {"url": sink.url, "events": ["*"], "name": WORDS}
        hook = (await desk.api.post("/api/v1/webhooks", json=wanted)).json()
        answer = await desk.api.post(
            f"/api/v1/webhooks/{hook['id']}/test?token={CANARY}",
            headers={"traceparent": f"00-{TRACE}-{PARENT}-01"},
        )
        assert answer.status_code == 202
        async with _working(desk):
            await eventually(lambda: sink.requests)
            await eventually(lambda: _jobs_done(desk))
        secret = desk.api.headers["Authorization"][7:]
    telemetry.stop()

    mine = [span for span in collected.spans if span.trace_id.hex() == TRACE]
    by_name = {span.name: span for span in mine}
    request = by_name["POST /api/v1/webhooks/{webhook_id}/test"]
    job, sent = by_name["job webhooks.send"], by_name["POST"]
    assert request.parent_span_id.hex() == PARENT
    assert job.parent_span_id == request.span_id
    assert sent.parent_span_id == job.span_id
    assert sink.requests[0][0]["traceparent"] == f"00-{TRACE}-{sent.span_id.hex()}-01"
    assert collector.facts(request)["http.response.status_code"] == 202
    texts = {
        str(collector.facts(span).get("db.query.text", ""))
        for span in mine
        if span.parent_span_id == request.span_id
    }
    assert any(text.startswith("INSERT INTO webhook_delivery") for text in texts), texts
    everything = b"".join(collected.raw)
    for canary in (CANARY, WORDS, "Canary", "金丝雀", secret, hook["secret"], sink.url):
        assert canary.encode() not in everything
    assert "yizhan_http_requests" in collected.metrics
    assert "yizhan_job_seconds" in collected.metrics


async def test_a_failure_is_told_by_its_type_and_not_by_its_words(
    desk: Desk, collected: Collector
) -> None:
    with contextlib.suppress(ValueError), telemetry.job("x.y", None):
        raise ValueError(CANARY)
    telemetry.stop()
    (span,) = collected.named("job x.y")
    assert collector.facts(span)["error.type"] == "ValueError"
    assert span.status.code == 2
    assert CANARY.encode() not in b"".join(collected.raw)


@pytest.fixture
def lines() -> Iterator[Any]:
    with logged() as out:
        yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]


async def test_a_collector_that_is_down_costs_nothing_and_is_logged_once(
    desk: Desk, lines: Any
) -> None:
    with collector.collecting() as gone:
        url = gone.url
    telemetry.start(Config(otlp_url=url), part="web", version="1")
    backend: Any = telemetry._backend
    try:
        for _ in range(3):
            assert (await desk.api.post("/api/v1/tickets", json=NEW)).status_code == 201
            backend._link._not_before = 0  # as if it had rested
            await asyncio.to_thread(backend.export_figures)
    finally:
        await asyncio.to_thread(telemetry.stop)
    said = [line["event"] for line in lines() if "telemetry" in str(line)]
    assert said == ["telemetry_collector_unreachable"]


async def test_without_the_packages_the_desk_works_and_says_so(
    desk: Desk, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "yizhan.kernel.telemetry_otlp", None)
    monkeypatch.delattr("yizhan.kernel.telemetry_otlp", raising=False)
    telemetry.start(Config(otlp_url="http://127.0.0.1:1"), part="web", version="1")
    assert not telemetry.on()
    assert (await desk.api.post("/api/v1/tickets", json=NEW)).status_code == 201
    assert [line["event"] for line in lines()] == ["telemetry_packages_missing"]


async def test_off_means_that_nothing_is_carried(desk: Desk) -> None:
    assert not telemetry.on()
    assert timing.watch is None
    async with desk.begin() as tx:
        tx.defer("channels.deliver", message_id=1)
    rows = await desk.database.lookup("SELECT headers FROM pgqueuer")
    assert [row["headers"] for row in rows] == [None]
    assert "opentelemetry.sdk" not in sys.modules or telemetry.headers() == {}
