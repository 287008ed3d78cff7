"""Counting what became of articles: one table, so that every number has its rows behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

import msgspec

from yizhan.domains.advice.types import Step, Use
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

MOST_GROUPS = 500
_STEPS = ", ".join(
    f"count(DISTINCT ticket_id) FILTER (WHERE step = '{step}') AS {step}" for step in get_args(Step)
)


class Span(msgspec.Struct, frozen=True):
    """What is counted: from a moment to another, of one article or agent or of all."""

    since: datetime
    until: datetime
    article_id: int | None = None
    agent_id: int | None = None

    @property
    def values(self) -> tuple[Any, ...]:
        return (self.since, self.until, self.article_id, self.agent_id)


_WITHIN = (
    "u.workspace_id = $1 AND u.at >= $2 AND u.at < $3 AND ($4::bigint IS NULL OR u.article_id = $4)"
    " AND ($5::bigint IS NULL OR u.agent_id = $5)"
)


async def counted(tx: Tx, span: Span, *, by: str) -> Sequence[Mapping[str, Any]]:
    """Tickets by step, for each article or each agent."""
    column = {"article": "article_id", "agent": "agent_id"}[by]
    return await tx.db.fetch(
        f"SELECT {column} AS id, {_STEPS} FROM article_use u WHERE {_WITHIN}"
        f" GROUP BY 1 ORDER BY shown DESC, sent DESC, 1 LIMIT {MOST_GROUPS}",
        tx.workspace_id,
        *span.values,
    )


async def totals(tx: Tx, span: Span) -> Mapping[str, Any]:
    """Tickets by step, all together."""
    row: Mapping[str, Any] | None = await tx.db.fetchrow(
        f"SELECT {_STEPS} FROM article_use u WHERE {_WITHIN}", tx.workspace_id, *span.values
    )
    return row if row is not None else dict.fromkeys(get_args(Step), 0)


async def self_served(tx: Tx, span: Span) -> tuple[int, int, int]:
    """Customers whom articles were offered to, who opened one, whom one helped."""
    row = await tx.db.fetchrow(
        "SELECT count(*), count(*) FILTER (WHERE opened_id IS NOT NULL),"
        " count(*) FILTER (WHERE outcome = 'solved') FROM article_ask"
        " WHERE workspace_id = $1 AND at >= $2 AND at < $3 AND cardinality(article_ids) > 0"
        " AND ($4::bigint IS NULL OR article_ids @> ARRAY[$4])",
        tx.workspace_id,
        span.since,
        span.until,
        span.article_id,
    )
    return (row[0], row[1], row[2]) if row is not None else (0, 0, 0)


async def uses(
    tx: Tx, span: Span, *, step: Step, before: tuple[Any, Any] | None, limit: int
) -> list[Use]:
    """The tickets behind a number that the actor may see, the newest first."""
    clause, more = permissions.ticket_condition(tx.actor, "ticket:read", first=10)
    return await tx.db.fetch_as(
        Use,
        "SELECT u.ticket_id, t.number, t.subject, u.article_id, u.agent_id, coalesce(g.name, '') AS agent,"
        " u.form, u.distance, u.at FROM article_use u"
        " JOIN ticket t ON t.workspace_id = u.workspace_id AND t.id = u.ticket_id"
        " LEFT JOIN agent g ON g.workspace_id = u.workspace_id AND g.id = u.agent_id"
        f" WHERE {_WITHIN} AND u.step = $6 AND ($7::timestamptz IS NULL OR (u.at, u.ticket_id) < ($7, $8::bigint))"
        f" AND {clause} ORDER BY u.at DESC, u.ticket_id DESC LIMIT $9",
        tx.workspace_id,
        *span.values,
        step,
        *(before or (None, None)),
        limit,
        *more,
    )
