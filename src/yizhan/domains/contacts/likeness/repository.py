"""SQL of suggestions."""

from __future__ import annotations

from typing import Any

from yizhan.kernel.tx import Tx

# Two people are two when a system of record knows them by different ids. $2 is the contact.
_ALIKE = """
WITH found AS (
  SELECT o.contact_id AS other, o.kind, o.value, least(m.strength, o.strength) AS low,
    greatest(m.strength, o.strength) AS high, o.strength AS theirs
  FROM identity m JOIN identity o ON o.workspace_id = m.workspace_id AND o.kind = m.kind
    AND o.value = m.value AND o.contact_id <> m.contact_id
  WHERE m.workspace_id = $1 AND m.contact_id = $2 AND NOT m.shared AND NOT o.shared
    AND m.kind IN ('email', 'phone', 'external_id', 'unionid')
  UNION ALL
  SELECT c.id, 'name_company', c.name, 0, 0, 0 FROM contact me
  JOIN contact c ON c.workspace_id = me.workspace_id AND c.company_id = me.company_id AND c.id <> me.id
    AND lower(btrim(c.name)) = lower(btrim(me.name))
  WHERE me.workspace_id = $1 AND me.id = $2 AND btrim(me.name) <> ''
)
SELECT DISTINCT ON (f.other, f.kind, f.value) f.* FROM found f
JOIN contact k ON k.workspace_id = $1 AND k.id = f.other AND k.merged_into IS NULL
WHERE NOT EXISTS (SELECT FROM contact_apart a WHERE a.workspace_id = $1
    AND a.low_id = least(f.other, $2) AND a.high_id = greatest(f.other, $2))
  AND NOT EXISTS (SELECT FROM identity a JOIN identity b ON b.workspace_id = a.workspace_id
    AND b.kind = a.kind AND b.scope = a.scope AND b.value <> a.value
    WHERE a.workspace_id = $1 AND a.contact_id = $2 AND b.contact_id = f.other
      AND a.kind IN ('external_id', 'unionid', 'app_user') AND a.strength >= 2 AND b.strength >= 2)
ORDER BY f.other, f.kind, f.value, f.high DESC LIMIT 100
"""


async def alike(tx: Tx, contact_id: int) -> list[Any]:
    """Every reason for every other contact."""
    return await tx.db.fetch(_ALIKE, tx.workspace_id, contact_id)


async def keep_apart(tx: Tx, one: int, other: int) -> bool:
    """False when that was said before."""
    said = await tx.db.fetchval(
        "INSERT INTO contact_apart (workspace_id, low_id, high_id, said_by, said_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING true",
        tx.workspace_id,
        min(one, other),
        max(one, other),
        tx.actor.stamp(),
        tx.now,
    )
    return bool(said)


async def forget_apart(tx: Tx, one: int, other: int) -> bool:
    """False when nobody had said so."""
    gone = await tx.db.fetchval(
        "DELETE FROM contact_apart WHERE workspace_id = $1 AND low_id = $2 AND high_id = $3 RETURNING true",
        tx.workspace_id,
        min(one, other),
        max(one, other),
    )
    return bool(gone)
