"""What happens to reports: only that somebody takes them away."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events


class ReportExported(events.Event, frozen=True, tag="report.exported"):
    """Somebody exported the rows behind a number. Days are the workspace's, both included."""

    metric: str
    first: str
    last: str
    filters: dict[str, Any]
