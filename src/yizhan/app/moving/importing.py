"""Reading a workspace in: as strangers' data, under the fence of its own workspace, all of it or nothing.

Rows come in small transactions, because readers of everybody's log wait for the oldest one. Until the
last of them nobody sees the workspace: its own row, its inboxes and its timers come at the very end, with
the proof that what lies in the tables is what the archive said.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from yizhan.app.backups import content, loading
from yizhan.app.moving import archive, errors, exporting, shape
from yizhan.kernel import db, migrate
from yizhan.kernel.crypto import Vault
from yizhan.kernel.storage import Store

_BATCH = 500  # rows
_BATCH_SIZE = 4 << 20  # bytes
_FIRST_XID = 3  # the first number that PostgreSQL gives to a transaction


class _Line(msgspec.Struct):
    """What every row says of itself."""

    workspace_id: str
    id: str | int | None = None


async def load(
    *, dsn: str, store: Store, vault: Vault, path: Path, slug: str | None = None
) -> dict[str, Any]:
    """A workspace from an archive, in a migrated database. Returns the hash of what lies there now.

    Errors: ArchiveRefused, ArchiveTooLarge, ArchiveTooNew, ArchiveTooOld, WorkspaceThere, SlugThere,
    ImportedDiffers.
    """
    began = time.monotonic()
    with archive.opened(path) as zipped:
        reader = await asyncio.to_thread(archive.checked, zipped, path)
        connection = await asyncpg.connect(dsn)
        try:
            sha256 = await _Import(connection, store, vault, reader, slug=slug).run()
        finally:
            await connection.close()
    manifest = reader.manifest
    return {
        "sha256": sha256,
        "counts": exporting.counts(manifest),
        "workspace": slug or manifest.slug,
        "id": manifest.workspace_id,
        "missing": list(manifest.missing),
        "seconds": round(time.monotonic() - began, 3),
    }


class _Import:
    """One import."""

    def __init__(
        self,
        connection: asyncpg.Connection[Any],
        store: Store,
        vault: Vault,
        reader: archive.Reader,
        *,
        slug: str | None,
    ) -> None:
        self.connection = connection
        self.store = store
        self.vault = vault
        self.reader = reader
        self.manifest = reader.manifest
        self.workspace_id = int(reader.manifest.workspace_id)
        self.slug = slug or reader.manifest.slug
        self.xid = _FIRST_XID

    async def run(self) -> str:
        """Everything, or nothing. Returns the content hash."""
        kinds = {kind.name: kind for kind in await shape.kinds(self.connection)}
        await self._check_fit(kinds)
        lock = "SELECT pg_try_advisory_lock(hashtextextended('import', $1))"
        if not await self.connection.fetchval(lock, self.workspace_id):
            raise errors.WorkspaceThere("This workspace is just being imported.")
        await self._check_free()
        await self._clear()  # of an import that was killed
        try:
            for file in self.reader.files:
                data = await asyncio.to_thread(self.reader.content, file)
                await self.store.put(self.workspace_id, data)
            return await self._rows(kinds)
        except BaseException:
            await self._clear()
            raise

    async def _check_fit(self, kinds: dict[str, shape.Kind]) -> None:
        here = {migration.number for migration in migrate.available()}
        there = set(self.manifest.migrations)
        if there - here:
            raise errors.ArchiveTooNew
        if here - there:
            raise errors.ArchiveTooOld(f"The archive was made by release {self.manifest.release}.")
        for part in self.manifest.kinds:
            if part.name not in kinds or part.columns != kinds[part.name].columns:
                raise errors.ArchiveRefused(f"{part.name}: no such kind of data.")

    async def _check_free(self) -> None:
        row = await self.connection.fetchrow(
            "SELECT workspace_id FROM workspace WHERE workspace_id = $1 OR slug = $2"
            " ORDER BY workspace_id = $1 DESC",
            self.workspace_id,
            self.slug,
        )
        if row is not None:
            mine = row["workspace_id"] == self.workspace_id
            raise errors.WorkspaceThere if mine else errors.SlugThere

    @asynccontextmanager
    async def _fenced(self) -> AsyncIterator[None]:
        """A transaction that can touch this workspace only, whatever a row says."""
        async with self.connection.transaction():
            await self.connection.execute(content.SETTINGS)
            await self.connection.execute(
                f"SET LOCAL ROLE {db.APP_ROLE}; SET LOCAL yizhan.workspace = '{self.workspace_id:d}'"
            )
            yield

    async def _clear(self) -> None:
        if self.connection.is_closed():
            return
        async with self.connection.transaction():
            for _ in range(2):  # triggers write while others are deleted
                for row in await self.connection.fetch(shape.TENANTS):
                    await self._delete(row["name"])

    async def _rows(self, kinds: dict[str, shape.Kind]) -> str:
        parts = {part.name: part for part in self.manifest.kinds}
        early = [part for part in parts.values() if part.name not in shape.LAST]
        for part in early:
            await self._put(kinds[part.name], part, anew=False)
        await loading.pass_numbers(self.connection, self.xid)
        async with self._fenced():
            await self.connection.execute(loading.CONSUMERS_OF, self.workspace_id)
        found = await self._count(kinds, early)
        # What triggers keep was written by them while the rows came; what the archive says holds.
        kept = [part for part in early if found[part.name] != (part.sha256, part.rows)]
        for part in kept:
            await self._put(kinds[part.name], part, anew=True)
        found.update(await self._count(kinds, kept))
        async with self._fenced():
            for part in (parts[name] for name in shape.LAST if name in parts):
                for batch, xid in self._batches(part):
                    await self._insert(kinds[part.name], batch, xid=xid)
                found[part.name] = await self._counted(kinds[part.name])
            sha256 = archive.combined(found, [file.sha256 for file in self.reader.files])
            if sha256 != self.manifest.sha256:
                wrong = [n for n, p in parts.items() if found.get(n) != (p.sha256, p.rows)]
                raise errors.ImportedDiffers(f"Differs: {', '.join(wrong[:5])}. Nothing was kept.")
            await shape.make_secrets(self.connection, self.vault, workspace_id=self.workspace_id)
        return sha256

    async def _put(self, kind: shape.Kind, part: archive.KindPart, *, anew: bool) -> None:
        if anew:
            await self._delete(kind.name)
        for batch, xid in self._batches(part):
            async with self._fenced():
                await self._insert(kind, batch, xid=xid, beside=not anew)

    async def _delete(self, table: str) -> None:
        """As the owner: the log and the chain of the audit can be deleted by nobody else."""
        await self.connection.execute(
            f'DELETE FROM "{table}" WHERE workspace_id = $1', self.workspace_id
        )

    async def _count(
        self, kinds: dict[str, shape.Kind], parts: list[archive.KindPart]
    ) -> dict[str, tuple[str, int]]:
        transaction = await content.begin_reading(self.connection)
        try:
            return {part.name: await self._counted(kinds[part.name]) for part in parts}
        finally:
            await transaction.rollback()

    async def _counted(self, kind: shape.Kind) -> tuple[str, int]:
        found = await exporting.digest(self.connection, kind, workspace_id=self.workspace_id)
        return found.sha256, found.rows

    def _batches(self, part: archive.KindPart) -> Iterator[tuple[list[bytes], int]]:
        """Rows for one statement each, and the number that says where in the log they stand.

        The log is read by that number and the id: where ids go back, the next number begins.
        """
        batch: list[bytes] = []
        size, before = 0, 0
        for number, line in enumerate(self.reader.lines(part), 1):
            key = self._key(part, line, number=number)
            back = part.name == "event" and key < before
            if batch and (back or len(batch) >= _BATCH or size >= _BATCH_SIZE):
                yield batch, self.xid
                batch, size = [], 0
            self.xid += back
            before = key
            batch.append(line)
            size += len(line)
        if batch:
            yield batch, self.xid

    def _key(self, part: archive.KindPart, line: bytes, *, number: int) -> int:
        try:
            said = msgspec.json.decode(line, type=_Line)
            mine = int(said.workspace_id) == self.workspace_id
            key = int(said.id or 0) if part.name == "event" else 0
        except (msgspec.MsgspecError, UnicodeDecodeError, ValueError) as error:
            raise errors.ArchiveRefused(f"{part.path}, line {number}: no row.") from error
        if not mine:
            raise errors.ArchiveRefused(f"{part.path}, line {number}: of another workspace.")
        return key

    async def _insert(
        self, kind: shape.Kind, batch: list[bytes], *, xid: int, beside: bool = False
    ) -> None:
        values = {f'"{column}"': f'r."{column}"' for column in kind.columns}
        for (table, column), value in shape.SECRETS.items():
            if table == kind.name and value is not None:
                values[f'"{column}"'] = value
        more: list[str] = []
        if kind.name == "event":
            values["xid"], more = "$2::text::xid8", [str(xid)]
        elif kind.name == "workspace":
            values["slug"], more = "$2", [self.slug]
        query = (
            f'INSERT INTO "{kind.name}" ({", ".join(values)}) SELECT {", ".join(values.values())}'
            f' FROM json_populate_recordset(NULL::"{kind.name}", $1::json) r'
            f"{' ON CONFLICT DO NOTHING' if beside else ''}"
        )
        try:
            await self.connection.execute(query, f"[{b','.join(batch).decode()}]", *more)
        except (asyncpg.PostgresError, UnicodeDecodeError) as error:
            state = getattr(error, "sqlstate", "no text")
            raise errors.ArchiveRefused(f"{kind.name}: rows that do not fit ({state}).") from error
