"""What the tests of identity share: people, browsers in other networks, roles."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from tests.support.desk import ADMIN_EMAIL, ADMIN_PASSWORD, Desk

PASSWORD = "a long enough pass phrase"
CSRF = {"X-Yizhan": "1"}


def browser(desk: Desk, *, ip: str = "203.0.113.7") -> httpx2.AsyncClient:
    """A browser without a session, in some network."""
    app: Any = desk.app
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app, client=(ip, 40_000)),
        base_url="http://desk.test",
        headers=CSRF,
    )


async def sign_in(
    client: httpx2.AsyncClient,
    *,
    email: str = ADMIN_EMAIL,
    password: str = ADMIN_PASSWORD,
    **more: Any,
) -> httpx2.Response:
    return await client.post(
        "/api/v1/auth/login", json={"email": email, "password": password, **more}
    )


async def role_id(desk: Desk, system: str) -> str:
    roles = (await desk.api.get("/api/v1/roles")).json()["items"]
    return str(next(role["id"] for role in roles if role["system"] == system))


async def add_agent(
    desk: Desk, email: str, *, role: str = "agent", role_ids: list[str] | None = None, **more: Any
) -> str:
    """Somebody new; their password is PASSWORD."""
    answer = await desk.api.post(
        "/api/v1/agents",
        json={
            "name": email.partition("@")[0],
            "email": email,
            "password": PASSWORD,
            "role_ids": role_ids or [await role_id(desk, role)],
            **more,
        },
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@contextlib.asynccontextmanager
async def signed_in(
    desk: Desk, email: str, *, ip: str = "203.0.113.7"
) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser in which somebody has signed in."""
    async with browser(desk, ip=ip) as client:
        answer = await sign_in(client, email=email, password=PASSWORD)
        assert answer.status_code == 200, answer.text
        yield client
