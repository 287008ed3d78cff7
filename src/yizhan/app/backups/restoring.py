"""Restoring a full backup into an empty place: first every hash, then rows, files and key."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from yizhan.app.backups import content, errors, folder, keys, loading, place
from yizhan.kernel import holding, migrate, postgres
from yizhan.kernel.config import Config
from yizhan.kernel.storage import Store


async def restore(
    config: Config,
    *,
    store: Store,
    path: Path,
    passphrase: str | None = None,
    hold: bool = True,
) -> dict[str, Any]:
    """Bring back a whole installation and say what it came to, counted from the restored rows.

    What waited to be sent is held until somebody decides, unless ``hold`` is off.

    Errors: NotABackup, BackupDamaged, BackupTooNew, PlaceNotEmpty, PassphraseMissing,
    PassphraseWrong, KeyDiffers, RestoredDiffers.
    """
    began = time.monotonic()
    manifest = folder.load(path)
    if set(manifest.migrations) - {migration.number for migration in migrate.available()}:
        raise errors.BackupTooNew
    named = await asyncio.to_thread(folder.check, path, manifest)
    key = opened_key(config, path, kind=manifest.key, passphrase=passphrase)
    with filling(config):
        if key is not None:
            write_key(config, key)
        async with database(config) as dsn:
            sha256, rows = await _rows(dsn, manifest, path)
            await _files(store, named, path)
            applied = await migrate.run(dsn)
            held = await holds(dsn) if hold else None
    return {
        "sha256": sha256,
        "rows": rows,
        "files": len(named),
        "missing": list(manifest.missing),
        "made_at": manifest.made_at,
        "release": manifest.release,
        "upgraded": applied,
        "held": held,
        "seconds": round(time.monotonic() - began, 3),
    }


@contextlib.contextmanager
def filling(config: Config) -> Any:
    """The data directory while it is filled. Beside a database of its own it may hold a key already."""
    if config.database_url:
        yield
    else:
        with place.filling(config.data):
            yield


@contextlib.asynccontextmanager
async def database(config: Config) -> AsyncIterator[str]:
    """The database to restore into: an own one, or the embedded one, started for it."""
    if config.database_url:
        yield config.database_direct_url or config.database_url
        return
    cluster = postgres.ensure(config.data)
    try:
        yield cluster.dsn
    finally:
        cluster.stop()


async def holds(dsn: str) -> dict[str, int]:
    """Nothing goes out of a restored place by itself. Returns what waits."""
    connection = await asyncpg.connect(dsn)
    try:
        return await holding.begin(connection)
    finally:
        await connection.close()


def opened_key(config: Config, path: Path, *, kind: str, passphrase: str | None) -> bytes | None:
    """The key of a backup, fit for this place. Errors: PassphraseMissing, PassphraseWrong, KeyDiffers."""
    if kind == "none":
        return None
    key = keys.unseal((path / "key").read_bytes(), passphrase)
    here = keys.current(config)
    if here is not None and not keys.same(here, key):
        raise errors.KeyDiffers("This place has another key than the backup; remove it first.")
    return key


def write_key(config: Config, key: bytes) -> None:
    """Puts the key where the vault looks for it, unless a setting holds it."""
    path = config.data / "key"
    if config.secret_key or path.exists():
        return
    config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(key)
        out.flush()
        os.fsync(out.fileno())


def program(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs to its end."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    return subprocess.run(  # noqa: S603 -- a program of the found installation
        command, env={**kept, "LC_ALL": "C"}, capture_output=True, text=True, check=False
    )


async def _rows(dsn: str, manifest: folder.Manifest, path: Path) -> tuple[str, int]:
    if set(await migrate.applied(dsn)) - set(manifest.migrations):
        raise errors.PlaceNotEmpty("The database was set up already; name an empty one.")
    await migrate.run(dsn, only=manifest.migrations)
    connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("SELECT EXISTS (SELECT FROM workspace)"):
            raise errors.PlaceNotEmpty("The database holds a workspace already; name an empty one.")
        await loading.load(connection, manifest.tables, path)
        await loading.continue_numbers(connection, manifest.sequences)
        sha256, rows = await content.digest(connection)
    finally:
        await connection.close()
    if (sha256, rows) != (manifest.sha256, manifest.rows):
        raise errors.RestoredDiffers
    return sha256, rows


async def _files(store: Store, named: Sequence[tuple[int, str]], path: Path) -> None:
    for workspace_id, sha256 in named:
        source = folder.file_path(path, workspace_id, sha256)
        await store.put(workspace_id, await asyncio.to_thread(source.read_bytes))
