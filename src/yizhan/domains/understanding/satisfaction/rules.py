"""A probable rating from what happened: mood and its course, thanks, waiting, reopening. Pure.

Log-odds of a good rating, a sum of parts that people can read. The weights are set by hand; how well they
do is shown beside real ratings, and a workspace that has ratings trains a head of its own.
"""

from __future__ import annotations

import math
import re
from datetime import timedelta
from typing import Final, Literal

import msgspec

Rating = Literal["good", "neutral", "bad"]
PartName = Literal[
    "usual", "mood", "course", "pleased", "thanks", "turns", "reopened", "waited", "unanswered",
    "grave", "words",
]  # fmt: skip
GOOD, BAD = 0.6, 0.4
_THANKS: Final = re.compile(
    r"谢谢|感谢|多谢|辛苦了|麻烦你们了|太好了|解决了|搞定了"
    r"|\b(?:thanks?|thank you|thx|cheers|appreciated?|perfect|solved|works now)\b",
    re.IGNORECASE,
)
_USUAL: Final = 1.2  # about three in four ratings are good where nothing speaks against it
_FEW_TURNS: Final = 3


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in a ticket. ``moods`` are chances of a bad mood, message by message."""

    last_text: str = ""
    moods: tuple[float, ...] = ()
    pleased: bool = False  # the last message is surely in a good mood
    grave: bool = False
    turns: int = 0  # messages of the customer
    reopened: int = 0
    longest_wait: timedelta = timedelta()
    answered: bool = True


class Part(msgspec.Struct, frozen=True):
    """What a fact adds to the log-odds of a good rating, and the fact as a number or as words."""

    name: PartName
    weight: float
    found: str = ""


class Inferred(msgspec.Struct, frozen=True, kw_only=True):
    """``score``: how likely a good rating is."""

    score: float
    rating: Rating
    model: str
    parts: tuple[Part, ...]


def infer(course: Course) -> Inferred:
    """What the customer would probably say."""
    parts = (Part("usual", _USUAL), *_felt(course), *_lived(course))
    shown = tuple(
        msgspec.structs.replace(one, weight=round(one.weight, 2))
        for one in parts
        if abs(one.weight) >= 0.05
    )
    return said(1 / (1 + math.exp(-sum(one.weight for one in parts))), model="rules", parts=shown)


def said(score: float, *, model: str, parts: tuple[Part, ...]) -> Inferred:
    """A score with the rating that it comes to."""
    score = round(score, 2)
    rating: Rating = "good" if score >= GOOD else "bad" if score <= BAD else "neutral"
    return Inferred(score=score, rating=rating, model=model, parts=parts)


def _felt(course: Course) -> list[Part]:
    first, last = (course.moods[0], course.moods[-1]) if course.moods else (0.0, 0.0)
    found = [
        Part("mood", -3.0 * max(0.0, last - 0.2), f"{last:.0%}"),
        Part("course", max(-0.8, min(0.8, first - last)), f"{first:.0%} > {last:.0%}"),
    ]
    if course.pleased:
        found.append(Part("pleased", 1.0))
    if (thanks := _THANKS.search(course.last_text)) is not None and last < 0.5:
        found.append(Part("thanks", 0.8, thanks[0]))
    if course.grave:
        found.append(Part("grave", -0.8))
    return found


def _lived(course: Course) -> list[Part]:
    hours = course.longest_wait / timedelta(hours=1)
    found = [
        Part("turns", -min(1.0, 0.12 * max(0, course.turns - _FEW_TURNS)), str(course.turns)),
        Part("reopened", -min(1.6, 0.8 * course.reopened), str(course.reopened)),
        Part("waited", -min(1.2, 0.25 * math.log2(1 + hours / 4)), f"{hours:.1f}"),
    ]
    if not course.answered:
        found.append(Part("unanswered", -0.8))
    return found
