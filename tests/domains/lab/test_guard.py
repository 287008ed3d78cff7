"""A change that makes golden cases worse does not reach customers; one that does not, does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.lab import golden
from tests.domains.understanding import learned
from tests.support.desk import Desk
from yizhan.domains.lab import jobs

LEARNING = "/api/v1/learning"


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder takes a second to start and nothing here depends on it."""
    monkeypatch.setenv("YIZHAN_ENCODER", "none")


async def guarded(desk: Desk) -> dict[str, Any]:
    """A set that guards intents, of sentences that no version has seen."""
    made = await golden.golden_set(desk)
    lines = [{"text": text, "label": label} for text, label in learned.sentences(9, first=100)]
    assert await golden.fill(desk, made, lines) == {"added": 9, "alike": 0}
    return made


async def promote(desk: Desk, version_id: str) -> dict[str, Any]:
    answer = await desk.api.post(f"{LEARNING}/versions/{version_id}/promote")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def in_use(desk: Desk) -> str | None:
    found = (await desk.api.get(f"{LEARNING}/versions", params={"head": "intent"})).json()
    return next((one["id"] for one in found["items"] if one["state"] == "in_use"), None)


async def test_a_worse_version_is_held_back_with_what_it_broke(desk: Desk) -> None:
    await guarded(desk)
    good = await golden.version(desk, 1, state="in_use")
    bad = await golden.version(desk, 2, shuffled=True)

    held = await promote(desk, bad)
    assert held["state"] == "candidate"
    assert held["held"]["state"] == "checking"
    assert (await promote(desk, bad))["held"]["id"] == held["held"]["id"]
    await desk.run_jobs(only="lab.check")

    assert await in_use(desk) == good
    found = await golden.change(desk, held["held"]["id"])
    assert (found["change"]["state"], found["change"]["reason"]) == ("blocked", "worse")
    (part,) = found["sets"]
    assert part["run"]["report"]["comparison"]["verdict"] == "worse"
    assert len(part["items"]) == 9
    one = next(one for one in part["items"] if one["expected"] == ["refund"])
    assert (one["was"], one["said"]) == (["refund"], ["invoice"])

    # Somebody who knows better says why; that is for ever in the audit log.
    path = f"{golden.LAB}/changes/{held['held']['id']}/override"
    assert (await desk.api.post(path, json={"reason": " "})).status_code in (400, 422)
    done = await desk.api.post(path, json={"reason": "The labels were renamed."})
    assert done.json()["state"] == "overridden"
    assert await in_use(desk) == bad
    assert (await desk.api.post(path, json={"reason": "Again."})).json()["code"] == "change_over"
    await desk.run_jobs(only="nothing")
    audit = (await desk.api.get("/api/v1/audit")).json()["items"]
    (line,) = [
        one
        for one in audit
        if one["action"] == "lab.change_settled" and one["detail"]["state"] == "overridden"
    ]
    assert line["detail"]["reason"] == "The labels were renamed."


async def test_a_version_that_breaks_nothing_comes_into_use(desk: Desk) -> None:
    await guarded(desk)
    await golden.version(desk, 1, state="in_use")
    same = await golden.version(desk, 2, seed=2)
    held = await promote(desk, same)
    await desk.run_jobs(only="lab.check")
    assert await in_use(desk) == same
    found = await golden.change(desk, held["held"]["id"])
    assert found["change"]["state"] == "passed"
    assert found["sets"][0]["run"]["report"]["comparison"]["verdict"] == "same"

    # Going back is never held, and takes back what waits.
    bad = await golden.version(desk, 3, shuffled=True)
    waiting = (await promote(desk, bad))["held"]["id"]
    await desk.api.post(f"{LEARNING}/roll-back", json={"head": "intent"})
    await desk.run_jobs(only="lab.check")
    assert (await golden.change(desk, waiting))["change"]["state"] == "withdrawn"
    assert await in_use(desk) != bad


