"""A desk that several files share: for tests that find out what is refused, and change nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.conftest import cloned
from tests.security import tries, world
from tests.support.desk import Desk, open_desk
from yizhan.app import discovery
from yizhan.kernel import db


class Shared(msgspec.Struct):
    """A desk with a workspace full of marked data, and the API's description."""

    desk: Desk
    full: world.World
    document: dict[str, Any]


@pytest.fixture(scope="session")
async def shared(
    cluster_dsn: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Shared]:
    """Built once for a worker. Who changes something here breaks the others."""
    folder: Path = tmp_path_factory.mktemp("shared")
    discovery.load()
    async with cloned(cluster_dsn, template) as dsn:
        database = await db.connect(dsn, pool=8)
        async with open_desk(database, folder, rate_per_minute=1_000_000) as desk:
            full = await world.build(desk, name="alpha")
            yield Shared(desk, full, tries.document())
        await database.close()
