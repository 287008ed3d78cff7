"""A second opinion: every number straight from the event log, by plain loops that share nothing with
the facts. Slow on purpose; for `yizhan reports check` and for tests. Pure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from yizhan.kernel.events import Logged

_SOLVED = {"resolved", "closed"}
_BY_NUMBER = {"brand": "brand_id", "team": "team_id"}


class Item(NamedTuple):
    """Something that counts: when, for whom, how much."""

    at: datetime
    agent: str | None
    value: int | None


class Life(NamedTuple):
    """One ticket: where it belongs now, what counts of it, and when it stood how."""

    place: dict[str, Any]
    items: dict[str, list[Item]]
    stood: list[tuple[datetime, bool]]  # from then on: whether it was solved


def live(log: Sequence[Logged], *, gone: AbstractSet[str]) -> Life | None:
    """A ticket's life from its events in the order of ids."""
    kinds = [event.type for event in log]
    if "ticket.created" not in kinds:
        return None
    log = log[kinds.index("ticket.created") :]
    times: list[datetime] = []
    for event in log:
        times.append(max([event.at, *times[-1:]]))
    items = _spoken(log, times, gone)
    items |= _decided(log, times)
    stood = _stood(log, times, items, gone)
    place = {name: _last(log, name, len(log)) for name in ("channel", "priority", "tags")}
    place |= {name: _id(_last(log, column, len(log))) for name, column in _BY_NUMBER.items()}
    place["now"] = _id(_last(log, "assignee_id", len(log)))
    items["created"] = [Item(times[0], place["now"], None)]
    return Life(place, items, stood)


def _last(log: Sequence[Logged], name: str, end: int) -> Any:
    """What a field was set to last within the first ``end`` events."""
    found = None
    for event in log[:end]:
        changes = event.data.get("changes") or {}
        if name in changes:
            found = changes[name][1]
    return found


def _id(value: Any) -> str | None:
    return None if value is None else str(value)


def _writer(event: Logged) -> str | None:
    return _id(event.actor.get("id")) if event.actor.get("kind") == "agent" else None


def _is_said(event: Logged, gone: AbstractSet[str]) -> bool:
    if event.type not in ("message.received", "message.queued") or event.data.get("automatic"):
        return False
    return event.type == "message.received" or str(event.data["message_id"]) not in gone


def _spoken(
    log: Sequence[Logged], times: Sequence[datetime], gone: AbstractSet[str]
) -> dict[str, list[Item]]:
    said = [place for place, event in enumerate(log) if _is_said(event, gone)]
    ours = [place for place in said if log[place].type == "message.queued"]
    theirs = [place for place in said if log[place].type == "message.received"]
    items = {"answered": [Item(times[p], _writer(log[p]), None) for p in ours]}
    items["first_response"] = []
    if ours and theirs and theirs[0] < ours[0]:
        waited = times[ours[0]] - times[theirs[0]]
        seconds = int(waited.total_seconds())
        items["first_response"] = [Item(times[ours[0]], _writer(log[ours[0]]), seconds)]
    return items


def _decided(log: Sequence[Logged], times: Sequence[datetime]) -> dict[str, list[Item]]:
    """Promises and ratings: of each the last word."""
    promises: dict[Any, Item] = {}
    ratings: dict[Any, Item] = {}
    inferred: list[Item] = []
    for place, event in enumerate(log):
        data = event.data
        responsible = _id(_last(log, "assignee_id", place + 1))
        if event.type in ("sla.met", "sla.breached"):
            key = data["target"], data["cycle"]
            kept = event.type == "sla.met" and not data["breached"]
            was_broken = key in promises and promises[key].value == 0
            if kept or event.type == "sla.breached" or not was_broken:
                promises[key] = Item(times[place], responsible, int(kept))
        if event.type == "survey.answered" and data["kind"] == "csat":
            who = _id(data.get("agent_id")) or responsible
            ratings[data["invitation_id"]] = Item(times[place], who, int(data["rating"] == "good"))
        if event.type == "satisfaction.inferred":
            inferred = [Item(times[place], responsible, int(data["percent"]))]
    unsaid = [] if ratings else inferred
    return {"sla": list(promises.values()), "rated": list(ratings.values()), "inferred": unsaid}


