"""What the demo's brand promises: calendars, policies, and clocks that stand as they would by now."""

from __future__ import annotations

from typing import Any

from yizhan.domains.sla import schemas
from yizhan.domains.sla.service import calendars, clocks, policies
from yizhan.domains.sla.types import Escalation, Kind, PerPriority, SlaNotify, SlaPause, SlaTarget
from yizhan.kernel.tx import Tx

_WEEK = ("mon", "tue", "wed", "thu", "fri")
_HOME: dict[str, Any] = {day: [("09:00", "12:30"), ("13:00", "19:00")] for day in _WEEK} | {
    day: [("10:00", "16:00")] for day in ("sat", "sun")
}
_ABROAD: dict[str, Any] = {day: [("08:00", "18:00")] for day in _WEEK}
# Minutes of the calendar for low, normal, high, urgent.
Four = tuple[int, int, int, int]
_STANDARD: dict[Kind, Four] = {
    "first_response": (360, 180, 120, 60),
    "next_response": (600, 360, 180, 90),
    "resolution": (7200, 3600, 1500, 600),
}
_OVERSEAS: dict[Kind, Four] = {
    "first_response": (480, 240, 120, 60),
    "next_response": (960, 480, 240, 120),
    "resolution": (7200, 4200, 2400, 1200),
}
_VIP: dict[Kind, Four] = {
    "first_response": (120, 60, 45, 30),
    "next_response": (300, 240, 120, 60),
    "resolution": (3600, 1800, 900, 300),
}


def _targets(minutes: dict[Kind, Four]) -> list[SlaTarget]:
    return [
        SlaTarget(
            key=kind,
            kind=kind,
            minutes=PerPriority(low=low, normal=normal, high=high, urgent=urgent),
            warn_minutes=60 if kind == "resolution" else 15,
        )
        for kind, (low, normal, high, urgent) in minutes.items()
    ]


async def lay(tx: Tx, *, teams: dict[str, int]) -> None:
    """Calendars and policies, the particular ones before the one for everybody."""
    home = await calendars.create(
        tx,
        schemas.SlaCalendarIn(
            name="客服工作时间", time_zone="Asia/Shanghai", hours=schemas.SlaWeek(**_HOME)
        ),
    )
    abroad = await calendars.create(
        tx,
        schemas.SlaCalendarIn(
            name="London office", time_zone="Europe/London", hours=schemas.SlaWeek(**_ABROAD)
        ),
    )
    vip = {"field": "customer.vip", "op": "is", "value": True}
    overseas = {"field": "team", "op": "is", "value": str(teams["over"])}
    for name, condition, minutes, calendar in (
        ("VIP 客户", vip, _VIP, home),
        ("Overseas", overseas, _OVERSEAS, abroad),
        ("标准服务", None, _STANDARD, home),
    ):
        await policies.create(
            tx,
            schemas.SlaPolicyIn(
                name=name,
                condition=condition,
                targets=_targets(minutes),
                calendar_id=str(calendar.id),
                pause=SlaPause(categories=["waiting"], snoozed=True),
                escalations=[
                    Escalation(
                        key="late", after=0, targets=["resolution"], notify=SlaNotify(assignee=True)
                    )
                ],
            ),
        )


async def settle(tx: Tx) -> None:
    """What has come due since the last word of a ticket is said now, not when the desk first starts."""
    rows = await tx.db.fetch(
        "SELECT ticket_id FROM sla_ticket WHERE workspace_id = $1 AND tick_at <= $2 ORDER BY ticket_id",
        tx.workspace_id,
        tx.now,
    )
    await clocks.tick(tx, [row["ticket_id"] for row in rows])
