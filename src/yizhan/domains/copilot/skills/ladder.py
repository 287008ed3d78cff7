"""From shadow to acting by itself, step by step, and back. Pure, and the same results give the same level.

A level is earned by results at the level below: so many were judged, and the lower end of the 95 %
interval of those that were right is above what the workspace asks. It is lost when the share that was
right among the newest falls clearly under that, or when several in a row were wrong. After each step the
count begins anew, so that a skill between two levels does not go to and fro.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.copilot.contract import LEVELS, Level
from yizhan.learning import metrics

Share = Annotated[float, Meta(ge=0.5, le=0.999)]
Ceiling = Literal["off", "shadow", "suggest", "approve", "act"]
Move = Literal["earned", "fell", "in_a_row", "ceiling"]


class LadderRung(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a level takes: so many judged results, and this share of them right."""

    results: Annotated[int, Meta(ge=5, le=10_000)]
    share: Share


class LadderRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the levels of a workspace take. ``slack``: how far under its share a level may fall."""

    suggest: LadderRung = LadderRung(20, 0.70)
    approve: LadderRung = LadderRung(30, 0.80)
    act: LadderRung = LadderRung(50, 0.90)
    newest: Annotated[int, Meta(ge=5, le=500)] = 20
    least: Annotated[int, Meta(ge=3, le=100)] = 8
    slack: Annotated[float, Meta(ge=0.0, le=0.4)] = 0.05
    in_a_row: Annotated[int, Meta(ge=2, le=20)] = 3

    def rung(self, level: Level) -> LadderRung:
        """What a level above the shadow takes."""
        found: LadderRung = getattr(self, level)
        return found


class Judged(msgspec.Struct, frozen=True):
    """What a level would be next, and why; ``why`` None: it stays."""

    level: Level
    why: Move | None = None


class SkillMissing(msgspec.Struct, frozen=True, kw_only=True):
    """What is between a skill and the next level."""

    level: Level  # the next one
    results: int  # so many more must be judged, at least
    share: float  # what the lower end must reach
    low: float  # where it is
    allowed: bool  # whether the administrator lets it go there
    evaluated: bool  # whether it passes its cases


def top(ceiling: Ceiling, highest: Level) -> Level:
    """The highest level that may be reached."""
    if ceiling == "off":
        return "shadow"
    return min((ceiling, highest), key=LEVELS.index)


def above(level: Level) -> Level | None:
    """The next level; None at the top."""
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None


def below(level: Level) -> Level:
    return LEVELS[max(0, LEVELS.index(level) - 1)]


def has_fallen(level: Level, results: Sequence[bool], rules: LadderRules) -> Move | None:
    """Whether results at a level, the oldest first, are too bad for it."""
    if level == "shadow":
        return None
    tail = results[-rules.in_a_row :]
    if len(tail) == rules.in_a_row and not any(tail):
        return "in_a_row"
    newest = results[-rules.newest :]
    line = rules.rung(level).share - rules.slack
    if len(newest) >= rules.least and sum(newest) / len(newest) < line:
        return "fell"
    return None


def is_earned(level: Level, results: Sequence[bool], rules: LadderRules) -> bool:
    """Whether results at the level below are enough for ``level``."""
    rung = rules.rung(level)
    enough = len(results) >= rung.results
    return enough and metrics.share(sum(results), len(results)).low >= rung.share


def step(
    level: Level, results: Sequence[bool], *, rules: LadderRules, limit: Level, evaluated: bool
) -> Judged:
    """The level after results that were judged at ``level``, the oldest first.

    ``limit`` is the highest that is allowed; ``evaluated`` says whether the skill passes its cases.
    """
    if LEVELS.index(level) > LEVELS.index(limit):
        return Judged(limit, "ceiling")
    if (fallen := has_fallen(level, results, rules)) is not None:
        return Judged(below(level), fallen)
    upper = above(level)
    if upper is None or LEVELS.index(upper) > LEVELS.index(limit) or not evaluated:
        return Judged(level)
    return Judged(upper, "earned") if is_earned(upper, results, rules) else Judged(level)


def missing(
    level: Level, results: Sequence[bool], *, rules: LadderRules, limit: Level, evaluated: bool
) -> SkillMissing | None:
    """What the next level still takes; None at the top of the ladder."""
    upper = above(level)
    if upper is None:
        return None
    rung = rules.rung(upper)
    right, of = sum(results), len(results)
    return SkillMissing(
        level=upper,
        results=_more(right, of, rung),
        share=rung.share,
        low=metrics.share(right, of).low,
        allowed=LEVELS.index(upper) <= LEVELS.index(limit),
        evaluated=evaluated,
    )


def _more(right: int, of: int, rung: LadderRung) -> int:
    """How many results are missing if all of them are right."""
    more = max(0, rung.results - of)
    while metrics.share(right + more, of + more).low < rung.share:
        more += 1
    return more
