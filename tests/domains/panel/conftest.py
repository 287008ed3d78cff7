"""A desk that may reach this machine, and another system on it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.domains.panel.system import System, listening
from tests.support.desk import Desk, open_desk
from yizhan.domains.panel.service import asking
from yizhan.kernel.db import Database


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """Requests to this machine are let through; everything else is guarded as ever."""
    async with open_desk(database, tmp_path, egress_allow=("127.0.0.1/32",)) as opened:
        yield opened
        await asking.settle()


@pytest.fixture
async def other() -> AsyncIterator[System]:
    """Another system that is up."""
    async with listening() as mine:
        yield mine


def lookup(url: str, **values: Any) -> dict[str, Any]:
    """A look-up of level, phone and orders."""
    number = {"key": "number", "pointer": "/no"}
    total = {"key": "total", "pointer": "/total", "kind": "money", "currency": "CNY"}
    note = {"key": "note", "pointer": "/note"}
    settings = {
        "url": url,
        "fields": [
            {"key": "level", "label_en": "Level", "pointer": "/level", "kind": "badge"},
            {"key": "phone", "label_en": "Phone", "pointer": "/phone"},
        ],
        "tables": [{"key": "orders", "pointer": "/orders", "columns": [number, total, note]}],
    }
    more = values.pop("settings", {})
    return {
        "kind": "http_lookup",
        "name": "Shop",
        "active": True,
        "timeout_ms": 10_000,
        "settings": settings | more,
    } | values


async def add(desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    made = await desk.api.post("/api/v1/panel/sources", json=body)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def ticket(desk: Desk, *, email: str = "ann@example.test") -> str:
    """The address of a new ticket of somebody."""
    made = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": "S", "body": "B", "requester": {"email": email, "name": "Ann"}},
    )
    assert made.status_code == 201, made.text
    return f"/api/v1/tickets/{made.json()['id']}"


async def at_once(desk: Desk, path: str) -> dict[str, Any]:
    """The only source beside a ticket, as far as it is there."""
    answer = await desk.api.get(f"{path}/panel")
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["items"]
    item: dict[str, Any] = found
    return item


async def beside(desk: Desk, path: str) -> dict[str, Any]:
    """The same once nothing is asked any more: a busy machine may be late where nobody is slow."""
    item = await at_once(desk, path)
    if item["asking"]:
        await asking.settle()
        item = await at_once(desk, path)
    return item
