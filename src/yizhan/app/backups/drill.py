"""A drill: the newest backup restored into a scratch place, started, recounted and compared.

Only the database and the web process are started: a worker would send what waited to be sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from yizhan.app import supervisor
from yizhan.app.backups import errors, folder, records, restoring, winding
from yizhan.app.backups.shelf import Shelf
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import postgres
from yizhan.kernel.config import Config
from yizhan.kernel.storage import Disk

READY = 90.0  # seconds in which the restored desk answers
Verify = Callable[[Config], Awaitable[dict[str, Any]]]


class DrillFailed(kernel_errors.YizhanError):
    """The restored desk did not start; the log above says why."""


async def newest(path: Path | None, *, dsn: str | None) -> Path:
    """Which backup is tried: the one that is named, the newest below a folder, or the last one made.

    Errors: :class:`.NotABackup`.
    """
    if path is not None:
        return await asyncio.to_thread(_newest_below, path)
    connection = await asyncpg.connect(dsn)
    try:
        made = await records.newest(connection, "backup", good=True)
    finally:
        await connection.close()
    if made is None:
        raise errors.NotABackup("No backup was made yet; name one.")
    return Path(made.path)


def _newest_below(path: Path) -> Path:
    if (path / folder.MANIFEST).exists() or (path / "archive.json").exists():
        return path
    found = [
        m.parent for m in path.glob(f"*/{folder.MANIFEST}") if not m.parent.name.startswith(".")
    ]
    if not found:
        raise errors.NotABackup(f"{path} holds no complete backup.")
    return max(found, key=lambda one: folder.load(one).made_at)


async def run(
    config: Config, *, path: Path, scratch: Path, verify: Verify, passphrase: str | None = None
) -> dict[str, Any]:
    """Try a backup. Never touches the desk itself; the scratch place is gone afterwards."""
    began = time.monotonic()
    place = Path(await asyncio.to_thread(tempfile.mkdtemp, dir=scratch, prefix="yizhan-drill-"))
    there = scratch_config(config, place / "data")
    try:
        expected, restored = await _restore(there, path, passphrase)
        restore_seconds = time.monotonic() - began
        async with answering(there):
            rto = time.monotonic() - began
        checked = await verify(there)
    finally:
        await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
    same = expected in (None, restored["sha256"])
    return {
        "ok": same and bool(checked["ok"]) and not restored["missing"],
        "backup": str(path),
        "sha256": restored["sha256"],
        "expected": expected,
        "rows": restored["rows"],
        "files": restored["files"],
        "missing": restored["missing"],
        "verify": checked,
        "restore_seconds": round(restore_seconds, 3),
        "rto_seconds": round(rto, 3),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def scratch_config(config: Config, data: Path) -> Config:
    """The settings of a place that shares nothing with the desk: no bucket, no database, no address."""
    return msgspec.structs.replace(
        config,
        data=data,
        database_url="",
        database_direct_url="",
        files_url="",
        nats_url="",
        wal_archive="",
        public_url="",
        host="127.0.0.1",
        port=_free_port(),
        workers=1,
    )


async def _restore(
    there: Config, path: Path, passphrase: str | None
) -> tuple[str | None, dict[str, Any]]:
    store = Disk(there.data / "files")
    if Shelf(path).mark() is None:
        expected = (await asyncio.to_thread(folder.load, path)).sha256
        return expected, await restoring.restore(
            there, store=store, path=path, passphrase=passphrase
        )
    return None, await winding.restore(
        there, store=store, path=path, until=None, passphrase=passphrase
    )


@contextlib.asynccontextmanager
async def answering(there: Config) -> AsyncIterator[None]:
    """The restored desk, as far as it can be tried without sending anything."""
    cluster = await asyncio.to_thread(postgres.ensure, there.data)
    web = supervisor.Child("web", supervisor.environment_of(there, dsn=cluster.dsn))
    try:
        web.look(time.monotonic())
        deadline = time.monotonic() + READY
        while not await asyncio.to_thread(
            supervisor.answers, there.host, there.port, path="/readyz"
        ):
            if web.process is None or web.process.poll() is not None:
                raise DrillFailed
            if time.monotonic() > deadline:
                raise DrillFailed
            await asyncio.sleep(0.05)
        yield
    finally:
        web.ask()
        await asyncio.to_thread(web.wait, 20)
        web.end_group()
        await asyncio.to_thread(cluster.stop)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
