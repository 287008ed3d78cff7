"""How much work a conversation is likely to be, from 0 to 1, and out of what that was made."""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

READ: Final = 20_000


class Part(NamedTuple):
    """One reason. ``share`` is what it adds; ``found`` is what was counted."""

    name: str
    found: int
    share: float


class Complexity(NamedTuple):
    """``parts`` in falling order of what they add, without those that add nothing."""

    score: float
    parts: tuple[Part, ...]


_QUESTION: Final = re.compile(
    r"[?？]+|(?:吗|么|呢)(?=[\s,，。;；!！]|$)|怎么(?!样的)|为什么|为啥|多少|哪里|哪个|能不能|可不可以|是不是"
)
_MARK: Final = re.compile(r"[?？]")
_ISSUE: Final = re.compile(
    r"另外|还有(?:一个|个|就是)?|此外|以及|同时|第[一二三四五六七八九][,，、:：]|其次|再者|顺便|"
    r"\b(?:also|another|additionally|besides|furthermore|secondly|thirdly|on top of that|as well as|in addition)\b|"
    r"(?:^|\n)\s{0,40}(?:[-*•]|\d{1,2}[.、)）]|[①-⑳])",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"\b(?=[A-Za-z-]{0,40}\d)[A-Za-z0-9]{1,40}(?:-[A-Za-z0-9]{1,40}){0,10}\b(?![.,]\d)"
)
_TRACE: Final = re.compile(
    r"Traceback|Exception|Error:|错误码|报错|错误代码|error code|0x[0-9a-fA-F]{3,}|HTTP ?[45]\d\d|\bat \w+\.\w+\(",
)
_LEAST_CODE: Final = 4

# What is counted, how many of it are "much", and how much "much" adds.
_WEIGHTS: Final = {
    "length": (400, 0.25),
    "questions": (4, 0.15),
    "issues": (3, 0.2),
    "intents": (2, 0.2),
    "codes": (3, 0.1),
    "errors": (1, 0.15),
    "attachments": (3, 0.1),
    "turns": (8, 0.2),
}


def read(text: str, *, intents: int = 1, attachments: int = 0, turns: int = 1) -> Complexity:
    """``intents`` are those that a classifier finds likely, ``turns`` the customer's messages so far."""
    text = text[:READ]
    counts = {
        "length": _length(text),
        "questions": _questions(text),
        "issues": len(_ISSUE.findall(text)),
        "intents": max(0, intents - 1),
        "codes": sum(len(code) >= _LEAST_CODE for code in _CODE.findall(text)),
        "errors": len(_TRACE.findall(text)),
        "attachments": max(0, attachments),
        "turns": max(0, turns - 1),
    }
    parts = [Part(name, count, _share(name, count)) for name, count in counts.items()]
    parts = sorted((part for part in parts if part.share > 0), key=lambda part: -part.share)
    return Complexity(round(min(1.0, sum(part.share for part in parts)), 3), tuple(parts))


def _share(name: str, count: int) -> float:
    """Grows fast at first and stops at what the kind of thing may add."""
    much, most = _WEIGHTS[name]
    return round(most * min(1.0, math.log1p(count) / math.log1p(much)) if count else 0.0, 3)


def _length(text: str) -> int:
    """In Chinese characters; four Latin letters say about as much as one. Short ones do not count."""
    wide = sum(char > "⺀" for char in text)
    return max(0, wide + (len(text) - wide) // 4 - 20)


def _questions(text: str) -> int:
    marks = len(_MARK.findall(text))
    return max(0, max(marks, len(_QUESTION.findall(text)) - marks) - 1)
