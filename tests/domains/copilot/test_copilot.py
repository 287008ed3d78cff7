"""What an agent gets of the copilot, with a model and without one."""

from __future__ import annotations

import pytest

from tests.domains.copilot.conftest import article, asked, set_up, ticket
from tests.support.desk import Desk
from tests.support.model_server import ModelServer

REFUND = "<p>退款会在三个工作日内原路退回。</p><p>如果使用信用卡支付，退款到账需要七个工作日。</p>"
SAID = "我叫王小明，电话 138 1234 5678，订单 A20261123456 申请的退款什么时候到账？"


async def test_without_a_model_a_draft_is_made_of_what_articles_say(desk: Desk) -> None:
    number = await article(desk, "退款多久到账", REFUND)
    mine = await ticket(desk, SAID)
    made = await asked(desk, mine, task="draft")
    assert (made["made_by"], made["reason"]) == ("embedded", "no_server")
    assert "三个工作日" in made["text"]
    claims = [one for one in made["sentences"] if one["kind"] == "claim"]
    assert claims
    assert all(one["sources"] for one in claims)
    assert made["sources"][claims[0]["sources"][0] - 1]["id"] == number


async def test_where_nothing_fits_nothing_is_made_up(desk: Desk) -> None:
    mine = await ticket(desk, "你们周末有讲座吗", subject="讲座")
    made = await asked(desk, mine, task="draft")
    assert made["text"] == ""
    assert made["sentences"] == []


async def test_a_model_gets_tokens_and_the_agent_gets_names(desk: Desk, model: ModelServer) -> None:
    await article(desk, "退款多久到账", REFUND)
    await set_up(desk, model)
    mine = await ticket(desk, SAID)
    made = await asked(desk, mine, task="draft")
    assert (made["made_by"], made["reason"], made["model"]) == ("model", None, "small")
    assert made["text"].startswith("Hello 王小明")
    assert "三个工作日" in made["text"]
    assert {one["kind"] for one in made["sentences"]} == {"courtesy", "claim"}
    for secret in ("王小明", "138", "5678", "A20261123456"):
        assert secret not in model.heard
    left = (await desk.api.get("/api/v1/copilot/sent")).json()["items"]
    assert [(one["task"], one["outcome"], one["tokens_in"]) for one in left] == [
        ("draft", "answered", 100)
    ]
    assert left[0]["cost"] == pytest.approx((100 * 2 + 20 * 8) / 1e6)
    whole = (await desk.api.get(f"/api/v1/copilot/sent/{left[0]['id']}")).json()
    assert "‹PHONE_1›" in whole["said"][1]["content"]
    assert whole["hidden"]["NAME"] >= 1


async def test_a_sentence_without_a_source_is_marked_and_foreign_links_go(
    desk: Desk, model: ModelServer
) -> None:
    await article(desk, "退款多久到账", REFUND)
    await set_up(desk, model)
    model.answer = lambda _asked: (
        "您好！退款会在三个工作日内原路退回。[1] 我们已经退给您 500 元。[1] 我们送您一年会员。"
        "详情见 [这里](https://evil.test/x?q=1) ![x](https://evil.test/p.png) [9]"
    )
    made = await asked(desk, await ticket(desk, SAID), task="draft")
    kinds = [one["kind"] for one in made["sentences"]]
    assert kinds[:4] == ["courtesy", "claim", "unsupported", "unsupported"]
    assert "evil" not in made["text"]


@pytest.mark.parametrize(
    ("mode", "reason"),
    [("error", "server_error"), ("cut", "broken"), ("limited", "limited"), ("page", "no_model")],
)
async def test_every_failure_falls_back_and_says_so(
    desk: Desk, model: ModelServer, mode: str, reason: str
) -> None:
    await article(desk, "退款多久到账", REFUND)
    await set_up(desk, model)
    model.mode = mode
    made = await asked(desk, await ticket(desk, SAID), task="draft")
    assert (made["made_by"], made["reason"]) == ("embedded", reason)
    assert "三个工作日" in made["text"]
    (left,) = (await desk.api.get("/api/v1/copilot/sent")).json()["items"]
    assert (left["outcome"], left["reason"]) == ("failed", reason)


async def test_the_stream_takes_back_half_an_answer(desk: Desk, model: ModelServer) -> None:
    await article(desk, "退款多久到账", REFUND)
    await set_up(desk, model)
    mine = await ticket(desk, SAID)
    model.mode = "cut"
    answer = await desk.api.post(f"/api/v1/tickets/{mine}/copilot/stream", json={"task": "draft"})
    kinds = [line[7:] for line in answer.text.splitlines() if line.startswith("event: ")]
    assert kinds[0] == "begin"
    assert "text" in kinds
    assert kinds[-3:] == ["reset", "begin", "done"]
    model.mode = "normal"
    answer = await desk.api.post(f"/api/v1/tickets/{mine}/copilot/stream", json={"task": "draft"})
    assert "王小明" in answer.text
    assert "‹" not in answer.text


