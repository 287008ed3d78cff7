"""Every column of the database named in every body: only what the body is meant for can be set."""

from __future__ import annotations

from typing import Any

import asyncpg

from tests.security import tries, world
from tests.support.desk import Desk, client

POISON = "MASS-ASSIGNED"
NUMBER = 918273645


async def _columns(desk: Desk) -> list[tuple[str, str]]:
    connection = await asyncpg.connect(desk.database.dsn)
    try:
        rows = await connection.fetch(
            "SELECT DISTINCT a.attname, format_type(a.atttypid, NULL) FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1"
        )
    finally:
        await connection.close()
    return [(row[0], row[1]) for row in rows]


def _poison(kind: str) -> Any:
    if kind.endswith("[]"):
        return []
    if kind in ("bigint", "integer", "smallint", "numeric", "double precision", "real"):
        return NUMBER
    if kind == "boolean":
        return True
    return {POISON: POISON} if kind == "jsonb" else POISON


async def _poisoned(desk: Desk) -> list[str]:
    """Tables with a row that holds what no body may set."""
    connection = await asyncpg.connect(desk.database.dsn)
    try:
        tables = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return [
            name
            for (name,) in tables
            if await connection.fetchval(
                f"SELECT count(*) FROM {name} t WHERE t::text LIKE $1 OR t::text LIKE $2",
                f"%{POISON}%",
                f"%{NUMBER}%",
            )
        ]
    finally:
        await connection.close()


async def test_only_what_a_body_is_meant_for_can_be_set(desk: Desk) -> None:
    full = await world.build(desk, name="alpha")
    document = tries.document()
    extra = {name: _poison(kind) for name, kind in await _columns(desk)}
    refused = ignored = 0
    async with client(desk.app, token=full.token) as api:
        for attempt in tries.tries(document, full.ids):
            if isinstance(attempt.least, dict) and attempt.method != "delete":
                known = tries.known_fields(document, attempt)
                body = {name: value for name, value in extra.items() if name not in known}
                answer = await tries.send_body(api, attempt, {**body, **attempt.least})
                assert answer.status_code < 500, (attempt.path, answer.text)
                ignored += answer.is_success
                refused += "unknown field" in answer.text
        me = (await api.get("/api/v1/auth/me")).json()
    assert (refused > 100, ignored > 5) == (True, True)
    assert me["workspace"]["id"] == full.ids["workspace_id"]
    assert await _poisoned(desk) == []
