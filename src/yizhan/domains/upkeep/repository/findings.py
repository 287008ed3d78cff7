"""Findings and drafts in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.upkeep.types import KINDS, Finding, Found, Kind, Source, State
from yizhan.kernel.tx import Tx

_NAMES = Finding.__struct_fields__
_READ = ", ".join(f"f.{name}" for name in _NAMES)

# A gap that was dismissed comes back when half as many more have asked, anything else with new evidence.
_PUT = """
INSERT INTO knowledge_finding (workspace_id, id, kind, reason, key, state, brand_id, locale, article_id,
  other_id, title, count, evidence, fingerprint, first_at, last_at)
VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
ON CONFLICT (workspace_id, kind, key) DO UPDATE SET reason = excluded.reason, brand_id = excluded.brand_id,
  locale = excluded.locale, other_id = excluded.other_id,
  article_id = CASE WHEN excluded.kind = 'gap' THEN knowledge_finding.article_id ELSE excluded.article_id END,
  title = CASE WHEN excluded.kind = 'gap' AND knowledge_finding.state <> 'done' THEN knowledge_finding.title
    ELSE excluded.title END,
  count = excluded.count, evidence = excluded.evidence, fingerprint = excluded.fingerprint,
  last_at = excluded.last_at,
  state = CASE WHEN knowledge_finding.state = 'dismissed' AND CASE WHEN excluded.kind = 'gap'
      THEN excluded.count < knowledge_finding.dismissed_count
        + greatest(3, knowledge_finding.dismissed_count / 2)
      ELSE excluded.fingerprint = knowledge_finding.dismissed_as END
    THEN 'dismissed' ELSE 'open' END
"""


def _finding(row: Any) -> Finding:
    return msgspec.convert(dict(row), Finding)


async def put(tx: Tx, found: Sequence[Found]) -> None:
    """What a check found, instead of what the one before did; what is gone is done."""
    ids: list[str] = []
    for one in found:
        new_id = tx.new_id()
        key = one.key or str(new_id)
        ids.append(f"{one.kind}:{key}")
        await tx.db.execute(
            _PUT,
            tx.workspace_id,
            new_id,
            one.kind,
            one.reason,
            key,
            one.brand_id,
            one.locale,
            one.article_id,
            one.other_id,
            one.title,
            one.count,
            msgspec.to_builtins(one.evidence),
            one.fingerprint,
            tx.now,
        )
    await tx.db.execute(
        "UPDATE knowledge_finding SET state = 'done' WHERE workspace_id = $1 AND state = 'open'"
        " AND NOT kind || ':' || key = ANY($2)",
        tx.workspace_id,
        ids,
    )


async def gaps(tx: Tx) -> list[Finding]:
    """Gaps that are open or dismissed."""
    rows = await tx.db.fetch(
        f"SELECT {_READ} FROM knowledge_finding f WHERE f.workspace_id = $1 AND f.kind = 'gap'"
        " AND f.state <> 'done' ORDER BY f.id",
        tx.workspace_id,
    )
    return [_finding(row) for row in rows]


async def one(tx: Tx, finding_id: int, *, lock: bool = False) -> Finding | None:
    row = await tx.db.fetchrow(
        f"SELECT {_READ} FROM knowledge_finding f WHERE f.workspace_id = $1 AND f.id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        finding_id,
    )
    return None if row is None else _finding(row)


async def listed(
    tx: Tx, *, kind: Kind, state: State, before: tuple[int, int] | None, limit: int
) -> list[Finding]:
    """Those with most behind them first. Uses knowledge_finding_open."""
    rows = await tx.db.fetch(
        f"SELECT {_READ} FROM knowledge_finding f WHERE f.workspace_id = $1 AND f.kind = $2 AND f.state = $3"
        " AND ($4::int IS NULL OR (f.count, -f.id) < ($4, -$5::bigint)) ORDER BY f.count DESC, f.id LIMIT $6",
        tx.workspace_id,
        kind,
        state,
        *(before or (None, None)),
        limit,
    )
    return [_finding(row) for row in rows]


async def counts(tx: Tx) -> dict[Kind, int]:
    """Open findings by kind."""
    rows = await tx.db.fetch(
        "SELECT kind, count(*) AS n FROM knowledge_finding WHERE workspace_id = $1 AND state = 'open'"
        " GROUP BY 1",
        tx.workspace_id,
    )
    found = {row["kind"]: row["n"] for row in rows}
    return {kind: found.get(kind, 0) for kind in KINDS}


async def settle(tx: Tx, finding: Finding, *, state: State) -> None:
    """Somebody's word on it."""
    away = state == "dismissed"
    await tx.db.execute(
        "UPDATE knowledge_finding SET state = $3, dismissed_as = $4, dismissed_count = $5, settled_by = $6"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        finding.id,
        state,
        finding.fingerprint if away else None,
        finding.count if away else None,
        tx.actor.stamp(),
    )