def _stood(
    log: Sequence[Logged],
    times: Sequence[datetime],
    items: dict[str, list[Item]],
    gone: AbstractSet[str],
) -> list[tuple[datetime, bool]]:
    """How it stood from when on; fills in what was resolved and reopened."""
    moves: list[tuple[int, bool]] = []
    for place, event in enumerate(log):
        changes = event.data.get("changes") or {}
        if "status_category" not in changes:
            continue
        solved = changes["status_category"][1] in _SOLVED
        if moves and moves[-1][1] == solved:
            continue
        if len(moves) > 1 and _undoes(event, log[moves[-1][0]]):
            moves.pop()
        else:
            moves.append((place, solved))
    items |= {name: [] for name in ("resolved", "reopened", "resolution", "effort")}
    for number, (place, solved) in enumerate(moves):
        if number == 0:
            continue
        merged = _is_merged(log[place]) if solved else _is_merged(log[moves[number - 1][0]])
        who = _id(_last(log, "assignee_id", place + 1))
        if not merged:
            items["resolved" if solved else "reopened"].append(Item(times[place], who, None))
        if solved and not merged and number == len(moves) - 1:
            took = int((times[place] - times[0]).total_seconds())
            said = sum(_is_said(event, gone) for event in log[:place])
            items["resolution"].append(Item(times[place], who, took))
            items["effort"].append(Item(times[place], who, said))
    return [(times[place], solved) for place, solved in moves]


def _is_merged(event: Logged) -> bool:
    cause = event.data.get("cause") or {}
    return cause.get("kind") == "merge" and "into" in cause


def _undoes(event: Logged, earlier: Logged) -> bool:
    new, old = event.data.get("cause") or {}, earlier.data.get("cause") or {}
    if new.get("kind") == "bulk_undo":
        return bool(old.get("kind") == "bulk")
    named = [old[name] for name in ("id", "run_id") if name in old]
    return new.get("kind") == "undo" and new.get("id") in named


class Book:
    """All lives of a workspace, and what any number over them is."""

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        self.lives: list[Life] = []

    def add(self, log: Sequence[Logged], *, gone: AbstractSet[str]) -> None:
        found = live(log, gone=gone)
        if found is not None:
            self.lives.append(found)

    def days(self) -> tuple[date, date] | None:
        """The first and the last day on which anything happened."""
        found = [self.day(item.at) for item in self._all()]
        return (min(found), max(found)) if found else None

    def _all(self) -> Iterable[Item]:
        return (item for life in self.lives for items in life.items.values() for item in items)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def cells(
        self, kind: str, *, first: date, last: date, group: str | None
    ) -> dict[tuple[date | None, str | None], list[int | None]]:
        """Values by (day, nothing) and (nothing, group); all of them under (nothing, '')."""
        found: dict[tuple[date | None, str | None], list[int | None]] = {}
        for life in self.lives:
            for item in life.items.get(kind, ()):
                day = self.day(item.at)
                if first <= day <= last:
                    groups = groups_of(life, group, agent=item.agent) if group else []
                    keys = [(None, ""), (day, None), *((None, one) for one in groups)]
                    for key in keys:
                        found.setdefault(key, []).append(item.value)
        return found

    def open_at_end(self, day: date, *, group: str | None = None) -> dict[str | None, int]:
        """What was not solved just before the next day began, by group ('' for all)."""
        moment = datetime.combine(day + timedelta(days=1), time(), tzinfo=self.zone)
        found: dict[str | None, int] = {"": 0}
        for life in self.lives:
            place = bisect_left([at for at, _ in life.stood], moment)
            if place == 0 or life.stood[place - 1][1]:
                continue
            groups = groups_of(life, group, agent=life.place["now"]) if group else []
            for key in ["", *groups]:
                found[key] = found.get(key, 0) + 1
        return found


def groups_of(life: Life, group: str, *, agent: str | None) -> list[str | None]:
    """The groups that something belongs to."""
    if group == "agent":
        return [agent]
    if group == "tag":
        return sorted(life.place["tags"]) or [None]
    return [life.place[group]]


def number(values: Sequence[int | None], how: str) -> float | None:
    """One number of many values: how many, their mean, or the value at a rank."""
    if how == "count":
        return len(values)
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    if how == "mean":
        return sum(known) / len(known)
    if how == "percent":
        return sum(known) / len(known) / 100
    share = {"median": 0.5, "p90": 0.9}[how]
    return known[math.ceil(share * len(known)) - 1]
