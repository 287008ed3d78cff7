"""What writers feel: the head as shipped, and heads that teams train."""

from __future__ import annotations

import pytest

from tools import shipped_models
from tools.shipped import emotion as maker
from yizhan.learning import bundle, embedding, emotion, lexicon

TEXTS = [
    (f"{what}{how}", label)
    for label, hows in {
        "negative": ["太差了", "坏了没人管", "是骗人的", "慢得要命"],
        "neutral": ["在哪里看", "是什么时候的", "有几种", "怎么改"],
        "positive": ["非常好", "很满意", "谢谢你们", "超出预期"],
    }.items()
    for how in hows
    for what in ("快递", "客服", "这家店", "App", "退款")
]


def test_the_heads_were_made_from_the_suites_as_they_are() -> None:
    made_from = shipped_models.made_from(maker.examples())
    for with_vectors in (True, False):
        head = emotion.shipped(with_vectors)
        assert head is not None
        assert head.document["made_from"] == made_from, (
            "the suites have changed: run python -m tools.shipped_models emotion emotion-words"
        )
        assert head.sees_vectors == with_vectors


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("等了三个小时还没送到，打电话也没人接，太失望了", "negative"),
        ("房间又脏又吵，再也不会来住", "negative"),
        ("The app crashes all the time and support ignores me", "negative"),
        ("味道很好，送得也快，下次还点", "positive"),
        ("Thank you so much, that was quick and friendly", "positive"),
        ("请问发票抬头在哪里修改", "neutral"),
    ],
)
def test_plain_feelings_are_seen_from_the_start(text: str, label: str) -> None:
    encoder = embedding.default()
    assert encoder is not None
    for vector in (encoder.embed([text])[0], None):
        seen = emotion.read(text, vector)
        assert seen.label == label, vector is None
        assert 0 < seen.negative < 1
        assert 0 < seen.confidence <= 1


def test_evidence_and_escalation_are_words_of_the_text() -> None:
    text = "垃圾商家，东西坏了不退款，我要打12315投诉"
    seen = emotion.read(text)
    assert {"regulator", "complaint"} <= {hit.category for hit in seen.escalation}
    assert "坏了" in seen.evidence
    own = lexicon.Lexicon([lexicon.Entry("商家", "churn")])
    assert [hit.term for hit in emotion.read(text, words=own).escalation] == ["商家"]


def test_a_team_trains_its_own_and_it_is_the_same_after_reading() -> None:
    texts, labels = zip(*TEXTS, strict=True)
    head = emotion.EmotionHead.fit(texts, labels)
    data = head.dump()
    assert data == emotion.EmotionHead.fit(texts, labels).dump()
    again = emotion.EmotionHead.load(data)
    asked = ["物流太差了", "会员非常好", "电话在哪里看", "", "x" * 20_000, "\0"]
    assert again.read(asked) == head.read(asked)
    assert [one.label for one in again.read(asked[:3])] == ["negative", "positive", "neutral"]
    assert all(abs(sum(one.chances) - 1) < 1e-4 for one in again.read(asked))
    assert again.read([]) == []


def test_two_labels_are_enough_and_the_third_is_never_said() -> None:
    two = [(text, label) for text, label in TEXTS if label != "neutral"]
    texts, labels = zip(*two, strict=True)
    said = emotion.EmotionHead.fit(texts, labels).read(["怎么改", "太差了", "很满意"])
    assert {one.label for one in said} <= {"negative", "positive"}
    assert [one.label for one in said[1:]] == ["negative", "positive"]


@pytest.mark.parametrize("labels", [["negative"] * 2, ["negative", "angry"], []])
def test_what_cannot_be_learned_from_says_why(labels: list[str]) -> None:
    with pytest.raises(emotion.Unlearnable, match="negative, neutral, positive"):
        emotion.EmotionHead.fit(["a"] * len(labels), labels)


def test_no_other_models_bytes_are_read() -> None:
    with pytest.raises(bundle.Unreadable):
        emotion.EmotionHead.load(bundle.dump(bundle.Bundle("classifier", {}, {})))
