"""A skill is measured on its cases, and what would make it decide worse does not reach customers."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from tests.domains.copilot.conftest import set_up
from tests.domains.lab import golden
from tests.support.desk import Desk
from tests.support.model_server import ModelServer
from yizhan.domains.copilot.service import gateway
from yizhan.domains.copilot.skills import service as skills
from yizhan.domains.notifications import service as notices
from yizhan.domains.notifications.types import Notification

SKILL = "/api/v1/copilot/skills/close_thanks"
ALWAYS = '{"output": {"thanks": true}, "confidence": 0.97}'
NEVER = '{"output": {"thanks": false}, "confidence": 0.97}'
PROMPT = "Say whether the customer only says thanks. PLEASE."


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder takes a second to start and nothing here depends on it."""
    monkeypatch.setenv("YIZHAN_ENCODER", "none")


async def of_thanks(desk: Desk) -> dict[str, Any]:
    return await golden.golden_set(desk, "skill", filters={"skill": "close_thanks"})


async def few(desk: Desk, made: dict[str, Any]) -> None:
    """Every second case: the rest would be asked of a server, too. As many a minute as there are."""
    async with desk.begin() as tx:
        await tx.db.execute(
            "UPDATE golden_case SET active = false WHERE workspace_id = $1 AND set_id = $2"
            " AND id % 2 = 0",
            tx.workspace_id,
            int(made["id"]),
        )
    policy = {"allowed": "cloud", "per_minute": 600}
    assert (await desk.api.put("/api/v1/copilot/policy", json=policy)).status_code == 200


async def put(desk: Desk, **values: Any) -> dict[str, Any]:
    """Settings of the skill; what it is like then."""
    answer = await desk.api.put(SKILL, json={"ceiling": "suggest", **values})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def checked(desk: Desk, held: dict[str, Any]) -> dict[str, Any]:
    await desk.run_jobs(only="lab.check")
    await gateway.settle()
    return await golden.change(desk, held["id"])


async def test_a_set_has_the_cases_of_its_skill(desk: Desk) -> None:
    made = await of_thanks(desk)
    own = skills.get("close_thanks").cases()
    assert made["cases"] == len(own)
    measured = await golden.run(desk, made)
    evaluated = await skills.evaluate("close_thanks")
    assert measured["report"]["examples"] == evaluated.cases
    assert measured["report"]["right"]["value"] == evaluated.passed / evaluated.cases
    assert measured["measured"]["version"] == skills.get("close_thanks").manifest.version

    # What went out comes in again, and is known; of files personal data is hidden first.
    path = f"{golden.LAB}/sets/{made['id']}"
    lines = (await desk.api.get(f"{path}/export", params={"part": "cases"})).text
    again = (await desk.api.post(f"{path}/import", json={"content": lines})).json()
    assert again["alike"] > again["added"]
    assert again["alike"] + again["added"] == len(own)
    again = (await desk.api.post(f"{path}/import", json={"content": lines})).json()
    assert again == {"added": 0, "alike": len(own)}
    wrong = await desk.api.post(f"{path}/import", json={"content": '{"id": "1", "input": {"x": 1'})
    assert wrong.json()["code"] == "lines_unreadable"
    by_hand = await desk.api.post(f"{path}/cases", json={"text": "thanks", "expected": ["null"]})
    assert by_hand.json()["code"] == "case_unfit"
    other = await desk.api.patch(path, json={"filters": {"skill": "triage"}})
    assert other.json()["code"] == "set_unfit"
    body = {"name": "x", "kind": "skill"}
    assert (await desk.api.post(f"{golden.LAB}/sets", json=body)).json()["code"] == "set_unfit"


