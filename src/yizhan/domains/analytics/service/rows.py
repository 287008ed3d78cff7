"""The rows behind a number: as many as it counts, under the same condition."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from yizhan.domains.analytics import asking, schemas
from yizhan.domains.analytics.metrics import Metric
from yizhan.domains.analytics.types import Asked
from yizhan.domains.identity import permissions
from yizhan.kernel import pagination, sheets
from yizhan.kernel.actor import Actor
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_EXPORTED = 1000
Place = tuple[datetime, int]  # when, and by which event


async def page(
    tx: Tx, asked: Asked, *, metric: Metric, limit: int | None, cursor: str | None
) -> pagination.Page[schemas.ReportRow]:
    """Newest first. Errors: BadCursor, ReportFilterInvalid."""
    key = pagination.decode(cursor, datetime, int)
    size = pagination.limit_of(limit)
    rows = await read(tx, asked, metric=metric, behind=key, limit=size + 1)
    return pagination.page(rows, size, lambda row: (row.at, int(row.id)))


async def read(
    tx: Tx, asked: Asked, *, metric: Metric, behind: Any, limit: int
) -> list[schemas.ReportRow]:
    """The next rows behind a place."""
    made = asking.question(tx.actor, asked)
    at = "t.at"
    if metric.kind is None:
        at = "t.began_at"
        made.add("t.began_at < {0} AND t.ended_at >= {0}", asked.period.end)
    else:
        made.add("t.kind = {}", metric.kind)
        made.add("t.at >= {} AND t.at < {}", asked.period.begin, asked.period.end)
    if behind is not None:
        made.add(f"({at}, t.event_id) < ({{}}, {{}})", *behind)
    table = "report_span" if metric.kind is None else "report_fact"
    value = "NULL::bigint" if metric.kind is None else "t.value"
    facts = (
        f"SELECT t.*, {at} AS moment, {value} AS said FROM {table} t WHERE {made.where}"
        f" ORDER BY {at} DESC, t.event_id DESC LIMIT {limit:d}"
    )
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=len(made.values) + 1)
    rows = await tx.db.fetch(
        f"SELECT f.*, t.number, CASE WHEN {seen} THEN t.subject END AS subject,"
        " a.name AS agent, m.name AS team, b.name AS brand"
        f" FROM ({facts}) f"
        " LEFT JOIN ticket t ON t.workspace_id = $1 AND t.id = f.ticket_id"
        " LEFT JOIN agent a ON a.workspace_id = $1 AND a.id = f.agent_id"
        " LEFT JOIN team m ON m.workspace_id = $1 AND m.id = f.team_id"
        " LEFT JOIN brand b ON b.workspace_id = $1 AND b.id = f.brand_id"
        " ORDER BY f.moment DESC, f.event_id DESC",
        *made.values,
        *values,
    )
    return [_row(row) for row in rows]


def _row(row: Any) -> schemas.ReportRow:
    return schemas.ReportRow(
        id=str(row["event_id"]),
        at=row["moment"],
        ticket_id=str(row["ticket_id"]),
        number=row["number"],
        subject=row["subject"],
        value=row["said"],
        agent_id=None if row["agent_id"] is None else str(row["agent_id"]),
        agent=row["agent"],
        team=row["team"],
        brand=row["brand"],
        channel=row["channel"],
        priority=row["priority"],
        tags=row["tags"],
    )


_HEADS = {
    "zh": ("时间", "工单", "主题", "数值", "客服", "团队", "品牌", "渠道", "优先级", "标签"),
    "en": (
        "Time",
        "Ticket",
        "Subject",
        "Value",
        "Agent",
        "Team",
        "Brand",
        "Channel",
        "Priority",
        "Tags",
    ),
}


async def export(
    database: Database, actor: Actor, asked: Asked, *, metric: Metric, language: str
) -> AsyncIterator[bytes]:
    """All rows as CSV that a spreadsheet opens: a mark of its encoding first, then a few rows at a
    time, each with a transaction of its own."""
    zone = ZoneInfo(asked.zone)
    yield sheets.MARK + sheets.lines([_HEADS[language]])
    behind: Place | None = None
    while True:
        async with database.begin(actor) as tx:
            rows = await read(tx, asked, metric=metric, behind=behind, limit=_EXPORTED)
        if rows:
            yield sheets.lines(_cells(row, zone) for row in rows)
        if len(rows) < _EXPORTED:
            return
        behind = rows[-1].at, int(rows[-1].id)


def _cells(row: schemas.ReportRow, zone: ZoneInfo) -> tuple[Any, ...]:
    return (
        row.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        row.number,
        row.subject,
        row.value,
        row.agent,
        row.team,
        row.brand,
        row.channel,
        row.priority,
        ", ".join(row.tags),
    )
