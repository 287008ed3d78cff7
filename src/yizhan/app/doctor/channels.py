"""Mailboxes that cannot be fetched, and servers that do not take what is sent."""

from __future__ import annotations

import re

import asyncpg

from yizhan.app.doctor.cures import check
from yizhan.domains.system import recording
from yizhan.domains.system.types import Check
from yizhan.kernel.config import Config

_MOST = 5
_REFUSED = re.compile(
    r"auth|log[_ ]?in|credential|password|invalid_grant|permission|\b(401|403|53[0458])\b",
    re.IGNORECASE,
)
# Uses delivery_open. An answer that waits for its first try is no fault.
_SENDING = """
SELECT i.channel, i.name, d.error, count(*) AS n FROM delivery d
JOIN inbox i ON i.workspace_id = d.workspace_id AND i.id = d.inbox_id
WHERE d.state IN ('queued', 'sending') AND d.attempts > 0 AND d.error IS NOT NULL AND i.active
GROUP BY 1, 2, 3 ORDER BY 4 DESC
"""
# What a delivery says of its inbox is no fault of fetching.
_FETCHING = """
SELECT i.channel, i.name, i.last_error AS error,
  coalesce(i.poller_until > now(), false) AS held, i.created_at < now() - interval '2 minutes' AS settled
FROM inbox i WHERE i.active AND NOT EXISTS (
  SELECT FROM delivery d WHERE d.workspace_id = i.workspace_id AND d.inbox_id = i.id
    AND d.state IN ('queued', 'sending') AND left(d.error, 1000) = i.last_error)
ORDER BY i.last_error_at DESC NULLS LAST
"""


async def fetching(_config: Config, connection: asyncpg.Connection) -> Check:
    """Each mailbox that must be fetched is, without an error since the last time that it went well."""
    rows = [row for row in await connection.fetch(_FETCHING) if recording.fetches(row["channel"])]
    failing = [row for row in rows if row["error"]]
    if failing:
        return _failing("fetching", failing)
    idle = [row["name"] for row in rows if row["settled"] and not row["held"]]
    detail = ", ".join(idle[:_MOST]) or f"{len(rows)}"
    return check("fetching", detail, ok=not idle, cause="nobody" if idle else None)


async def sending(_config: Config, connection: asyncpg.Connection) -> Check:
    """No answer is tried again and again because a server does not take it."""
    rows = await connection.fetch(_SENDING)
    return _failing("sending", rows) if rows else check("sending", "no errors", ok=True)


def _failing(name: str, rows: list[asyncpg.Record]) -> Check:
    said = "; ".join(
        f"{row['channel']} {row['name']}: {row['error'][:200]}" for row in rows[:_MOST]
    )
    refused = any(_REFUSED.search(row["error"]) for row in rows)
    return check(name, said, ok=False, cause="refused" if refused else None)
