"""A desk that reads what customers write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.desk import Desk, open_desk
from yizhan.kernel import db


@pytest.fixture
async def reader(database: db.Database, tmp_path: Path) -> AsyncIterator[Desk]:
    """With the reading of messages switched on."""
    async with open_desk(database, tmp_path, understanding=True) as opened:
        yield opened
