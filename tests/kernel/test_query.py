"""Search queries: reading never fails, and what was read is written so that it reads back the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.kernel import marks, query, text

PIECES = st.sampled_from(
    ["-", "－", '"', "“", "”", ":", "：", " ", "\n", "\x00", "from", "tag", "状态", "foo", "退款", "refund", "7781",
     "#", "http://x.example/a", "to:", "before:", "2026-01-01", "\ud7ff", "(", "'", "\\"]
)  # fmt: skip
MESSY = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=600)
VALUES = st.text(
    st.characters(blacklist_categories=("Cs", "Zs", "Cc", "Zl", "Zp"), blacklist_characters='"“”:：-－'),
    min_size=1, max_size=12,
)  # fmt: skip
TERMS = st.one_of(
    st.builds(lambda t, n: query.Term("word", t, None, n), VALUES, st.booleans()),
    st.builds(lambda a, b, n: query.Term("phrase", f"{a} {b}", None, n), VALUES, VALUES, st.booleans()),
    st.builds(
        lambda o, t, n: query.Term("operator", t, o, n),
        st.sampled_from(sorted(query.OPERATORS)), VALUES, st.booleans(),
    ),
)  # fmt: skip


@settings(max_examples=300, derandomize=True, deadline=None)
@given(MESSY)
def test_reading_never_fails_and_settles(written: str) -> None:
    found = query.parse(written)
    again = query.parse(query.render(found))
    if len(query.render(found)) <= query.LONGEST:
        assert again.terms == found.terms
    for term in found.terms:
        assert term.text.strip() == term.text
        assert term.text
        text.wanted(term.text)
        marks.snippet(written, [term.text])


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(TERMS, max_size=8))
def test_what_is_written_reads_back_the_same(terms: list[query.Term]) -> None:
    wanted = query.Query(tuple(terms))
    written = query.render(wanted)
    if len(written) <= query.LONGEST:
        assert query.parse(written) == wanted


def test_a_query_as_people_write_it() -> None:
    found = query.parse(
        'from:ann@x.example -tag:spam 状态：处理中 "left  ear" 退款 -late #1001 http://a.example/b'
    )
    assert found.problems == ()
    assert [(t.kind, t.operator, t.text, t.negated) for t in found.terms] == [
        ("operator", "from", "ann@x.example", False),
        ("operator", "tag", "spam", True),
        ("operator", "status", "处理中", False),
        ("phrase", None, "left ear", False),
        ("word", None, "退款", False),
        ("word", None, "late", True),
        ("word", None, "#1001", False),
        ("word", None, "http://a.example/b", False),
    ]  # fmt: skip


def test_what_is_not_understood_is_said_and_searched_as_words() -> None:
    found = query.parse("colour:red before: x")
    assert [problem.code for problem in found.problems] == ["unknown_operator", "no_value"]
    assert "colour:red" in found.problems[0].message["en"]
    assert "tag:" in found.problems[0].message["zh"]
    assert [term.text for term in found.terms] == ["colour:red", "x"]
    assert query.parse("w " * 300).problems[0].code == "too_long"


def test_marks_stand_where_the_words_stand() -> None:
    parts = marks.snippet("我的 ＲＥＦＵＮＤ 还没到账，refunded twice", ["refund", "没到"])
    assert parts is not None
    assert [part.text for part in parts if part.hit] == ["ＲＥＦＵＮＤ", "没到", "refund"]
    assert marks.plain(parts) == "我的 ＲＥＦＵＮＤ 还没到账，refunded twice"
    assert marks.snippet("prefund", ["refund"]) is None
    long = marks.snippet("x " * 500 + "退款" + " y" * 500, ["退款"])
    assert long is not None
    assert long[0].text == long[-1].text == "…"
    assert len(marks.plain(long)) < 200
