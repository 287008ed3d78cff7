"""From what was read in each message to what is known of the ticket. Pure.

Whatever the order in which messages were read, the result is that of their order in the conversation,
so that a late or repeated reading changes nothing that newer messages said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from yizhan.domains.understanding.types import (
    BY_AGENT,
    OUT_OF_SCOPE,
    TAKEN_BACK,
    Correction,
    Evidence,
    Head,
    Reading,
    Signals,
    Slot,
)
from yizhan.learning.slots import spelling

NEGATIVE: Final = "negative"
SLOT: Final = "slot:"
GRAVE: Final = frozenset({"legal", "media", "regulator", "threat", "safety"})
"""What calls for a person in charge whatever the tone."""
_HEAVY: Final = 0.5  # what was denied or quoted weighs less
_PASSING: Final[frozenset[Head]] = frozenset(
    {"emotion"}
)  # an agent's word on it holds for one message
_LEVELS: Final = ("low", "normal", "high")
_URGENT_OF: Final = 3  # messages: "ok" after a cry for help does not calm it


class Spoken(msgspec.Struct, frozen=True):
    """A message of the customer and what was read in it."""

    message_id: int
    readings: Mapping[str, Reading]


def negative(reading: Reading | None) -> float:
    """How likely the mood is negative."""
    if reading is None:
        return 0.0
    if reading.label == NEGATIVE:
        return reading.confidence
    return next((other.p for other in reading.others if other.label == NEGATIVE), 0.0)


def grave(hits: Sequence[Evidence]) -> list[str]:
    """What those hits are about that call for a person in charge."""
    return sorted({hit.kind for hit in hits if hit.kind in GRAVE and hit.weight >= _HEAVY})


def signals(
    ticket_id: int,
    spoken: Sequence[Spoken],
    *,
    corrections: Sequence[Correction] = (),
    categories: Mapping[str, str] | None = None,
) -> Signals:
    """All that is known of a ticket. ``corrections`` in the order in which they were made;
    ``categories`` are those of intents."""
    turns = sorted(spoken, key=lambda one: one.message_id)
    said = {one.head: one for one in corrections}
    readings = {
        head: found
        for head in ("intent", "category", "emotion", "urgency", "complexity", "language")
        if (found := _of(head, turns, said.get(head))) is not None
    }
    if (intent := said.get("intent")) is not None and _older(said.get("category"), intent):
        readings.pop("category", None)  # it followed from an intent that was wrong
        if (path := (categories or {}).get(intent.now)) is not None:
            readings["category"] = _by_agent(intent, head="category", label=path)
    hits = tuple(
        msgspec.structs.replace(hit, message_id=str(turn.message_id))
        for turn in turns
        if (reading := turn.readings.get("escalation")) is not None
        for hit in reading.evidence
    )
    return Signals(
        ticket_id=ticket_id,
        message_id=turns[-1].message_id if turns else 0,
        readings=readings,
        slots=_slots(turns, said),
        hits=hits,
        negative=negative(readings.get("emotion")),
        grave=bool(grave(hits)),
    )


def is_bad(
    spoken: Sequence[Spoken], *, threshold: float, corrections: Sequence[Correction] = ()
) -> bool:
    """Whether the mood is bad after the newest message that says anything of it."""
    said = {one.message_id: one.now for one in corrections if one.head == "emotion"}
    for turn in sorted(spoken, key=lambda one: one.message_id, reverse=True):
        if turn.message_id in said:
            return said[turn.message_id] == NEGATIVE
        hit, emotion = turn.readings.get("escalation"), turn.readings.get("emotion")
        if hit is not None and grave(hit.evidence):
            return True
        if negative(emotion) >= threshold:
            return True
        if emotion is not None and emotion.sure not in (None, NEGATIVE):
            return False
    return False


def _older(one: Correction | None, than: Correction) -> bool:
    return one is None or one.id < than.id


def _of(head: Head, turns: Sequence[Spoken], said: Correction | None) -> Reading | None:
    found = [turn.readings[head] for turn in turns if head in turn.readings]
    newer = [one for one in found if said is None or one.message_id > said.message_id]
    if said is not None and not (head in _PASSING and newer):
        return _by_agent(said, head=head, label=said.now)
    sure = [one for one in found if one.sure is not None]
    if head == "urgency":
        sure = sorted(sure[-_URGENT_OF:], key=lambda one: _level(one.label))
    # "Thanks" has no intent: what was meant before still holds.
    return sure[-1] if sure else (found[-1] if found else None)


def _level(label: str | None) -> int:
    return _LEVELS.index(label) if label in _LEVELS else -1


def _by_agent(said: Correction, *, head: str, label: str) -> Reading:
    """What a person said, as a reading."""
    return Reading(
        head=head,
        label=label,
        confidence=1.0,
        in_scope=label != OUT_OF_SCOPE,
        model=BY_AGENT,
        message_id=said.message_id,
    )


def _slots(turns: Sequence[Spoken], said: Mapping[str, Correction]) -> tuple[Slot, ...]:
    """The newest value of each; a person's word holds until the customer says something newer."""
    values: dict[str, list[Evidence]] = {}
    for turn in turns:
        reading = turn.readings.get("slots")
        for one in reading.evidence if reading is not None else ():
            told = msgspec.structs.replace(one, message_id=str(turn.message_id))
            values.setdefault(one.kind, []).append(told)
    named = [head.removeprefix(SLOT) for head in said if head.startswith(SLOT)]
    found = (
        _slot(name, values.get(name, []), word=said.get(SLOT + name))
        for name in dict.fromkeys([*values, *named])
    )
    return tuple(one for one in found if one is not None)


def _slot(name: str, told: Sequence[Evidence], *, word: Correction | None) -> Slot | None:
    """What is known of one thing, and what was said of it before."""
    value, by, at = "", "model", 0
    before: list[str] = []
    for one in told:
        message_id = int(one.message_id or 0)
        if word is not None and message_id > word.message_id:
            before.append(value)
            value, by, at, word = word.now, BY_AGENT, word.message_id, None
        same = spelling.plain(name, one.text) == spelling.plain(name, value)
        if one.weight == TAKEN_BACK:
            before += [value] if same else []
            value = "" if same else value
            continue
        before += [] if same else [value]
        value, by, at = one.text, "model", message_id
    if word is not None:
        before.append(value)
        value, by, at = word.now, BY_AGENT, word.message_id
    if not value:
        return None
    rest = tuple(one for one in dict.fromkeys(before) if one and one != value)
    return Slot(name=name, value=value, message_id=at, by=by, before=rest)
