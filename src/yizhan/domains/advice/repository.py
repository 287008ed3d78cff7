"""What became of articles, in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

import msgspec

from yizhan.domains.advice.types import Inserted, Step
from yizhan.kernel.tx import Tx

_MOST_GROUPS = 500
_STEPS = ", ".join(
    f"count(DISTINCT ticket_id) FILTER (WHERE step = '{step}') AS {step}" for step in get_args(Step)
)


async def customer_words(tx: Tx, ticket_id: int, *, most: int) -> list[str]:
    """What the customer wrote, the newest first. Uses message_ticket."""
    rows = await tx.db.fetch(
        "SELECT body_text FROM message WHERE workspace_id = $1 AND ticket_id = $2"
        " AND direction = 'in' AND visibility = 'public' AND NOT automatic ORDER BY id DESC LIMIT $3",
        tx.workspace_id,
        ticket_id,
        most,
    )
    return [row[0] for row in rows]


async def requester_locale(tx: Tx, contact_id: int) -> str | None:
    found: str | None = await tx.db.fetchval(
        "SELECT locale FROM contact WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        contact_id,
    )
    return found


async def steps_of(tx: Tx, ticket_id: int, *, agent_id: int) -> dict[int, list[Step]]:
    """What an agent did with which articles on a ticket."""
    rows = await tx.db.fetch(
        "SELECT article_id, array_agg(step) FROM article_use WHERE workspace_id = $1"
        " AND ticket_id = $2 AND agent_id = $3 GROUP BY 1",
        tx.workspace_id,
        ticket_id,
        agent_id,
    )
    return {row[0]: sorted(row[1]) for row in rows}


async def add_use(
    tx: Tx,
    *,
    ticket_id: int,
    article_id: int,
    agent_id: int,
    step: str,
    form: str = "",
    locale: str = "",
    message_id: int | None = None,
) -> bool:
    """Note a step. False when it was noted before; a later insertion is the one that counts."""
    rows = await tx.db.fetch(
        """INSERT INTO article_use (workspace_id, ticket_id, article_id, agent_id, step, form, locale,
            message_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (workspace_id, ticket_id, article_id, agent_id, step)
        DO UPDATE SET form = excluded.form, locale = excluded.locale
        RETURNING at = $9""",
        tx.workspace_id,
        ticket_id,
        article_id,
        agent_id,
        step,
        form,
        locale,
        message_id,
        tx.now,
    )
    return bool(rows[0][0])


async def inserted(tx: Tx, ticket_id: int, *, agent_id: int) -> list[Inserted]:
    """What an agent put into answers of a ticket, with the words of the article."""
    return await tx.db.fetch_as(
        Inserted,
        "SELECT u.article_id, u.locale, u.form, coalesce(v.plain, '') AS plain FROM article_use u"
        " LEFT JOIN article_text x ON x.workspace_id = u.workspace_id AND x.article_id = u.article_id"
        "   AND x.locale = u.locale"
        " LEFT JOIN article_version v ON v.workspace_id = x.workspace_id AND v.text_id = x.id"
        "   AND v.version = coalesce(x.published, x.version)"
        " WHERE u.workspace_id = $1 AND u.ticket_id = $2 AND u.agent_id = $3 AND u.step = 'inserted'",
        tx.workspace_id,
        ticket_id,
        agent_id,
    )


async def message(tx: Tx, message_id: int) -> Any:
    """An answer's words."""
    return await tx.db.fetchrow(
        "SELECT body_text, coalesce(body_html, '') AS html FROM message"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        message_id,
    )


async def take_back(tx: Tx, message_id: int) -> None:
    """The answer was not sent after all. Uses article_use_message."""
    await tx.db.execute(
        "DELETE FROM article_use WHERE workspace_id = $1 AND message_id = $2 AND step = 'sent'",
        tx.workspace_id,
        message_id,
    )


class Span(msgspec.Struct, frozen=True):
    """What is counted: from a moment to another, of one article or of all."""

    since: datetime
    until: datetime
    article_id: int | None = None


_WITHIN = "workspace_id = $1 AND at >= $2 AND at < $3 AND ($4::bigint IS NULL OR article_id = $4)"


async def counted(tx: Tx, span: Span, *, by: str) -> Sequence[Mapping[str, Any]]:
    """Tickets by step, for each article or each agent."""
    column = {"article": "article_id", "agent": "agent_id"}[by]
    return await tx.db.fetch(
        f"SELECT {column} AS id, {_STEPS} FROM article_use WHERE {_WITHIN}"
        f" GROUP BY 1 ORDER BY shown DESC, 1 LIMIT {_MOST_GROUPS}",
        tx.workspace_id,
        span.since,
        span.until,
        span.article_id,
    )


async def totals(tx: Tx, span: Span) -> tuple[int, int]:
    row = await tx.db.fetchrow(
        f"SELECT {_STEPS} FROM article_use WHERE {_WITHIN}",
        tx.workspace_id,
        span.since,
        span.until,
        span.article_id,
    )
    return (row["shown"], row["sent"]) if row is not None else (0, 0)
