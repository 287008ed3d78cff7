"""Layouts in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.fields.layouts.choosing import Person
from yizhan.domains.fields.layouts.types import Content, Layout, Version
from yizhan.kernel.tx import Tx

_COLUMNS = "id, place, position, active, version, published, draft, live, updated_at"
_PUT = """
INSERT INTO layout (workspace_id, id, place, position, active, version, published, draft, live, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (workspace_id, id) DO UPDATE SET position = excluded.position, active = excluded.active,
    version = excluded.version, published = excluded.published, draft = excluded.draft,
    live = excluded.live, updated_at = excluded.updated_at
"""
_PEOPLE = """
SELECT a.id, a.name, coalesce(array_agg(r.role_id) FILTER (WHERE r.role_id IS NOT NULL), '{}') AS roles
FROM agent a LEFT JOIN agent_role r ON r.workspace_id = a.workspace_id AND r.agent_id = a.id
WHERE a.workspace_id = $1 AND a.active GROUP BY a.id, a.name ORDER BY a.name, a.id LIMIT 5000
"""


async def lock(tx: Tx) -> None:
    """One change of layouts at a time."""
    await tx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('layouts:' || $1, 0))", str(tx.workspace_id)
    )


def _stored(content: Content | None) -> Any:
    return None if content is None else msgspec.to_builtins(content)


async def layouts(tx: Tx, *, layout_id: int | None = None) -> list[Layout]:
    """Those that are not deleted, in order."""
    rows = await tx.db.fetch(
        f"SELECT {_COLUMNS} FROM layout WHERE workspace_id = $1 AND active"
        " AND ($2::bigint IS NULL OR id = $2) ORDER BY position, id",
        tx.workspace_id,
        layout_id,
    )
    return [msgspec.convert(dict(row), Layout) for row in rows]


async def put(tx: Tx, layout: Layout) -> None:
    """Write a layout, new or changed."""
    await tx.db.execute(
        _PUT,
        tx.workspace_id,
        layout.id,
        layout.place,
        layout.position,
        layout.active,
        layout.version,
        layout.published,
        _stored(layout.draft),
        _stored(layout.live),
        layout.updated_at,
    )


async def keep(tx: Tx, layout: Layout, *, restored_from: int | None) -> None:
    """Keep the newest version for good."""
    await tx.db.execute(
        "INSERT INTO layout_version (workspace_id, layout_id, version, content, actor, at, restored_from)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        tx.workspace_id,
        layout.id,
        layout.version,
        _stored(layout.draft),
        tx.actor.stamp(),
        tx.now,
        restored_from,
    )


async def mark_published(tx: Tx, layout_id: int, *, version: int) -> None:
    await tx.db.execute(
        "UPDATE layout_version SET published_at = $4"
        " WHERE workspace_id = $1 AND layout_id = $2 AND version = $3",
        tx.workspace_id,
        layout_id,
        version,
        tx.now,
    )


async def versions(tx: Tx, layout_id: int, *, version: int | None = None) -> list[Version]:
    """Newest first, the last 200; or one."""
    rows = await tx.db.fetch(
        "SELECT version, content, actor, at, published_at, restored_from FROM layout_version"
        " WHERE workspace_id = $1 AND layout_id = $2 AND ($3::int IS NULL OR version = $3)"
        " ORDER BY version DESC LIMIT 201",
        tx.workspace_id,
        layout_id,
        version,
    )
    return [msgspec.convert(dict(row), Version) for row in rows]


async def set_order(tx: Tx, ids: Sequence[int]) -> None:
    await tx.db.execute(
        "UPDATE layout l SET position = u.position FROM unnest($2::bigint[])"
        " WITH ORDINALITY AS u (id, position) WHERE l.workspace_id = $1 AND l.id = u.id",
        tx.workspace_id,
        list(ids),
    )


async def try_out(tx: Tx, agent_id: int, *, layout_id: int | None) -> None:
    """An agent sees the draft of this layout, or of none."""
    await tx.db.execute(
        "DELETE FROM layout_trial WHERE workspace_id = $1 AND agent_id = $2",
        tx.workspace_id,
        agent_id,
    )
    if layout_id is not None:
        await tx.db.execute(
            "INSERT INTO layout_trial (workspace_id, agent_id, layout_id) VALUES ($1, $2, $3)",
            tx.workspace_id,
            agent_id,
            layout_id,
        )


async def tried(tx: Tx, agent_id: int | None) -> int | None:
    """The layout whose draft an agent tries."""
    found: int | None = await tx.db.fetchval(
        "SELECT layout_id FROM layout_trial WHERE workspace_id = $1 AND agent_id = $2",
        tx.workspace_id,
        agent_id,
    )
    return found


async def people(tx: Tx) -> list[Person]:
    """Everybody who works here, with their roles."""
    rows = await tx.db.fetch(_PEOPLE, tx.workspace_id)
    return [Person(row["id"], row["name"], frozenset(row["roles"])) for row in rows]
