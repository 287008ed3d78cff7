"""What a message says of the matter, given what was said and asked before."""

from __future__ import annotations

import pytest

from yizhan.domains.understanding import composing
from yizhan.domains.understanding.reading import telling
from yizhan.domains.understanding.types import TAKEN_BACK, Evidence, Reading
from yizhan.learning.dialogue.types import Turn

Said = list[tuple[str, str]]


@pytest.mark.parametrize(
    ("before", "text", "said"),
    [
        (
            "订单号 20231188",
            "说错了，订单号不是20231188，是20231199",
            [("order_number", "20231199")],
        ),
        ("转给我姐的3000块没到", "哦对了金额说错了，是2000不是3000", [("amount", "2000")]),
        ("where is order 88231", "it's not 88231, it's 88213", [("order_number", "88213")]),
        ("订单 20231188 没到", "打错了，应该是20231199", [("order_number", "20231199")]),
        ("hello\n> what is your tracking number?", "AB1234567", [("tracking_number", "AB1234567")]),
        ("你好\n> 请问订单号是多少？", "20231188", [("order_number", "20231188")]),
        ("你好\n> 请问几位，订单号多少？", "2", []),
        ("order 88231", "not 12, 13 please", []),
    ],
)
def test_numbers_are_understood_by_what_came_before(before: str, text: str, said: Said) -> None:
    earlier = [
        Turn("agent", line[2:]) if line.startswith("> ") else Turn("user", line)
        for line in before.splitlines()
    ]
    found = [told.slot for told in telling.stated(text, earlier) if not told.withdrawn]
    assert [(one.name, one.value) for one in found] == said


def test_a_value_that_is_taken_back_is_no_longer_known() -> None:
    def turn(message_id: int, *values: tuple[str, float]) -> composing.Spoken:
        evidence = tuple(
            Evidence(text=text, kind="phone", weight=weight) for text, weight in values
        )
        reading = Reading(head="slots", label=None, evidence=evidence, message_id=message_id)
        return composing.Spoken(message_id, {"slots": reading})

    first = turn(1, ("138 0000 2716", 0.0))
    gone = composing.signals(7, [first, turn(2, ("13800002716", TAKEN_BACK))]).slots
    assert gone == ()
    changed = turn(2, ("13800002716", TAKEN_BACK), ("13900002716", 0.0))
    (phone,) = composing.signals(7, [changed, first]).slots
    assert (phone.value, phone.message_id) == ("13900002716", 2)
    assert phone.before == ("138 0000 2716",)
