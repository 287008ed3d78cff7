"""What customers said: page by page, in figures, and on one ticket. Only of tickets that the reader sees."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.surveys import repository, scales, schemas
from yizhan.domains.surveys.service import asking
from yizhan.domains.surveys.types import KINDS, Kind, Rating
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import access
from yizhan.kernel import pagination, timers
from yizhan.kernel.tx import Tx


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which answers: what is None does not matter."""

    survey_id: int | None = None
    kind: Kind | None = None
    rating: Rating | None = None
    agent_id: int | None = None
    team_id: int | None = None
    commented: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


_PAGE = """
SELECT v.id, v.survey_id, coalesce(s.name, '') AS survey, v.kind, v.score, v.comment, v.ticket_id,
       t.number, t.subject, v.contact_id, c.name AS contact, v.agent_id, a.name AS agent, v.channel,
       v.sent_at, v.answered_at, v.changed_at
FROM survey_invitation v
JOIN ticket t ON t.workspace_id = v.workspace_id AND t.id = v.ticket_id
JOIN contact c ON c.workspace_id = v.workspace_id AND c.id = v.contact_id
LEFT JOIN survey s ON s.workspace_id = v.workspace_id AND s.id = v.survey_id
LEFT JOIN agent a ON a.workspace_id = v.workspace_id AND a.id = v.agent_id
WHERE v.workspace_id = $1 AND v.answered_at IS NOT NULL AND {where}
ORDER BY v.answered_at DESC, v.id DESC LIMIT {limit:d}
"""
# What did not reach the customer was not asked, unless they answered all the same.
_SUMMARY = """
SELECT v.kind, v.score, count(*) AS count, count(*) FILTER (WHERE v.comment <> '') AS comments
FROM survey_invitation v
JOIN ticket t ON t.workspace_id = v.workspace_id AND t.id = v.ticket_id
LEFT JOIN message m ON m.workspace_id = v.workspace_id AND m.id = v.message_id
WHERE v.workspace_id = $1 AND {where}
  AND (v.score IS NOT NULL OR coalesce(m.delivery_state NOT IN ('failed', 'cancelled'), true))
GROUP BY v.kind, v.score
"""


class _Where:
    """Conditions with their values, from ``$2`` on."""

    def __init__(self, tx: Tx) -> None:
        sql, self.values = permissions.ticket_condition(tx.actor, "ticket:read", first=2)
        self.parts = [sql]

    def add(self, template: str, *values: Any) -> None:
        places = []
        for value in values:
            self.values.append(value)
            places.append(f"${len(self.values) + 1}")
        self.parts.append(template.format(*places))

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts)


def _where(tx: Tx, wanted: Filter, *, moment: str) -> _Where:
    found = _Where(tx)
    for name in ("survey_id", "kind", "agent_id", "team_id"):
        value = getattr(wanted, name)
        if value is not None:
            found.add(f"v.{name} = {{}}", value)
    if wanted.rating is not None:
        found.add(f"{scales.rating_sql('v.kind', 'v.score')} = {{}}", wanted.rating)
    if wanted.commented is not None:
        found.add("(v.comment <> '') = {}::boolean", wanted.commented)
    if wanted.since is not None:
        found.add(f"{moment} >= {{}}", wanted.since)
    if wanted.until is not None:
        found.add(f"{moment} < {{}}", wanted.until)
    return found


async def page(
    tx: Tx, wanted: Filter, *, limit: int | None, cursor: str | None
) -> pagination.Page[schemas.SurveyResponse]:
    """Answers, newest first."""
    permissions.require_staff(tx.actor)
    size = pagination.limit_of(limit)
    where = _where(tx, wanted, moment="v.answered_at")
    key = pagination.decode(cursor, datetime, int)
    if key is not None:
        where.add("(v.answered_at, v.id) < ({}, {})", *key)
    rows = await tx.db.fetch(
        _PAGE.format(where=where.sql, limit=size + 1), tx.workspace_id, *where.values
    )
    found = pagination.page(list(rows), size, lambda row: (row["answered_at"], row["id"]))
    return pagination.Page([_out(row) for row in found.items], found.next_cursor)


def _out(row: Any) -> schemas.SurveyResponse:
    agent = None
    if row["agent_id"] is not None:
        agent = schemas.SurveyName(str(row["agent_id"]), row["agent"] or "")
    return schemas.SurveyResponse(
        id=str(row["id"]),
        survey=schemas.SurveyName(str(row["survey_id"]), row["survey"]),
        kind=row["kind"],
        score=row["score"],
        rating=scales.rating(row["kind"], row["score"]),
        comment=row["comment"],
        ticket=schemas.SurveyTicket(str(row["ticket_id"]), row["number"], row["subject"]),
        contact=schemas.SurveyName(str(row["contact_id"]), row["contact"]),
        agent=agent,
        channel=row["channel"],
        sent_at=row["sent_at"],
        answered_at=row["answered_at"],
        changed_at=row["changed_at"],
    )


async def summary(tx: Tx, wanted: Filter) -> schemas.SurveySummary:
    """Each scale in figures, of those who were asked in that time."""
    permissions.require_staff(tx.actor)
    where = _where(tx, wanted, moment="v.sent_at")
    rows = await tx.db.fetch(_SUMMARY.format(where=where.sql), tx.workspace_id, *where.values)
    by_kind: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        by_kind[row["kind"]].append(row)
    return schemas.SurveySummary(
        [_figures(kind, by_kind[kind]) for kind in KINDS if kind in by_kind]
    )


def _figures(kind: Kind, rows: list[Any]) -> schemas.SurveyFigures:
    counts = {row["score"]: row["count"] for row in rows if row["score"] is not None}
    sent = sum(row["count"] for row in rows)
    answered = sum(counts.values())
    shares: dict[Rating, int] = {"good": 0, "neutral": 0, "bad": 0}
    for score, count in counts.items():
        shares[scales.rating(kind, score)] += count
    return schemas.SurveyFigures(
        kind=kind,
        sent=sent,
        answered=answered,
        response_rate=round(100 * answered / sent, 1) if sent else None,
        figure=scales.figure(kind, counts),
        **shares,
        comments=sum(row["comments"] for row in rows),
        counts=[
            schemas.ScoreCount(score, counts.get(score, 0)) for score in scales.SCALES[kind].steps
        ],
    )


async def of_ticket(tx: Tx, ticket_id: int) -> schemas.TicketSatisfaction:
    """What became of asking the customer of a ticket. Errors: those of access."""
    ticket = await tickets.get(tx, ticket_id)
    one = await repository.of_ticket(tx, ticket_id)
    may_reply = permissions.can(tx.actor, "ticket:reply", access.resource(ticket))
    if one is None:
        planned = await timers.due_at(tx, kind=asking.TIMER, key=str(ticket_id))
        offered = await asking.offered(tx, ticket) if may_reply else None
        return schemas.TicketSatisfaction(
            state="planned" if planned else "none",
            planned_at=planned,
            may_link=offered is not None,
        )
    over = one.score is None and tx.now > one.expires_at
    return schemas.TicketSatisfaction(
        state="answered" if one.score is not None else "over" if over else "asked",
        kind=one.kind,
        sent_at=one.sent_at,
        channel=one.channel,
        score=one.score,
        best=scales.SCALES[one.kind].last,
        rating=None if one.score is None else scales.rating(one.kind, one.score),
        comment=one.comment,
        answered_at=one.answered_at,
        changed_at=one.changed_at,
        may_link=may_reply and one.score is None and not over,
    )
