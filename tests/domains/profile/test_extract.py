"""Facts in plain words, with the words that say them; and stages by rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from yizhan.domains.profile import extract, stages
from yizhan.domains.profile.types import USUAL, Fact

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def said(text: str) -> dict[str, str]:
    return {str(one.key): one.value for one in extract.find(text)}


BUYER = "我是海棠网络公司的采购经理，别打电话，下午6点后微信联系我。"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (BUYER, {"company": "海棠网络公司", "role": "采购经理"}),
        (BUYER, {"calls": "no", "contact_time": "下午6点后", "contact_channel": "微信"}),
        (
            "我现在住在杭州，我的华为 Mate 60 Pro 重启",
            {"city": "杭州", "device": "华为 Mate 60 Pro"},
        ),
        (
            "我的生日是5月3日，订单号 TB20261123001",
            {"birthday": "5月3日", "order": "TB20261123001"},
        ),
        ("I work for Northwind Traders.", {"company": "Northwind Traders"}),
        ("I'm the office manager.", {"role": "office manager"}),
        ("Please don't call me. I live in Berlin.", {"calls": "no", "city": "Berlin"}),
        ("My iPhone 15 Pro broke.", {"device": "iPhone 15 Pro"}),
        ("Call me after 6 pm please.", {"contact_time": "after 6 pm"}),
        ("please reach me via WhatsApp", {"contact_channel": "WhatsApp"}),
    ],
)
def test_what_customers_say_of_themselves_is_found(text: str, known: dict[str, str]) -> None:
    found = said(text)
    assert {key: found.get(key) for key in known} == known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你们公司的客服在哪里？",
        "Can you call me a cab",
        "我是谁",
        "\x00 我" * 5000,
        "我在" * 4000,
    ],
)
def test_nothing_is_made_up(text: str) -> None:
    assert set(said(text)) <= {"language"}


def fact(key: str, value: str, *, days: int, by: str = "rule", state: str = "said") -> Fact:
    at = NOW - timedelta(days=days)
    return Fact(
        id=days, contact_id=1, key=key, value=value, normal=value, state=state, by=by, agent_id=None,
        confidence=0.9, evidence="", ticket_id=None, message_id=None, times=1, first_at=at, last_at=at,
    )  # fmt: skip


def test_the_newest_holds_an_agent_s_word_before_it_and_many_stand_side_by_side() -> None:
    kept = [
        fact("city", "Berlin", days=9),
        fact("city", "Bonn", days=2),
        fact("role", "owner", days=8, by="agent"),
        fact("role", "buyer", days=1),
        fact("order", "a1", days=5),
        fact("order", "a2", days=4),
        fact("order", "a3", days=3, state="gone"),
    ]
    holds, past = stages.current(kept)
    assert {one.value for one in holds} == {"Bonn", "owner", "a1", "a2"}
    assert {one.value for one in past} == {"Berlin", "buyer", "a3"}


def test_the_first_rule_that_holds_says_the_stage_and_why() -> None:
    calm = {"tickets": 9, "age_days": 400, "silent_days": 3}
    assert stages.stage(USUAL, calm)[0] == "loyal"
    assert stages.stage(USUAL, {**calm, "silent_days": 200})[0] == "dormant"
    stage, reason = stages.stage(USUAL, {**calm, "negative_30": 2})
    assert (stage, reason["figures"]) == ("at_risk", {"negative_30": 2})
    assert stages.stage(USUAL, {"tickets": 1, "age_days": 0})[0] == "new"
    assert stages.stage(USUAL, {"tickets": 3, "age_days": 30})[0] == "active"
