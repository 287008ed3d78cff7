"""HEAD, as load balancers and link checkers ask."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.desk import Desk


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/openapi.json", "/api/v1/tickets", "/api/v1/nothing"]
)
async def test_head_is_get_without_the_body(desk: Desk, path: str) -> None:
    whole = await desk.api.get(path)
    head = await desk.api.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    for name in ("content-type", "content-length"):
        assert head.headers.get(name) == whole.headers.get(name)


async def test_the_head_of_a_stream_ends(desk: Desk) -> None:
    async with asyncio.timeout(10):
        head = await desk.api.head("/api/v1/stream")
    assert head.status_code == 200
    assert head.headers["content-type"].startswith("text/event-stream")


async def test_head_changes_nothing_and_needs_a_get(desk: Desk) -> None:
    assert (await desk.api.head("/api/v1/auth/logout")).status_code == 405
