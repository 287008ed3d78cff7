"""Two workspaces full of data: with the other's token and ids there is nothing to see or change.

The requests are made from the OpenAPI document, so a new endpoint is tried without anybody adding it.
"""

from __future__ import annotations

import httpx2
import pytest
import structlog

from tests.security import tries, world
from tests.support.desk import ADMIN_PASSWORD, Desk, client
from yizhan.kernel import tx as kernel_tx


async def _sign_in(api: httpx2.AsyncClient) -> None:
    """As the attacker's administrator, by cookie: a person may do more than a token."""
    login = {"email": "alpha@example.test", "password": ADMIN_PASSWORD}
    answer = await api.post("/api/v1/auth/login", json=login)
    assert answer.status_code in (200, 201), answer.text


@pytest.fixture
async def worlds(desk: Desk) -> tuple[world.World, world.World]:
    """An attacker's workspace and a victim's."""
    return await world.build(desk, name="alpha"), await world.build(desk, name="beta")


async def test_the_other_workspaces_things_are_not_there(
    desk: Desk, worlds: tuple[world.World, world.World]
) -> None:
    _, other = worlds
    document = tries.document()
    before = await tries.rows(desk, other.workspace_id)
    wrong: list[tuple[object, ...]] = []
    async with client(desk.app, **{"X-Yizhan": "1"}) as api:
        await _sign_in(api)
        for attempt in tries.tries(document, other.ids):
            answer = await tries.send(api, attempt)
            if attempt.aimed and answer.status_code != 404:
                wrong.append((attempt.method, attempt.path, answer.status_code, answer.text[:200]))
            if f"{world.MARK}-beta" in answer.text:
                wrong.append(
                    (attempt.method, attempt.path, "shows the other's data", answer.text[:200])
                )
    assert not wrong, "\n".join(map(str, wrong))
    assert await tries.rows(desk, other.workspace_id) == before


async def test_row_level_security_holds_alone(
    desk: Desk, worlds: tuple[world.World, world.World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The application's filter asks for the victim's rows; only the database is left to refuse."""
    mine, other = worlds
    before = await tries.rows(desk, other.workspace_id)
    monkeypatch.setattr(kernel_tx.Tx, "workspace_id", property(lambda _self: other.workspace_id))
    # Some hundred refusals, each with its trace: nobody reads them, and to draw them takes minutes.
    with structlog.testing.capture_logs():
        shown = await _asked_for(desk, mine, other)
    monkeypatch.undo()
    assert shown == []
    assert await tries.rows(desk, other.workspace_id) == before


async def _asked_for(desk: Desk, mine: world.World, other: world.World) -> list[tuple[object, ...]]:
    shown: list[tuple[object, ...]] = []
    async with client(desk.app, token=mine.token) as api:
        api.event_hooks = {}  # the database's refusal is a 500 that no description foretells
        for attempt in tries.tries(tries.document(), other.ids):
            answer = await tries.send(api, attempt)
            if attempt.aimed and answer.status_code < 400 and answer.status_code != 204:
                shown.append((attempt.method, attempt.path, answer.status_code))
            if f"{world.MARK}-beta" in answer.text:
                shown.append((attempt.method, attempt.path, answer.text[:200]))
    return shown


async def test_every_table_of_a_workspace_is_fenced(desk: Desk) -> None:
    rows = await desk.database.lookup(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'"
        " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity"
        "   AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant'))"
    )
    assert [row[0] for row in rows] == []
    role = await desk.database.lookup(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert tuple(role[0]) == (False, False)
