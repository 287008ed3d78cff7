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


async def test_a_message_is_read_and_shown(reader: Desk) -> None:
    made = await ticket(reader, ANGRY)
    found = await signals(reader, made["id"])
    import json

    print(json.dumps(found, ensure_ascii=False, indent=1)[:3000])
    emotion = of(found, "emotion")
    assert emotion is not None and emotion["label"] == "negative"
    assert found["mood"] == "grave"
