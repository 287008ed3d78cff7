"""Pieces of SQL wherever a query takes a text: no fault, and no more rows than the words deserve."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.security import tries
from tests.security.conftest import Shared
from tests.support.desk import client

PIECES = (
    "'; SELECT pg_sleep(9) --",
    "1) OR (1=1",
    'id"; DROP TABLE ticket; --',
    "%' OR '%'='",
    "$1::int/0",
)


def _texts(operation: dict[str, object]) -> list[str]:
    parameters = operation.get("parameters", [])
    assert isinstance(parameters, list)
    return [one["name"] for one in parameters if one["in"] == "query"]


async def test_no_query_becomes_a_statement(shared: Shared) -> None:
    before = await tries.rows(shared.desk, shared.full.workspace_id)
    faults = []
    async with client(shared.desk.app, token=shared.full.token) as api:
        api.event_hooks = {}
        for number, (method, path, operation) in enumerate(tries.operations(shared.document)):
            if method == "get":
                piece = quote(PIECES[number % len(PIECES)])
                url = tries.url(path, {"parameters": []}, {}).format_map(shared.full.ids)
                for name in _texts(operation):
                    answer = await api.get(f"{url}?{name}={piece}")
                    if (
                        answer.status_code >= 500
                        or str(answer.status_code) not in operation["responses"]
                        or answer.elapsed.total_seconds() > 8
                    ):
                        faults.append((path, name, piece, answer.status_code))
    assert not faults, "\n".join(map(str, faults))
    after = await tries.rows(shared.desk, shared.full.workspace_id)
    assert {name for name in after if after[name] != before[name]} <= {"api_token", "event"}


@pytest.mark.parametrize("piece", PIECES)
async def test_what_orders_a_list_is_a_known_word(shared: Shared, piece: str) -> None:
    """Names of columns are chosen from a table of ours: anything else is refused, not passed on."""
    async with client(shared.desk.app, token=shared.full.token) as api:
        for name in ("sort", "group"):
            answer = await api.get("/api/v1/tickets", params={name: piece})
            assert answer.status_code == 422, (name, answer.text)
        shown = {"all": [{"field": piece, "op": "is", "value": piece}]}
        chosen = {"selection": {"everything": True, "condition": shown}}
        answer = await api.post("/api/v1/bulk/count", json=chosen)
        assert answer.json()["code"] == "condition_invalid", answer.text
