"""Reports over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Request, get
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter, QueryParameter
from litestar.response import Stream

from yizhan.domains.analytics import errors, schemas
from yizhan.domains.analytics.service import asking, rows
from yizhan.domains.analytics.types import Asked, Dimension, Step
from yizhan.kernel import http, pagination
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["reports"]
Req = Request[Any, Any, State]
_From = Annotated[date | None, QueryParameter(name="from", description="First day; 30 days back")]
_To = Annotated[date | None, QueryParameter(name="to", description="Last day, included; today")]
_Value = Annotated[str | None, Parameter(max_length=1000)]
_Metrics = Annotated[str, Parameter(max_length=500, description="Keys, with commas between")]
_Metric = Annotated[str, Parameter(max_length=60)]


async def provide_asked(
    tx: Tx,
    *,
    first: _From = None,
    last: _To = None,
    channel: _Value = None,
    brand: _Value = None,
    team: _Value = None,
    agent: _Value = None,
    tag: _Value = None,
    priority: _Value = None,
) -> Asked:
    """The period and the filters. Filters take values with commas between, and ``none``; ``tag`` is one."""
    filters = {"channel": channel, "brand": brand, "team": team, "agent": agent}
    filters |= {"tag": tag, "priority": priority}
    return await asking.prepared(tx, first=first, last=last, filters=filters)


_ASKED: dict[str, Any] = {
    "dependencies": {"asked": Provide(provide_asked)},
    "opt": {"errors": (errors.PeriodInvalid, errors.ReportFilterInvalid)},
}


@get("/reports/metrics", summary="List metrics with their definitions", tags=_TAGS)
async def list_metrics(tx: Tx) -> schemas.MetricCatalogue:
    """What each number counts, by which clock, and what is left out."""
    return await asking.catalogue(tx)


@get("/reports/query", summary="Ask for numbers", tags=_TAGS, **_ASKED)
async def query_reports(
    tx: Tx,
    asked: Asked,
    metrics: _Metrics,
    step: Step = "day",
    group: Dimension | None = None,
    *,
    steps: bool = True,
    compare: bool = True,
) -> schemas.Report:
    """Totals, steps and groups of some metrics, beside the period before.

    Only tickets that your role may count are counted.
    """
    wanted = [key.strip() for key in metrics.split(",") if key.strip()]
    cut = msgspec.structs.replace(asked, step=step, group=group)
    return await asking.report(tx, cut, metrics=wanted, compare=compare, with_steps=steps)


@get("/reports/rows", summary="List what is behind a number", tags=_TAGS, **_ASKED)
async def list_report_rows(
    tx: Tx, asked: Asked, metric: _Metric, limit: int | None = None, cursor: str | None = None
) -> pagination.Page[schemas.ReportRow]:
    """Exactly what the metric counts for the same period and filters, newest first."""
    return await rows.page(tx, asked, metric=asking.metric(metric), limit=limit, cursor=cursor)


@get(
    "/reports/export",
    summary="Export what is behind a number",
    tags=_TAGS,
    responses={200: ResponseSpec(str, media_type="text/csv", generate_examples=False)},
    **_ASKED,
)
async def export_report(request: Req, tx: Tx, edge: Edge, asked: Asked, metric: _Metric) -> Stream:
    """The rows as CSV for spreadsheets (UTF-8 with its mark), sent while they are read."""
    wanted = asking.metric(metric)
    asking.exported(tx, asked, wanted)
    name = f"{wanted.key}_{asked.period.first}_{asked.period.last}.csv"
    lines = rows.export(
        edge.database, tx.actor, asked, metric=wanted, language=http.language(request)
    )
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Stream(lines, media_type="text/csv", headers=headers)


routes = [list_metrics, query_reports, list_report_rows, export_report]
