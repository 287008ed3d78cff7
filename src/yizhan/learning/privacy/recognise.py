"""All recognisers together; what overlaps becomes one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from yizhan.learning.privacy import digits, names, places, views, written
from yizhan.learning.privacy.types import RANK, Found, Rules

MOST: Final = 200_000
"""Characters that are looked at in one text; a longer one is refused by whoever sends it."""
_ZERO_WIDTH: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def _united(found: Iterable[Found]) -> list[Found]:
    """Without overlaps: what touches is covered whole, under the name of the better known kind."""
    done: list[Found] = []
    for one in sorted(found, key=lambda item: (item.start, -item.end)):
        if done and one.start < done[-1].end:
            last = done[-1]
            kind = min(last.kind, one.kind, key=RANK.__getitem__)
            done[-1] = Found(kind, last.start, max(last.end, one.end))
        else:
            done.append(one)
    return done


def _trimmed(text: str, one: Found) -> Found:
    part = text[one.start : one.end]
    start = one.start + len(part) - len(part.lstrip())
    return Found(one.kind, start, max(start, one.end - (len(part) - len(part.rstrip()))))


def find(text: str, rules: Rules | None = None) -> list[Found]:
    """Where personal data stands in a text, from its beginning to its end, without overlaps."""
    known = rules or Rules()
    places_of = [place for place, sign in enumerate(text) if not _ZERO_WIDTH.match(sign)]
    clean = text if len(places_of) == len(text) else "".join(text[place] for place in places_of)
    seen = views.plain(clean)
    found = digits.find(seen)
    heard = views.spoken(seen)
    if heard != seen:
        # Numerals are words as well: only what is certainly a number of somebody counts.
        found += [one for one in digits.find(heard) if one.kind in _CERTAIN or _is_dense(one)]
    found += written.find(seen, known.orders)
    found += names.find(seen, known.names)
    found += places.find(seen)
    kept = [
        trimmed
        for one in found
        if one.kind not in known.skip and (trimmed := _trimmed(clean, one)).end > trimmed.start
    ]
    united = _united(kept)
    if clean is text:
        return united
    return [Found(one.kind, places_of[one.start], places_of[one.end - 1] + 1) for one in united]


_CERTAIN: Final = frozenset({"PHONE", "IDCARD", "BANKCARD"})


def _is_dense(one: Found) -> bool:
    return one.kind == "NUMBER" and one.end - one.start >= 10
