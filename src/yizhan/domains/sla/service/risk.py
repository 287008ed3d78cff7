"""How much of what was promised is used up: of the next promise of each ticket, in tenths."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.sla import calendar, clock, repository
from yizhan.domains.sla.types import StoredCalendar
from yizhan.kernel.tx import Tx

TENTHS = 10
_MOST_KEPT = 500
# Uses the primary keys of both.
_NEXT = """
SELECT s.ticket_id, s.target, s.kind, s.due_at, c.minutes, c.calendar_revision
FROM sla_ticket s JOIN LATERAL (
  SELECT k.minutes, k.calendar_revision FROM sla_clock k
  WHERE k.workspace_id = s.workspace_id AND k.ticket_id = s.ticket_id AND k.target = s.target
    AND k.ended_at IS NULL ORDER BY k.cycle DESC LIMIT 1) c ON true
WHERE s.workspace_id = $1 AND s.ticket_id = ANY($2::bigint[]) AND s.state = 'running'
  AND s.due_at IS NOT NULL
"""

# A revision never changes and belongs to one workspace, so it can be kept by the process.
_calendars: dict[int, calendar.Calendar] = {}


class Risk(msgspec.Struct, frozen=True, kw_only=True):
    """The next promise of a ticket; ``tenths``: of its working time, 10 when it is over."""

    target: str
    kind: str
    due_at: datetime
    tenths: int
    next_at: datetime | None  # when one more is used


async def of_tickets(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, Risk]:
    """Of those with a running promise. It asks for no right."""
    rows = await tx.db.fetch(_NEXT, tx.workspace_id, list(ticket_ids)) if ticket_ids else []
    found = {}
    for row in rows:
        hours = await _calendar(tx, row["calendar_revision"])
        tenths, next_at = used(hours, minutes=row["minutes"], due_at=row["due_at"], now=tx.now)
        found[row["ticket_id"]] = Risk(
            target=row["target"],
            kind=row["kind"],
            due_at=row["due_at"],
            tenths=tenths,
            next_at=next_at,
        )
    return found


def used(
    hours: calendar.Calendar, *, minutes: int, due_at: datetime, now: datetime
) -> tuple[int, datetime | None]:
    """Tenths of the promised minutes that are used, and when the next one is.

    Counted back from the due time, which has every pause in it already.
    """
    if due_at <= now:
        return TENTHS, None
    left = min(minutes, clock.elapsed(hours, now, end=due_at))
    tenths = min(TENTHS - 1, TENTHS * (minutes - left) // minutes)
    # The fewest minutes after which one tenth more is used; at least one, so that it never spins.
    ahead = max(1, left - minutes * (TENTHS - tenths - 1) // TENTHS)
    moment = clock.due(hours, now, minutes=ahead)
    return tenths, due_at if moment is None else min(moment, due_at)


async def _calendar(tx: Tx, revision: int | None) -> calendar.Calendar:
    """The calendar that a clock was set by; without one around the clock."""
    if revision is None:
        return calendar.always()
    if revision not in _calendars:
        if len(_calendars) >= _MOST_KEPT:
            _calendars.clear()
        said: dict[str, Any] = (await repository.version(tx, revision) or {}).get("body") or {}
        _calendars[revision] = _ready(tx, said) if said else calendar.always()
    return _calendars[revision]


def _ready(tx: Tx, said: dict[str, Any]) -> calendar.Calendar:
    stamps = dict.fromkeys(("created_at", "updated_at"), tx.now)
    stored = msgspec.convert(
        {**said, "id": 0, "version": 0, "revision": 0} | stamps, StoredCalendar
    )
    return repository.ready(stored)
