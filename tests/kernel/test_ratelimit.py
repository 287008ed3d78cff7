"""A token that asks too often is told when to come back; others do not notice."""

from __future__ import annotations

import pytest

from tests.support.desk import Desk, api_token
from yizhan.kernel import ratelimit


def test_a_minute_of_requests_then_one_by_one() -> None:
    now = 100.0
    limiter = ratelimit.Limiter(60, clock=lambda: now)
    for _ in range(60):
        limiter.take("a")
    with pytest.raises(ratelimit.RateLimited) as refused:
        limiter.take("a")
    assert refused.value.extra == {"retry_after": 1}
    limiter.take("b")
    now += 1
    limiter.take("a")
    with pytest.raises(ratelimit.RateLimited):
        limiter.take("a")


def test_a_slow_bucket_says_how_long_to_wait() -> None:
    limiter = ratelimit.Limiter(2, clock=lambda: 5.0)
    limiter.take("a")
    limiter.take("a")
    with pytest.raises(ratelimit.RateLimited) as refused:
        limiter.take("a")
    assert refused.value.extra["retry_after"] == 30


async def test_the_api_refuses_the_busy_token_only(desk: Desk) -> None:
    desk.edge.limiter = ratelimit.Limiter(5)
    answers = [await desk.api.get("/api/v1/views") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    refused = answers[-1]
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert refused.json()["code"] == "rate_limited"
    assert int(refused.headers["retry-after"]) >= 1
    other = await api_token(desk.database, desk.workspace_id)
    calm = await desk.api.get("/api/v1/views", headers={"Authorization": f"Bearer {other}"})
    assert calm.status_code == 200
