"""Whatever is sent, the API answers as its description says, and never with a fault of its own."""

from __future__ import annotations

import logging
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from tests.security import contract, tries, world
from tests.support.desk import Desk, client, open_desk
from yizhan.kernel.db import Database

logger = logging.getLogger(__name__)


@pytest.fixture
async def busy(database: Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk that counts nobody's requests."""
    async with open_desk(database, tmp_path, rate_per_minute=1_000_000_000) as opened:
        yield opened


async def test_the_api_is_as_described(busy: Desk) -> None:
    examples = int(os.environ.get(contract.EXAMPLES, "1"))
    seed = int(os.environ.get(contract.SEED, "1"))
    made = await world.build(busy, name="alpha")
    document = tries.document()
    chance = random.Random(seed)
    result = contract.Result()
    async with client(busy.app, token=made.token) as api:
        api.event_hooks = {}  # the description is what is tested here
        for case in contract.plan(document, examples=examples, seed=seed):
            request = contract.request_of(case, made.ids, chance)
            await contract.attempt(api, case, request, result)
            if result.statuses[httpx2.codes.UNAUTHORIZED] and not await _signed_in(api):
                pytest.fail(f"{case.operation.label} ended the run's own token")
    logger.warning("sent %d, %d operations did something", result.sent, len(result.met))
    logger.warning("statuses %s", dict(result.statuses.most_common()))
    assert not result.broken, "\n\n".join(f"{k}\n  {v}" for k, v in sorted(result.broken.items()))
    assert result.sent > 350


async def _signed_in(api: httpx2.AsyncClient) -> bool:
    return (await api.get("/api/v1/auth/me")).status_code == httpx2.codes.OK
