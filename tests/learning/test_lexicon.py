"""The escalation lexicon: plain words, found however they are written, and weighed where they stand."""

from __future__ import annotations

import pytest

from yizhan.learning import lexicon
from yizhan.learning.lexicon import Entry


def found(text: str) -> dict[str, str]:
    """Category to what was said, of hits at their full weight."""
    hits = lexicon.shipped().find(text)
    return {hit.category: hit.said for hit in hits if not hit.denied and not hit.quoted}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("再不处理我就打12315", "regulator"),
        ("我要投 诉你们", "complaint"),
        ("已經請了律師", "legal"),
        ("我去黑猫曝光你们", "media"),
        ("以后再也不买你家东西", "churn"),
        ("活不下去了", "safety"),
        ("打了五次电话都说会处理", "repeat"),
        ("I will file a chargeback", "legal"),
        ("You’ll be sorry", "threat"),
        ("Ｔｒａｄｉｎｇ Standards will hear of this", "regulator"),
        ("到底什么时候发货？！？！", "tone"),
        ("WHERE IS MY ORDER PEOPLE", "tone"),
        ("I emailed you three times", "repeat"),
        ("不得不投诉你们", "complaint"),
        ("不要 我要投诉", "complaint"),
    ],
)
def test_what_gets_worse_is_found_in_any_spelling(text: str, category: str) -> None:
    assert category in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "我不是要投诉，只是想问一下",
        "没有要找律师的意思",
        "I don't want to file a complaint",
        "朋友转来一句“我要投诉”，问我什么意思",
        "> 我要投诉你们\n这是上次的邮件",
        "照片过度曝光了怎么修",
        "a tissue for the issue",
        "订单 12315678 到哪了",
        "How do I reset my password?",
        "",
    ],
)
def test_what_is_denied_quoted_or_something_else_is_not(text: str) -> None:
    assert not found(text)


def test_a_denial_leaves_a_trace_with_less_weight() -> None:
    meant, denied = (lexicon.shipped().find(text) for text in ("我要举报", "我不会举报的"))
    assert denied[0].denied
    assert 0 < lexicon.strength(denied) < lexicon.strength(meant) < 1


def test_evidence_is_in_the_writers_own_words() -> None:
    text = "你好😀，我要投 诉！"
    hit = lexicon.shipped().find(text)[0]
    assert text[hit.start : hit.end] == hit.said == "我要投 诉"


def test_a_team_has_its_own_list() -> None:
    own = lexicon.shipped().changed(
        add=[Entry("去总部闹", "threat", 0.9, "zh")], remove=["投诉", "我要投诉"]
    )
    again = lexicon.Lexicon.of_json(own.to_json())
    assert [hit.category for hit in again.find("我去总部闹")] == ["threat"]
    assert not again.find("我要投诉")
    assert lexicon.shipped().find("我要投诉")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "no list"),
        (b'[{"term": "x"}]', "category"),
        (b'[{"term": " ", "category": "legal"}]', "needs a term"),
        (b'[{"term": "x", "category": "rude"}]', "rude|category"),
        (b'[{"term": "x", "category": "legal", "weight": 2}]', "0 to 1"),
        (b'[{"term": "%s", "category": "legal"}]' % (b"x" * 65), "64"),
        ("[投诉]".encode("gb18030"), "no list"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(data: bytes, why: str) -> None:
    with pytest.raises(lexicon.Unfit, match=why):
        lexicon.Lexicon.of_json(data)


def test_a_pattern_is_only_a_word() -> None:
    own = lexicon.Lexicon([Entry("(a+)+$", "abuse")])
    assert not own.find("a" * 5000 + "!")
    assert own.find("he wrote (a+)+$ to me")


def test_a_text_made_to_hurt_is_read_at_once() -> None:
    for text in ("不" * 50_000 + "投诉", "“" * 50_000, "！" * 50_000, "not " * 20_000 + "sue"):
        lexicon.shipped().find(text)
