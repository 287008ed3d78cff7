"""From a ticket's log to the runs of its clocks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from yizhan.domains.sla.types import Kind, SlaPause

DONE = ("resolved", "closed")
# What the clocks listen to.
TYPES = (
    "ticket.created",
    "ticket.status_changed",
    "ticket.assigned",
    "message.received",
    "message.queued",
    "message.cancelled",
)


class Fact(NamedTuple):
    """One thing that happened: created, status, asleep, assigned, in, out.

    And what a merge does: from ``merged`` on the ticket is a part of another one and nothing is asked of
    it; ``away`` is the same with an end, because the merge was taken back.
    """

    at: datetime
    what: str
    value: Any = None


class Happened(NamedTuple):
    """What of an event matters here."""

    type: str
    at: datetime
    changes: dict[str, Any]
    message_id: str | None = None
    automatic: bool = False
    cause: Mapping[str, Any] = {}


class Gap(NamedTuple):
    """A stretch in which a clock stands still, and why."""

    begin: datetime
    end: datetime | None
    reason: str


class Run(NamedTuple):
    """A clock from its start to its end. Not met at its end: nobody asks for it any more."""

    start: datetime
    end: datetime | None = None
    met: bool = False
    gaps: tuple[Gap, ...] = ()


def facts(log: Sequence[Happened]) -> list[Fact]:
    """The facts of a ticket in order; an answer that was taken back was never given."""
    undone = {one.message_id for one in log if one.type == "message.cancelled"}
    found: list[Fact] = []
    last: datetime | None = None
    merged: int | None = None  # where the merge stands that was not taken back
    for one in log:
        # A transaction that waited for another is written behind it with an earlier time.
        last = at = one.at if last is None else max(last, one.at)
        if one.type == "message.received" and not one.automatic:
            found.append(Fact(at, "in"))
        elif one.type == "message.queued" and not one.automatic and one.message_id not in undone:
            found.append(Fact(at, "out"))
        elif _joins(one):
            merged = len(found)
            found.append(Fact(at, "merged"))
        elif one.type.startswith("ticket."):
            if merged is not None and one.cause.get("kind") == "undo":
                found[merged] = Fact(found[merged].at, "away", at)
                merged = None
            found += _changes(one, at)
    return found


def _joins(one: Happened) -> bool:
    """Whether a ticket is closed here because it became a part of another one."""
    return (
        one.type == "ticket.status_changed"
        and one.cause.get("kind") == "merge"
        and "into" in one.cause
    )


def away(known: Iterable[Fact]) -> list[Gap]:
    """When a ticket was a part of another one and came back: no clock of it ran."""
    return [Gap(fact.at, fact.value, "merged") for fact in known if fact.what == "away"]


def _changes(one: Happened, at: datetime) -> list[Fact]:
    found = []
    changes = one.changes
    if one.type == "ticket.created":
        found.append(Fact(at, "created"))
    if "status" in changes or "status_category" in changes:
        status, category = (
            (changes.get(name) or (None, None))[1] for name in ("status", "status_category")
        )
        found.append(Fact(at, "status", (status, category)))
    if "snoozed_until" in changes:
        found.append(Fact(at, "asleep", changes["snoozed_until"][1] is not None))
    if one.type == "ticket.created" or "assignee_id" in changes:
        assignee = (changes.get("assignee_id") or (None, None))[1]
        found.append(Fact(at, "assigned", assignee is not None))
    return found


def paused(known: Iterable[Fact], pause: SlaPause) -> list[Gap]:
    """When a policy's clocks stand still."""
    status = category = ""
    snoozed = False
    since: tuple[datetime, str] | None = None
    found: list[Gap] = []
    for fact in known:
        if fact.what == "status":
            status, category = fact.value[0] or status, fact.value[1] or category
        elif fact.what == "asleep":
            snoozed = fact.value
        else:
            continue
        reason = _reason(pause, status, category, snoozed=snoozed)
        if since is not None and since[1] != reason:
            found.append(Gap(since[0], fact.at, since[1]))
            since = None
        if reason and since is None:
            since = (fact.at, reason)
    if since is not None:
        found.append(Gap(since[0], None, since[1]))
    return [gap for gap in found if gap.begin != gap.end]