async def done_with(tx: Tx, article_id: int) -> None:
    """An article changed: what was found in it holds no more until a check finds it again."""
    await tx.db.execute(
        "UPDATE knowledge_finding SET state = 'done' WHERE workspace_id = $1 AND state = 'open'"
        " AND (article_id = $2 OR other_id = $2)",
        tx.workspace_id,
        article_id,
    )


async def seen(tx: Tx, ids: Sequence[int]) -> dict[int, int]:
    """Those of some tickets that the actor may see, with their numbers."""
    clause, more = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        f"SELECT t.id, t.number FROM ticket t WHERE t.workspace_id = $1 AND t.id = ANY($2) AND {clause}",
        tx.workspace_id,
        sorted(set(ids)),
        *more,
    )
    return {row["id"]: row["number"] for row in rows}


# ----------------------------------------------------------------------------------------- drafts


async def add_draft(
    tx: Tx, article_id: int, *, locale: str, sources: Sequence[Source],
    finding_id: int | None = None, ticket_id: int | None = None,
) -> None:  # fmt: skip
    await tx.db.execute(
        "INSERT INTO knowledge_draft (workspace_id, article_id, locale, finding_id, ticket_id, sources,"
        " made_by, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.workspace_id,
        article_id,
        locale,
        finding_id,
        ticket_id,
        msgspec.to_builtins(list(sources)),
        tx.actor.stamp(),
        tx.now,
    )
    if finding_id is not None:
        await tx.db.execute(
            "UPDATE knowledge_finding SET article_id = $3 WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            finding_id,
            article_id,
        )


async def drafts(tx: Tx, *, limit: int, article_id: int | None = None) -> list[Any]:
    """Drafts that nobody has published yet, the newest first; of one article also later."""
    return await tx.db.fetch(
        "SELECT d.article_id, d.locale, d.finding_id, d.ticket_id, d.sources, d.made_by, d.at, v.title,"
        " x.state FROM knowledge_draft d JOIN article_text x ON x.workspace_id = d.workspace_id"
        "   AND x.article_id = d.article_id AND x.locale = d.locale"
        " JOIN article_version v ON v.workspace_id = x.workspace_id AND v.text_id = x.id"
        "   AND v.version = x.version"
        " WHERE d.workspace_id = $1 AND CASE WHEN $3::bigint IS NULL THEN x.state = 'draft'"
        "   ELSE d.article_id = $3 END ORDER BY d.at DESC, d.article_id DESC LIMIT $2",
        tx.workspace_id,
        limit,
        article_id,
    )


async def draft_of(tx: Tx, ticket_id: int) -> int | None:
    """The unpublished draft that was made from a ticket."""
    found: int | None = await tx.db.fetchval(
        "SELECT d.article_id FROM knowledge_draft d JOIN article_text x ON x.workspace_id = d.workspace_id"
        " AND x.article_id = d.article_id AND x.locale = d.locale WHERE d.workspace_id = $1"
        " AND d.ticket_id = $2 AND x.state = 'draft' LIMIT 1",
        tx.workspace_id,
        ticket_id,
    )
    return found


async def is_draft(tx: Tx, article_id: int) -> bool:
    """Whether an article has a language that nobody published yet, and none that is."""
    found: bool = await tx.db.fetchval(
        "SELECT coalesce(bool_and(state = 'draft'), false) FROM article_text"
        " WHERE workspace_id = $1 AND article_id = $2",
        tx.workspace_id,
        article_id,
    )
    return found


async def reviewed(tx: Tx, article_id: int) -> None:
    """Somebody set another date for looking at an article again."""
    await tx.db.execute(
        "UPDATE knowledge_finding SET state = 'done' WHERE workspace_id = $1 AND article_id = $2"
        " AND state = 'open' AND kind = 'stale' AND reason = 'review'",
        tx.workspace_id,
        article_id,
    )
