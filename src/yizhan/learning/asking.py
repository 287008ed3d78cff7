"""Which messages a person should label next: those that teach most.

Uncertain ones (the two best guesses close together), spread over the guessed labels in turn so that no
one label eats all the attention, and never two that are nearly the same.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning.features import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ALIKE: Final = 0.6
"""The share of three-letter pieces in common from which two texts count as the same."""
RARE: Final = 10
"""Examples below which a label is looked for besides."""


class Candidate(NamedTuple):
    """A message with its best guess and how far the second best is behind. ``age`` in days."""

    id: int
    text: str
    label: str
    margin: float
    age: float


def choose(
    candidates: Sequence[Candidate], *, most: int, examples: Mapping[str, int] | None = None
) -> list[Candidate]:
    """The ``most`` useful ones, the most useful first."""
    lines: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: (-_worth(one, examples or {}), one.id)):
        lines[one.label].append(one)
    queues = sorted(lines.values(), key=lambda line: -_worth(line[0], examples or {}))
    chosen: list[Candidate] = []
    seen: list[frozenset[str]] = []
    while queues and len(chosen) < most:
        for queue in queues:
            if len(chosen) < most:
                _next(queue, chosen, seen)
        queues = [queue for queue in queues if queue]
    return chosen


def _next(queue: list[Candidate], chosen: list[Candidate], seen: list[frozenset[str]]) -> None:
    """Take the first of a line that is unlike all that was chosen."""
    while queue:
        one = queue.pop(0)
        shape = pieces(one.text)
        if not any(alike(shape, other) >= ALIKE for other in seen):
            chosen.append(one)
            seen.append(shape)
            return


def _worth(one: Candidate, examples: Mapping[str, int]) -> float:
    """Between 0 and 2: unsure, new, of a label that has few examples."""
    unsure = 1 - min(1.0, max(0.0, one.margin))
    fresh = math.exp(-one.age / 30)
    rare = 0.3 if examples.get(one.label, 0) < RARE else 0.0
    return unsure * (0.7 + 0.3 * fresh) + rare


def pieces(text: str) -> frozenset[str]:
    clean = "".join(normal(text).split())[:400]
    return frozenset(clean[at : at + 3] for at in range(max(1, len(clean) - 2)))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's share of what they have in common."""
    return len(one & other) / max(1, len(one | other))