def _reason(pause: SlaPause, status: str, category: str, *, snoozed: bool) -> str:
    if category in DONE:
        return ""
    if category in pause.categories or status in pause.statuses:
        return f"status:{status}"
    return "snoozed" if pause.snoozed and snoozed else ""


class _Runs:
    """Runs of one kind, as facts come in."""

    def __init__(self) -> None:
        self.done: list[Run] = []
        self.since: datetime | None = None

    def begin(self, at: datetime) -> None:
        if self.since is None:
            self.since = at

    def end(self, at: datetime, *, met: bool) -> None:
        if self.since is not None and (met or at != self.since):
            self.done.append(Run(self.since, at, met))
        self.since = None

    def all(self) -> list[Run]:
        return self.done if self.since is None else [*self.done, Run(self.since)]


def runs(kind: Kind, known: Sequence[Fact]) -> list[Run]:
    """Every run of a kind of target, in order."""
    if kind == "resolution":
        return _resolution(known)
    found = _Runs()
    if kind in ("first_response", "next_response"):
        _responses(found, known, first=kind == "first_response")
    elif kind == "update":
        _updates(found, known)
    else:
        _assignments(found, known)
    return found.all()


def _is_done(fact: Fact) -> bool | None:
    """Whether a fact ends the work (True), or says that there is some (False)."""
    if fact.what != "status" or fact.value[1] is None:
        return None
    return fact.value[1] in DONE


def _resolution(known: Sequence[Fact]) -> list[Run]:
    """One run, which stands still while the ticket is solved."""
    start = next((fact.at for fact in known if fact.what == "created"), None)
    if start is None:
        return []
    gaps: list[Gap] = []
    ended: datetime | None = None
    for fact in known:
        done = _is_done(fact)
        if fact.what == "merged" and ended is None:
            return [Run(start, fact.at, met=False, gaps=tuple(gaps))]
        if done and ended is None:
            ended = fact.at
        elif done is False and ended is not None:
            gaps.append(Gap(ended, fact.at, "solved"))
            ended = None
    return [Run(start, ended, ended is not None, tuple(gaps))]


def _responses(found: _Runs, known: Sequence[Fact], *, first: bool) -> None:
    """From a customer's word to ours: the first answer, or every one behind it."""
    answered = False
    for fact in known:
        if fact.what == "in" and answered is not first:
            found.begin(fact.at)
        elif fact.what == "out":
            answered = True
            found.end(fact.at, met=True)
        elif fact.what == "merged" or _is_done(fact):
            found.end(fact.at, met=False)


def _updates(found: _Runs, known: Sequence[Fact]) -> None:
    """From each word of ours to the next, while there is work."""
    done = False
    for fact in known:
        now_done = True if fact.what == "merged" else _is_done(fact)
        if now_done:
            found.end(fact.at, met=False)
        elif fact.what == "out":
            found.end(fact.at, met=True)
        done = done if now_done is None else now_done
        if not done and (fact.what in ("created", "out") or now_done is False):
            found.begin(fact.at)


def _assignments(found: _Runs, known: Sequence[Fact]) -> None:
    """While nobody is responsible for a ticket that is not done."""
    assigned, done = False, False
    for fact in known:
        now_done = True if fact.what == "merged" else _is_done(fact)
        done = done if now_done is None else now_done
        if fact.what == "assigned":
            assigned = fact.value
        if assigned:
            found.end(fact.at, met=True)
        elif done:
            found.end(fact.at, met=False)
        elif fact.what in ("assigned", "status"):
            found.begin(fact.at)
