"""What our statements cost: counted where they are sent, by their place in the code.

A place is a call in our code, so there are as many as we wrote, however a statement was put together;
it is looked for once for each text. Counting costs well under a microsecond, a statement hundreds.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from types import FrameType

import msgspec

clock = time.perf_counter

_MOST_TEXT = 4000
_MOST_TEXTS = 4096
_OWN = frozenset({"yizhan.kernel.tx", "yizhan.kernel.db"})
_WAYS = frozenset(
    (
        *("fetch", "fetchrow", "fetchval", "fetch_as", "fetchrow_as", "returned_as"),
        *("execute", "executemany", "lookup", "_timed"),
    )
)
# Quoted texts, and comments: those stand in a group of their own and go without a trace.
_QUOTED = re.compile(r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'|(/\*.*?\*/|--[^\n]*)", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w$.])\d+(?:\.\d+)?\b")
_SPACE = re.compile(r"\s+")


class Cost(msgspec.Struct):
    """What the statement of one place has cost since it was last asked for."""

    place: str
    text: str
    calls: int = 0
    seconds: float = 0.0
    worst: float = 0.0


class Waits(msgspec.Struct):
    """How often a connection was asked of the pool, and how often that took noticeable time."""

    asked: int = 0
    waited: int = 0
    seconds: float = 0.0


Seen = Callable[[Cost, float, bool], None]

_costs: dict[str, Cost] = {}  # by place
_by_text: dict[str, Cost] = {}
waits = Waits()
NOTICEABLE = 0.005  # seconds
# Told of every statement, for traces; None costs one comparison.
watch: Seen | None = None


def plain(sql: str) -> str:
    """A statement without anything that could be a value: our texts hold none, and this keeps it so."""
    bare = _QUOTED.sub(lambda found: " " if found[2] else "?", sql)
    return _SPACE.sub(" ", _NUMBER.sub("?", bare)).strip()[:_MOST_TEXT]


def _caller(frame: FrameType | None) -> FrameType | None:
    """The first frame that is not the database's own way to its connection."""
    while (
        frame is not None
        and frame.f_code.co_name in _WAYS
        and frame.f_globals.get("__name__") in _OWN
    ):
        frame = frame.f_back
    return frame


def _named(frame: FrameType) -> str:
    module = str(frame.f_globals.get("__name__", "")).removeprefix("yizhan.")
    return f"{module}:{frame.f_lineno} {frame.f_code.co_name}"


def note(sql: str, began: float, *, failed: bool = False) -> None:
    """A statement is done."""
    seconds = clock() - began
    cost = _by_text.get(sql) or _learn(sql)
    cost.calls += 1
    cost.seconds += seconds
    cost.worst = max(cost.worst, seconds)
    if watch is not None:
        watch(cost, seconds, failed)


def _learn(sql: str) -> Cost:
    """Who sends a text that was not seen before; where two places send the same, the first."""
    frame = _caller(sys._getframe(2))  # noqa: SLF001 -- the documented way to the caller's frame
    place = _named(frame) if frame is not None else "other"
    if len(_by_text) >= _MOST_TEXTS:
        _by_text.clear()
    cost = _by_text[sql] = _costs.setdefault(place, Cost(place, plain(sql)))
    return cost


def pooled(seconds: float) -> None:
    """A connection was had from the pool after so long."""
    waits.asked += 1
    if seconds > NOTICEABLE:
        waits.waited += 1
        waits.seconds += seconds


def take() -> list[Cost]:
    """What was counted since the last call; counting begins anew."""
    found = [msgspec.structs.replace(cost) for cost in _costs.values() if cost.calls]
    for cost in _costs.values():
        cost.calls, cost.seconds, cost.worst = 0, 0.0, 0.0
    return found


def give_back(costs: list[Cost]) -> None:
    """They could not be written: count them next time."""
    for cost in costs:
        own = _costs.setdefault(cost.place, Cost(cost.place, cost.text))
        own.calls += cost.calls
        own.seconds += cost.seconds
        own.worst = max(own.worst, cost.worst)


def take_waits() -> Waits:
    """Likewise of the pool."""
    found = Waits(waits.asked, waits.waited, waits.seconds)
    waits.asked, waits.waited, waits.seconds = 0, 0, 0.0
    return found
