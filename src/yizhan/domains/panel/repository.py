"""All SQL of sources."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.panel.contract import Content
from yizhan.domains.panel.types import Health, Kept, PanelSource
from yizhan.kernel.tx import Tx

_SOURCE = ", ".join(f"s.{field.name}" for field in msgspec.structs.fields(PanelSource))
_ANSWER = ("asked", "content", "fetched_at", "error", "tried_at", "asking_until")
_HEALTH = tuple(field.name for field in msgspec.structs.fields(Health))

# One asks, whoever comes besides waits for that one; a question of another wording begins anew.
_CLAIM = """
INSERT INTO panel_answer AS a (workspace_id, source_id, subject, asked, tried_at, asking_until)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (workspace_id, source_id, subject) DO UPDATE SET asking_until = $6, asked = $4,
    content = CASE WHEN a.asked = $4 THEN a.content END,
    fetched_at = CASE WHEN a.asked = $4 THEN a.fetched_at END,
    error = CASE WHEN a.asked = $4 THEN a.error END
WHERE a.asked <> $4 OR a.asking_until IS NULL OR a.asking_until <= $5
RETURNING true
"""
# Of those who meet a source that has rested long enough, one tries it.
_PROBE = """
UPDATE panel_health SET resting_until = $3 + interval '30 seconds'
WHERE workspace_id = $1 AND source_id = $2 AND resting_until <= $3 RETURNING true
"""
_WELL = """
INSERT INTO panel_health AS h (workspace_id, source_id, last_ok_at) VALUES ($1, $2, $3)
ON CONFLICT (workspace_id, source_id) DO UPDATE SET failures = 0, resting_until = NULL, last_ok_at = $3
WHERE h.failures > 0 OR h.resting_until IS NOT NULL OR h.last_ok_at IS NULL
   OR h.last_ok_at < $3 - interval '30 seconds'
"""
_ILL = """
INSERT INTO panel_health AS h (workspace_id, source_id, failures, last_failed_at, last_error, last_detail)
VALUES ($1, $2, 1, $3, $4, $5)
ON CONFLICT (workspace_id, source_id) DO UPDATE SET failures = h.failures + 1, last_failed_at = $3,
    last_error = $4, last_detail = $5,
    resting_until = CASE WHEN h.failures + 1 >= $6
        THEN $3 + least($8::interval, $7::interval * power(2, least(h.failures + 1 - $6, 10))) END
"""


def _source(row: Any) -> PanelSource:
    return msgspec.convert(dict(row), PanelSource)


async def sources(tx: Tx, *, active: bool | None = None) -> list[PanelSource]:
    """All sources by name."""
    rows = await tx.db.fetch(
        f"SELECT {_SOURCE} FROM panel_source s WHERE workspace_id = $1"
        " AND ($2::boolean IS NULL OR active = $2) ORDER BY name, id",
        tx.workspace_id,
        active,
    )
    return [_source(row) for row in rows]


async def source(tx: Tx, source_id: int, *, lock: bool = False) -> PanelSource | None:
    row = await tx.db.fetchrow(
        f"SELECT {_SOURCE} FROM panel_source s WHERE workspace_id = $1 AND id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        source_id,
    )
    return None if row is None else _source(row)


async def put(tx: Tx, row: PanelSource) -> None:
    """Write a source, new or changed."""
    values = msgspec.structs.asdict(row) | {"masks": msgspec.to_builtins(row.masks)}
    names = list(values)
    places = ", ".join(f"${number}" for number in range(2, len(names) + 2))
    changes = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    await tx.db.execute(
        f"INSERT INTO panel_source (workspace_id, {', '.join(names)}) VALUES ($1, {places})"
        f" ON CONFLICT (workspace_id, id) DO UPDATE SET {changes}",
        tx.workspace_id,
        *values.values(),
    )


async def delete(tx: Tx, source_id: int) -> None:
    """A source with all that is kept of it."""
    for table, column in (
        ("panel_answer", "source_id"),
        ("panel_health", "source_id"),
        ("panel_source", "id"),
    ):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND {column} = $2",
            tx.workspace_id,
            source_id,
        )


async def missing_roles(tx: Tx, role_ids: list[int]) -> bool:
    """Whether one of these roles is not there."""
    found = await tx.db.fetchval(
        "SELECT count(*) FROM role WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        role_ids,
    )
    return bool(found < len(set(role_ids)))


# ------------------------------------------------------------------------------------- answers


async def kept(tx: Tx, subjects: dict[int, str]) -> dict[int, Kept]:
    """What is kept about a source's subject, by source."""
    rows = await tx.db.fetch(
        f"SELECT a.source_id, {', '.join(f'a.{name}' for name in _ANSWER)} FROM panel_answer a"
        " JOIN unnest($2::bigint[], $3::text[]) AS w (source_id, subject)"
        " ON w.source_id = a.source_id AND w.subject = a.subject WHERE a.workspace_id = $1",
        tx.workspace_id,
        list(subjects),
        list(subjects.values()),
    )
    return {
        row["source_id"]: msgspec.convert({name: row[name] for name in _ANSWER}, Kept)
        for row in rows
    }


