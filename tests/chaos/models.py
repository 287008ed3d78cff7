"""Scenario: the language model streams half, hangs, answers nonsense; tickets do not notice."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

from tests.chaos import town
from tests.chaos.stage import Stage, scenario
from tests.chaos.town import Town
from tests.support.model_server import ModelServer, speaking

_MOODS = ("normal", "half", "cut", "nonsense", "error", "empty", "huge", "page", "slow")
_servers: dict[int, ModelServer] = {}  # by the town's workspace


@contextlib.asynccontextmanager
async def with_model(folder: Path) -> AsyncIterator[Town]:
    """A desk with a model server that may be moody."""
    environment = {"YIZHAN_MODEL_ALLOW": "127.0.0.1/32"}
    async with speaking() as model, town.opened(folder, environment=environment) as opened:
        async with opened.api() as api:
            server = {"url": model.url, "model": "small", "key": "k", "price_in": 1, "price_out": 1}
            for path, body in (
                ("policy", {"allowed": "cloud"}),
                ("servers/cloud", server),
            ):
                answer = await api.put(f"/api/v1/copilot/{path}", json=body)
                assert answer.is_success, answer.text
        _servers[opened.workspace_id] = model
        try:
            yield opened
        finally:
            del _servers[opened.workspace_id]


@scenario("model-is-moody", within=60, opened=with_model)
async def model_is_moody(stage: Stage) -> None:
    """Every mood: the copilot gives what it can in time, and clients' work goes on at its pace."""
    model = _servers[stage.town.workspace_id]
    await stage.work(20)
    slowest, asked = 0.0, 0
    async with stage.town.api() as api:
        listed = (await api.get("/api/v1/tickets?view=all&limit=20")).json()["items"]
        for number, mood in enumerate(_MOODS):
            model.mode = mood
            path = f"/api/v1/tickets/{listed[number % len(listed)]['id']}/copilot"
            for task in ("summary", "draft"):
                began = time.monotonic()
                answer = await api.post(path, json={"task": task}, timeout=75)
                slowest, asked = max(slowest, time.monotonic() - began), asked + 1
                stage.expect(
                    f"{task} with a model that is {mood}: {answer.status_code}",
                    holds=answer.status_code < 500,
                )
            await stage.work(3)
    model.release.set()
    stage.notes.update(slowest=round(slowest, 1), asked=asked, reached=len(model.asked))
    await stage.work(10)
