"""What customers write is read behind the log, and shown beside the ticket."""

from __future__ import annotations

from typing import Any

from tests.domains.tickets.relations import making
from tests.support.desk import Desk
from yizhan.domains.understanding import jobs
from yizhan.domains.understanding import service as understanding

Json = dict[str, Any]
ANGRY = "我的订单 88231 等了十天还没到，太气人了，再不处理我就去12315投诉，找律师起诉你们！"
CALM = "你好，请问怎么修改收货地址？谢谢"


async def ticket(desk: Desk, text: str, subject: str = "Hello") -> Json:
    made = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": subject, "body": text, "requester": {"email": "ann@example.com"}},
    )
    assert made.status_code == 201, made.text
    await desk.run_jobs()
    found: Json = made.json()
    return found


async def signals(desk: Desk, ticket_id: str) -> Json:
    answer = await desk.api.get(f"/api/v1/tickets/{ticket_id}/signals")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def of(found: Json, head: str) -> Json | None:
    return next((one for one in found["readings"] if one["head"] == head), None)


async def writes(desk: Desk, made: Json, text: str) -> str:
    """The customer writes again; the message."""
    talk = (await desk.api.get(f"/api/v1/tickets/{made['id']}")).json()["conversations"][0]
    receipt = await making.writes(desk, talk["id"], text=text, contact_id=made["requester"]["id"])
    return str(receipt.message_id)


async def row(desk: Desk, made: Json) -> Json:
    found: Json = (await desk.api.get(f"/api/v1/tickets/{made['id']}")).json()
    return found


async def correct(desk: Desk, made: Json, head: str, now: str, status: int = 200) -> Json:
    path = f"/api/v1/tickets/{made['id']}/signals/corrections"
    answer = await desk.api.post(path, json={"head": head, "now": now})
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


async def test_a_message_is_read_shown_and_told_once_a_turn(reader: Desk) -> None:
    made = await ticket(reader, ANGRY)
    found = await signals(reader, made["id"])
    emotion = of(found, "emotion")
    assert emotion is not None
    assert (emotion["label"], emotion["by"], found["mood"]) == ("negative", "model", "grave")
    assert [one["value"] for one in found["slots"] if one["name"] == "order_number"] == ["88231"]
    assert {hit["text"] for hit in found["hits"]} >= {"12315", "律师"}
    assert (await row(reader, made))["mood"] == "grave"
    listed = (await reader.api.get("/api/v1/tickets?view=all")).json()["items"]
    assert [one["mood"] for one in listed] == ["grave"]

    await writes(reader, made, "你们到底管不管？太差劲了，气死我了！！")
    await reader.run_jobs()
    turned = await reader.events("ticket.turned_negative")
    assert len(turned) == 1, "the mood was bad already: nobody is told again"
    assert turned[0].data["agent_ids"] == [str(reader.created.admin_id)]
    told = await reader.events("notification.created")
    assert [one.data["kind"] for one in told] == ["mood"]

    await writes(reader, made, "好的，问题已经解决了，非常感谢，你们的服务真好！")
    await reader.run_jobs()
    assert (await row(reader, made))["mood"] is None


async def test_late_and_repeated_readings_change_nothing(reader: Desk) -> None:
    made = await ticket(reader, CALM)
    first = (await signals(reader, made["id"]))["message_id"]
    newest = await writes(reader, made, "订单号改成 99120，太气人了，我要投诉你们！")
    await reader.run_jobs()
    before = await signals(reader, made["id"])
    assert (before["message_id"], before["mood"]) == (newest, "negative")
    events = len(await reader.events())
    for message_id in (first, newest, first):
        await jobs.read(
            reader.context, workspace_id=reader.workspace_id, message_ids=[int(message_id)]
        )
    after = await signals(reader, made["id"])
    assert after | {"updated_at": ""} == before | {"updated_at": ""}
    assert len(await reader.events()) == events


async def test_a_person_s_word_holds_and_is_kept_as_a_label(reader: Desk) -> None:
    made = await ticket(reader, CALM)
    found = await correct(reader, made, "intent", "ask_about_invoice")
    intent = of(found, "intent")
    assert intent is not None
    assert (intent["label"], intent["by"]) == ("ask_about_invoice", "agent")
    category = of(await correct(reader, made, "intent", "ask_about_invoice"), "category")
    assert category is None, "a category of nothing that is known does not stay behind"
    assert len(await reader.events("signal.corrected")) == 1, "the same word twice is once"
    await writes(reader, made, "谢谢，我的订单号是 55123")
    await reader.run_jobs()
    intent = of(await signals(reader, made["id"]), "intent")
    assert intent is not None
    assert intent["label"] == "ask_about_invoice"
    offered = await reader.api.get("/api/v1/understanding/labels?head=intent")
    assert offered.json()["items"][0]["label"] == "ask_about_invoice"

    found = await correct(reader, made, "slot:order_number", "55124")
    assert [(one["value"], one["by"]) for one in found["slots"]] == [("55124", "agent")]
    await writes(reader, made, "哦不对，订单号是 77001")
    await reader.run_jobs()
    found = await signals(reader, made["id"])
    assert [(one["value"], one["by"]) for one in found["slots"]] == [("77001", "model")]

    category = of(await correct(reader, made, "intent", "request_refund"), "category")
    assert category is not None
    assert (category["label"], category["by"]) == ("Refund > Request > Request refund", "agent")
    refused = await correct(reader, made, "emotion", "furious", status=422)
    assert refused["code"] == "unknown_label"
    assert "negative" in refused["detail"]


