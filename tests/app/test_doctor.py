"""The doctor sees what is wrong with an installation and says how to cure it."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import msgspec
import pytest

from yizhan.app import doctor
from yizhan.domains.system.types import Check
from yizhan.kernel import config as configuration
from yizhan.kernel import crypto, proxies
from yizhan.kernel.config import Config


@pytest.fixture
def config(dsn: str, tmp_path: Path) -> Config:
    """A fresh installation on a database of this test's own."""
    found = configuration.load(environment={}, data=tmp_path, database_url=dsn, port=0)
    crypto.open_vault(found)
    return found


async def unwell(config: Config) -> dict[str, Check]:
    return {check.name: check for check in await doctor.examine(config) if not check.ok}


async def test_all_is_well(config: Config) -> None:
    assert await unwell(config) == {}
    names = {check.name for check in await doctor.examine(config)}
    assert names == {*doctor.CURES, "promises", "advice"}


async def test_a_key_that_others_can_read(config: Config) -> None:
    (config.data / "key").chmod(0o644)
    found = await unwell(config)
    assert list(found) == ["key"]
    assert found["key"].cure
    assert "chmod 600" in found["key"].cure.en


async def test_a_table_without_its_fence(config: Config, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE leak (workspace_id bigint, secret text)")
    await connection.close()
    found = await unwell(config)
    assert list(found) == ["isolation"]
    assert found["isolation"].detail == "leak"


async def test_a_schema_that_lags_behind(config: Config, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "DELETE FROM migration WHERE number = (SELECT max(number) FROM migration)"
    )
    await connection.close()
    assert list(await unwell(config)) == ["migrations"]


async def test_a_worker_that_does_not_work(config: Config, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(
        "INSERT INTO pgqueuer (priority, entrypoint, payload, status, execute_after)"
        " VALUES (0, 'a.job', NULL, 'queued', now() - interval '1 hour')"
    )
    await connection.close()
    found = await unwell(config)
    assert list(found) == ["queue"]
    assert found["queue"].cure
    assert "yizhan worker" in found["queue"].cure.zh


async def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}"
    config = configuration.load(environment={}, data=tmp_path, database_url=nowhere, port=0)
    found = await unwell(config)
    assert list(found) == ["database"]
    assert found["database"].cure


async def test_a_proxy_that_is_not_trusted(config: Config) -> None:
    assert proxies.client("10.0.0.7", "198.51.100.1", config=config) == "10.0.0.7"
    found = await unwell(config)
    assert list(found) == ["proxy"]
    assert found["proxy"].detail == "10.0.0.7"
    trusting = msgspec.structs.replace(config, trusted_proxies=("10.0.0.7",))
    assert proxies.client("10.0.0.7", "evil, 198.51.100.1", config=trusting) == "198.51.100.1"
    assert await unwell(trusting) == {}


async def test_a_header_from_afar_is_no_proxy(config: Config) -> None:
    assert proxies.client("8.8.8.8", "198.51.100.1", config=config) == "8.8.8.8"
    assert await unwell(config) == {}
