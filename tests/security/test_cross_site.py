"""Another site in the same browser: the cookie goes along, and nothing comes of it."""

from __future__ import annotations

import pytest

from tests.security import tries
from tests.security.conftest import Shared
from tests.support.desk import ADMIN_PASSWORD, client

UNSAFE = ("post", "put", "patch", "delete")
ORIGINS = ("https://evil.example", "null", "http://desk.test.evil.example")


async def test_no_change_by_cookie_alone(shared: Shared) -> None:
    before = await tries.rows(shared.desk, shared.full.workspace_id)
    passed = []
    async with client(shared.desk.app) as api:
        login = {"email": "alpha@example.test", "password": ADMIN_PASSWORD}
        assert (await api.post("/api/v1/auth/login", json=login)).status_code == 200
        after_login = await tries.rows(shared.desk, shared.full.workspace_id)
        for attempt in tries.tries(shared.document, shared.full.ids):
            if attempt.method in UNSAFE:
                answer = await tries.send_body(api, attempt, attempt.body)
                if answer.status_code != 403 or answer.json()["code"] != "csrf_missing":
                    passed.append((attempt.method, attempt.path, answer.status_code))
    assert not passed, "\n".join(map(str, passed))
    after = await tries.rows(shared.desk, shared.full.workspace_id)
    assert {n for n in after if after[n] != after_login[n]} <= {"session"}
    assert {n for n in after_login if after_login[n] != before[n]} <= {
        "session",
        "event",
        "agent",
        "known_device",
    }


@pytest.mark.parametrize("origin", ORIGINS)
async def test_no_other_origin_is_let_in(shared: Shared, origin: str) -> None:
    """No answer of the API may be read by another site, also not the answer to a preflight."""
    async with client(shared.desk.app, token=shared.full.token, Origin=origin) as api:
        for method in ("GET", "OPTIONS"):
            answer = await api.request(
                method,
                "/api/v1/tickets",
                headers={
                    "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "x-yizhan",
                },
            )
            assert not [name for name in answer.headers if name.startswith("access-control")]