async def health(tx: Tx) -> dict[int, Health]:
    """How each source is doing."""
    rows = await tx.db.fetch(
        f"SELECT source_id, {', '.join(_HEALTH)} FROM panel_health WHERE workspace_id = $1",
        tx.workspace_id,
    )
    return {row["source_id"]: Health(**{name: row[name] for name in _HEALTH}) for row in rows}


async def claim(
    tx: Tx, source_id: int, *, subject: str, asked: str, now: datetime, until: datetime
) -> bool:
    """Whether it is this caller who asks."""
    found = await tx.db.fetchval(_CLAIM, tx.workspace_id, source_id, subject, asked, now, until)
    return bool(found)


async def probe(tx: Tx, source_id: int, *, now: datetime) -> bool:
    """Whether it is this caller who tries a source that has rested."""
    return bool(await tx.db.fetchval(_PROBE, tx.workspace_id, source_id, now))


async def keep(
    tx: Tx, source_id: int, *, subject: str, asked: str, content: Content | None,
    error: str | None, now: datetime,
) -> None:  # fmt: skip
    """What became of a try; a failed one leaves the last good answer."""
    await tx.db.execute(
        "UPDATE panel_answer SET content = coalesce($5, content), error = $6, tried_at = $7,"
        " fetched_at = CASE WHEN $5::jsonb IS NULL THEN fetched_at ELSE $7 END, asking_until = NULL"
        " WHERE workspace_id = $1 AND source_id = $2 AND subject = $3 AND asked = $4",
        tx.workspace_id,
        source_id,
        subject,
        asked,
        None if content is None else msgspec.to_builtins(content),
        error,
        now,
    )


async def forget(tx: Tx, source_id: int, *, before: datetime, most: int = 50) -> None:
    """Drop what nobody has asked for since, some at a time. Index panel_answer_old."""
    await tx.db.execute(
        "DELETE FROM panel_answer WHERE workspace_id = $1 AND source_id = $2 AND subject IN ("
        " SELECT subject FROM panel_answer WHERE workspace_id = $1 AND source_id = $2"
        " AND tried_at < $3 ORDER BY tried_at LIMIT $4 FOR UPDATE SKIP LOCKED)",
        tx.workspace_id,
        source_id,
        before,
        most,
    )


async def well(tx: Tx, source_id: int, *, now: datetime) -> None:
    """A source answered."""
    await tx.db.execute(_WELL, tx.workspace_id, source_id, now)


async def ill(
    tx: Tx, source_id: int, *, now: datetime, error: str, detail: str, patience: int,
    rest: timedelta, longest: timedelta,
) -> None:  # fmt: skip
    """A source failed; after ``patience`` times in a row it rests, longer each time."""
    await tx.db.execute(
        _ILL, tx.workspace_id, source_id, now, error, detail[:500], patience, rest, longest
    )


async def forget_health(tx: Tx, source_id: int) -> None:
    """After a change of its settings a source begins anew, and so do its answers."""
    for table in ("panel_answer", "panel_health"):
        await tx.db.execute(
            f"DELETE FROM {table} WHERE workspace_id = $1 AND source_id = $2",
            tx.workspace_id,
            source_id,
        )
