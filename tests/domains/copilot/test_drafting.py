"""Which sources a draft is made of."""

from __future__ import annotations

from yizhan.domains.copilot import drafting
from yizhan.domains.copilot.types import Source


def test_nearness_in_meaning_puts_an_article_first_but_makes_no_draft_alone() -> None:
    asked = "退款什么时候能到账"
    answers = "退款会在三个工作日内到账。"
    far = Source(kind="article", id="1", title="退款", text=answers)
    near = Source(kind="article", id="2", title="退款", text=answers, meant=0.6)
    assert drafting.passages(asked, [far, near])[0].source == 2
    other = Source(kind="article", id="3", title="Zebra", text="Zebras are striped.", meant=0.9)
    assert drafting.passages(asked, [other]) == []