async def test_a_threshold_that_leaves_everything_to_people_is_held_back(desk: Desk) -> None:
    await guarded(desk)
    await golden.version(desk, 1, state="in_use")
    path = "/api/v1/understanding"
    wanted = {"heads": {"intent": {"on": True, "threshold": 1.0}}}
    answer = (await desk.api.patch(path, json={**wanted, "alerts": {"on": False}})).json()
    assert answer["heads"]["intent"]["threshold"] == 0.5
    assert answer["alerts"]["on"] is False  # what nothing guards holds at once
    change_id = answer["held"]["intent"]["id"]
    await desk.run_jobs(only="lab.check")
    found = await golden.change(desk, change_id)
    assert found["change"]["state"] == "blocked"
    assert found["sets"][0]["items"][0]["worth"] == 0.5
    back = await desk.api.post(f"{golden.LAB}/changes/{change_id}/withdraw")
    assert back.json()["state"] == "withdrawn"
    assert (await desk.api.get(path)).json()["held"] == {}


async def publish(desk: Desk, article_id: str, html: str) -> dict[str, Any]:
    """A new version, published; what the article looks like then."""
    path = f"/api/v1/knowledge/articles/{article_id}/texts/en"
    saved = await desk.api.put(path, json={"title": "Money", "html": html})
    assert saved.status_code == 200, saved.text
    answer = await desk.api.post(f"{path}/publish", json={})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["texts"][0]
    return found


async def article(desk: Desk, title: str, html: str) -> str:
    body = {"locale": "en", "title": title, "html": html}
    made = (await desk.api.post("/api/v1/knowledge/articles", json=body)).json()
    path = f"/api/v1/knowledge/articles/{made['id']}/texts/en/publish"
    shown = (await desk.api.post(path, json={})).json()["texts"][0]
    assert (shown["state"], shown["held"]) == ("published", [])  # nothing guards articles yet
    return str(made["id"])


async def test_an_article_rewritten_to_nonsense_stays_as_it_was(desk: Desk) -> None:
    refund = await article(desk, "Money", "<p>Refunds arrive within three days on your card.</p>")
    invoice = await article(desk, "Bills", "<p>Download every invoice as a PDF file.</p>")
    made = await golden.golden_set(desk, "retrieval")
    lines: list[dict[str, Any]] = [
        {"text": "when do refunds arrive on my card", "relevant": [refund]},
        {"text": "download my invoice please", "relevant": [invoice]},
    ]
    assert (await golden.fill(desk, made, lines))["added"] == 2

    held = await publish(desk, refund, "<p>Lorem ipsum dolor sit amet.</p>")
    assert held["published"] == 1
    (waiting,) = held["held"]
    assert (waiting["kind"], waiting["variant"]) == ("article", "2")
    await desk.run_jobs(only="lab.check")
    found = await golden.change(desk, waiting["id"])
    assert found["change"]["state"] == "blocked"
    (broke,) = found["sets"][0]["items"]
    assert (broke["expected"], broke["was"][0]) == ([refund], refund)
    assert broke["said"][:1] != [refund]
    shown = (await desk.api.get(f"/api/v1/knowledge/articles/{refund}")).json()["texts"][0]
    assert (shown["published"], shown["held"][0]["state"]) == (1, "blocked")

    # A better text takes its place, and passes.
    await publish(desk, refund, "<p>Refunds arrive on your card within three working days.</p>")
    await desk.run_jobs(only="lab.check")
    shown = (await desk.api.get(f"/api/v1/knowledge/articles/{refund}")).json()["texts"][0]
    assert (shown["published"], shown["held"]) == (3, [])
    assert (await golden.change(desk, waiting["id"]))["change"]["state"] == "withdrawn"


async def test_two_articles_that_are_published_at_once_are_checked_together(desk: Desk) -> None:
    """Either answers the question, so either may go; the second must not."""
    asked = "when do refunds arrive on my card"
    both = [
        await article(desk, title, "<p>Refunds arrive within three days on your card.</p>")
        for title in ("Money", "Cards")
    ]
    made = await golden.golden_set(desk, "retrieval")
    await golden.fill(desk, made, [{"text": asked, "relevant": both}])
    held = [
        (await publish(desk, one, "<p>Lorem ipsum dolor sit amet.</p>"))["held"][0]["id"]
        for one in both
    ]
    # Both are measured before either is decided, as two workers would.
    ctx = desk.context
    for change_id in held:
        for run in (await golden.change(desk, change_id))["sets"]:
            await jobs._run(ctx, desk.workspace_id, int(run["run"]["id"]))
    await desk.run_jobs(only="lab.check")

    found = {one["change"]["state"]: one for one in [await golden.change(desk, i) for i in held]}
    assert set(found) == {"passed", "blocked"}
    (part,) = found["blocked"]["sets"]
    assert part["items"][0]["was"][0] in both