async def test_what_only_a_model_can_do_says_so(desk: Desk) -> None:
    mine = await ticket(desk, SAID)
    answer = await desk.api.post(
        f"/api/v1/tickets/{mine}/copilot",
        json={"task": "translate", "text": "你好", "locale": "en"},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "needs_model")
    assert answer.json()["reason"] == "no_server"
    made = await asked(desk, mine, task="rewrite", text="已经查到了。。请等待", tone="polite")
    assert made["text"].startswith("王小明，您好！")
    assert "查到了。请等待" in made["text"]


async def test_a_summary_names_its_messages(desk: Desk, model: ModelServer) -> None:
    mine = await ticket(
        desk,
        "你好。登录时一直报错 502，无法进入。我重启过路由器。请问什么时候能修好？",
        subject="登录",
    )
    body = {"body": "已经为您登记，工程师正在处理，预计两小时内恢复。", "visibility": "public"}
    assert (await desk.api.post(f"/api/v1/tickets/{mine}/messages", json=body)).status_code == 201
    made = await asked(desk, mine, task="summary")
    found = made["summary"]
    assert "502" in found["problem"][0]["text"]
    assert any("重启" in one["text"] for one in found["tried"])
    assert "两小时" in found["state"][0]["text"]
    assert found["problem"][0]["message_ids"]
    await set_up(desk, model)
    made = await asked(desk, mine, task="summary")
    assert (made["made_by"], made["summary"]["problem"][0]["message_ids"]) == (
        "model",
        found["problem"][0]["message_ids"],
    )


async def test_the_next_step_asks_for_what_is_missing(desk: Desk) -> None:
    mine = await ticket(desk, "我要退款，你们太慢了，再不处理我就投诉 12315")
    made = await asked(desk, mine, task="next")
    assert [one["why"] for one in made["steps"]] == ["angry", "missing_order"]
    assert "订单号" in made["steps"][1]["text"]


async def test_what_was_sent_says_what_became_of_a_draft(desk: Desk) -> None:
    await article(desk, "退款多久到账", REFUND)
    mine = await ticket(desk, SAID)
    for more, fate in (("", "accepted"), ("祝您生活愉快", "edited")):
        made = await asked(desk, mine, task="draft")
        path = f"/api/v1/copilot/answers/{made['id']}/fate"
        assert (await desk.api.post(path, json={"fate": "inserted"})).json()["fate"] == "inserted"
        body = {"body": made["text"] + more, "visibility": "public", "confirm_stale": True}
        sent = await desk.api.post(f"/api/v1/tickets/{mine}/messages", json=body)
        assert sent.status_code == 201, sent.text
        settled = await desk.events("copilot.settled")
        assert settled[-1].data["fate"] == fate
    figures = (await desk.api.get("/api/v1/copilot/adoption")).json()
    (row,) = figures["tasks"]
    assert (row["made"], row["accepted"], row["edited"]) == (2, 1, 1)


async def test_an_administrator_says_it_in_other_words(desk: Desk, model: ModelServer) -> None:
    await set_up(desk, model)
    words = {"prompts": {"zh": "请译成{language}，并且一定要提到海豚。{nothing}"}}
    listed = (await desk.api.get("/api/v1/copilot/skills")).json()["tasks"]
    skill = next(one["id"] for one in listed if one["task"] == "translate")
    done = await desk.api.put(f"/api/v1/copilot/tasks/{skill}", json=words)
    assert done.json()["prompts"] == words["prompts"]
    model.answer = lambda _asked: "Hello"
    mine = await ticket(desk, SAID)
    made = await asked(desk, mine, task="translate", text="你好", locale="en")
    assert (made["made_by"], made["text"]) == ("model", "Hello")
    assert "请译成英语，并且一定要提到海豚。{nothing}" in model.heard
    listed = (await desk.api.get("/api/v1/copilot/skills")).json()["tasks"]
    assert next(one["made"] for one in listed if one["id"] == skill) == 1

    silent = next(one["id"] for one in listed if one["task"] == "next")
    refused = await desk.api.put(f"/api/v1/copilot/tasks/{silent}", json=words)
    assert refused.json()["code"] == "skill_settings_invalid"
    path = "/api/v1/copilot/tasks/triage"
    assert (await desk.api.put(path, json=words)).json()["code"] == "unknown_skill"
    path = f"/api/v1/copilot/skills/{skill}"
    assert (await desk.api.put(path, json={"ceiling": "act"})).json()["code"] == "unknown_skill"
