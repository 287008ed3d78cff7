"""Keeping an archive: PostgreSQL's log as it is written, a base each day, files as they come.

`pg_receivewal` follows the server through a slot, so nothing is lost while this process is away, and
writes through to the disk at once. Each few seconds a mark is committed; when it has arrived, all
before it has. What goes wrong is written down for the doctor and tried again; the desk goes on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
import structlog

from yizhan.app.backups import errors, folder, keys, records
from yizhan.app.backups.shelf import FORMAT, VERSION, Base, Mark, Reach, Shelf
from yizhan.app.backups.slots import SLOT
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import postgres
from yizhan.kernel.config import Config

logger = structlog.get_logger(__name__)

TICK = 10.0  # seconds between two marks: what may be lost at most is this and a little more
PATIENCE = 30.0  # seconds in which a mark arrives, or the receiver is started anew
BASE_EVERY = timedelta(days=1)

_MARK = "SELECT now(), pg_logical_emit_message(true, 'yizhan.archive', '')"
_WHO = """
SELECT c.system_identifier::text AS system, t.timeline_id AS timeline,
       current_setting('server_version_num')::int / 10000 AS major
FROM pg_control_system() c, pg_control_checkpoint() t
"""
_ARRIVED = """
SELECT EXISTS (SELECT FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
               WHERE s.slot_name = $1 AND r.flush_lsn >= $2::text::pg_lsn)
"""
_STATE = """
INSERT INTO archive_state (path, reach_at, looked_at, error) VALUES ($1, $2, now(), $3)
ON CONFLICT (one) DO UPDATE SET path = excluded.path, looked_at = excluded.looked_at, error = excluded.error,
    reach_at = coalesce(excluded.reach_at, archive_state.reach_at)
