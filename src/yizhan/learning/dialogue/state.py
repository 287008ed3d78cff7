"""Slots carried over a conversation and corrected in it: the latest stated value wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yizhan.learning import slots
from yizhan.learning.dialogue.types import Fact, Known

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from yizhan.learning.dialogue.types import Turn
    from yizhan.learning.slots.types import Slot

WITHDRAWN: Final = re.compile(
    r"(?:不是|而不是|别发|不要|not|instead of|rather than)[\s:：]{0,2}$", re.IGNORECASE
)


def known(
    turns: Sequence[Turn],
    *,
    readings: Mapping[int, Mapping[str, str]] | None = None,
    today: date | None = None,
) -> Known:
    """What the customer's turns have told.

    ``readings`` gives the slots that a model found, by the index of a turn; the rules of
    :mod:`yizhan.learning.slots` add what they find beside.
    """
    facts: dict[str, Fact] = {}
    for index, turn in enumerate(turns):
        if turn.role != "user":
            continue
        for name, value in ((readings or {}).get(index) or turn.slots).items():
            start = turn.text.find(value)
            end = start + len(value) if start >= 0 else -1
            _state(facts, Fact(name, value, index, start, end, slots.spelling.plain(name, value)))
        told = [fact for fact in facts.values() if fact.turn == index]
        for slot in slots.find(turn.text, today=today):
            if any(fact.start < slot.end and slot.start < fact.end for fact in told):
                continue
            if WITHDRAWN.search(turn.text[max(0, slot.start - 16) : slot.start]):
                _withdraw(facts, slot)
            else:
                _state(facts, Fact(slot.name, slot.value, index, slot.start, slot.end, slot.normal))
    return Known({name: fact for name, fact in facts.items() if fact.value})


def _withdraw(facts: dict[str, Fact], slot: Slot) -> None:
    """What is named only to be taken back ("不是138…是139…") is no longer known."""
    old = facts.get(slot.name)
    if old is not None and (old.value == slot.value or old.normal == slot.normal):
        facts[slot.name] = old._replace(value="", normal="", before=(*old.before, old.value))


def _state(facts: dict[str, Fact], fact: Fact) -> None:
    old = facts.get(fact.name)
    if old is not None:
        same = old.value == fact.value or (old.normal and old.normal == fact.normal)
        before = old.before if same or not old.value else (*old.before, old.value)
        fact = fact._replace(before=before)
    facts[fact.name] = fact