async def test_a_lower_threshold_and_other_words_wait_for_the_cases(
    desk: Desk, model: ModelServer
) -> None:
    await set_up(desk, model)
    await few(desk, await of_thanks(desk))
    model.answer = lambda asked: ALWAYS if "PLEASE" in str(asked) else NEVER

    held = (await put(desk, asks_model=True, prompts={"en": PROMPT, "zh": PROMPT}))["held"]
    assert held["state"] == "checking"
    found = await checked(desk, held)
    assert (found["change"]["kind"], found["change"]["reason"]) == ("skill", "worse")
    (part,) = found["sets"]
    assert part["run"]["measured"]["model"] == "small"
    broke = part["items"][0]
    assert (broke["expected"], broke["said"]) == (["null"], ['{"thanks":true}'])
    now = (await desk.api.get("/api/v1/copilot/skills")).json()["items"]
    mine = next(one for one in now if one["id"] == "close_thanks")
    assert (mine["asks_model"], mine["prompts"]) == (False, {})
    assert (mine["ceiling"], mine["held"]["state"]) == ("suggest", "blocked")

    path = f"{golden.LAB}/changes/{held['id']}/override"
    done = await desk.api.post(path, json={"reason": "We want to see it."})
    assert done.json()["state"] == "overridden"
    now = (await desk.api.get("/api/v1/copilot/skills")).json()["items"]
    mine = next(one for one in now if one["id"] == "close_thanks")
    assert (mine["asks_model"], mine["prompts"]["en"], mine["held"]) == (True, PROMPT, None)


async def test_another_model_waits_for_the_skills_that_ask_it(
    desk: Desk, model: ModelServer
) -> None:
    model.answer = lambda _asked: NEVER
    await set_up(desk, model)
    await put(desk, asks_model=True)
    await few(desk, await of_thanks(desk))

    await set_up(desk, model, price_in=3.0)  # what it costs changes no answer
    model.answer = lambda asked: ALWAYS if asked["model"] == "eager" else NEVER
    await set_up(desk, model, model="eager")
    setup = (await desk.api.get("/api/v1/copilot/setup")).json()
    assert (setup["servers"][0]["model"], setup["servers"][0]["price_in"]) == ("small", 3.0)
    found = await checked(desk, setup["held"]["cloud"])
    assert (found["change"]["state"], found["change"]["reason"]) == ("blocked", "worse")

    # One that does not answer at all proves nothing, and one that is as good comes into use.
    model.mode = "error"
    await set_up(desk, model, model="broken")
    held = (await desk.api.get("/api/v1/copilot/setup")).json()["held"]["cloud"]
    assert (await checked(desk, held))["change"]["reason"] == "not_measured"
    model.mode = "normal"
    await set_up(desk, model, model="quiet", key="sk-2")
    held = (await desk.api.get("/api/v1/copilot/setup")).json()["held"]["cloud"]
    assert (await checked(desk, held))["change"]["state"] == "passed"
    setup = (await desk.api.get("/api/v1/copilot/setup")).json()
    assert (setup["servers"][0]["model"], setup["held"]) == ("quiet", {})


async def test_a_night_that_went_worse_is_told_to_those_who_look_after_learning(
    desk: Desk,
) -> None:
    made = await golden.golden_set(
        desk, "skill", filters={"skill": "close_thanks"}, nightly=True, guards=False
    )

    async def tonight() -> list[Notification]:
        async with desk.as_system() as tx:
            tx.defer("lab.nightly")
        await desk.run_jobs(only="lab.nightly")
        await desk.run_jobs(only="lab.run")
        async with desk.begin() as tx:
            page, unread = await notices.listing(tx)
        assert len(page.items) == unread
        return page.items

    assert await tonight() == []
    assert await tonight() == []  # as good as the night before
    await put(desk, confidence=0.99)  # says nothing any more
    (notice,) = await tonight()
    assert (notice.kind, notice.ticket_id, notice.read_at) == ("lab", None, None)
    assert notice.text.startswith(f"{made['name']} -")
    run = str(notice.link).removeprefix("/admin/lab/runs/")
    assert (await desk.api.get(f"{golden.LAB}/runs/{run}")).json()["cause"] == "nightly"

    # Whoever lost the right sees it no longer.
    admin = await desk.admin()
    rights = tuple(one for one in admin.grants if one.permission == "ticket:read")
    async with desk.begin(msgspec.structs.replace(admin, grants=rights)) as tx:
        page, unread = await notices.listing(tx)
    assert (page.items, unread) == ([], 0)
    async with desk.begin() as tx:
        assert await notices.read(tx, ids=[notice.id]) == 1
