"""What became of articles, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.advice.types import Inserted, Step
from yizhan.kernel.tx import Tx


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


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A step with an article; ``message_id`` of the answer that carried it."""

    ticket_id: int
    article_id: int
    agent_id: int
    step: str
    form: str = ""
    locale: str = ""
    message_id: int | None = None
    distance: float | None = None
    at: datetime | None = None

    def next(self, step: str, *, distance: float | None = None) -> Taken:
        """A later step with the same."""
        return msgspec.structs.replace(self, step=step, distance=distance, at=None)


async def add_use(tx: Tx, taken: Taken) -> bool:
    """Note a step. False when it was noted before; a later insertion is the one that counts."""
    rows = await tx.db.fetch(
        """INSERT INTO article_use (workspace_id, ticket_id, article_id, agent_id, step, form, locale,
            message_id, distance, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (workspace_id, ticket_id, article_id, agent_id, step)
        DO UPDATE SET form = excluded.form, locale = excluded.locale
        RETURNING at = $10""",
        tx.workspace_id,
        taken.ticket_id,
        taken.article_id,
        taken.agent_id,
        taken.step,
        taken.form,
        taken.locale,
        taken.message_id,
        taken.distance,
        tx.now,
    )
    return bool(rows[0][0])


_DONE = "('resolved', 'closed')"


async def done_with_article(tx: Tx, ticket_id: int) -> datetime | None:
    """Since when a ticket is done in which an article was sent; None where either is not so."""
    found: datetime | None = await tx.db.fetchval(
        f"SELECT t.resolved_at FROM ticket t WHERE t.workspace_id = $1 AND t.id = $2 AND t.status_category IN {_DONE}"
        " AND EXISTS (SELECT FROM article_use u WHERE u.workspace_id = $1 AND u.ticket_id = t.id"
        "   AND u.step = 'sent')",
        tx.workspace_id,
        ticket_id,
    )
    return found


async def sent_in(tx: Tx, ticket_id: int) -> list[Taken]:
    """The articles that were sent on a ticket."""
    return await tx.db.fetch_as(
        Taken,
        "SELECT ticket_id, article_id, agent_id, step, form, locale, message_id, distance, at"
        " FROM article_use WHERE workspace_id = $1 AND ticket_id = $2 AND step = 'sent'"
        " ORDER BY article_id, agent_id",
        tx.workspace_id,
        ticket_id,
    )


async def last_sent(tx: Tx, ticket_id: int) -> datetime | None:
    return max((one.at for one in await sent_in(tx, ticket_id) if one.at), default=None)


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
        "DELETE FROM article_use WHERE workspace_id = $1 AND message_id = $2",
        tx.workspace_id,
        message_id,
    )
