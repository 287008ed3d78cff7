"""A backup of a serving desk, restored: the same rows and files; whatever is not whole is refused."""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest

from tests.conftest import cloned, named
from tests.support.desk import Desk
from yizhan.app.backups import content, errors, folder, keys, making, place, records, restoring
from yizhan.domains.audit import service as audit
from yizhan.domains.tickets import verify
from yizhan.kernel import config as configuration
from yizhan.kernel import crypto, db
from yizhan.kernel.actor import system
from yizhan.kernel.config import Config
from yizhan.kernel.storage import Disk


@dataclass
class Made:
    """A desk with some work done, and its backup."""

    config: Config
    path: Path
    result: dict[str, Any]


async def work(desk: Desk) -> None:
    """A ticket with a file and an answer, and what follows from them."""
    sent = await desk.api.post(
        "/api/v1/files", files={"file": ("receipt.txt", b"paid", "text/plain")}
    )
    ticket = await desk.api.post(
        "/api/v1/tickets",
        json={
            "subject": "订单 1001\t没到",
            "body": "路径 C:\\temp\\new\n第二行 \\N \\.",
            "requester": {"email": "kunde@example.test", "name": "Kunde"},
        },
    )
    assert ticket.status_code == 201, ticket.text
    answer = {"body": "马上查", "visibility": "internal", "attachments": [sent.json()["id"]]}
    noted = await desk.api.post(f"/api/v1/tickets/{ticket.json()['id']}/messages", json=answer)
    assert noted.status_code == 201, noted.text
    await desk.run_jobs()


def installed(desk: Desk, **more: Any) -> Config:
    """The settings of the desk's own place."""
    data = desk.edge.config.data
    found = configuration.load(
        environment={}, data=data, database_url=desk.database.dsn, port=0, **more
    )
    (data / "key").exists() or crypto.open_vault(found)
    return found


@pytest.fixture
async def made(desk: Desk, tmp_path: Path) -> Made:
    await work(desk)
    config, path = installed(desk), tmp_path / "backups" / "one"
    result = await making.make(config, dsn=desk.database.dsn, store=desk.edge.store, path=path)
    return Made(config, path, result)


@pytest.fixture
async def empty(cluster_dsn: str, template: str, tmp_path: Path) -> AsyncIterator[Config]:
    """A place with nothing in it: an empty folder, a database of this release's schema."""
    async with cloned(cluster_dsn, template) as dsn:
        yield configuration.load(environment={}, data=tmp_path / "empty", database_url=dsn, port=0)


@pytest.fixture
async def nothing(cluster_dsn: str, tmp_path: Path) -> AsyncIterator[Config]:
    """The same with a database that was never migrated."""
    owner = await asyncpg.connect(cluster_dsn)
    name = f"nothing_{tmp_path.name.replace('-', '_').lower()}"
    await owner.execute(f'CREATE DATABASE "{name}"')
    dsn = named(cluster_dsn, name)
    yield configuration.load(environment={}, data=tmp_path / "empty", database_url=dsn, port=0)
    await owner.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await owner.close()


async def restore(config: Config, made: Made, **more: Any) -> dict[str, Any]:
    store = Disk(config.data / "files")
    return await restoring.restore(config, store=store, path=made.path, **more)


async def test_what_is_restored_is_what_was_there(desk: Desk, made: Made, nothing: Config) -> None:
    back = await restore(nothing, made)
    assert (back["sha256"], back["rows"]) == (made.result["sha256"], made.result["rows"])
    assert made.result["files"] == 1
    opened = await db.connect(nothing.database_url, pool=2)
    try:
        async with opened.begin(system(desk.workspace_id)) as tx:
            found = await verify.check(tx, Disk(nothing.data / "files"))
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        sealed, detail = await audit.verify_all(opened)
        assert sealed, detail
    finally:
        await opened.close()
    assert (nothing.data / "key").read_bytes() == (made.config.data / "key").read_bytes()
    again = made.path.with_name("two")
    store = Disk(nothing.data / "files")
    second = await making.make(nothing, dsn=nothing.database_url, store=store, path=again)
    assert second["sha256"] == made.result["sha256"]
    with pytest.raises(errors.PlaceNotEmpty):
        await restore(nothing, made)
    with pytest.raises(errors.PlaceNotEmpty):  # the folder has files now
        await restore(msgspec.structs.replace(nothing, database_url=""), made)


