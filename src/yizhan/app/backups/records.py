"""What became of backups and drills, so that the doctor can warn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

OLDEST_BACKUP = timedelta(days=7)
OLDEST_REACH = timedelta(minutes=5)


class Kept(msgspec.Struct, frozen=True):
    """The newest of one kind."""

    ok: bool
    at: datetime
    path: str
    detail: str


async def keep(connection: Any, *, kind: str, ok: bool, path: Path, **more: Any) -> None:
    """Write down what was done. ``more``: sha256, rows, seconds, detail."""
    if await connection.fetchval("SELECT to_regclass('backup_log')") is None:
        return  # of a release before it
    await connection.execute(
        "INSERT INTO backup_log (kind, ok, path, sha256, rows, seconds, detail)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        *(kind, ok, str(path), more.get("sha256"), more.get("rows")),
        *(more.get("seconds", 0.0), more.get("detail", "")),
    )


async def newest(connection: Any, kind: str, *, good: bool = False) -> Kept | None:
    """The last of a kind, or the last that went well."""
    row = await connection.fetchrow(
        "SELECT ok, at, path, detail FROM backup_log WHERE kind = $1 AND (ok OR NOT $2)"
        " ORDER BY at DESC, id DESC LIMIT 1",
        *(kind, good),
    )
    return None if row is None else Kept(*row)


async def fault(connection: Any) -> tuple[str, bool]:
    """What is known of backups, and whether it is well.

    Not well: a desk of a week without a backup of the last week, a drill that failed, an archive that
    does not follow.
    """
    if await connection.fetchval("SELECT to_regclass('backup_log')") is None:
        return "not migrated", True
    now = datetime.now(UTC)
    backup = await newest(connection, "backup", good=True) or await newest(
        connection, "base", good=True
    )
    drill = await newest(connection, "drill")
    archive = await connection.fetchrow("SELECT reach_at, error FROM archive_state")
    if archive and (archive["error"] or now - (archive["reach_at"] or now) > OLDEST_REACH):
        return (
            f"the archive reaches {archive['reach_at']}: {archive['error'] or 'it is late'}",
            False,
        )
    if drill and not drill.ok:
        return f"the last drill failed: {drill.detail}", False
    if backup is not None:
        said = f"the last backup is of {backup.at:%Y-%m-%d %H:%M} UTC"
        return said, now - backup.at < OLDEST_BACKUP
    born = await connection.fetchval("SELECT min(applied_at) FROM migration")
    return "no backup yet", born is None or now - born < OLDEST_BACKUP
