"""Patterns for texts, matched in time linear to the text whatever the pattern.

The usual notation without what makes other engines explode: characters, ``.``, ``[a-z]``, ``\\d \\w \\s``
and their opposites, groups, ``|``, ``* + ?`` and ``{m,n}``. No references back, no looking around. A
pattern becomes a set of states; all of them advance together over the text, so nothing is ever tried
twice. The whole text must match; ``^`` and ``$`` at the ends are allowed and mean nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

LONGEST = 200
_MOST_STATES = 1000
_DEEPEST = 20

Test = Callable[[str], bool]


class BadPattern(ValueError):
    """The pattern cannot be read; the message says why."""


class Pattern:
    """States of a pattern: state → (test, next states); a state without a test is passed freely."""

    def __init__(self) -> None:
        self.tests: list[Test | None] = []
        self.next: list[list[int]] = []
        self.start = 0
        self.end = 0

    def state(self, test: Test | None = None) -> int:
        if len(self.tests) >= _MOST_STATES:
            raise BadPattern("the pattern is too large")
        self.tests.append(test)
        self.next.append([])
        return len(self.tests) - 1

    def _reach(self, states: set[int]) -> set[int]:
        waiting, found = list(states), set(states)
        while waiting:
            at = waiting.pop()
            if self.tests[at] is None:
                new = [n for n in self.next[at] if n not in found]
                found.update(new)
                waiting += new
        return found

    def matches(self, text: str) -> bool:
        """Whether the whole text fits."""
        now = self._reach({self.start})
        for char in text:
            moved: set[int] = set()
            for at in now:
                test = self.tests[at]
                if test is not None and test(char):
                    moved.update(self.next[at])
            if not moved:
                return False
            now = self._reach(moved)
        return self.end in now


_CLASSES: dict[str, Test] = {
    "d": lambda c: c.isdigit(),
    "D": lambda c: not c.isdigit(),
    "w": lambda c: c.isalnum() or c == "_",
    "W": lambda c: not (c.isalnum() or c == "_"),
    "s": str.isspace,
    "S": lambda c: not c.isspace(),
}
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}
_SPECIAL = ".^$*+?{}[]|()\\/-"

Part = tuple[int, int]  # first and last state


class _Reader:
    def __init__(self, source: str) -> None:
        self.text = source
        self.at = 0
        self.out = Pattern()

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self) -> str:
        char = self.peek()
        if not char:
            raise BadPattern("the pattern ends too early")
        self.at += 1
        return char

    def either(self, depth: int) -> Part:
        if depth > _DEEPEST:
            raise BadPattern("groups are nested too deeply")
        first, last = self.out.state(), self.out.state()
        while True:
            part = self.series(depth)
            self.out.next[first].append(part[0])
            self.out.next[part[1]].append(last)
            if self.peek() != "|":
                return first, last
            self.at += 1

    def series(self, depth: int) -> Part:
        first = last = self.out.state()
        while self.peek() not in ("", "|", ")"):
            part = self.repeated(depth)
            self.out.next[last].append(part[0])
            last = part[1]
        return first, last

    def repeated(self, depth: int) -> Part:
        begin = self.at
        part = self.one(depth)
        end = self.at
        least, most = self.count()
        if (least, most) == (1, 1):
            return part
        return self.again(part, self.text[begin:end], least=least, most=most, depth=depth)

    def count(self) -> tuple[int, int | None]:
        char = self.peek()
        found: tuple[int, int | None] = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(
            char, (1, 1)
        )
        if char in ("*", "+", "?"):
            self.at += 1
        elif char == "{":
            close = self.text.find("}", self.at)
            least, comma, most = self.text[self.at + 1 : close].partition(",")
            if close < 0 or not _small(least) or not (not most or _small(most)):
                raise BadPattern("a count is written {3}, {2,} or {2,5}")
            self.at = close + 1
            found = (int(least), int(most) if most else (None if comma else int(least)))
            if found[1] is not None and found[1] < found[0]:
                raise BadPattern("a count runs from small to large")
        if self.peek() in ("*", "+", "?", "{") and found != (1, 1):
            raise BadPattern("a repetition of a repetition needs a group")
        return found

    def again(self, part: Part, source: str, *, least: int, most: int | None, depth: int) -> Part:
        """Copies of a part, one behind the other; the last may loop or be left out."""
        first = last = self.out.state()
        end = self.out.state()
        copies = max(least, 1) if most is None else most
        copy = part
        for number in range(copies):
            if number >= least:
                self.out.next[last].append(end)
            copy = part if number == 0 else self.copy(source, depth)
            self.out.next[last].append(copy[0])
            last = copy[1]
        if most is None:
            self.out.next[last].append(copy[0])
        self.out.next[last].append(end)
        return first, end

    def copy(self, source: str, depth: int) -> Part:
        kept, self.text, self.at = (self.text, self.at), source, 0
        part = self.one(depth)
        self.text, self.at = kept
        return part

    def one(self, depth: int) -> Part:
        char = self.take()
        if char == "(":
            if self.text.startswith("?:", self.at):
                self.at += 2
            elif self.peek() == "?":
                raise BadPattern("looking around and named groups are not offered")
            part = self.either(depth + 1)
            if self.take() != ")":
                raise BadPattern("a group is not closed")
            return part
        if char in "*+?{":
            raise BadPattern("there is nothing to repeat")
        if char in "^$)":
            raise BadPattern(f"{char} stands in the wrong place")
        test = self.set() if char == "[" else self.single(char)
        first, last = self.out.state(test), self.out.state()
        self.out.next[first].append(last)
        return first, last

    def single(self, char: str) -> Test:
        if char == ".":
            return lambda c: c != "\n"
        if char == "\\":
            return self.escape()
        return lambda c: c == char

    def escape(self) -> Test:
        char = self.take()
        if char in _CLASSES:
            return _CLASSES[char]
        plain = _CONTROL.get(char, char)
        if plain == char and char not in _SPECIAL:
            raise BadPattern(f"\\{char} is not offered")
        return lambda c: c == plain

    def set(self) -> Test:
        """``[a-z0-9_]`` and ``[^…]``."""
        opposite = self.peek() == "^"
        self.at += opposite
        tests: list[Test] = []
        while (char := self.take()) != "]":
            if char == "\\":
                tests.append(self.escape())
            elif self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                tests.append(_between(char, self.take()))
            else:
                tests.append(self.single(char) if char != "." else _between(".", "."))
        if not tests:
            raise BadPattern("a set is empty")
        return lambda c: any(test(c) for test in tests) != opposite


def _between(low: str, high: str) -> Test:
    if low > high:
        raise BadPattern("a range runs from small to large")
    return lambda c: low <= c <= high


def _small(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) <= 3


@lru_cache(maxsize=2000)
def compiled(source: str) -> Pattern:
    """A pattern ready to use. Errors: BadPattern."""
    if len(source) > LONGEST:
        raise BadPattern(f"a pattern has at most {LONGEST} characters")
    inner = source.removeprefix("^")
    if inner.endswith("$") and not inner.endswith("\\$"):
        inner = inner[:-1]
    reader = _Reader(inner)
    reader.out.start, reader.out.end = reader.either(0)
    if reader.at < len(inner):
        raise BadPattern("a group is closed that was not opened")
    return reader.out
