"""A desk that may reach this machine, and a model server on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk, open_desk
from tests.support.model_server import ModelServer, speaking
from yizhan.domains.copilot.service import gateway
from yizhan.kernel.db import Database


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """Model servers on this machine are let in, as an operator would."""
    async with open_desk(database, tmp_path, model_allow=("127.0.0.1/32",)) as opened:
        yield opened
        await gateway.settle()


@pytest.fixture
async def model() -> AsyncIterator[ModelServer]:
    async with speaking() as mine:
        yield mine


async def set_up(desk: Desk, other: ModelServer, *, place: str = "cloud", **values: Any) -> None:
    body = {"url": other.url, "model": "small", "key": "sk-1", "price_in": 2.0, "price_out": 8.0}
    made = await desk.api.put(f"/api/v1/copilot/servers/{place}", json=body | values)
    assert made.status_code == 200, made.text


async def ticket(desk: Desk, body: str, *, subject: str = "退款", name: str = "王小明") -> str:
    made = await desk.api.post(
        "/api/v1/tickets",
        json={
            "subject": subject,
            "body": body,
            "requester": {"email": "xm@example.test", "name": name},
        },
    )
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def article(desk: Desk, title: str, html: str, *, locale: str = "zh-CN") -> str:
    made = await desk.api.post(
        "/api/v1/knowledge/articles",
        json={"locale": locale, "audience": "public", "title": title, "html": html},
    )
    assert made.status_code == 201, made.text
    article_id = str(made.json()["id"])
    done = await desk.api.post(
        f"/api/v1/knowledge/articles/{article_id}/texts/{locale}/publish", json={}
    )
    assert done.status_code in (200, 201), done.text
    return article_id


async def asked(desk: Desk, ticket_id: str, **body: Any) -> dict[str, Any]:
    answer = await desk.api.post(f"/api/v1/tickets/{ticket_id}/copilot", json=body)
    assert answer.status_code == 200, answer.text
    await gateway.settle()
    found: dict[str, Any] = answer.json()
    return found