async def test_readers_of_the_log_go_on_where_they_were(
    desk: Desk, empty: Config, tmp_path: Path
) -> None:
    """Numbers of transactions of one server mean nothing in another one."""
    await work(desk)
    owner = await asyncpg.connect(desk.database.dsn)
    # A server that has lived long, and a transaction that began early and ended late.
    await owner.execute("UPDATE event SET xid = (xid::text::bigint + 90000000)::text::xid8")
    await owner.execute(
        "UPDATE event SET xid = '95000000' WHERE id = (SELECT id FROM event ORDER BY id OFFSET 3 LIMIT 1)"
    )
    ordered = "SELECT id FROM event ORDER BY workspace_id, xid, id"
    before = [row["id"] for row in await owner.fetch(ordered)]
    seen = before[len(before) // 2]
    await owner.execute(
        "UPDATE consumer SET (xid, id) = (SELECT xid, id FROM event WHERE id = $1)", seen
    )
    await owner.close()
    path = tmp_path / "old"
    result = await making.make(
        installed(desk), dsn=desk.database.dsn, store=desk.edge.store, path=path
    )
    await restore(empty, Made(empty, path, result))
    restored = await asyncpg.connect(empty.database_url)
    assert [row["id"] for row in await restored.fetch(ordered)] == before
    left = "SELECT count(*) FROM event e, consumer c WHERE c.name = 'audit' AND (e.xid, e.id) > (c.xid, c.id)"
    assert await restored.fetchval(left) == len(before) - len(before) // 2 - 1
    unseen = "SELECT count(*) FROM event WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())"
    assert await restored.fetchval(unseen) == 0
    await restored.close()


async def test_damage_is_found_before_anything_is_touched(made: Made, empty: Config) -> None:
    def spoiled(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(bytes(data))

    stored = next((made.path / "files").rglob("?" * 64))
    for victim in (
        stored,
        made.path / "tables/event.copy.gz",
        made.path / "manifest.json",
        made.path / "key",
    ):
        whole = victim.read_bytes()
        spoiled(victim)
        with pytest.raises(errors.BackupDamaged):
            await restore(empty, made)
        victim.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(errors.BackupDamaged):
            await restore(empty, made)
        victim.write_bytes(whole)
    manifest = folder.load(made.path)
    newer = msgspec.structs.replace(manifest, migrations=(*manifest.migrations, 9999))
    kept = {name: (made.path / name).read_bytes() for name in (folder.MANIFEST, folder.SEAL)}
    for name in kept:
        (made.path / name).unlink()
    folder.seal(folder.Writer(made.path), newer)
    with pytest.raises(errors.BackupTooNew):
        await restore(empty, made)
    for name, content_ in kept.items():
        (made.path / name).write_bytes(content_)
    (made.path / "tables/event.copy.gz").unlink()
    with pytest.raises(errors.BackupDamaged, match=r"event\.copy\.gz"):
        await restore(empty, made)
    (made.path / folder.SEAL).unlink()
    with pytest.raises(errors.NotABackup):
        await restore(empty, made)
    assert not empty.data.exists()
    owner = await asyncpg.connect(empty.database_url)
    assert await owner.fetchval("SELECT count(*) FROM workspace") == 0
    await owner.close()


async def test_the_key_sealed_with_a_passphrase(desk: Desk, empty: Config, tmp_path: Path) -> None:
    config, path = installed(desk), tmp_path / "sealed"
    result = await making.make(
        config, dsn=desk.database.dsn, store=desk.edge.store, path=path, passphrase="三只猫 walk"
    )
    assert result["key"] == "sealed"
    assert (config.data / "key").read_bytes() not in (path / "key").read_bytes()
    made = Made(config, path, result)
    with pytest.raises(errors.PassphraseMissing, match=keys.PASSPHRASE):
        await restore(empty, made)
    with pytest.raises(errors.PassphraseWrong):
        await restore(empty, made, passphrase="two cats")
    await restore(empty, made, passphrase="三只猫 walk")
    assert (empty.data / "key").read_bytes() == (config.data / "key").read_bytes()


async def test_a_full_disk_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    await work(desk)
    path = tmp_path / "full" / "one"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # A real limit of the system stands in for the full disk: writing behind it fails.
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))
    try:
        with pytest.raises(errors.BackupPathFull):
            await making.make(
                installed(desk), dsn=desk.database.dsn, store=desk.edge.store, path=path
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(path.parent.iterdir()) == []
    owner = await asyncpg.connect(desk.database.dsn)
    kept = await records.newest(owner, "backup")
    await owner.close()
    assert kept is not None
    assert not kept.ok


async def test_what_was_killed_does_not_look_whole(desk: Desk, made: Made, empty: Config) -> None:
    half = made.path.with_name(".two.part")
    half.mkdir()
    (half / "rest").write_bytes(b"of one that was killed")
    with pytest.raises(errors.NotABackup):
        await restore(empty, Made(made.config, half, {}))
    two = made.path.with_name("two")
    await making.make(made.config, dsn=desk.database.dsn, store=desk.edge.store, path=two)
    assert {entry.name for entry in two.parent.iterdir()} == {"one", "two"}
    with pytest.raises(errors.BackupPathTaken):
        await making.make(made.config, dsn=desk.database.dsn, store=desk.edge.store, path=two)


def test_a_place_that_was_half_filled_is_filled_anew(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / place.MARK).touch()
    (data / "half").touch()
    with pytest.raises(errors.PlaceHalfRestored):
        place.require_whole(data)
    with place.filling(data):
        assert not (data / "half").exists()
        (data / "whole").touch()
    place.require_whole(data)
    with pytest.raises(errors.PlaceNotEmpty), place.filling(data):
        pass


async def test_every_column_that_names_a_file_is_known(dsn: str) -> None:
    """A new one must say whether its bytes lie in the store."""
    owner = await asyncpg.connect(dsn)
    rows = await owner.fetch(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name LIKE '%sha256%' AND data_type = 'text'"
    )
    await owner.close()
    known = {*content.FILES, *content.NOT_FILES}
    assert {(row[0], row[1]) for row in rows} - known == set()
