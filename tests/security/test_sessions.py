"""What a session or a token stood for has changed: requests, the open stream and the trace of it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import httpx2
import pytest

from tests.domains.identity import people
from tests.support.desk import Desk, api_token, eventually
from yizhan.app.access import COOKIE
from yizhan.domains.identity.service import authentication
from yizhan.domains.realtime.hub import Connection, Hub
from yizhan.kernel.actor import Actor

EMAIL = "bo@example.test"
NEW = "another long enough pass phrase"


@contextlib.asynccontextmanager
async def _stream(desk: Desk, who: Callable[[], Awaitable[Actor]]) -> AsyncIterator[Connection]:
    """An open stream of somebody."""
    await desk.edge.feed.start()
    hub = Hub(desk.edge)
    connection = Connection(await who(), who)
    await hub.join(connection)
    try:
        yield connection
    finally:
        hub.leave(connection)
        await desk.edge.feed.close()


async def _leaves_a_trace(desk: Desk, action: str) -> None:
    await desk.run_jobs()
    found = (await desk.api.get("/api/v1/audit", params={"action": action})).json()["items"]
    assert found, action


async def _new_password(desk: Desk, page: httpx2.AsyncClient, _agent: str) -> str:
    """In another browser: this one is what an attacker has."""
    async with people.signed_in(desk, EMAIL) as other:
        change = {"current": people.PASSWORD, "new": NEW}
        assert (await other.post("/api/v1/auth/password", json=change)).status_code == 204
    return "password.changed"


async def _other_roles(desk: Desk, _page: httpx2.AsyncClient, agent: str) -> str:
    viewer = await people.role_id(desk, "viewer")
    answer = await desk.api.patch(f"/api/v1/agents/{agent}", json={"role_ids": [viewer]})
    assert answer.status_code == 200, answer.text
    return "agent.updated"


async def _deactivated(desk: Desk, _page: httpx2.AsyncClient, agent: str) -> str:
    assert (await desk.api.delete(f"/api/v1/agents/{agent}")).status_code == 204
    return "agent.deactivated"


async def _signed_out(_desk: Desk, page: httpx2.AsyncClient, _agent: str) -> str:
    assert (await page.post("/api/v1/auth/logout")).status_code == 204
    return "session.ended"


@pytest.mark.parametrize("change", [_new_password, _other_roles, _deactivated, _signed_out])
async def test_requests_and_the_open_stream_end(
    desk: Desk, change: Callable[[Desk, httpx2.AsyncClient, str], Awaitable[str]]
) -> None:
    agent = await people.add_agent(desk, EMAIL)
    async with people.signed_in(desk, EMAIL) as page:
        stolen = page.cookies[COOKIE]
        async with _stream(
            desk, lambda: authentication.by_session(desk.database, stolen)
        ) as stream:
            action = await change(desk, page, agent)
            await eventually(lambda: stream.closed)
        page.cookies.set(COOKIE, stolen, domain="desk.test")
        assert (await page.get("/api/v1/auth/me")).status_code == 401
    await _leaves_a_trace(desk, action)


async def test_a_session_that_was_planted_is_not_taken_over(desk: Desk) -> None:
    """Fixation: whatever cookie a browser has before it signs in, it has another one after."""
    await people.add_agent(desk, EMAIL)
    async with people.browser(desk) as page:
        page.cookies.set(COOKIE, "planted-by-somebody-else", domain="desk.test")
        answer = await people.sign_in(page, email=EMAIL, password=people.PASSWORD)
        assert answer.status_code == 200
        first = answer.cookies[COOKIE]
        assert len(first) >= 32
        again = await people.sign_in(page, email=EMAIL, password=people.PASSWORD)
        assert again.cookies[COOKIE] != first
        for line in again.headers.get_list("set-cookie"):
            assert "httponly" in line.lower()
            assert "samesite=lax" in line.lower()
    async with people.browser(desk) as thief:
        for old in (first, "planted-by-somebody-else"):
            thief.cookies.set(COOKIE, old, domain="desk.test")
            assert (await thief.get("/api/v1/auth/me")).status_code == 401


async def test_a_stream_ends_with_the_token_behind_it(desk: Desk) -> None:
    """By revoking it, of which an event tells, and by its time, of which nothing does."""
    admin = desk.created.admin_id
    token = await api_token(desk.database, desk.workspace_id, agent_id=admin)

    async def who() -> Actor:
        return await authentication.by_token(desk.database, token)

    async with _stream(desk, who) as stream:
        hub = Hub(desk.edge)
        await hub.ask_again(stream)
        assert not stream.closed
        async with desk.begin() as tx:
            await tx.db.execute(
                "UPDATE api_token SET expires_at = $2 WHERE workspace_id = $1 AND agent_id = $3",
                desk.workspace_id,
                tx.now - timedelta(seconds=1),
                admin,
            )
        authentication.forget(desk.workspace_id)
        await hub.ask_again(stream)
        assert stream.closed
