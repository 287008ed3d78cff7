# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``reports``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.transport import SyncTransport


class Reports:
    """Operations of ``reports``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def export(
        self,
        *,
        from_: dt.date | None = None,
        to: dt.date | None = None,
        channel: str | None = None,
        brand: str | None = None,
        team: str | None = None,
        agent: str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        metric: str,
    ) -> bytes:
        """Export what is behind a number.

        The rows as CSV for spreadsheets (UTF-8 with its mark), sent while they are read.

        Errors: PeriodInvalid, ReportFilterInvalid, UnknownMetric.
        """
        return self._transport.fetch(
            "GET",
            "/api/v1/reports/export",
            query={
                "from": from_,
                "to": to,
                "channel": channel,
                "brand": brand,
                "team": team,
                "agent": agent,
                "tag": tag,
                "priority": priority,
                "metric": metric,
            },
        )

    def list_metrics(self) -> models.MetricCatalogue:
        """List metrics with their definitions.

        What each number counts, by which clock, and what is left out.
        """
        return self._transport.call(models.MetricCatalogue, "GET", "/api/v1/reports/metrics")

    def query(
        self,
        *,
        from_: dt.date | None = None,
        to: dt.date | None = None,
        channel: str | None = None,
        brand: str | None = None,
        team: str | None = None,
        agent: str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        metrics: str,
        step: Literal["day", "week", "month"] | None = None,
        group: Literal["channel", "brand", "team", "agent", "tag", "priority"] | None = None,
        steps: bool | None = None,
        compare: bool | None = None,
    ) -> models.Report:
        """Ask for numbers.

        Totals, steps and groups of some metrics, beside the period before.

        Only tickets that your role may count are counted.

        Errors: PeriodInvalid, ReportFilterInvalid, UnknownMetric.
        """
        return self._transport.call(
            models.Report,
            "GET",
            "/api/v1/reports/query",
            query={
                "from": from_,
                "to": to,
                "channel": channel,
                "brand": brand,
                "team": team,
                "agent": agent,
                "tag": tag,
                "priority": priority,
                "metrics": metrics,
                "step": step,
                "group": group,
                "steps": steps,
                "compare": compare,
            },
        )

    def list_report_rows(
        self,
        *,
        from_: dt.date | None = None,
        to: dt.date | None = None,
        channel: str | None = None,
        brand: str | None = None,
        team: str | None = None,
        agent: str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        metric: str,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.ReportRowPage:
        """List what is behind a number.

        Exactly what the metric counts for the same period and filters, newest first.

        Errors: BadCursor, PeriodInvalid, ReportFilterInvalid, UnknownMetric.
        """
        return self._transport.call(
            models.ReportRowPage,
            "GET",
            "/api/v1/reports/rows",
            query={
                "from": from_,
                "to": to,
                "channel": channel,
                "brand": brand,
                "team": team,
                "agent": agent,
                "tag": tag,
                "priority": priority,
                "metric": metric,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def iterate_report_rows(
        self,
        *,
        from_: dt.date | None = None,
        to: dt.date | None = None,
        channel: str | None = None,
        brand: str | None = None,
        team: str | None = None,
        agent: str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        metric: str,
        limit: int | None = None,
    ) -> Iterator[models.ReportRow]:
        """Every item of :meth:`list_report_rows`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_report_rows(
                from_=from_,
                to=to,
                channel=channel,
                brand=brand,
                team=team,
                agent=agent,
                tag=tag,
                priority=priority,
                metric=metric,
                limit=limit,
                cursor=place,
            )
        )
