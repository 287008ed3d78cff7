"""What a message says about the matter in hand, by rules: numbers, dates, amounts, names of things.

Works before anything was learned, in Chinese and English. Every finding is a span of the text. Patterns
have bounded repetitions and read the first :data:`LONGEST` characters, so that no text is slow to read.

``find``      all findings of a text, without overlaps
``may_hold``  whether there could be any of some names: a tenth of the work of finding all
``spelling``  one spelling for values that mean the same ("138-0000-2716", "13800002716")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yizhan.learning.slots import dates, numbers, spelling, things
from yizhan.learning.slots.types import LONGEST, Slot

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

__all__ = ["LONGEST", "Slot", "find", "may_hold", "spelling"]


def find(text: str, *, today: date | None = None) -> list[Slot]:
    """Findings by place. With ``today`` (of the customer) relative dates get their calendar day."""
    read = text[:LONGEST]
    found = [*numbers.find(read), *dates.find(read, today=today), *things.find(read)]
    taken = bytearray(len(read))
    kept: list[Slot] = []
    # Earlier rules are the surer ones; sorting is stable within a rank.
    for slot in sorted(found, key=lambda one: (one.rank, one.start - one.end)):
        if not any(taken[slot.start : slot.end]):
            taken[slot.start : slot.end] = b"\1" * (slot.end - slot.start)
            kept.append(slot)
    return sorted(kept, key=lambda one: one.start)


def may_hold(text: str, names: Container[str]) -> bool:
    """Whether :func:`find` could give a finding of one of these names; False is sure."""
    read = text[:LONGEST]
    rules = (*numbers.RULES, *dates.RULES, *things.RULES)
    return any(one.pattern.search(read) for one in rules if one.name in names)
