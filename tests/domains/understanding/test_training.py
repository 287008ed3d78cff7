"""From labels to a model in use: trained, compared, promoted, rolled back, cancelled."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.understanding import learned
from tests.support.desk import Desk
from yizhan.domains.understanding.reading import machine
from yizhan.domains.understanding.training import repository

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
    async with desk.as_system() as tx:
        for _ in range(40):
            await learned.signal(tx, 1, message_id=tx.new_id(), sure=0.9)
    drift = (await desk.api.get(f"{LEARNING}/card?head=intent")).json()["drift"]["learned"]
    assert drift["word"] == "much", "of refund_status there was no label"
    assert drift["shifts"][0] == {"label": "refund_status", "before": 0.0, "now": 1.0}
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
            using = await repository.using(tx)
        found = (await machine.models(desk.edge.store, desk.workspace_id, using))["intent"]
        assert found.machine.guess(["please give my money back"])[0].label == "refund"
        return found.name

    assert await said() == "v1"
    promoted = await desk.api.post(f"{LEARNING}/versions/{second['id']}/promote")
    assert promoted.json()["state"] == "in_use"
    assert await said() == "v2"

    back = await desk.api.post(f"{LEARNING}/roll-back", json={"head": "intent"})
    assert back.json()["in_use"]["number"] == 1
    assert await said() == "v1"
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


async def test_the_queue_asks_for_what_teaches_most_and_takes_an_answer_back(desk: Desk) -> None:
    texts = {
        "refund it now please": 0.4,
        "refund it now please!": 0.41,
        "where is the invoice": 0.9,
    }
    ids = {}
    for text, sure in texts.items():
        ticket_id, message_id = await learned.message(desk, text)
        ids[text] = str(message_id)
        async with desk.as_system() as tx:
            await learned.signal(tx, ticket_id, message_id=message_id, sure=sure)

    async def asked() -> list[dict[str, Any]]:
        found = await desk.api.get(f"{LEARNING}/queue", params={"head": "intent"})
        assert found.status_code == 200, found.text
        items: list[dict[str, Any]] = found.json()["items"]
        return items

    first = await asked()
    # Two that say the same are asked once; the unsure one comes first.
    assert [one["text"] for one in first] == ["refund it now please", "where is the invoice"]
    assert [guess["label"] for guess in first[0]["guesses"]] == ["refund_status", "request_invoice"]
    place = f"{LEARNING}/queue/{first[0]['message_id']}"
    typo = await desk.api.put(place, json={"head": "intent", "label": "refnud"})
    assert typo.json()["code"] == "label_unknown"
    new = {"head": "intent", "label": "refund_now", "new": True}
    assert (await desk.api.put(place, json=new)).status_code == 204
    skipped = await desk.api.put(
        f"{LEARNING}/queue/{first[1]['message_id']}", json={"head": "intent", "label": None}
    )
    assert skipped.status_code == 204
    assert [one["text"] for one in await asked()] == ["refund it now please!"]
    counts = (await desk.api.get(f"{LEARNING}/labels", params={"head": "intent"})).json()
    assert counts["items"] == [{"label": "refund_now", "examples": 1, "word": "few"}]

    assert (await desk.api.delete(place, params={"head": "intent"})).status_code == 204
    assert len(await asked()) == 1
    counts = (await desk.api.get(f"{LEARNING}/labels", params={"head": "intent"})).json()
    assert counts["total"] == 0
