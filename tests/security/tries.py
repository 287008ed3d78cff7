"""Requests for every operation of the API, made from its description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg
import httpx2
import msgspec

from tests.security import bodies, world
from tests.support.desk import Desk

# A body of these is one's own by nature: nothing of another workspace is named in it.
_SKIP = {
    ("post", "/api/v1/auth/login"),  # no token is asked for
    ("post", "/api/v1/auth/logout"),  # one's own session, which the other requests need
    ("get", "/api/v1/stream"),  # never ends; tests/domains/realtime looks at it
}


# A word of the path's own, the same in every workspace: it names nothing of the other one.
_WORDS = {"place", "skill"}


ROOT = Path(__file__).resolve().parents[2]


@cache
def document() -> dict[str, Any]:
    """The API's description as it is committed: tests/app/test_openapi.py says whether it is current."""
    found: dict[str, Any] = msgspec.json.decode((ROOT / "openapi.json").read_bytes())
    return found


class Try(msgspec.Struct):
    """One request with the other workspace's ids."""

    method: str
    path: str
    url: str
    body: Any
    least: Any  # for where everything at once makes no sense
    aimed: bool  # whether the path names something of the other workspace


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            known = method in ("get", "post", "put", "patch", "delete")
            if known and path.startswith("/api/v1") and (method, path) not in _SKIP:
                yield method, path, operation


def url(path: str, operation: dict[str, Any], ids: dict[str, str]) -> str:
    query = []
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", ids[parameter["name"]])
        elif parameter["in"] == "query" and parameter.get("required"):
            choices = parameter.get("schema", {}).get("enum") or [world.MARK]
            query.append(f"{parameter['name']}={choices[0]}")
    return "?".join([path, "&".join(query)]) if query else path


def tries(document: dict[str, Any], ids: dict[str, str]) -> Iterator[Try]:
    for method, path, operation in operations(document):
        content = operation.get("requestBody", {}).get("content", {})
        body = least = None
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            body = bodies.value(document, schema, ids)
            least = bodies.value(document, schema, ids, least=True)
        elif content:
            continue  # an upload names nothing
        aimed = bool(set(re.findall(r"{(\w+)}", path)) - _WORDS)
        yield Try(method, path, url(path, operation, ids), body, least, aimed)


async def send(api: httpx2.AsyncClient, attempt: Try) -> httpx2.Response:
    """With everything; where that is refused as unsound, with the least."""
    answer = await send_body(api, attempt, attempt.body)
    if answer.status_code == 422:
        answer = await send_body(api, attempt, attempt.least)
    return answer


async def send_body(api: httpx2.AsyncClient, attempt: Try, body: Any) -> httpx2.Response:
    content = None if body is None else msgspec.json.encode(body)
    headers = {"Content-Type": "application/json"}
    return await api.request(attempt.method.upper(), attempt.url, content=content, headers=headers)


async def rows(desk: Desk, workspace_id: int) -> dict[str, int]:
    """A fingerprint of everything in a workspace, read as the database's owner."""
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


def known_fields(document: dict[str, Any], attempt: Try) -> set[str]:
    """What the body of an operation may say at its top."""
    operation = document["paths"][attempt.path][attempt.method]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    return set(bodies.plain(document, schema).get("properties", {}))
