"""Formulas: a small language of numbers, money, texts, dates and conditions. Nothing is executed.

``if(quantity > 10, price * quantity * 0.9, price * quantity)``. FieldNames are keys of fields. An empty
field makes what needs it empty; ``sum``, ``min``, ``max`` and ``coalesce`` pass over empty ones. What
cannot be reckoned (a division by zero, two currencies in one sum) is empty, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from yizhan.domains.fields.logic import functions

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d{1,15}(?:\.\d{1,10})?)|(?P<text>\"[^\"\\]*\"|'[^'\\]*')"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_.]{0,60})|(?P<sign><=|>=|!=|<>|[-+*/&=<>(),]))"
)
LONGEST = 2000
_DEEPEST = 25
_MOST_PARTS = 400


class BadFormula(ValueError):
    """The formula cannot be read; the message says why."""


class Node(msgspec.Struct, frozen=True):
    """``number``, ``text``, ``name`` with a value, or ``call`` with its arguments."""

    kind: str
    value: Any = None
    parts: tuple[Node, ...] = ()


class Formula(msgspec.Struct, frozen=True):
    """A formula that was read, and the keys of the fields in it."""

    root: Node
    names: frozenset[str]


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    at = 0
    while source[at:].strip():
        match = _TOKEN.match(source, at)
        if match is None:
            raise BadFormula(f"“{source[at:].strip()[:20]}” cannot be read")
        kind = match.lastgroup or ""
        yield kind, match.group(kind)
        at = match.end()


# Weakest first; each level is (signs, function by sign).
_LEVELS: tuple[dict[str, str], ...] = (
    {"or": "or"},
    {"and": "and"},
    {"=": "eq", "!=": "ne", "<>": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"},
    {"&": "concat"},
    {"+": "add", "-": "subtract"},
    {"*": "multiply", "/": "divide"},
)


class _Reader:
    def __init__(self, source: str) -> None:
        self.tokens = list(_tokens(source))
        self.at = 0
        self.names: set[str] = set()
        if len(self.tokens) > _MOST_PARTS:
            raise BadFormula("the formula is too long")

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, sign: str) -> None:
        if self.peek() != sign:
            raise BadFormula(f"“{sign}” is missing")
        self.at += 1

    def level(self, number: int, depth: int) -> Node:
        if depth > _DEEPEST:
            raise BadFormula("the formula is nested too deeply")
        if number == len(_LEVELS):
            return self.single(depth)
        left = self.level(number + 1, depth)
        while (called := _LEVELS[number].get(self.peek().lower())) and self._is_sign():
            self.at += 1
            left = Node("call", called, (left, self.level(number + 1, depth)))
        return left

    def _is_sign(self) -> bool:
        return self.tokens[self.at][0] in ("sign", "name")

    def single(self, depth: int) -> Node:
        if self.at >= len(self.tokens):
            raise BadFormula("the formula ends too early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Node("number", functions.number(text))
        if kind == "text":
            return Node("text", text[1:-1])
        if kind == "name":
            return self.named(text, depth)
        if text == "-":
            return Node("call", "negative", (self.level(len(_LEVELS), depth + 1),))
        if text == "(":
            inside = self.level(0, depth + 1)
            self.take(")")
            return inside
        raise BadFormula(f"“{text}” stands in the wrong place")

    def named(self, text: str, depth: int) -> Node:
        word = text.lower()
        if word in ("true", "false"):
            return Node("flag", word == "true")
        if word == "not":
            return Node("call", "not", (self.level(2, depth + 1),))
        if self.peek() == "(":
            return self.call(word, depth)
        self.names.add(text)
        return Node("name", text)

    def call(self, name: str, depth: int) -> Node:
        least, most = functions.ARGUMENTS.get(name, (-1, -1))
        if least < 0:
            raise BadFormula(f"there is no function “{name}”")
        self.take("(")
        parts: list[Node] = []
        while self.peek() != ")":
            if parts:
                self.take(",")
            parts.append(self.level(0, depth + 1))
        self.take(")")
        if not least <= len(parts) <= most:
            raise BadFormula(f"“{name}” takes {least} to {most} values")
        return Node("call", name, tuple(parts))


@lru_cache(maxsize=2000)
def read(source: str) -> Formula:
    """A formula ready to be reckoned. Errors: BadFormula."""
    if len(source) > LONGEST:
        raise BadFormula(f"a formula has at most {LONGEST} characters")
    reader = _Reader(source)
    root = reader.level(0, 0)
    if reader.at < len(reader.tokens):
        raise BadFormula(f"“{reader.peek()}” stands in the wrong place")
    return Formula(root, frozenset(reader.names))
