"""Labels learned from examples: right, as sure as it ought to be, with reasons, and silent where it should be."""

from __future__ import annotations

import numpy as np
import pytest

from yizhan.learning import bundle, calibrate, classify, evidence, features, kernel, paths, trained

THINGS = {
    "refund": ["退款", "把钱退给我", "refund", "money back"],
    "parcel": ["包裹", "快递到哪", "parcel", "my delivery"],
    "sign_in": ["登录", "密码不对", "sign in", "my password"],
}
FRAMES = ["{}怎么还没好", "请问{}", "{} please", "{}，在线等", "where is {}", "help with {}"]


def examples() -> tuple[list[str], list[str]]:
    pairs = [
        (frame.format(thing), label)
        for label, things in THINGS.items()
        for thing in things
        for frame in FRAMES
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


STRANGE = ["今天天气真好", "tell me a joke", "你们招人吗", "what is two plus two", "推荐一部电影"]
STRANGE += [
    "who won the game",
    "帮我写一首诗",
    "buy our cheap backlinks",
    "最近股票怎么样",
    "I love cats",
]


def test_words_tell_labels_and_are_named() -> None:
    texts, labels = examples()
    model = classify.Classifier.fit(texts, labels)
    asked = ["我的包裹丢了吗", "I forgot my password", "钱退给我了吗"]
    said = model.guess(asked)
    assert [guess.label for guess in said] == ["parcel", "sign_in", "refund"]
    assert any("包裹" in word for word in said[0].evidence)
    assert "password" in said[1].evidence
    for guess in said:
        assert {labels[at] for at in guess.near} == {guess.label}
        assert guess.confidence > max(chance for _, chance in guess.others)


def test_vectors_decide_where_words_are_silent() -> None:
    random = np.random.default_rng(3)
    truth = [f"label{at % 4}" for at in range(80)]
    centres = random.normal(size=(4, 16))
    vectors = np.array(
        [centres[at % 4] + random.normal(scale=0.4, size=16) for at in range(80)], dtype=np.float32
    )
    texts = ["..."] * 80
    model = classify.Classifier.fit(texts[:60], truth[:60], vectors=vectors[:60])
    said = model.guess(texts[60:], vectors[60:])
    assert [guess.label for guess in said] == truth[60:]
    unsure = model.guess(texts[60:])
    assert max(guess.confidence for guess in unsure) < min(guess.confidence for guess in said)


def test_the_same_examples_make_the_same_bytes_and_they_read_back() -> None:
    texts, labels = examples()
    vectors = np.random.default_rng(1).normal(size=(len(texts), 8)).astype(np.float32)
    model = classify.Classifier.fit(texts, labels, vectors=vectors)
    data = model.dump()
    assert classify.Classifier.fit(texts, labels, vectors=vectors).dump() == data
    again = classify.Classifier.load(data)
    assert again.guess(texts[:5], vectors[:5]) == model.guess(texts[:5], vectors[:5])
    with pytest.raises(bundle.Unreadable):
        paths.PathClassifier.load(data)


@pytest.mark.parametrize("each", [1, 2, 5])
def test_few_examples_help_and_are_not_trusted(each: int) -> None:
    texts = [text for label in THINGS for text in _first(label, each)]
    labels = [label for label in THINGS for _ in range(each)]
    model = classify.Classifier.fit(texts, labels)
    said = model.guess(["退款什么时候到", "包裹呢"])
    assert [guess.label for guess in said] == ["refund", "parcel"]
    assert all(guess.confidence < 0.9 for guess in said)


def _first(label: str, count: int) -> list[str]:
    return [FRAMES[at % len(FRAMES)].format(THINGS[label][at % 4]) for at in range(count)]


def test_odd_examples_and_odd_texts_are_taken() -> None:
    odd = ["", "   ", "\0", "🙂" * 50, "啊" * 200_000, "a " * 100_000, "\ud83d"]
    for texts, labels in (
        ([], []),
        (["只有一句"], ["only"]),
        (["", "\ud83d"], ["a", "b"]),
        (["一", "二", "三"], ["oos", "oos", "oos"]),
        ([f"label {at} 第{at}类" for at in range(120)], [f"l{at}" for at in range(120)]),
    ):
        model = classify.Classifier.fit(texts, labels)
        for guess in classify.Classifier.load(model.dump()).guess(odd):
            assert guess.label in {*labels, ""}
            assert 0 <= guess.confidence < 1
            assert 0 <= guess.in_scope <= 1


def test_what_belongs_nowhere_is_said_to() -> None:
    texts, labels = examples()
    taught = classify.Classifier.fit([*texts, *STRANGE], [*labels, *["oos"] * len(STRANGE)])
    inside, outside = taught.guess(["包裹呢，在线等", "tell me a story about cats"])
    assert (inside.label, outside.label) == ("parcel", "oos")
    assert outside.in_scope < 0.5 <= inside.in_scope
    assert outside.others[0][0] in THINGS


def test_confidence_is_what_it_says() -> None:
    """A third of the labels is wrong on purpose: nobody can be surer than two in three."""
    random = np.random.default_rng(5)
    words = [f"word{at}" for at in range(12)]
    picked = random.integers(0, 12, size=600)
    wrong = random.random(600) < 1 / 3
    truth = [
        f"l{(at + random.integers(1, 4) * bad) % 4}" for at, bad in zip(picked, wrong, strict=True)
    ]
    texts = [f"{words[at]} {random.integers(0, 50)}" for at in picked]
    model = classify.Classifier.fit(texts[:400], truth[:400])
    said = model.guess(texts[400:])
    right = np.mean([guess.label == real for guess, real in zip(said, truth[400:], strict=True)])
    assert np.mean([guess.confidence for guess in said]) == pytest.approx(right, abs=0.1)


def test_held_back_means_not_learned() -> None:
    """The score of an example without itself is the score of a model that never saw it."""
    random = np.random.default_rng(7)
    texts = [f"{random.choice(['a', 'b', 'c'])}{random.integers(9)} x{at}" for at in range(30)]
    truth = random.integers(0, 3, size=30)
    settings = kernel.Settings()
    view = kernel.View(
        features.Words.fit(texts).transform(texts), random.normal(size=(30, 4)).astype(np.float32)
    )
    every = np.arange(30)
    fitted = kernel.solve(view, truth, 3, settings=settings, held_at=every)
    wanted = np.eye(3)[truth] - fitted.bias
    for out in (0, 17):
        rest = every[every != out]
        matrix = kernel.likeness(view.at(rest), view.at(rest), settings) + 0.1 * np.eye(29)
        weights = np.linalg.solve(matrix, wanted[rest])
        alone = kernel.likeness(view.at(np.array([out])), view.at(rest), settings) @ weights
        assert np.allclose(alone[0] + fitted.bias, fitted.held[out], atol=1e-3)


def test_a_path_stops_where_it_is_unsure() -> None:
    leaves = {"Order > Status": "到哪了", "Order > Cancel": "不要了", "Account > Sign-in": "密码"}
    texts = [f"{what} {at}号订单" for what in leaves.values() for at in range(8)]
    texts += [f"订单问题{at}" for at in range(8)]
    labels = [label for label in leaves for _ in range(8)]
    labels += ["Order > Status", "Order>Cancel"] * 4
    model = paths.PathClassifier.fit(texts, labels)
    assert paths.PathClassifier.load(model.dump()).guess(texts[:3]) == model.guess(texts[:3])
    model.leaves.threshold = 0.7
    sure, unsure = model.guess(["登录密码不对", "订单问题"])
    assert sure.sure == ("Account", "Sign-in")
    assert unsure.path[0] == "Order"
    assert unsure.sure == ("Order",)
    assert unsure.steps[0].confidence > 0.7 > unsure.steps[1].confidence


def test_numbers_that_name_somebody_are_not_kept() -> None:
    texts = [f"订单 88120076{at}5 到哪了" for at in range(5)] + ["退款"] * 5
    document, _ = trained.learn(texts, ["a"] * 5 + ["b"] * 5, vectors=None, seed=1)
    assert not any("8812" in name for names in document["names"].values() for name in names)


def test_a_threshold_keeps_what_it_promises() -> None:
    sure = np.linspace(0, 1, 101)
    right = sure > 0.3
    assert calibrate.threshold(sure, right, promised=0.95) == pytest.approx(0.27, abs=0.02)
    assert calibrate.threshold(sure, np.zeros(101, dtype=bool)) == 1.0


def test_words_that_stand_in_any_message_are_no_reason() -> None:
    said = ["退款", "the", "refund", "of the", "的话", "太气人", "了退款", "是我", "!!"]
    assert [word for word in said if evidence.tells(word)] == ["退款", "refund", "太气人"]


def test_confidence_is_judged_by_what_people_write() -> None:
    easy, labels = examples()
    vague = [f"{text} thanks" for text in easy]
    typical = [False] * len(easy) + [True] * len(vague)
    both, wanted = [*easy, *vague], [*labels, *labels[7:], *labels[:7]]  # many of them wrong
    asked = "把钱退给我好吗"
    by_all = classify.Classifier.fit(both, wanted).guess([asked])[0]
    by_typical = classify.Classifier.fit(both, wanted, typical=typical).guess([asked])[0]
    assert by_all.label == by_typical.label == "refund"
    assert by_typical.confidence < by_all.confidence
