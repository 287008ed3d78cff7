"""What may leave, what it may cost, and who may say so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domains.copilot.conftest import article, asked, set_up, ticket
from tests.support.desk import Desk
from tests.support.model_server import ModelServer
from yizhan.domains.copilot.service import gateway
from yizhan.kernel import llm
from yizhan.kernel.llm import resting


async def policy(desk: Desk, **values: Any) -> None:
    done = await desk.api.put("/api/v1/copilot/policy", json={"allowed": "cloud"} | values)
    assert done.status_code == 200, done.text


async def test_a_customer_may_be_kept_in_the_house_or_out_of_it_all(
    desk: Desk, model: ModelServer
) -> None:
    await set_up(desk, model, place="cloud", model="cloudy")
    await article(desk, "退款", "<p>退款三天到账。</p>")
    mine = await ticket(desk, "退款多久到账？")
    contact = (await desk.api.get(f"/api/v1/tickets/{mine}")).json()["requester"]["id"]
    assert (await asked(desk, mine, task="draft"))["model"] == "cloudy"
    rule = {"kind": "contact", "id": contact, "allowed": "local"}
    await policy(desk, rules=[rule])
    made = await asked(desk, mine, task="draft")
    assert (made["made_by"], made["reason"]) == ("embedded", "policy")
    await set_up(desk, model, place="local", model="homely")
    assert (await asked(desk, mine, task="draft"))["model"] == "homely"
    await policy(desk, rules=[rule | {"allowed": "none"}])
    before = len(model.asked)
    assert (await asked(desk, mine, task="draft"))["reason"] == "policy"
    assert len(model.asked) == before


async def test_notes_stay_in_the_house_and_fields_can_be_left_out(
    desk: Desk, model: ModelServer
) -> None:
    await set_up(desk, model)
    mine = await ticket(desk, "退款多久到账？", subject="独特的标题")
    note = {"body": "内部：此人是大客户", "visibility": "internal"}
    assert (await desk.api.post(f"/api/v1/tickets/{mine}/messages", json=note)).status_code == 201
    await asked(desk, mine, task="summary")
    assert "大客户" not in model.heard
    assert "独特的标题" in model.heard
    model.asked.clear()
    await policy(
        desk,
        fields=[{"field": "subject", "allowed": "none"}, {"field": "notes", "allowed": "cloud"}],
    )
    await asked(desk, mine, task="summary")
    assert "大客户" in model.heard
    assert "独特的标题" not in model.heard


async def test_a_budget_is_never_overdrawn(desk: Desk, model: ModelServer) -> None:
    await set_up(desk, model)
    mine = await ticket(desk, "退款多久到账？")
    await policy(desk, month_tokens=3000)
    assert (await asked(desk, mine, task="rewrite", text="你好", tone="formal"))[
        "made_by"
    ] == "model"
    await policy(desk, month_tokens=200)
    made = await asked(desk, mine, task="summary")
    assert (made["made_by"], made["reason"]) == ("embedded", "budget")
    (used,) = (await desk.api.get("/api/v1/copilot/setup")).json()["used"]
    assert (used["calls"], used["tokens"]) == (1, 120)  # put right by what the server counted
    await policy(desk, per_minute=1)
    await asked(desk, mine, task="summary")
    assert (await asked(desk, mine, task="summary"))["reason"] in ("rate", None)


async def test_a_key_is_never_shown_and_never_goes_to_another_host(
    desk: Desk, model: ModelServer
) -> None:
    await set_up(desk, model)
    told = (await desk.api.get("/api/v1/copilot/setup")).text
    assert "sk-1" not in told
    assert '"key_set":true' in told.replace(" ", "")
    path = "/api/v1/copilot/servers/cloud"
    moved = {"url": "https://collector.example.com", "model": "small"}
    refused = await desk.api.put(path, json=moved)
    assert (refused.status_code, refused.json()["field"]) == (422, "key")
    hidden = await desk.api.put(path, json={"url": "http://10.1.2.3", "model": "m", "key": "k"})
    assert (hidden.status_code, hidden.json()["field"]) == (422, "url")
    assert "YIZHAN_MODEL_ALLOW" in hidden.json()["detail"]
    tried = (await desk.api.post(f"{path}/test")).json()
    assert tried["ok"]
    model.mode = "key"
    tried = (await desk.api.post(f"{path}/test")).json()
    assert (tried["ok"], tried["reason"]) == (False, "key")


async def test_order_numbers_follow_the_tenants_rules(desk: Desk) -> None:
    rule = {"prefix": "DD", "least": 4, "most": 6}
    await policy(desk, numbers=[rule])
    answer = await desk.api.post("/api/v1/copilot/hide", json={"text": "单 DD-8812 和 8812"})
    assert answer.json()["text"] == "单 ‹ORDER_1› 和 8812"
    bad = await desk.api.put(
        "/api/v1/copilot/policy",
        json={"allowed": "cloud", "numbers": [{"prefix": "", "least": 2, "most": 4}]},
    )
    assert (bad.status_code, bad.json()["field"]) == (422, "numbers.0")


async def test_a_server_that_keeps_failing_is_left_alone_by_every_process(
    desk: Desk, model: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_up(desk, model)
    mine = await ticket(desk, "退款多久到账？")
    model.mode = "error"
    for _ in range(resting.PATIENCE):
        assert (await asked(desk, mine, task="summary"))["reason"] == "server_error"
    model.mode = "normal"
    tried = len(model.asked)
    monkeypatch.setattr(gateway, "_rests", llm.Rests())  # a process that knows nothing of it
    assert (await asked(desk, mine, task="summary"))["reason"] == "resting"
    assert len(model.asked) == tried
    await set_up(desk, model, model="mended")
    assert (await asked(desk, mine, task="summary"))["made_by"] == "model"
