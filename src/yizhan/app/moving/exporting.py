"""Writing a workspace out: one moment of the database, streamed; then the files that it names."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import asyncpg

from yizhan.app import version
from yizhan.app.backups import content, folder
from yizhan.app.moving import archive, errors, shape
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.storage import Store

# JSON has no raw control characters, so with these two around them COPY changes nothing of it.
_PLAIN = {"format": "csv", "delimiter": "\x02", "quote": "\x01"}


async def export(*, dsn: str, store: Store, path: Path, slug: str | None = None) -> dict[str, Any]:
    """A whole workspace into a new zip. Returns its content hash and what it holds.

    Errors: WhichWorkspace, WorkspaceUnknown, BackupPathTaken, BackupPathFull.
    """
    began = time.monotonic()
    folder.require_free(path)
    connection = await asyncpg.connect(dsn)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with folder.full_disk(path):
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                manifest, waiting = await _write(connection, store, out, slug=slug)
                out.flush()
                os.fsync(out.fileno())
                size = out.tell()
            part.rename(path)
            folder.flush_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
        await connection.close()
    return {
        "sha256": manifest.sha256,
        "counts": counts(manifest),
        "workspace": manifest.slug,
        "path": str(path),
        "bytes": size,
        "missing": list(manifest.missing),
        "waiting": waiting,
        "seconds": round(time.monotonic() - began, 3),
    }


def counts(manifest: archive.Manifest) -> dict[str, int]:
    """Rows of each kind that has any, and files."""
    rows = {part.name: part.rows for part in manifest.kinds if part.rows}
    return {**rows, "files": manifest.files}


async def _write(
    connection: asyncpg.Connection[Any], store: Store, out: IO[bytes], *, slug: str | None
) -> tuple[archive.Manifest, int]:
    transaction = await content.begin_reading(connection)
    try:
        workspace = await _workspace(connection, slug)
        workspace_id = workspace["workspace_id"]
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as zipped:
            parts = [
                await _kind(connection, kind, zipped, workspace_id=workspace_id)
                for kind in await shape.kinds(connection)
            ]
            named = await content.files(connection, workspace_id=workspace_id)
            files, missing = await _files(store, named, zipped)
            listed = archive.file_lines(files)
            zipped.writestr(archive.FILE_LIST, listed)
            found = {part.name: (part.sha256, part.rows) for part in parts}
            migrations = await connection.fetch("SELECT number FROM migration ORDER BY 1")
            manifest = archive.Manifest(
                format=archive.FORMAT,
                version=archive.VERSION,
                release=version.version(),
                made_at=datetime.now(UTC).isoformat(),
                migrations=tuple(row["number"] for row in migrations),
                workspace_id=str(workspace_id),
                slug=workspace["slug"],
                name=workspace["name"],
                kinds=tuple(parts),
                files=len(files),
                file_list_sha256=hashlib.sha256(listed).hexdigest(),
                missing=tuple(missing),
                sha256=archive.combined(found, [file.sha256 for file in files]),
            )
            zipped.writestr(archive.MANIFEST, folder.pretty(manifest))
        waiting = await connection.fetchval(
            "SELECT count(*) FROM message WHERE workspace_id = $1"
            " AND delivery_state IN ('queued', 'sending', 'held')",
            workspace_id,
        )
    finally:
        await transaction.rollback()
    return manifest, waiting


async def _workspace(connection: Any, slug: str | None) -> Any:
    rows = await connection.fetch("SELECT workspace_id, slug, name FROM workspace ORDER BY slug")
    chosen = [row for row in rows if slug in (None, row["slug"])]
    if not chosen:
        raise errors.WorkspaceUnknown
    if len(chosen) > 1:
        named = ", ".join(row["slug"] for row in chosen[:10])
        raise errors.WhichWorkspace(f"Name one with --workspace: {named}")
    return chosen[0]


async def _kind(
    connection: asyncpg.Connection[Any],
    kind: shape.Kind,
    zipped: zipfile.ZipFile,
    *,
    workspace_id: int,
) -> archive.KindPart:
    part = archive.KindPart(kind.name, kind.columns, 0, 0, "")
    with zipped.open(part.path, "w", force_zip64=True) as out:
        found = await digest(connection, kind, workspace_id=workspace_id, out=out)
    return archive.KindPart(kind.name, kind.columns, found.rows, found.size, found.sha256)


async def digest(
    connection: asyncpg.Connection[Any],
    kind: shape.Kind,
    *,
    workspace_id: int,
    out: IO[bytes] | None = None,
) -> archive.KindPart:
    """Stream the rows of a kind, and say what they came to."""
    hashed, rows, size = hashlib.sha256(), 0, 0

    async def take(data: bytes) -> None:
        nonlocal rows, size
        hashed.update(data)
        rows += data.count(b"\n")
        size += len(data)
        if out is not None:
            out.write(data)

    query = kind.query.format(workspace_id=workspace_id)
    await connection.copy_from_query(query, output=take, **_PLAIN)
    return archive.KindPart(kind.name, kind.columns, rows, size, hashed.hexdigest())


async def _files(
    store: Store, named: list[tuple[int, str]], zipped: zipfile.ZipFile
) -> tuple[list[archive.FilePart], list[str]]:
    files, missing = [], []
    for workspace_id, sha256 in named:
        try:
            data = await store.get(workspace_id, sha256)
        except kernel_errors.YizhanError:
            data = b""
        if hashlib.sha256(data).hexdigest() != sha256:
            missing.append(sha256)
            continue
        part = archive.FilePart(sha256, len(data))
        zipped.writestr(part.path, data)
        files.append(part)
    return files, missing
