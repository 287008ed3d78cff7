"""How far apart two texts are, in characters inserted, removed or replaced. Pure.

Bit-parallel (Myers 1999, with Hyyrö's correction for the global distance, 2003): a few thousand
characters take milliseconds, so it can be asked for every answer that is sent.
"""

from __future__ import annotations

_MOST = 8_000


def between(one: str, other: str) -> int:
    """Levenshtein's distance; blanks at the ends and their kind do not count."""
    a, b = " ".join(one.split())[:_MOST], " ".join(other.split())[:_MOST]
    if not a or not b:
        return max(len(a), len(b))
    size = len(a)
    mask, top = (1 << size) - 1, 1 << (size - 1)
    places: dict[str, int] = {}
    for place, sign in enumerate(a):
        places[sign] = places.get(sign, 0) | (1 << place)
    up, down, score = mask, 0, size
    for sign in b:
        here = places.get(sign, 0)
        diagonal = (((here & up) + up) ^ up) | here | down
        right = down | ~(diagonal | up)
        left = up & diagonal
        score += (right & top != 0) - (left & top != 0)
        right = (right << 1) | 1
        up = ((left << 1) | ~(diagonal | right)) & mask
        down = right & diagonal & mask
    return score
