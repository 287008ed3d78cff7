"""The judge: what clients wrote down against what the desk and the outside show. Pure.

Six rules, each named by its letter in what it reports:

A  acknowledged work is there once
B  work without an answer is there at most once
C  what left did so once in effect, or is shown as ``unknown``
D  nobody reads another workspace
E  what a stream told, put together, is what the desk shows
F  the desk was back within its time, said so honestly meanwhile, and ``yizhan verify`` is clean
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.journal import Work

COUNTED = frozenset({"ticket", "reply", "mail", "webhook", "chat"})
# What each state of a message says about how often it reached the outside.
LEFT = {
    "sent": (1, 1),
    "delivered": (1, 1),
    "sending": (0, 1),  # a killed sender's lease still runs
    "unknown": (0, 1),
    "failed": (0, 0),
    "queued": (0, 0),
}


@dataclass(frozen=True, order=True)
class Fault:
    """One broken promise."""

    rule: str
    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.about}: {self.what}"


@dataclass(frozen=True)
class Sent:
    """A message of ours for the outside: its word, its state, and how often the outside got it."""

    key: str
    state: str
    times: int


@dataclass
class Seen:
    """All that the checker looks at, gathered from a desk by ``tests.chaos.seen``."""

    present: Counter[str] = field(default_factory=Counter)  # how often each word is there
    statuses: dict[str, list[str]] = field(default_factory=dict)  # by ticket, in the log's order
    sent: list[Sent] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)  # letters that no message of ours explains
    events: set[str] = field(default_factory=set)  # what outgoing webhooks have to tell
    told: set[str] = field(default_factory=set)  # what their receiver was told
    read: dict[str, str] = field(default_factory=dict)  # what workspace A could read, by place
    canaries: Sequence[str] = ()  # words of workspace B
    streamed: Mapping[str, Any] = field(default_factory=dict)  # by ticket
    refetched: Mapping[str, Any] = field(default_factory=dict)
    recovered: float = 0.0  # seconds
    within: float = float("inf")
    complaints: list[str] = field(default_factory=list)  # answers that no fault excuses
    verified: Mapping[str, Any] = field(default_factory=lambda: {"ok": True})


def check(works: Sequence[Work], seen: Seen) -> list[Fault]:
    """Every broken promise; none is what we want."""
    return sorted(
        {
            *_presence(works, seen.present),
            *_statuses(works, seen.statuses),
            *_outside(seen),
            *_canaries(seen),
            *_stream(seen),
            *_recovery(seen),
        }
    )


def _presence(works: Iterable[Work], present: Counter[str]) -> Iterator[Fault]:
    for work in works:
        if work.kind not in COUNTED:
            continue
        times = present[work.key]
        if work.acknowledged and times != 1:
            what = f"{work.kind} acknowledged, there {times} times"
            yield Fault("A", work.key, what)
        elif times > 1:
            yield Fault("B", work.key, f"{work.kind} not acknowledged, there {times} times")


def _statuses(works: Iterable[Work], shown: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """The log has each acknowledged change in its turn, and of the others some, each once."""
    asked: dict[str, list[Work]] = {}
    for work in works:
        if work.kind == "status":
            asked.setdefault(work.what["ticket"], []).append(work)
    for ticket, changes in asked.items():
        left = list(shown.get(ticket, ()))
        for change in changes:
            if left and left[0] == change.what["to"]:
                left.pop(0)
            elif change.acknowledged:
                yield Fault("A", change.key, f"status {change.what['to']} is not in the history")
        if left:
            yield Fault("B", ticket, f"changes that nobody asked for: {', '.join(left)}")


def _outside(seen: Seen) -> Iterator[Fault]:
    for message in seen.sent:
        least, most = LEFT.get(message.state, (0, 1))
        if not least <= message.times <= most:
            what = f"shown as {message.state}, left {message.times} times"
            yield Fault("C", message.key, what)
    for what in seen.unexpected:
        yield Fault("C", what, "left, but no message explains it")
    for event in seen.events - seen.told:
        yield Fault("C", event, "its webhook never came")
    for event in seen.told - seen.events:
        yield Fault("C", event, "a webhook of something that is not in the log")


def _canaries(seen: Seen) -> Iterator[Fault]:
    for place, text in seen.read.items():
        for word in seen.canaries:
            if word in text:
                yield Fault("D", place, f"shows {word} of another workspace")


def _stream(seen: Seen) -> Iterator[Fault]:
    for ticket in seen.streamed.keys() | seen.refetched.keys():
        followed, fresh = seen.streamed.get(ticket), seen.refetched.get(ticket)
        if followed != fresh:
            yield Fault("E", ticket, f"the stream gave {followed}, the desk shows {fresh}")


def _recovery(seen: Seen) -> Iterator[Fault]:
    if seen.recovered > seen.within:
        yield Fault("F", "recovery", f"{seen.recovered:.1f} s, promised were {seen.within:g} s")
    for what in dict.fromkeys(seen.complaints):
        yield Fault("F", "answers", what)
    if not seen.verified.get("ok"):
        failed = [c for c in seen.verified.get("checks", ()) if not c.get("ok")]
        yield Fault("F", "verify", "; ".join(f"{c['name']}: {c['detail']}" for c in failed))
