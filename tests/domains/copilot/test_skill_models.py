"""A model server may decide for a skill; whatever it does wrong, the embedded way decides and says why."""

from __future__ import annotations

import pytest

from tests.domains.copilot.conftest import set_up
from tests.domains.copilot.skilled import change, decided, wrote
from tests.support.desk import Desk
from tests.support.model_server import ModelServer
from yizhan.domains.copilot.service import gateway

THANKS = '{"output": {"thanks": true}, "confidence": 0.97}'


async def _thanked(desk: Desk, model: ModelServer, text: str = "好的谢谢 13812345678") -> None:
    await set_up(desk, model)
    asking = {"ceiling": "suggest", "asks_model": True}
    assert (
        await desk.api.put("/api/v1/copilot/skills/close_thanks", json=asking)
    ).status_code == 200
    mine = await wrote(desk, "我是王小明，退款到了吗")
    await change(desk, mine, status="resolved")
    await wrote(desk, text, ticket=mine)
    await gateway.settle()


async def test_a_model_decides_and_learns_no_names(desk: Desk, model: ModelServer) -> None:
    model.answer = lambda _asked: THANKS
    await _thanked(desk, model)
    (row,) = await decided(desk, "close_thanks")
    assert (row["made_by"], row["model"], row["reason"]) == ("model", "small", None)
    assert row["prompt_version"]
    assert "13812345678" not in model.heard
    assert "王小明" not in model.heard
    assert "只有道谢" in model.heard  # the prompt in the customer's language
    (left,) = (await desk.api.get("/api/v1/copilot/sent")).json()["items"]
    assert left["task"] == "skill.close_thanks"


@pytest.mark.parametrize(
    ("mode", "answer", "reason"),
    [
        ("normal", '{"output": {"thanks": "perhaps"}, "confidence": 1}', "nonsense"),
        ("normal", THANKS[:24], "nonsense"),  # half of it
    ],
)
async def test_broken_answers_are_not_believed(
    desk: Desk, model: ModelServer, mode: str, answer: str, reason: str
) -> None:
    model.mode = mode
    model.answer = lambda _asked: answer
    await _thanked(desk, model, "好的谢谢")
    (row,) = await decided(desk, "close_thanks")
    assert (row["made_by"], row["reason"], row["why"]) == ("embedded", reason, "thanks")


async def test_what_must_not_leave_is_decided_at_home(desk: Desk, model: ModelServer) -> None:
    policy = {"allowed": "local"}
    assert (await desk.api.put("/api/v1/copilot/policy", json=policy)).status_code == 200
    await _thanked(desk, model, "好的谢谢")
    (row,) = await decided(desk, "close_thanks")
    assert (row["made_by"], row["reason"]) == ("embedded", "policy")
    assert model.asked == []