"""


class Archivist:
    """Keeps one archive of one database."""

    def __init__(self, config: Config, *, dsn: str, passphrase: str | None = None) -> None:
        self.config = config
        self.dsn = dsn
        self.passphrase = passphrase
        self.shelf = Shelf(Path(config.wal_archive))
        self.binaries = postgres.find()
        self.receiver: asyncio.subprocess.Process | None = None
        self.looked = 0.0

    async def run(self, *, stop: asyncio.Event) -> None:
        """Until told to stop. Never ends by an error."""
        while not stop.is_set():
            try:
                await self.step()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                await self._failed(str(error) or type(error).__name__)
            except kernel_errors.YizhanError as error:
                await self._failed(str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TICK)
        await self.end()

    async def step(self) -> None:
        """One round: everything that is due. Errors: :class:`.ArchiveFailed`."""
        connection = await asyncpg.connect(self.dsn)
        try:
            await self._begin(connection)
            await self._receive()
            await self._reach(connection)
            if self._base_due():
                await self.base(connection)
                await self._reach(connection)
                keep = timedelta(days=self.config.wal_keep_days)
                await asyncio.to_thread(self.shelf.prune, keep=keep, now=datetime.now(UTC))
        finally:
            await connection.close()

    async def end(self) -> None:
        """Stop receiving."""
        receiver, self.receiver = self.receiver, None
        if receiver is not None and receiver.returncode is None:
            receiver.terminate()
            await receiver.wait()

    # ------------------------------------------------------------------------------ inside

    async def _begin(self, connection: asyncpg.Connection[Any]) -> None:
        who = await connection.fetchrow(_WHO)
        assert who is not None  # noqa: S101 -- a row of functions without conditions
        found = self.shelf.mark()
        if found is None:
            key = keys.current(self.config)
            kind = "none" if key is None else "sealed" if self.passphrase else "plain"
            mark = Mark(FORMAT, VERSION, who["system"], who["timeline"], who["major"], kind)
            self.shelf.begin(mark)
            if key is not None:
                written = keys.seal(key, self.passphrase) if self.passphrase else key
                folder.Writer(self.shelf.root).put("key", written)
        elif (found.system, found.timeline) != (who["system"], who["timeline"]):
            raise errors.ArchiveFailed(
                f"{self.shelf.root} is the archive of another database, or of the time before it was"
                " restored; name a new folder."
            )
        slot = await connection.fetchrow(
            "SELECT wal_status FROM pg_replication_slots WHERE slot_name = $1", SLOT
        )
        if slot is not None and slot["wal_status"] == "lost":
            await self.end()
            await connection.execute("SELECT pg_drop_replication_slot($1)", SLOT)
            slot = None
        if slot is None:  # nothing held the log back until now
            self.shelf.set_aside(datetime.now(UTC))
            await connection.execute("SELECT pg_create_physical_replication_slot($1, true)", SLOT)

    async def _receive(self) -> None:
        if self.receiver is not None and self.receiver.returncode is None:
            return
        self.receiver = await self._tool(
            "pg_receivewal",
            *("-D", str(self.shelf.wal), "-S", SLOT, "--synchronous", "--no-loop"),
            stdout=asyncio.subprocess.DEVNULL,
        )

    async def _reach(self, connection: asyncpg.Connection[Any]) -> None:
        """Commit a mark, wait for it to arrive, copy files, say so."""
        async with connection.transaction():
            at = await connection.fetchval(_MARK)
        lsn = await connection.fetchval("SELECT pg_current_wal_flush_lsn()::text")
        deadline = time.monotonic() + PATIENCE
        while not await connection.fetchval(_ARRIVED, SLOT, lsn):
            if self.receiver is None or self.receiver.returncode is not None:
                raise errors.ArchiveFailed(await self._last_words())
            if time.monotonic() > deadline:
                await self.end()
                raise errors.ArchiveFailed("what was written does not arrive in the archive")
            await asyncio.sleep(0.05)
        if not self.config.files_url:
            self.looked = await asyncio.to_thread(
                self.shelf.keep_files, self.config.data / "files", since=self.looked
            )
        self.shelf.write("reach.json", Reach(at))
        await connection.execute(_STATE, str(self.shelf.root), at, None)

    def _base_due(self) -> bool:
        bases = self.shelf.all_bases()
        return not bases or bases[-1].end_at < datetime.now(UTC) - BASE_EVERY

    async def base(self, connection: asyncpg.Connection[Any]) -> Base:
        """Copy the database's files while it serves. Errors: :class:`.ArchiveFailed`."""
        began, begin_at = time.monotonic(), datetime.now(UTC)
        name = begin_at.strftime("%Y%m%dT%H%M%S%f")
        part = self.shelf.bases / f".{name}"
        for left in self.shelf.bases.glob(".*"):  # of one that was killed
            shutil.rmtree(left)
        begin_wal = await connection.fetchval("SELECT pg_walfile_name(pg_current_wal_lsn())")
        process = await self._tool(
            "pg_basebackup",
            *("-D", str(part / "data"), "-X", "none", "--checkpoint=fast", "--no-password"),
            *("--manifest-checksums=SHA256", "--no-slot"),
        )
        _, said = await process.communicate()
        if process.returncode != 0:
            shutil.rmtree(part, ignore_errors=True)
            raise errors.ArchiveFailed(f"no base: {_end(said)}")
        end_at = await connection.fetchval("SELECT clock_timestamp()")
        made = Base(name, begin_at, end_at, begin_wal)
        password = unquote(urlsplit(self.dsn).password or "")
        writer = folder.Writer(part)
        writer.put("password", password.encode())
        writer.put("base.json", folder.pretty(made))
        await asyncio.to_thread(folder.flush_folders, part)
        part.rename(self.shelf.bases / name)
        folder.flush_folder(self.shelf.bases)
        path = self.shelf.bases / name
        seconds = time.monotonic() - began
        await records.keep(connection, kind="base", ok=True, path=path, seconds=seconds)
        return made

    async def _tool(
        self, name: str, *arguments: str, stdout: int = asyncio.subprocess.PIPE
    ) -> asyncio.subprocess.Process:
        """One of PostgreSQL's programs; the password is in no list of processes."""
        parts = urlsplit(self.dsn)
        place = {key: values[0] for key, values in parse_qs(parts.query).items()}
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        environment = {
            **kept,
            "PGPASSWORD": unquote(parts.password or ""),
            "PGUSER": unquote(parts.username or ""),
            "PGHOST": place.get("host", parts.hostname or ""),
            "PGPORT": place.get("port", str(parts.port or 5432)),
            "LC_ALL": "C",
        }
        return await asyncio.create_subprocess_exec(
            self.binaries[name],
            *arguments,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stdout,
            stderr=asyncio.subprocess.PIPE,
        )

    async def _last_words(self) -> str:
        receiver, self.receiver = self.receiver, None
        if receiver is None or receiver.stderr is None:
            return "the receiver did not start"
        return _end(await receiver.stderr.read())

    async def _failed(self, said: str) -> None:
        logger.error("archive_failed", reason=said)
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(self.dsn)
            try:
                await connection.execute(_STATE, str(self.shelf.root), None, said[-500:])
            finally:
                await connection.close()


def _end(said: bytes) -> str:
    return said.decode(errors="replace").strip()[-500:]
