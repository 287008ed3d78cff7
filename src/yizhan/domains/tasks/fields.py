"""What conditions and views can ask about work on a ticket."""

from __future__ import annotations

from yizhan.domains.tickets import filters
from yizhan.domains.tickets.filters import Field

# Each uses the index of its table by ticket, once a row.
_TIME = (
    "(SELECT {0} FROM time_entry e WHERE e.workspace_id = t.workspace_id AND e.ticket_id = t.id)"
)
_ITEMS = "(SELECT {0} FROM checklist_item k WHERE k.workspace_id = t.workspace_id AND k.ticket_id = t.id{1})"
_OPEN = " AND k.done_at IS NULL"


def register() -> None:
    """Tell conditions."""
    filters.register(
        Field(name="time.minutes", kind="number", title={"zh": "工时（分钟）", "en": "Time spent (minutes)"},
              sql=_TIME.format("coalesce(sum(e.seconds), 0) / 60.0"), group="work"),
        Field(name="time.billable_minutes", kind="number",
              title={"zh": "计费工时（分钟）", "en": "Billable time (minutes)"},
              sql=_TIME.format("coalesce(sum(e.seconds) FILTER (WHERE e.billable), 0) / 60.0"), group="work"),
        Field(name="checklist.open", kind="number", title={"zh": "未完成的检查项", "en": "Open checklist items"},
              sql=_ITEMS.format("count(*)", _OPEN), group="work"),
        Field(name="checklist.items", kind="number", title={"zh": "检查项总数", "en": "Checklist items"},
              sql=_ITEMS.format("count(*)", ""), group="work"),
        Field(name="checklist.due_at", kind="time", title={"zh": "检查项最早到期", "en": "Next checklist due time"},
              sql=_ITEMS.format("min(k.due_at)", _OPEN), group="work"),
    )  # fmt: skip