async def test_nothing_read_is_no_error_but_cannot_be_corrected(desk: Desk) -> None:
    made = await ticket(desk, CALM)
    found = await signals(desk, made["id"])
    assert (found["readings"], found["updated_at"]) == ([], None)
    assert (await correct(desk, made, "intent", "x", status=404))["code"] == "nothing_read"


async def test_readings_go_with_their_messages(reader: Desk) -> None:
    calm = await ticket(reader, CALM)
    angry = await ticket(reader, ANGRY)
    operation = await making.merge(reader, angry, calm)
    joined = await signals(reader, calm["id"])
    assert joined["mood"] == "grave"
    assert (await row(reader, calm))["mood"] == "grave"
    assert (await signals(reader, angry["id"]))["updated_at"] is None
    await making.undo(reader, operation)
    assert (await signals(reader, calm["id"]))["mood"] is None
    assert (await signals(reader, angry["id"]))["mood"] == "grave"
    assert len(await reader.events("ticket.turned_negative")) == 1


async def test_conditions_ask_for_what_was_read(reader: Desk) -> None:
    await ticket(reader, CALM)
    angry = await ticket(reader, ANGRY)
    condition = {"field": "signal.emotion", "op": "is", "value": "negative"}
    made = await reader.api.post("/api/v1/views", json={"name": "Upset", "condition": condition})
    assert made.status_code == 201, made.text
    rows = (await reader.api.get(f"/api/v1/tickets?view={made.json()['id']}")).json()["items"]
    assert [one["id"] for one in rows] == [angry["id"]]
    async with reader.as_system() as tx:
        known = await understanding.signals(tx, [int(angry["id"])])
    assert known[int(angry["id"])].label("language") == "zh"


async def test_settings_decide_what_is_said_and_told(reader: Desk) -> None:
    heads = {
        "emotion": {"on": True, "threshold": 0.999},
        "urgency": {"on": False, "threshold": 0.5},
    }
    words = {"added": [{"term": "差评师", "category": "media"}], "removed": ["投诉"]}
    change = {"heads": heads, "lexicon": words, "alerts": {"on": False}}
    changed = await reader.api.patch("/api/v1/understanding", json=change)
    assert changed.status_code == 200, changed.text
    assert changed.json()["heads"]["intent"] == {"on": True, "threshold": 0.5}
    made = await ticket(reader, "我是差评师，投诉")
    found = await signals(reader, made["id"])
    emotion = of(found, "emotion")
    assert emotion is not None
    assert emotion["abstained"]
    assert of(found, "urgency") is None
    assert [hit["text"] for hit in found["hits"]] == ["差评师"]
    turned = await reader.events("ticket.turned_negative")
    assert [one.data["agent_ids"] for one in turned] == [[]]
    tried = await reader.api.post(
        "/api/v1/understanding/lexicon/attempts", json={"text": "我要找差评师"}
    )
    assert [hit["category"] for hit in tried.json()["items"]] == ["media"]
    wrong = {"filling": {"on": True, "field": "nothing"}}
    refused = await reader.api.patch("/api/v1/understanding", json=wrong)
    assert refused.status_code == 422
    assert refused.json()["code"] == "understanding_invalid"


async def test_the_category_is_written_only_where_that_is_wanted_and_sure(reader: Desk) -> None:
    leaf = {"id": "address", "name": {"en": "Change order address", "zh": "修改收货地址"}}
    change = {"id": "change", "name": {"en": "Change", "zh": "变更"}, "children": [leaf]}
    order = {"id": "order", "name": {"en": "Order", "zh": "订单"}, "children": [change]}
    field = {"key": "topic", "type": "tree", "name": {"en": "Topic"}, "options": [order]}
    made = await reader.api.post("/api/v1/fields", json={"object": "ticket", **field})
    assert made.status_code == 201, made.text
    assert (await row(reader, await ticket(reader, CALM)))["fields"].get("topic") is None
    filling = {"filling": {"on": True, "field": "topic", "threshold": 0.6}}
    assert (await reader.api.patch("/api/v1/understanding", json=filling)).status_code == 200
    second = await ticket(reader, CALM)
    assert (await row(reader, second))["fields"]["topic"] == "order/change/address"
    history = (await reader.api.get(f"/api/v1/tickets/{second['id']}/history")).json()["items"]
    why = [one["cause"] for one in history if "field.topic" in one["changes"]]
    assert [one["kind"] for one in why] == ["understood"]


async def test_a_turn_is_read_in_the_light_of_what_came_before(reader: Desk) -> None:
    made = await ticket(reader, "我要申请退款，订单号 20231188", "退款")
    intent = of(await signals(reader, made["id"]), "intent")
    assert intent is not None
    wanted = intent["label"]
    asked = {"body": "好的，请问您的手机号是多少？", "visibility": "public"}
    path = f"/api/v1/tickets/{made['id']}/messages"
    assert (await reader.api.post(path, json=asked)).status_code == 201
    answer = await writes(reader, made, "8613900001234")
    await reader.run_jobs()
    found = await signals(reader, made["id"])
    intent = of(found, "intent")
    assert intent is not None
    assert (intent["label"], intent["evidence"][0]["kind"]) == (wanted, "earlier")
    said = {one["name"]: (one["value"], one["message_id"]) for one in found["slots"]}
    assert said["phone"] == ("8613900001234", answer)

    await writes(reader, made, "说错了，订单号不是20231188，是20231199")
    await reader.run_jobs()
    found = await signals(reader, made["id"])
    order = next(one for one in found["slots"] if one["name"] == "order_number")
    assert (order["value"], order["before"]) == ("20231199", ["20231188"])
