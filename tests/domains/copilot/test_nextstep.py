"""What is read in messages counts before what words look like."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from yizhan.domains.copilot import drafting, nextstep
from yizhan.domains.copilot.types import Source, Turn

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def steps(text: str, **known: Any) -> list[str]:
    turn = Turn(id=1, who="customer", name="", text=text, at=NOW)
    return [
        one.why
        for one in nextstep.steps(nextstep.Signals(turns=[turn], now=NOW, status="open", **known))
    ]


def test_a_slot_that_was_said_is_not_asked_for_and_an_intent_says_what_is_missing() -> None:
    assert steps("我的东西什么时候到", label="where_is_my_order") == ["missing_order"]
    assert steps("我的快递没收到") == ["missing_order"]
    assert steps("我的快递没收到", slots=frozenset({"tracking_number"})) == ["customer_waits"]
    assert steps("想问下退货规则", label="refund_policy") == ["customer_waits"]
    assert steps("随便吧", cross=True) == ["angry", "customer_waits"]


def test_nearness_in_meaning_puts_an_article_first_but_makes_no_draft_alone() -> None:
    asked = "退款什么时候能到账"
    answers = "退款会在三个工作日内到账。"
    far = Source(kind="article", id="1", title="退款", text=answers)
    near = Source(kind="article", id="2", title="退款", text=answers, meant=0.6)
    assert drafting.passages(asked, [far, near])[0].source == 2
    other = Source(kind="article", id="3", title="Zebra", text="Zebras are striped.", meant=0.9)
    assert drafting.passages(asked, [other]) == []
