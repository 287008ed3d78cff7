"""Why is it due then? The clocks of a ticket with everything that was counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from yizhan.domains.sla import calendar, clock, plan, repository, schemas, timeline
from yizhan.domains.sla.service import clocks
from yizhan.domains.sla.types import Body, Clock, StoredCalendar
from yizhan.domains.tickets.service import access
from yizhan.kernel.tx import Tx

_MOST_SPANS = 60
_AHEAD = timedelta(days=30)
_Shown = Literal["running", "paused", "breached", "met", "met_late", "dropped"]


async def of_ticket(tx: Tx, ticket_id: int) -> schemas.TicketSla:
    """The promises of a ticket, what runs first. Errors: TicketNotFound."""
    await access.ticket(tx, ticket_id)
    place = await repository.place(tx, ticket_id)
    if place is None or place.summary is None:
        return schemas.TicketSla(policy_id=None, policy_name=None, state="none", clocks=[])
    known = timeline.facts(await clocks.log_of(tx, ticket_id, place=place))
    found = list((await repository.clocks(tx, ticket_id)).values())
    found.sort(key=lambda one: (one.ended_at is not None, one.due_at or one.started_at))
    versions = _Versions(tx)
    shown = [await _shown(tx, one, known, versions) for one in found]
    summary = place.summary
    name = None
    if summary.policy_revision is not None:
        name = str((await versions.policy(summary.policy_revision))[0]["name"])
    return schemas.TicketSla(
        policy_id=None if summary.policy_id is None else str(summary.policy_id),
        policy_name=name,
        state=summary.state,
        clocks=shown,
    )


class _Versions:
    """Policies and calendars as they were when a clock was set, each read once."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._read: dict[int, dict[str, Any]] = {}

    async def _get(self, revision: int) -> dict[str, Any]:
        if revision not in self._read:
            self._read[revision] = await repository.version(self._tx, revision) or {}
        return self._read[revision]

    async def policy(self, revision: int) -> tuple[dict[str, Any], int, Body]:
        """What it said, the number of the version, and its body to compute with."""
        found = await self._get(revision)
        said = found.get("body") or {"name": "", "body": {}}
        return said, found.get("version", 0), msgspec.convert(said["body"], Body, strict=False)

    async def calendar(self, revision: int | None) -> tuple[str, calendar.Calendar]:
        """Its name, and the calendar; without one around the clock."""
        if revision is None:
            return "", calendar.always()
        said = (await self._get(revision)).get("body")
        if said is None:
            return "", calendar.always()
        stored = msgspec.convert(
            {**said, "id": 0, "version": 0, "revision": 0}
            | dict.fromkeys(("created_at", "updated_at"), self._tx.now),
            StoredCalendar,
        )
        return stored.name, repository.ready(stored)


async def _shown(
    tx: Tx, one: Clock, known: list[timeline.Fact], versions: _Versions
) -> schemas.SlaClockOut:
    said, version, body = await versions.policy(one.policy_revision)
    name, hours = await versions.calendar(one.calendar_revision)
    target = next((target for target in body.targets if target.key == one.target), None)
    gaps = _gaps(one, known, body, pausable=target is None or target.pausable)
    pauses = [(gap.begin, gap.end) for gap in gaps]
    until = one.ended_at or tx.now
    counted = clock.spans(hours, one.started_at, end=until, pauses=pauses)
    return schemas.SlaClockOut(
        target=one.target,
        name=target.name if target else "",
        kind=one.kind,
        cycle=one.cycle,
        state=_state(one),
        minutes=one.minutes,
        elapsed_minutes=clock.elapsed(hours, one.started_at, end=until, pauses=pauses),
        started_at=one.started_at,
        due_at=one.due_at,
        warn_at=one.warn_at,
        breached_at=one.breached_at,
        ended_at=one.ended_at,
        policy_id=str(one.policy_id),
        policy_name=str(said["name"]),
        policy_version=version,
        calendar_name=name,
        time_zone=hours.zone.key,
        pauses=[schemas.SlaGapOut(*gap) for gap in gaps],
        spans=[schemas.SlaSpanOut(*span) for span in counted[-_MOST_SPANS:]],
        spans_left_out=max(0, len(counted) - _MOST_SPANS),
        next_open_at=None if one.ended_at else _next_open(hours, tx.now, pauses),
    )


def _gaps(
    one: Clock, known: list[timeline.Fact], body: Body, *, pausable: bool
) -> list[timeline.Gap]:
    runs = timeline.runs(one.kind, known)
    run = runs[one.cycle - 1] if one.cycle <= len(runs) else timeline.Run(one.started_at)
    pauses = timeline.paused(known, body.pause) if pausable else []
    return plan.gaps_of(run, [*timeline.away(known), *pauses])


def _next_open(
    hours: calendar.Calendar, now: datetime, pauses: list[clock.Pause]
) -> datetime | None:
    """When the next minute counts; None while one does, or while the clock is stopped."""
    ahead = clock.spans(hours, now, end=now + _AHEAD, pauses=pauses)
    return ahead[0][0] if ahead and ahead[0][0] > now else None


def _state(one: Clock) -> _Shown:
    if one.ended_at is not None:
        if not one.met:
            return "dropped"
        return "met_late" if one.breached_at else "met"
    if one.breached_at is not None:
        return "breached"
    return "paused" if one.paused_at is not None else "running"
