"""Fixtures of webhooks."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.domains.webhooks.sink import Sink, listening


@pytest.fixture
async def sink() -> AsyncIterator[Sink]:
    """A receiver that is up."""
    async with listening() as mine:
        yield mine
