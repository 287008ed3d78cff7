"""How articles are used: counts, the tickets behind them, the same as a table for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

from yizhan.domains.advice import counting, schemas
from yizhan.domains.advice.counting import Span
from yizhan.domains.advice.types import TARGET, Step
from yizhan.domains.identity import permissions
from yizhan.kernel import pagination, sheets
from yizhan.kernel.tx import Tx

DAYS = 30
_MOST_EXPORTED = 10_000


def span_of(
    tx: Tx,
    *,
    since: datetime | None,
    until: datetime | None,
    article_id: int | None = None,
    agent_id: int | None = None,
) -> Span:
    """The last thirty days unless told otherwise. Errors: Forbidden."""
    permissions.require(tx.actor, "knowledge:read")
    last = until or tx.now + timedelta(seconds=1)
    return Span(since or last - timedelta(days=DAYS), last, article_id, agent_id)


async def usage(tx: Tx, span: Span) -> schemas.Usage:
    """Adoption by article and by agent."""
    all_ = await counting.totals(tx, span)
    articles = await counting.counted(tx, span, by="article")
    agents = await counting.counted(tx, span, by="agent")
    offered, opened, solved = await counting.self_served(tx, span)

    def counts(row: Mapping[str, Any]) -> dict[str, int]:
        return {step: row[step] for step in get_args(Step)}

    shown = all_["shown"]
    return schemas.Usage(
        schemas.UsageTotals(
            shown=shown,
            sent=all_["sent"],
            edited=all_["edited"],
            resolved=all_["resolved"],
            adoption=round(all_["sent"] / shown, 4) if shown else None,
            target=TARGET,
            offered=offered,
            read=opened,
            solved=solved,
        ),
        [
            schemas.UsageRow(article_id=str(row["id"]), agent_id=None, **counts(row))
            for row in articles
        ],
        [
            schemas.UsageRow(article_id=None, agent_id=str(row["id"]), **counts(row))
            for row in agents
        ],
    )


async def uses(
    tx: Tx, span: Span, *, step: Step, limit: int | None, cursor: str | None
) -> pagination.Page[schemas.UseOut]:
    """The tickets behind a number, as far as the actor may see them."""
    size = pagination.limit_of(limit)
    before = pagination.moment_and_id(cursor)
    rows = await counting.uses(tx, span, step=step, before=before, limit=size + 1)
    page = pagination.page(rows, size, lambda row: (row.at, row.ticket_id))
    return pagination.Page([schemas.use_out(row) for row in page.items], page.next_cursor)


async def export(tx: Tx, span: Span, *, step: Step) -> bytes:
    """The rows of :func:`uses` as CSV that a spreadsheet opens, the newest ten thousand."""
    rows = await counting.uses(tx, span, step=step, before=None, limit=_MOST_EXPORTED)
    head = ("at", "ticket", "subject", "article_id", "agent", "step", "form", "changed")
    lines: list[Sequence[Any]] = [head]
    lines += [
        (
            row.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            row.number,
            row.subject,
            str(row.article_id),
            row.agent,
            step,
            row.form,
            row.distance,
        )
        for row in rows
    ]
    return sheets.MARK + sheets.lines(lines)
