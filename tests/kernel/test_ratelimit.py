"""Who asks too often is told when to come back; others do not notice."""

from __future__ import annotations

import asyncio

import pytest

from tests.support.desk import Desk, api_token
from yizhan.kernel import db, proxies, ratelimit


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


async def _let_in(pools: list[db.Database], rate: ratelimit.Rate, *who: str, tries: int) -> int:
    """How many of so many at once, spread over processes, are let in."""

    async def one(number: int) -> bool:
        try:
            await ratelimit.take(pools[number % len(pools)], rate, *who)
        except ratelimit.RateLimited:
            return False
        return True

    return sum(await asyncio.gather(*(one(number) for number in range(tries))))


async def _age(database: db.Database, slots: int) -> None:
    await database.lookup("UPDATE rate_window SET slot = slot - $1", slots)


async def test_two_processes_count_together(database: db.Database, dsn: str) -> None:
    other = await db.connect(dsn, pool=4)
    try:
        rate = ratelimit.Rate("try", 10, 3600)
        assert await _let_in([database, other], rate, "a", tries=40) == 10
        assert await _let_in([other], rate, "a", tries=3) == 0
        assert await _let_in([other], rate, "b", tries=3) == 3, "somebody else"
        assert await _let_in([other], ratelimit.Rate("else", 1), "a", tries=1) == 1
    finally:
        await other.close()


async def test_the_window_before_counts_by_what_is_near_of_it(database: db.Database) -> None:
    rate = ratelimit.Rate("try", 10, 10**7)  # so long that none ends while the test runs
    assert await _let_in([database], rate, "a", tries=12) == 10
    with pytest.raises(ratelimit.RateLimited) as refused:
        await ratelimit.take(database, rate, "a")
    soon = refused.value.extra["retry_after"]
    assert 0 < soon <= 2 * 10**7
    await _age(database, 1)
    again = await _let_in([database], rate, "a", tries=12)
    assert 0 <= again < 10, "not the whole allowance once more"
    await _age(database, 2)
    assert await _let_in([database], rate, "a", tries=12) == 10


async def test_it_is_free_when_it_was_said(database: db.Database) -> None:
    rate = ratelimit.Rate("try", 3, 1)
    assert await _let_in([database], rate, "a", tries=3) == 3
    try:
        await ratelimit.take(database, rate, "a")
    except ratelimit.RateLimited as refused:
        await asyncio.sleep(refused.extra["retry_after"])
        await ratelimit.take(database, rate, "a")


def test_a_customer_of_a_provider_is_one_network() -> None:
    assert proxies.network_of("2001:db8::1") == proxies.network_of("2001:db8::ffff")
    assert proxies.network_of("::ffff:192.0.2.1") == "192.0.2.1"
    assert proxies.network_of("unix") == "unix"
