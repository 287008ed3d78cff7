"""What a text states is found by rules, in both languages, whatever the text does."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from yizhan.learning import slots

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("订单LW20261116-0923 昨天下午三点到的", {"order_number": "LW20261116-0923"}),
        ("我的电话是138 0000 2716，尾号4021", {"phone": "138 0000 2716", "card_number": "4021"}),
        ("My order #AX-20931 was $1,049.50", {"order_number": "AX-20931", "amount": "$1,049.50"}),
        ("tracking number TY8820307766", {"tracking_number": "TY8820307766"}),
        ("mail me at a.b@example.com", {"email": "a.b@example.com"}),
        ("call 202 555 0147 after 5pm", {"phone": "202 555 0147", "time": "after 5pm"}),
        ("扣了我六十块，应该是199元", {"amount": "六十块"}),
        ("寄到合肥市庐阳区样板路九号，谢谢", {"address": "合肥市庐阳区样板路九号"}),
        ("I live at 14 Example Row, Leeds", {"address": "14 Example Row, Leeds"}),
        ("报错 P-4410，版本 6.3.1", {"error_code": "P-4410", "version": "6.3.1"}),
        ("改成3栋吧", {"address": "3栋"}),
    ],
)
def test_values_are_found(text: str, expected: dict[str, str]) -> None:
    found = slots.find(text)
    first: dict[str, str] = {}
    for slot in found:
        first.setdefault(slot.name, slot.value)
        assert text[slot.start : slot.end] == slot.value
    assert {name: first.get(name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("上周五", "2026-11-20"),
        ("三天前", "2026-11-20"),
        ("后天", "2026-11-25"),
        ("下个月5号", "2026-12-05"),
        ("11月3日", "2026-11-03"),
        ("1月2日", "2027-01-02"),
        ("next monday", "2026-11-30"),
        ("last Friday", "2026-11-20"),
        ("two weeks ago", "2026-11-09"),
        ("5 November", "2026-11-05"),
        ("2026-02-30", ""),
    ],
)
def test_days_are_resolved(text: str, day: str) -> None:
    assert [slot.normal for slot in slots.find(text, today=MONDAY)] == [day]


def test_nothing_relative_is_resolved_without_a_day_to_count_from() -> None:
    assert [slot.normal for slot in slots.find("昨天")] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1" * 9000,
        "1-" * 4000,
        "中" * 9000,
        "路" * 9000,
        "a@" * 4000,
        "“" * 9000,
        "order " * 2000,
    ],
)
def test_no_text_is_slow_or_wrong_to_read(text: str) -> None:
    found = slots.find(text)
    assert all(slots.may_hold(text, {slot.name}) for slot in found)
    assert all(slot.end <= slots.LONGEST for slot in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "number"), [("二十五", 25), ("一百零三", 103), ("两千", 2000), ("一二零八", 1208)]
)
def test_chinese_numerals_are_read(text: str, number: int) -> None:
    assert slots.spelling.chinese(text) == number
