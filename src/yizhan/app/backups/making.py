"""Making a full backup while the desk serves: one snapshot of the rows, then the files they name."""

from __future__ import annotations

import asyncio
import hashlib
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from yizhan.app import version
from yizhan.app.backups import content, errors, folder, keys, records
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.config import Config
from yizhan.kernel.storage import Store

Named = list[tuple[int, str]]


async def make(
    config: Config, *, dsn: str, store: Store, path: Path, passphrase: str | None = None
) -> dict[str, Any]:
    """Back up the whole installation into a new folder and say what it came to.

    Errors: BackupPathTaken, BackupPathFull, BackupRunning.
    """
    began = time.monotonic()
    connection = await asyncpg.connect(dsn)
    try:
        with folder.writing(path) as writer:
            manifest = await _write(config, connection, store, writer, passphrase=passphrase)
            folder.seal(writer, manifest)
        seconds = time.monotonic() - began
        done = {"sha256": manifest.sha256, "rows": manifest.rows, "seconds": round(seconds, 3)}
        await records.keep(connection, kind="backup", ok=True, path=path, **done)
    except (OSError, errors.BackupPathFull) as error:
        await records.keep(connection, kind="backup", ok=False, path=path, detail=str(error))
        raise
    finally:
        await connection.close()
    return {
        **done,
        "path": str(path),
        "files": manifest.files,
        "missing": list(manifest.missing),
        "key": manifest.key,
    }


async def _write(
    config: Config,
    connection: asyncpg.Connection[Any],
    store: Store,
    writer: folder.Writer,
    *,
    passphrase: str | None,
) -> folder.Manifest:
    made_at = datetime.now(UTC).isoformat()
    transaction = await content.begin_reading(connection)
    try:
        migrations = await connection.fetch("SELECT number FROM migration ORDER BY number")
        parts = [await _table(connection, t, writer) for t in await content.tables(connection)]
        sequences = await content.sequences(connection)
        named = await content.files(connection)
    finally:
        await transaction.rollback()
    held, missing = await _files(store, named, writer)
    listed = "".join(f"{workspace_id} {sha256}\n" for workspace_id, sha256 in held).encode()
    writer.put(folder.FILE_LIST, listed)
    kind, key_sha256 = _key(config, writer, passphrase)
    found = {part.name: content.Digest(part.sha256, part.rows) for part in parts}
    return folder.Manifest(
        format=folder.FORMAT,
        version=folder.VERSION,
        release=version.version(),
        made_at=made_at,
        migrations=tuple(row["number"] for row in migrations),
        sha256=content.combined(found, named),
        rows=sum(part.rows for part in parts),
        tables=tuple(part for part in parts if part.rows),
        sequences=sequences,
        file_list_sha256=hashlib.sha256(listed).hexdigest(),
        files=len(held),
        missing=tuple(missing),
        key=kind,
        key_sha256=key_sha256,
    )


async def _table(
    connection: asyncpg.Connection[Any], table: content.Table, writer: folder.Writer
) -> folder.TablePart:
    part = folder.TablePart(table.name, table.columns, 0, "", "")
    with writer.packed(part.path) as packed:
        found = await content.read(connection, table.query, into=packed.write)
    if not found.rows:
        (writer.folder / part.path).unlink()
    return folder.TablePart(table.name, table.columns, found.rows, found.sha256, packed.sha256)


async def _files(store: Store, named: Named, writer: folder.Writer) -> tuple[Named, list[str]]:
    """Each file whose bytes are what its name says; the others are said, not left out in silence."""
    held, missing = [], []
    for workspace_id, sha256 in named:
        try:
            data = await store.get(workspace_id, sha256)
        except kernel_errors.YizhanError:
            data = b""
        if await asyncio.to_thread(_hash, data) != sha256:
            missing.append(f"{workspace_id}/{sha256}")
            continue
        place = folder.file_path(Path(), workspace_id, sha256)
        await asyncio.to_thread(writer.put, str(place), data)
        held.append((workspace_id, sha256))
    return held, missing


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _key(config: Config, writer: folder.Writer, passphrase: str | None) -> tuple[str, str]:
    key = keys.current(config)
    if key is None:
        return "none", ""
    written = keys.seal(key, passphrase) if passphrase else key
    writer.put("key", written)
    return ("sealed" if passphrase else "plain"), _hash(written)
