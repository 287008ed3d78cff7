"""Restoring a moment from an archive: the base before it, then the log up to it."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from yizhan.app.backups import content, errors, place, restoring
from yizhan.app.backups.shelf import Base, Shelf
from yizhan.kernel import migrate, postgres
from yizhan.kernel.config import Config
from yizhan.kernel.postgres import binaries
from yizhan.kernel.postgres.home import Home, Paths, settle
from yizhan.kernel.storage import Store

_POLL = 0.1
_STARTS = 3  # a server that gave up so often does not get there
_SETTINGS = (
    "restore_command",
    "recovery_target_time",
    "recovery_target_action",
    "recovery_target_timeline",
)


async def restore(
    config: Config,
    *,
    store: Store,
    path: Path,
    until: datetime | None,
    passphrase: str | None = None,
    hold: bool = True,
) -> dict[str, Any]:
    """All that was committed up to a moment; without one, all that the archive has.

    Errors: NotABackup, MomentOutside, BackupDamaged, PlaceNotEmpty, ArchiveFailed and those of keys.
    """
    began = time.monotonic()
    shelf = Shelf(path)
    mark = shelf.mark()
    if mark is None:
        raise errors.NotABackup(f"{path} holds neither a backup nor an archive.")
    if config.database_url:
        raise errors.PlaceNotEmpty("An archive is restored into a data directory of its own.")
    if mark.major != postgres.find().major:
        raise errors.ArchiveFailed(f"The archive needs PostgreSQL {mark.major}.")
    base = shelf.base_for(until)
    await asyncio.to_thread(_check_base, shelf, base)
    key = restoring.opened_key(config, path, kind=mark.key, passphrase=passphrase)
    with place.filling(config.data):
        if key is not None:
            restoring.write_key(config, key)
        home = settle(Paths(config.data))
        await asyncio.to_thread(_lay_out, home, shelf, base, until)
        try:
            done = await _wind(config, store, shelf, hold=hold)
        finally:
            await asyncio.to_thread(shutil.rmtree, home.folder / "wal-in", ignore_errors=True)
    return {
        **done,
        "base": base.name,
        "until": None if until is None else until.astimezone(UTC).isoformat(),
        "seconds": round(time.monotonic() - began, 3),
    }


def _check_base(shelf: Shelf, base: Base) -> None:
    programs = binaries.find()
    done = restoring.program(
        [programs["pg_verifybackup"], "-n", str(shelf.bases / base.name / "data")]
    )
    if done.returncode != 0:
        raise errors.BackupDamaged(f"{base.name}: {done.stderr.strip()[-500:]}")


def _lay_out(home: Home, shelf: Shelf, base: Base, until: datetime | None) -> None:
    """The base's files where the server looks for them, and the way to the log beside them."""
    source, incoming = shelf.bases / base.name, home.folder / "wal-in"
    shutil.copytree(source / "data", home.data, symlinks=True)
    shutil.copyfile(source / "password", home.password_file)
    incoming.mkdir(mode=0o700)
    for name, segment in shelf.segments(base.begin_wal):
        shutil.copyfile(segment, incoming / name)
    wanted = {
        "restore_command": f'cp "{incoming}/%f" "%p"',
        "recovery_target_timeline": "latest" if until is None else "current",
    }
    if until is not None:
        wanted["recovery_target_time"] = until.astimezone(UTC).isoformat(sep=" ")
        wanted["recovery_target_action"] = "promote"
    with (home.data / "postgresql.auto.conf").open("a") as out:
        for name, value in wanted.items():
            out.write("{} = '{}'\n".format(name, value.replace("'", "''")))
    (home.data / "recovery.signal").touch(mode=0o600)
    home.data.chmod(0o700)
    home.password_file.chmod(0o600)
    for top in (home.data, incoming):
        for folder, _, names in os.walk(top):
            home.give(Path(folder))
            for name in names:
                home.give(Path(folder) / name)
    home.give(home.password_file)


async def _wind(config: Config, store: Store, shelf: Shelf, *, hold: bool) -> dict[str, Any]:
    cluster = await asyncio.to_thread(postgres.ensure, config.data)
    try:
        await _promoted(cluster)
        connection = await asyncpg.connect(cluster.dsn)
        try:
            for name in _SETTINGS:
                await connection.execute(f"ALTER SYSTEM RESET {name}")
            sha256, rows = await content.digest(connection)
            named = await content.files(connection)
        finally:
            await connection.close()
        missing = []
        for workspace_id, name in named:
            data = await asyncio.to_thread(shelf.content, workspace_id, name)
            if data is None:
                missing.append(f"{workspace_id}/{name}")
            else:
                await store.put(workspace_id, data)
        applied = await migrate.run(cluster.dsn)
        held = await restoring.holds(cluster.dsn) if hold else None
    finally:
        await asyncio.to_thread(cluster.stop)
    return {
        "sha256": sha256,
        "rows": rows,
        "files": len(named) - len(missing),
        "missing": missing,
        "upgraded": applied,
        "held": held,
    }


async def _promoted(cluster: postgres.Cluster) -> None:
    """Waits until the log is replayed. Errors: :class:`.ArchiveFailed`."""
    servers: set[int] = set()
    while True:
        if not cluster.alive():
            raise errors.ArchiveFailed(f"The server gave up; see {cluster.paths.log}.")
        try:
            servers.add(cluster.pid)
            connection = await asyncpg.connect(cluster.dsn)
            try:
                if not await connection.fetchval("SELECT pg_is_in_recovery()"):
                    return
            finally:
                await connection.close()
        except (OSError, KeyError, asyncpg.PostgresError, asyncpg.InterfaceError):
            if len(servers) >= _STARTS:
                raise errors.ArchiveFailed(
                    f"The log could not be replayed; see {cluster.paths.root / 'postgres' / 'log'}."
                ) from None
        await asyncio.sleep(_POLL)
