"""One mail that keeps a process busy for hours: Zammad issue 2706, mail-parser CVE-2026-129295.

Every pattern that the product has compiled is asked about texts made to be hard for patterns. No workspace
can bring a pattern of its own: rules and fields compare words.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

import yizhan

SHORT, LONG = 1_500, 24_000
SECONDS = 1.5  # for a long text; a pattern that is sound takes milliseconds
SUSPECT = 0.01  # for a short one: then it is asked about a long one
# Used at one place of a text, or on one that is cut: asked to look everywhere they would be slow.
BOUNDED = {
    "yizhan.domains.fields.logic.formula._TOKEN": "matched at one place, of 2,000 characters at most",
}
BITS = [
    "a", "1", " ", "\n", "<", "&", ".", "-", "_", "@", "(", "退", "a ", "a.", "a@", "a-", "1.", "<a ", "[a](", "http://a",
    "> ", "一", "{{a", "\t", "x1",
]  # fmt: skip


class TooLong(BaseException):
    """Past what may catch."""


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(yizhan.__path__, "yizhan."):
        if (
            ".app.bench" in found.name
            or ".app.demo" in found.name
            or found.name.endswith("__main__")
        ):
            continue  # for people at a terminal, who have nobody's texts
        yield importlib.import_module(found.name)


def inside(value: Any, depth: int = 3) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: itself, or of a table or struct of ours."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from inside(one, depth - 1)
    elif depth and isinstance(value, dict):
        yield from inside(list(value.values()), depth)
    elif depth and type(value).__module__.startswith("yizhan."):
        names = getattr(value, "__struct_fields__", ())
        yield from inside([getattr(value, name) for name in names], depth)


def patterns() -> dict[str, re.Pattern[Any]]:
    """Each once, by the first place where it stands."""
    found: dict[re.Pattern[Any], str] = {}
    for module in modules():
        for name, value in vars(module).items():
            if not name.startswith("__"):
                for one in inside(value):
                    found.setdefault(one, f"{module.__name__}.{name} {one.pattern!r:.60}")
    return {place: one for one, place in found.items()}


def hard_text(bit: str, length: int, pattern: re.Pattern[Any]) -> Any:
    text = bit * (length // len(bit)) + "\x00!"
    return text.encode() if isinstance(pattern.pattern, bytes) else text


def seconds(pattern: re.Pattern[Any], text: Any) -> float:
    """Of the process's own time, until nothing more is found; at most ``SECONDS``."""
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        for _ in pattern.finditer(text):
            pass
    except TooLong:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - began


def slow(found: dict[str, re.Pattern[Any]]) -> dict[str, str]:
    """Where a pattern takes too long, and on what."""

    def ring(_number: int, _frame: Any) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, ring)
    faults: dict[str, str] = {}
    try:
        for place, pattern in found.items():
            if place.partition(" ")[0] in BOUNDED:
                continue
            for bit in BITS:
                if (
                    seconds(pattern, hard_text(bit, SHORT, pattern)) > SUSPECT
                    and seconds(pattern, hard_text(bit, LONG, pattern)) >= SECONDS
                ):
                    faults[place] = bit
                    break
    finally:
        signal.signal(signal.SIGVTALRM, before)
    return faults


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of the process's own time")
def test_no_pattern_of_ours_takes_long() -> None:
    found = patterns()
    assert len(found) > 150
    assert slow(found) == {}


def test_a_bad_pattern_is_found() -> None:
    assert slow({"bad": re.compile(r"(a|a)*b"), "good": re.compile(r"a+")}) == {"bad": "a"}
