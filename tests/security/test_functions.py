"""A token without any scope: every operation refuses it, and nothing has changed afterwards."""

from __future__ import annotations

import httpx2
import msgspec

from tests.security import tries, world
from tests.security.conftest import Shared
from tests.support.desk import api_token, client

# What anybody who may sign in at all may know: who they are, words that every workspace has, and
# lists of one's own things and tickets, which are empty here.
OPEN = {
    ("get", "/api/v1/auth/me"),
    ("get", "/api/v1/permissions"),
    ("get", "/api/v1/statuses"),
    ("get", "/api/v1/tickets"),
    ("post", "/api/v1/tickets/bulk"),
    ("get", "/api/v1/time/running"),
    ("get", "/api/v1/views"),
}
# A body is read before it is known who may do what with it.
REFUSED = (401, 403, 404, 422)


async def test_a_token_without_scopes_can_do_nothing(shared: Shared) -> None:
    desk, full = shared.desk, shared.full
    token = await api_token(desk.database, full.workspace_id, scopes=())
    before = await tries.rows(desk, full.workspace_id)
    allowed: list[tuple[object, ...]] = []
    async with client(desk.app, token=token) as api:
        for attempt in tries.tries(shared.document, full.ids):
            answer = await tries.send(api, attempt)
            if answer.status_code not in REFUSED and (attempt.method, attempt.path) not in OPEN:
                allowed.append(
                    (attempt.method, attempt.path, answer.status_code, answer.text[:120])
                )
            elif f"{world.MARK}-alpha" in answer.text and not attempt.path.endswith("/auth/me"):
                allowed.append((attempt.method, attempt.path, "shows", answer.text[:120]))
    assert not allowed, "\n".join(map(str, allowed))
    after = await tries.rows(desk, full.workspace_id)
    assert {name for name in after if after[name] != before[name]} <= {"api_token"}


async def test_without_a_sign_in_there_is_nothing(shared: Shared) -> None:
    allowed: list[tuple[object, ...]] = []
    async with client(shared.desk.app) as api:
        for attempt in tries.tries(shared.document, shared.full.ids):
            answer = await tries.send_body(api, attempt, attempt.body)
            if answer.status_code != httpx2.codes.UNAUTHORIZED:
                allowed.append((attempt.method, attempt.path, answer.status_code))
            elif msgspec.json.decode(answer.content)["code"] != "unauthorized":
                allowed.append((attempt.method, attempt.path, answer.text))
    assert not allowed, "\n".join(map(str, allowed))
