"""What the clocks of a ticket should say now, and what of it is news. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from yizhan.domains.sla import clock, timeline
from yizhan.domains.sla.calendar import Calendar
from yizhan.domains.sla.timeline import Fact, Gap, Run
from yizhan.domains.sla.types import Clock, Escalation, Policy, SlaTarget, State, Summary

_WARN_SHARE = 5  # amber for the last fifth, where a target does not say


class Setting(NamedTuple):
    """A policy with the calendar that it counts by."""

    policy: Policy
    calendar: Calendar
    calendar_revision: int | None


class News(NamedTuple):
    """Something that happened to a clock just now: warning, breached, met, escalation."""

    what: str
    clock: Clock
    step: Escalation | None = None
    elapsed: int = 0


class Outcome(NamedTuple):
    """All clocks of a ticket, what is new, and when to look again."""

    clocks: list[Clock]
    news: list[News]
    tick_at: datetime | None


def plan(
    setting: Setting | None,
    known: Sequence[Fact],
    *,
    priority: str,
    old: Mapping[tuple[str, int], Clock],
    now: datetime,
) -> Outcome:
    """Clocks from facts. What has ended keeps what it was measured by."""
    kept = {key: one for key, one in old.items() if one.ended_at is not None}
    if setting is None:
        return Outcome(list(kept.values()), [], None)
    pauses = timeline.paused(known, setting.policy.body.pause)
    away = timeline.away(known)
    news: list[News] = []
    ticks: list[datetime] = []
    for target in setting.policy.body.targets:
        minutes: int | None = getattr(target.minutes, priority, None)
        for cycle, run in enumerate(timeline.runs(target.kind, known), 1):
            before = old.get((target.key, cycle))
            kept.pop((target.key, cycle), None)
            if before is not None and _unchanged(before, run):
                kept[before.id] = before
            elif minutes is not None and (run.end is None or before or run.end >= now):
                gaps = gaps_of(run, [*away, *(pauses if target.pausable else ())])
                measure = _Measure(setting, target, minutes, run, gaps)
                one = measure.clock(cycle, before, now=now)
                news += measure.news(before, one, now=now)
                ticks += measure.pending(one, now=now)
                kept[one.id] = one
    return Outcome(list(kept.values()), news, min(ticks, default=None))


def _unchanged(before: Clock, run: Run) -> bool:
    return run.end is not None and (before.started_at, before.ended_at, before.met) == run[:3]


def gaps_of(run: Run, pauses: Iterable[Gap]) -> list[Gap]:
    """What stops a run, up to its end."""
    found = []
    for gap in sorted([*run.gaps, *pauses], key=lambda one: one.begin):
        end = gap.end
        if run.end is not None:
            end = run.end if end is None else min(end, run.end)
        if end is None or (end > gap.begin and end > run.start):
            found.append(gap._replace(end=end))
    return found


class _Measure:
    """One run, with what it is measured by."""

    def __init__(
        self, setting: Setting, target: SlaTarget, minutes: int, run: Run, gaps: list[Gap]
    ) -> None:
        self.setting = setting
        self.target = target
        self.minutes = minutes
        self.run = run
        self.pauses = [(gap.begin, gap.end) for gap in gaps]
        self.paused_at = next((gap.begin for gap in gaps if gap.end is None), None)
        warn = target.warn_minutes
        self.warn = max(1, minutes // _WARN_SHARE) if warn is None else warn

    def at(self, after: int) -> datetime | None:
        """So many minutes behind the due time; None: not known, or before the beginning."""
        minutes = self.minutes + after
        if minutes <= 0:
            return None
        return clock.due(self.setting.calendar, self.run.start, minutes=minutes, pauses=self.pauses)

    def clock(self, cycle: int, before: Clock | None, *, now: datetime) -> Clock:
        """The clock as it stands."""
        due_at, warn_at = self.at(0), self.at(-self.warn) if self.warn else None
        made = Clock(
            target=self.target.key,
            cycle=cycle,
            kind=self.target.kind,
            policy_id=self.setting.policy.id,
            policy_revision=self.setting.policy.revision,
            calendar_revision=self.setting.calendar_revision,
            minutes=self.minutes,
            started_at=self.run.start,
            ended_at=self.run.end,
            met=self.run.met,
            paused_at=None if self.run.end else self.paused_at,
            due_at=due_at,
            warn_at=warn_at,
        )
        until = self.run.end or now
        late = due_at is not None and (due_at < until if self.run.end else due_at <= until)
        warned = warn_at is not None and warn_at <= until
        return msgspec.structs.replace(
            made,
            breached_at=((before and before.breached_at) or due_at) if late else None,
            warned_at=((before and before.warned_at) or until) if warned else None,
            escalated=tuple(
                step.key for step, at in self.steps() if at is not None and at <= until
            ),
        )

    def steps(self) -> list[tuple[Escalation, datetime | None]]:
        """The escalations of this target and when each is due."""
        return [
            (step, self.at(step.after))
            for step in self.setting.policy.body.escalations
            if not step.targets or self.target.key in step.targets
        ]

    def news(self, before: Clock | None, one: Clock, *, now: datetime) -> list[News]:
        """What is said of a clock that was not said before."""
        found = []
        if one.warned_at and not one.breached_at and not (before and before.warned_at):
            found.append(News("warning", one))
        if one.breached_at and not (before and before.breached_at):
            found.append(News("breached", one))
        said = before.escalated if before else ()
        since = self.setting.policy.updated_at
        for step, at in self.steps():
            # What a changed policy would have done before it was there, it does not do now.
            if (
                at is not None
                and step.key in one.escalated
                and step.key not in said
                and at >= since
            ):
                found.append(News("escalation", one, step))
        if one.met:
            taken = clock.elapsed(
                self.setting.calendar, one.started_at, end=one.ended_at or now, pauses=self.pauses
            )
            found.append(News("met", one, elapsed=taken))
        return found

    def pending(self, one: Clock, *, now: datetime) -> list[datetime]:
        """The moments ahead at which something happens."""
        if one.ended_at is not None:
            return []
        moments = [one.due_at, one.warn_at, *(at for _, at in self.steps())]
        return [at for at in moments if at is not None and at > now]


def summary(outcome: Outcome, policy: Policy | None) -> Summary:
    """The next promise: the running clock that is due first."""
    running = [one for one in outcome.clocks if one.ended_at is None]
    timed = [(one.due_at, one) for one in running if one.due_at is not None]
    due_at, first = min(timed, key=lambda pair: pair[0], default=(None, None))
    if first is None:
        first = next((one for one in running if one.paused_at is not None), None)
    state: State = "running" if due_at is not None else "paused"
    return Summary(
        policy_id=policy.id if policy else None,
        policy_revision=policy.revision if policy else None,
        state=state if first else ("done" if outcome.clocks else "none"),
        target=first.target if first else None,
        kind=first.kind if first else None,
        due_at=due_at,
        warn_at=first.warn_at if first else None,
        breached=any(one.breached_at is not None for one in outcome.clocks),
        tick_at=outcome.tick_at,
    )
