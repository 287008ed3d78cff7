"""Whether what comes now is still like what was learned from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

Word = Literal["unknown", "steady", "some", "much"]
SOME: Final = 0.05
MUCH: Final = 0.15
LEAST: Final = 30
"""Messages below which a difference of the mix is chance."""


class Shift(NamedTuple):
    """A label whose share is another now."""

    label: str
    before: float
    now: float


class Drift(NamedTuple):
    """``distance`` is 0 for the same mix and 1 for nothing in common; ``word`` says what that means."""

    distance: float
    word: Word
    shifts: tuple[Shift, ...]


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {label: count / total for label, count in counts.items()} if total else {}


def distance(before: Mapping[str, int], now: Mapping[str, int]) -> float:
    """Jensen-Shannon divergence in bits (Lin, 1991), between 0 and 1."""
    old, new = _shares(before), _shares(now)
    if not old or not new:
        return 0.0
    total = 0.0
    for label in {*old, *new}:
        a, b = old.get(label, 0.0), new.get(label, 0.0)
        middle = (a + b) / 2
        total += sum(share * math.log2(share / middle) for share in (a, b) if share) / 2
    return min(1.0, max(0.0, total))


def compare(before: Mapping[str, int], now: Mapping[str, int], *, most: int = 5) -> Drift:
    """The mix of labels then and now, with the labels that moved most."""
    old, new = _shares(before), _shares(now)
    if sum(now.values()) < LEAST or sum(before.values()) < LEAST:
        return Drift(0.0, "unknown", ())
    far = distance(before, now)
    moved = sorted(
        (Shift(label, old.get(label, 0.0), new.get(label, 0.0)) for label in {*old, *new}),
        key=lambda shift: (-abs(shift.now - shift.before), shift.label),
    )
    word: Word = "steady" if far < SOME else "some" if far < MUCH else "much"
    return Drift(far, word, tuple(moved[:most]))
