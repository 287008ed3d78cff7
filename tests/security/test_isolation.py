"""Two workspaces full of data: with the other's token and ids there is nothing to see or change.

The requests are made from the OpenAPI document, so a new endpoint is tried without anybody adding it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import msgspec
import pytest

from tests.security import bodies, world
from tests.support.desk import ADMIN_PASSWORD, Desk, client
from yizhan.app import apidocs
from yizhan.kernel import tx as kernel_tx

# A body of these is one's own by nature: nothing of another workspace is named in it.
_SKIP = {
    ("post", "/api/v1/auth/login"),  # no token is asked for
    ("post", "/api/v1/auth/logout"),  # one's own session, which the other requests need
    ("get", "/api/v1/stream"),  # never ends; tests/domains/realtime looks at it
}


# A word of the path's own, the same in every workspace: it names nothing of the other one.
_WORDS = {"place", "skill"}


class Try(msgspec.Struct):
    """One request with the other workspace's ids."""

    method: str
    path: str
    url: str
    body: Any
    least: Any  # for where everything at once makes no sense
    aimed: bool  # whether the path names something of the other workspace


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            known = method in ("get", "post", "put", "patch", "delete")
            if known and path.startswith("/api/v1") and (method, path) not in _SKIP:
                yield method, path, operation


def _url(path: str, operation: dict[str, Any], ids: dict[str, str]) -> str:
    query = []
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", ids[parameter["name"]])
        elif parameter["in"] == "query" and parameter.get("required"):
            choices = parameter.get("schema", {}).get("enum") or [world.MARK]
            query.append(f"{parameter['name']}={choices[0]}")
    return "?".join([path, "&".join(query)]) if query else path


def _tries(document: dict[str, Any], ids: dict[str, str]) -> Iterator[Try]:
    for method, path, operation in _operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        body = least = None
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            body = bodies.value(document, schema, ids)
            least = bodies.value(document, schema, ids, least=True)
        elif content:
            continue  # an upload names nothing
        aimed = bool(set(re.findall(r"{(\w+)}", path)) - _WORDS)
        yield Try(method, path, _url(path, operation, ids), body, least, aimed)


async def _rows(desk: Desk, workspace_id: int) -> dict[str, int]:
    """A fingerprint of everything in a workspace, read as the database's owner."""
    import asyncpg

    connection = await asyncpg.connect(desk.database.dsn)
    try:
        tables = await connection.fetch(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped"
        )
        return {
            row[0]: await connection.fetchval(
                f"SELECT coalesce(sum(hashtext(t::text)::bigint), 0)::bigint FROM {row[0]} t WHERE workspace_id = $1",
                workspace_id,
            )
            for row in tables
        }
    finally:
        await connection.close()


async def _sign_in(api: httpx2.AsyncClient) -> None:
    """As the attacker's administrator, by cookie: a person may do more than a token."""
    login = {"email": "alpha@example.test", "password": ADMIN_PASSWORD}
    answer = await api.post("/api/v1/auth/login", json=login)
    assert answer.status_code in (200, 201), answer.text


async def _send(api: httpx2.AsyncClient, attempt: Try) -> httpx2.Response:
    """With everything; where that is refused as unsound, with the least."""
    answer = await _send_body(api, attempt, attempt.body)
    if answer.status_code == 422:
        answer = await _send_body(api, attempt, attempt.least)
    return answer


async def _send_body(api: httpx2.AsyncClient, attempt: Try, body: Any) -> httpx2.Response:
    content = None if body is None else msgspec.json.encode(body)
    headers = {"Content-Type": "application/json"}
    return await api.request(attempt.method.upper(), attempt.url, content=content, headers=headers)


@pytest.fixture
async def worlds(desk: Desk) -> tuple[world.World, world.World]:
    """An attacker's workspace and a victim's."""
    return await world.build(desk, name="alpha"), await world.build(desk, name="beta")


async def test_the_other_workspaces_things_are_not_there(
    desk: Desk, worlds: tuple[world.World, world.World]
) -> None:
    _, other = worlds
    document = msgspec.json.decode(apidocs.document(desk.app))
    before = await _rows(desk, other.workspace_id)
    wrong: list[tuple[object, ...]] = []
    async with client(desk.app, **{"X-Yizhan": "1"}) as api:
        await _sign_in(api)
        for attempt in _tries(document, other.ids):
            answer = await _send(api, attempt)
            if attempt.aimed and answer.status_code != 404:
                wrong.append((attempt.method, attempt.path, answer.status_code, answer.text[:200]))
            if f"{world.MARK}-beta" in answer.text:
                wrong.append(
                    (attempt.method, attempt.path, "shows the other's data", answer.text[:200])
                )
    assert not wrong, "\n".join(map(str, wrong))
    assert await _rows(desk, other.workspace_id) == before


async def test_row_level_security_holds_alone(
    desk: Desk, worlds: tuple[world.World, world.World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The application's filter asks for the victim's rows; only the database is left to refuse."""
    mine, other = worlds
    document = msgspec.json.decode(apidocs.document(desk.app))
    before = await _rows(desk, other.workspace_id)
    monkeypatch.setattr(kernel_tx.Tx, "workspace_id", property(lambda _self: other.workspace_id))
    shown: list[tuple[object, ...]] = []
    async with client(desk.app, token=mine.token) as api:
        api.event_hooks = {}  # the database's refusal is a 500 that no description foretells
        for attempt in _tries(document, other.ids):
            answer = await _send(api, attempt)
            if attempt.aimed and answer.status_code < 400 and answer.status_code != 204:
                shown.append((attempt.method, attempt.path, answer.status_code))
            if f"{world.MARK}-beta" in answer.text:
                shown.append((attempt.method, attempt.path, answer.text[:200]))
    monkeypatch.undo()
    assert shown == []
    assert await _rows(desk, other.workspace_id) == before


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
