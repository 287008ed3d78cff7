"""What a message says of the matter in hand, given what was said and asked before it. Pure.

A bare number answers what the agent asked for last; "not 88231 but 88213" corrects what was called 88231
before. Everything else is found by the rules of :mod:`yizhan.learning.slots`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from yizhan.learning import slots
from yizhan.learning.dialogue import state
from yizhan.learning.dialogue.types import Turn
from yizhan.learning.slots import Slot

_CODE: Final = r"(?=[A-Z0-9\-_/.]{0,20}\d)[A-Z0-9][A-Z0-9\-_/]{1,30}(?:\.\d{1,2})?"
_GAP: Final = r"[\s，,。；;：:]{0,3}"
_CORRECTIONS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:不是|并非) ?(?P<old>{_CODE}){_GAP}(?:而|应该|应|其实)?是 ?(?P<new>{_CODE})",
        rf"是 ?(?P<new>{_CODE}){_GAP}(?:而)?不是 ?(?P<old>{_CODE})",
        rf"(?P<old>{_CODE}){_GAP}(?:应该|应)?(?:是|改成|改为|换成) ?(?P<new>{_CODE})",
        rf"\bnot (?P<old>{_CODE}){_GAP}(?:but|it'?s|it is|should be)? ?(?P<new>{_CODE})",
        rf"(?P<new>{_CODE}){_GAP}not (?P<old>{_CODE})",
        rf"(?P<old>{_CODE}) (?:should be|should have been|must be) (?P<new>{_CODE})",
    )
)
_SLIP: Final = re.compile(
    rf"(?:[说写打填报发]错了?|弄错了|typo|my mistake|wrong (?:number|one)|i meant?)"
    rf"[^0-9]{{0,12}}(?P<new>{_CODE})",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    rf"^[\s#:：]{{0,3}}(?:就?是|it'?s|here it is|sure|好的|嗯)?{_GAP}(?P<new>{_CODE})[\s.。!！,，]{{0,3}}$",
    re.IGNORECASE,
)
_ASKED: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("tracking_number", r"运单|快递单|物流单|tracking|waybill"),
        ("invoice_number", r"发票号|invoice (?:number|no)"),
        ("flight_number", r"航班|flight"),
        ("serial_number", r"序列号|机身号|serial"),
        ("tax_number", r"税号|纳税人|(?:tax|vat) (?:number|id)"),
        ("card_number", r"尾号|末四位|last four|ending in"),
        ("phone", r"手机号|电话|联系方式|phone|mobile"),
        ("account_number", r"账号|户号|客户编号|account (?:number|no|id)"),
        ("order_number", r"订单|单号|预订号|确认号|order|booking|reference|confirmation"),
    )
)
_GUESSED: Final = {"order_number", "tracking_number", "flight_number"}
"""Told apart by their looks where nothing says what they are; a question says it better."""
_LEAST: Final = 3
"""Signs of a number that answers a question; fewer are a quantity, a time, a choice."""


class Told(NamedTuple):
    """``withdrawn``: named only to be taken back."""

    slot: Slot
    withdrawn: bool = False


def stated(text: str, earlier: Sequence[Turn]) -> list[Told]:
    """What a turn says, by place."""
    known: dict[str, str] = {}  # what was said so far, by its plain spelling
    asked = ""
    for turn in earlier:
        if turn.role == "user":
            for told in _one(turn.text, known, asked):
                known[_plain(told.slot.value)] = told.slot.name
                if told.slot.name == "amount":  # "3000" may be said of 3000元
                    known[re.sub(r"[^\d.]", "", told.slot.value)] = "amount"
        asked = "" if turn.role == "user" else turn.text
    return _one(text, known, asked)


def _one(text: str, known: Mapping[str, str], asked: str) -> list[Told]:
    read = text[: slots.LONGEST]
    fixed = _corrected(read, known)
    taken = [(told.slot.start, told.slot.end) for told in fixed]
    plain = [
        Told(one, state.WITHDRAWN.search(read[max(0, one.start - 16) : one.start]) is not None)
        for one in slots.find(read)
        if all(one.end <= start or end <= one.start for start, end in taken)
    ]
    found = [*fixed, *plain]
    if {told.slot.name for told in found} <= _GUESSED:
        found = _answered(read, asked) or found
    return sorted(found, key=lambda told: told.slot.start)


def _plain(value: str) -> str:
    return re.sub(r"[\s\-_/]", "", value).casefold()


def _corrected(text: str, known: Mapping[str, str]) -> list[Told]:
    """Something else instead of what was said before."""
    for pattern in _CORRECTIONS:
        for match in pattern.finditer(text):
            name = known.get(_plain(match["old"]))
            if name is not None:
                return [
                    Told(Slot(name, match["old"], *match.span("old")), withdrawn=True),
                    Told(Slot(name, match["new"], *match.span("new"))),
                ]
    slip = _SLIP.search(text)
    if slip is None:
        return []
    # "Sorry, it is 88213": instead of the newest that looks the same.
    alike = [name for value, name in known.items() if _shape(value) == _shape(_plain(slip["new"]))]
    return [Told(Slot(alike[-1], slip["new"], *slip.span("new")))] if alike else []


def _shape(plain: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"\d", "0", plain))


def _answered(text: str, asked: str) -> list[Told]:
    """A bare number after a question for one; what was asked for last stands at the end."""
    bare = _BARE.match(text)
    if bare is None or not asked or len(bare["new"]) < _LEAST:
        return []
    hits = [
        (match.start(), name)
        for name, pattern in _ASKED
        for match in pattern.finditer(asked[-200:])
    ]
    return [Told(Slot(max(hits)[1], bare["new"], *bare.span("new")))] if hits else []
