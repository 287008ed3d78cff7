"""The right article for a question, by words, by meaning, and by what was accepted."""

from __future__ import annotations

import pytest

from yizhan.learning import bundle, embedding, retrieval

ARTICLES = [
    retrieval.Entry("refund", "退款多久到账", "原路退回，一般三个工作日。"),
    retrieval.Entry("invoice", "怎么开发票", "在订单详情里申请电子发票。"),
    retrieval.Entry("card", "Card arrival", "Your card arrives within ten days."),
    retrieval.Entry("fee", "Fees abroad", "We take two percent abroad.", ("charged on holiday",)),
]


ENCODERS = [None, embedding.default()]


def first(index: retrieval.Index, text: str) -> str:
    return index.search(text, 1)[0].id


@pytest.mark.parametrize("embedder", ENCODERS)
def test_finds_by_words_in_both_languages(embedder: embedding.Embedder | None) -> None:
    index = retrieval.Index.build(ARTICLES, embedder)
    assert first(index, "我的退款什么时候到帐啊") == "refund"
    assert first(index, "how do I get a bill? 咋开票") == "invoice"
    assert first(index, "when does my new card arrive?") == "card"
    assert first(index, "why was I charged on holiday") == "fee"


def test_says_what_speaks_for_a_hit() -> None:
    (hit,) = retrieval.Index.build(ARTICLES, None).search("charged twice on my holiday", 1)
    assert hit.why.near == "charged on holiday"
    assert "holiday" in hit.why.words
    assert 0 < hit.why.covered <= 1
    assert hit.why.similar is None


@pytest.mark.parametrize("text", ["", "  ", "\0", "？？？", "x" * 100_000, "zzz qqq"])
def test_nothing_to_go_by_is_no_error(text: str) -> None:
    index = retrieval.Index.build(ARTICLES, embedding.default())
    assert len(index.search(text, 3)) in (0, 3)
    last = [*ARTICLES, retrieval.Entry("dumb", "…")]
    assert retrieval.Index.build(last, None).search("invoice", 1)
    assert retrieval.Index.build([], embedding.default()).search(text, 3) == []
    assert retrieval.Index.build([retrieval.Entry("only", "")], embedding.default()).search(
        "only", 3
    )


@pytest.mark.parametrize("embedder", ENCODERS)
def test_learns_from_accepted_answers(embedder: embedding.Embedder | None) -> None:
    """Wording that no article has leads to the article that people took for it."""
    index = retrieval.Index.build(ARTICLES, embedder)
    said = ["parcel plastic nowhere", "plastic missing from parcel", "no plastic yet"] * 3
    index.learn(
        [retrieval.Accepted(text, "card") for text in said]
        + [retrieval.Accepted("nobody knows it", "gone")]
    )
    assert first(index, "still no plastic yet") == "card"
    # Articles without answers are still found.
    assert first(index, "怎么开发票") == "invoice"
    assert first(index, "退款多久到账") == "refund"


@pytest.mark.parametrize("embedder", ENCODERS)
def test_what_was_learned_is_the_same_after_reading_it_back(
    embedder: embedding.Embedder | None,
) -> None:
    feedback = [retrieval.Accepted(f"question {n % 7} {n}", f"a{n % 3}") for n in range(30)]
    learned = retrieval.Adoption.fit(feedback, embedder)
    kept = learned.dump()
    assert kept == retrieval.Adoption.fit(feedback, embedder).dump()
    index = retrieval.Index.build(
        [retrieval.Entry(f"a{n}", f"title {n}") for n in range(3)], embedder
    )
    index.use(learned)
    before = index.search("question 5 12", 3)
    index.use(retrieval.Adoption.load(kept))
    after = index.search("question 5 12", 3)
    assert [hit.id for hit in before] == [hit.id for hit in after]
    assert before[0].score == pytest.approx(after[0].score, abs=1e-2)
    with pytest.raises(bundle.Unreadable):
        retrieval.Adoption.load(b"nothing")


def test_long_articles_are_read_in_parts() -> None:
    body = "\n".join(f"paragraph {n} about nothing in particular " * 6 for n in range(20))
    entry = retrieval.Entry("long", "Title", body, ("asked so", "asked so", " "))
    texts = retrieval.parts(entry)
    assert all(len(text) <= 510 for text in texts)
    assert texts[-1] == "asked so"
    assert texts.count("asked so") == 1
