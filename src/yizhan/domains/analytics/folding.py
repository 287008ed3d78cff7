"""From a ticket's log to its facts. Pure: the same log gives the same facts, however often."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from yizhan.domains.analytics.types import Fact, FactKind, Place, Span, Told
from yizhan.kernel.events import Logged

DONE = ("resolved", "closed")
MOVED = "ticket.messages_moved"
CANCELLED = "message.cancelled"
INFERRED = "satisfaction.inferred"
# What facts follow from.
TYPES = (
    "ticket.created",
    "ticket.updated",
    "ticket.assigned",
    "ticket.status_changed",
    "message.received",
    "message.queued",
    CANCELLED,
    MOVED,
    "sla.met",
    "sla.breached",
    "survey.answered",
    INFERRED,
)
_IDS = ("brand_id", "team_id", "unit_id", "assignee_id")


class _Turn(NamedTuple):
    """A ticket became done, or was not done any more."""

    at: datetime
    event_id: int
    done: bool
    counts: bool  # a merge closes a ticket, and solves nothing
    cause: Mapping[str, Any]
    agent_id: int | None
    messages: int


def cancelled(log: Iterable[Logged]) -> frozenset[str]:
    """The messages that were taken back before they were sent."""
    return frozenset(str(one.data["message_id"]) for one in log if one.type == CANCELLED)


def fold(log: Sequence[Logged], *, gone: AbstractSet[str] = frozenset()) -> Told | None:
    """The facts of one ticket from its log in the order of ids; None without its beginning.

    ``gone`` are messages that were taken back, also such as had gone to another ticket before.
    """
    known = list(itertools.dropwhile(lambda one: one.type != "ticket.created", log))
    if not known:
        return None
    folding = _Folding(known[0], gone | cancelled(known))
    for one in known:
        folding.take(one)
    return folding.told()


class _Folding:
    """A ticket's log, event by event."""

    def __init__(self, first: Logged, gone: AbstractSet[str]) -> None:
        self.ticket_id = first.ticket_id or 0
        self.gone = gone
        self.clock = first.at
        self.place = Place()
        self.facts: list[Fact] = []
        self.messages = 0
        self.asked_at: datetime | None = None
        self.answered = False
        self.done = False
        self.created: Logged = first
        self.turns: list[_Turn] = []
        self.promises: dict[tuple[str, str], Fact] = {}
        self.ratings: dict[str, Fact] = {}
        self.inferred: Fact | None = None
        self.hear: dict[str, Callable[[Logged], None]] = {
            "message.received": self._received,
            "message.queued": self._queued,
            "sla.met": self._promise,
            "sla.breached": self._promise,
            "survey.answered": self._rated,
            INFERRED: self._inferred,
        }

    def take(self, one: Logged) -> None:
        # A transaction that waited for another is written behind it with an earlier time.
        self.clock = max(self.clock, one.at)
        changes = one.data.get("changes") or {}
        self._move(changes)
        hear = self.hear.get(one.type)
        if hear is not None:
            hear(one)
        if "status_category" in changes:
            self._stand(one, category=changes["status_category"][1])

    def _move(self, changes: Mapping[str, Sequence[Any]]) -> None:
        """Where the ticket belongs from now on."""
        found: dict[str, Any] = {}
        for name in Place.__struct_fields__:
            if name in changes:
                value = changes[name][1]
                found[name] = int(value) if name in _IDS and value is not None else value
        if found:
            self.place = msgspec.structs.replace(self.place, **found)

    def _add(self, kind: FactKind, one: Logged, agent_id: int | None, value: int | None) -> None:
        self.facts.append(Fact(kind, one.id, self.clock, agent_id, value))

    def _received(self, one: Logged) -> None:
        if one.data.get("automatic"):
            return
        self.messages += 1
        if self.asked_at is None and not self.answered:
            self.asked_at = self.clock

    def _queued(self, one: Logged) -> None:
        if one.data.get("automatic") or str(one.data["message_id"]) in self.gone:
            return
        self.messages += 1
        writer = _agent(one)
        self._add("answered", one, writer, None)
        if not self.answered and self.asked_at is not None:
            self._add("first_response", one, writer, _seconds(self.asked_at, self.clock))
        self.answered = True

    def _promise(self, one: Logged) -> None:
        """The last word on a promise holds; one that was met late was broken when it was."""
        key = (str(one.data["target"]), str(one.data["cycle"]))
        broken = one.type == "sla.breached" or bool(one.data.get("breached"))
        before = self.promises.get(key)
        if one.type == "sla.met" and broken and before is not None and before.value == 0:
            return
        responsible = self.place.assignee_id
        self.promises[key] = Fact("sla", one.id, self.clock, responsible, 0 if broken else 1)

    def _rated(self, one: Logged) -> None:
        """A customer's last word on an invitation holds."""
        if one.data.get("kind") != "csat":
            return
        asked = one.data.get("agent_id")
        responsible = self.place.assignee_id if asked is None else int(asked)
        good = 1 if one.data.get("rating") == "good" else 0
        key = str(one.data["invitation_id"])
        self.ratings[key] = Fact("rated", one.id, self.clock, responsible, good)

    def _inferred(self, one: Logged) -> None:
        """The last one holds, until the customer says it themselves."""
        percent = int(one.data["percent"])
        self.inferred = Fact("inferred", one.id, self.clock, self.place.assignee_id, percent)

    def _stand(self, one: Logged, *, category: str | None) -> None:
        done = category in DONE
        if one.type == "ticket.created":
            self.done = done
        if done is self.done:
            return
        self.done = done
        cause = one.data.get("cause") or {}
        if self.turns and _takes_back(cause, self.turns[-1].cause):
            self.turns.pop()
            return
        merged = cause.get("kind") == "merge" and "into" in cause
        self.turns.append(
            _Turn(
                self.clock,
                one.id,
                done,
                not merged if done else not self.turns or self.turns[-1].counts,
                cause,
                self.place.assignee_id,
                self.messages,
            )
        )

    def told(self) -> Told:
        began = self.created
        responsible = self.place.assignee_id
        self.facts.append(Fact("created", began.id, began.at, responsible, None))
        for turn in self.turns:
            if turn.counts:
                kind: FactKind = "resolved" if turn.done else "reopened"
                self.facts.append(Fact(kind, turn.event_id, turn.at, turn.agent_id, None))
        if self.done and self.turns and self.turns[-1].counts:
            last = self.turns[-1]
            took = _seconds(began.at, last.at)
            self.facts.append(Fact("resolution", last.event_id, last.at, last.agent_id, took))
            self.facts.append(Fact("effort", last.event_id, last.at, last.agent_id, last.messages))
        self.facts += [*self.promises.values(), *self.ratings.values()]
        if self.inferred is not None and not self.ratings:
            self.facts.append(self.inferred)
        return Told(self.ticket_id, self.place, self.facts, self._spans())

    def _spans(self) -> list[Span]:
        found: list[Span] = []
        first = self.turns[0].done if self.turns else not self.done
        since = (self.created.id, self.created.at) if first else None
        for turn in self.turns:
            if turn.done and since is not None:
                found.append(Span(*since, turn.at))
                since = None
            elif not turn.done:
                since = (turn.event_id, turn.at)
        if since is not None:
            found.append(Span(*since, None))
        return found


def _agent(one: Logged) -> int | None:
    """The agent who did it; what a token or the desk did, nobody in person did."""
    found = one.actor.get("id")
    return int(found) if one.actor.get("kind") == "agent" and found is not None else None


def _seconds(begin: datetime, end: datetime) -> int:
    return max(0, int((end - begin).total_seconds()))


def _takes_back(cause: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether a change undoes the one before it: then neither was."""
    if cause.get("kind") == "bulk_undo":
        return before.get("kind") == "bulk"
    undoes = cause.get("id") if cause.get("kind") == "undo" else None
    return undoes is not None and undoes in (before.get("id"), before.get("run_id"))
