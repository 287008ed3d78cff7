"""From labels to a model in use: trained, compared, promoted, rolled back, cancelled."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.understanding import learned
from tests.support.desk import Desk
from yizhan.domains.understanding.training.service import models

LEARNING = "/api/v1/learning"


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder takes a second to start and nothing here depends on it."""
    monkeypatch.setenv("YIZHAN_ENCODER", "none")


async def state(desk: Desk, head: str = "intent") -> dict[str, Any]:
    found = (await desk.api.get(LEARNING)).json()
    return next(one for one in found["heads"] if one["head"] == head)


async def test_a_version_is_trained_compared_promoted_and_rolled_back(desk: Desk) -> None:
    refused = await desk.api.post(f"{LEARNING}/versions", json={"head": "intent"})
    assert refused.status_code == 409
    assert refused.json()["code"] == "too_few_labels"
    await learned.label(desk, learned.sentences(60), days_ago=3)

    first = await learned.train(desk)

    assert first["state"] == "in_use", first["reason"]
    assert first["reason"] == "better_than_usual"
    report = first["report"]
    assert report["method"] == "time"
    assert (report["learned_from"], report["examples"]) == (48, 12)
    assert report["accuracy"]["value"] > 0.9
    assert report["accuracy"]["low"] < report["accuracy"]["value"]
    assert first["labels"] == 60
    assert (await state(desk))["new_labels"] == 0

    # More of the same proves nothing: it waits for somebody to decide.
    await learned.label(desk, learned.sentences(15, first=60))
    assert (await state(desk))["new_labels"] == 15
    second = await learned.train(desk)
    assert second["state"] == "candidate"
    assert second["reason"] == "not_better"
    assert second["report"]["comparison"]["against"] == "version:1"

    async def said() -> str:
        async with desk.begin() as tx:
            using = (await models.using(tx))["intent"]
        machine = await models.load(desk.edge.store, desk.workspace_id, one=using)
        assert machine is not None
        assert machine.guess(["please give my money back"])[0].label == "refund"
        return models.name(using)

    assert await said() == "intent-1"
    promoted = await desk.api.post(f"{LEARNING}/versions/{second['id']}/promote")
    assert promoted.json()["state"] == "in_use"
    assert await said() == "intent-2"

    back = await desk.api.post(f"{LEARNING}/roll-back", json={"head": "intent"})
    assert back.json()["in_use"]["number"] == 1
    assert await said() == "intent-1"
    shipped = await desk.api.post(f"{LEARNING}/roll-back", json={"head": "intent"})
    assert shipped.json()["in_use"] is None
    nothing = await desk.api.post(f"{LEARNING}/roll-back", json={"head": "intent"})
    assert nothing.json()["code"] == "nothing_before"

    await desk.run_jobs(only="nothing")
    audit = (await desk.api.get("/api/v1/audit")).json()["items"]
    assert {"model.promoted", "model.withdrawn"} <= {line["action"] for line in audit}


async def test_a_cancelled_training_changes_nothing(desk: Desk) -> None:
    await learned.label(desk, learned.sentences(20))
    started = (await desk.api.post(f"{LEARNING}/versions", json={"head": "intent"})).json()
    again = await desk.api.post(f"{LEARNING}/versions", json={"head": "intent"})
    assert again.json()["code"] == "training_runs"

    cancelled = await desk.api.post(f"{LEARNING}/versions/{started['id']}/cancel")

    assert cancelled.json()["state"] == "cancelled"
    await desk.run_jobs(only="understanding.train")
    assert (await state(desk))["in_use"] is None
    over = await desk.api.post(f"{LEARNING}/versions/{started['id']}/cancel")
    assert over.json()["code"] == "training_over"
