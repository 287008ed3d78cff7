"""The evaluator, whatever it is given: it ends, does not raise, and agrees with itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yizhan.domains.fields.logic import check, formula, functions, patterns
from yizhan.domains.fields.logic.evaluate import Outcome, evaluate
from yizhan.domains.fields.logic.plan import Plan
from yizhan.domains.fields.types import (
    Field,
    FieldCondition,
    FieldConfig,
    FieldEffect,
    FieldNames,
    FieldOption,
    Rule,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTERS = ("a", "b", "c")


def field(number: int, key: str, kind: Any, **more: Any) -> Field:
    return Field(id=number, object="ticket", key=key, type=kind, name=FieldNames(en=key), **more)


def choices(*ids: str) -> tuple[FieldOption, ...]:
    return tuple(FieldOption(one) for one in ids)


CNY = FieldConfig(currencies=["CNY"])
FIELDS = (
    field(1, "kind", "choice", options=choices(*LETTERS)),
    field(2, "labels", "multi_choice", options=choices(*LETTERS), initial=["a"]),
    field(3, "count", "number", config=FieldConfig(min="0", decimals=2)),
    field(4, "price", "money", config=CNY),
    field(5, "due", "date"),
    field(6, "done", "checkbox"),
    field(7, "note", "text", required=True),
    field(8, "place", "tree", options=(FieldOption("x", children=list(choices("y", "z"))),)),
    field(9, "total", "formula", config=FieldConfig(
        formula="price * count", result="money", currencies=["CNY"])),
)  # fmt: skip
KEYS = [one.key for one in FIELDS]


def asks(key: str, op: str, value: Any = None) -> FieldCondition:
    return FieldCondition(field=key, op=op, value=value)


single = st.one_of(
    st.builds(lambda v: asks("kind", "is", v), st.sampled_from(LETTERS)),
    st.builds(lambda v: asks("labels", "has", v), st.sampled_from(LETTERS)),
    st.builds(
        lambda o, v: asks("count", o, v), st.sampled_from(["gt", "lt", "is"]), st.integers(0, 5)
    ),
    st.builds(lambda v: asks("done", "is", v), st.booleans()),
    st.builds(lambda k: asks(k, "not_empty"), st.sampled_from(KEYS[:6])),
    st.just(asks("place", "under", "x")),
    st.just(asks("ticket.type", "is", "question")),
)
conditions = st.recursive(
    single,
    lambda inner: st.one_of(
        st.builds(lambda parts: FieldCondition(all=tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(
            lambda parts: FieldCondition(any=tuple(parts)), st.lists(inner, min_size=1, max_size=3)
        ),
        st.builds(lambda one: FieldCondition(negated=one), inner),
    ),
    max_leaves=4,
)
effects = st.one_of(
    st.builds(lambda k: FieldEffect(do="show", field=k), st.sampled_from(KEYS)),
    st.builds(lambda k: FieldEffect(do="require", field=k), st.sampled_from(KEYS[:8])),
    st.builds(lambda v, e: FieldEffect(do="fill", field="kind", value=v, only_empty=e),
              st.sampled_from(LETTERS), st.booleans()),
    st.builds(lambda v: FieldEffect(do="fill", field="note", value=v), st.sampled_from(["n", "m"])),
    st.builds(lambda o: FieldEffect(do="limit", field="labels", options=list(o)),
              st.sets(st.sampled_from(LETTERS), min_size=1)),
    st.just(FieldEffect(do="compute", field="note", formula="concat(kind, ' ', count)")),
    st.just(FieldEffect(do="compute", field="count", formula="if(done, 3, 1 / 0)")),
)  # fmt: skip


@st.composite
def rule_sets(draw: st.DrawFn) -> list[Rule]:
    """Only sets that may be stored, as with everything that is stored."""
    kept: list[Rule] = []
    for number in range(draw(st.integers(0, 6))):
        new = Rule(
            id=100 + number,
            object="ticket",
            name=f"r{number}",
            condition=draw(conditions),
            effects=(draw(effects),),
        )
        if not check.findings(FIELDS, [*kept, new]):
            kept.append(new)
    return kept


junk = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
        st.sampled_from(["a", "x/y", "2026-11-22", "1e999", "NaN", "9" * 50, "\x00", "\ud800"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["amount", "currency", "q"]), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
fitting = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(LETTERS),
        "labels": st.lists(st.sampled_from(LETTERS), max_size=3),
        "count": st.integers(0, 9) | st.floats(0, 9),
        "price": st.builds(lambda n: {"amount": f"{n}.50", "currency": "CNY"}, st.integers(0, 99)),
        "due": st.dates().map(lambda day: day.isoformat()),
        "done": st.booleans(),
        "note": st.text(max_size=5),
        "place": st.sampled_from(["x", "x/y"]),
    },
)
hostile = st.dictionaries(st.sampled_from([*KEYS, "unknown"]), junk, max_size=6)
entered = fitting | hostile


def run(rules: Sequence[Rule], old: Any, new: Any, *, creating: bool = False) -> Outcome:
    context = {"ticket.type": "question"}
    return evaluate(Plan(FIELDS, rules), old, new, now=NOW, creating=creating, context=context)


@settings(max_examples=150, deadline=None)
@given(rule_sets(), entered, entered, st.sampled_from(["creating", "changing"]))
def test_evaluating_a_result_changes_nothing(
    rules: list[Rule], old: Any, new: Any, what: str
) -> None:
    first = run(rules, old, new, creating=what == "creating")
    again = run(rules, first.values, {})
    assert again.values == first.values
    assert again.states == first.states
    assert run(rules, first.values, first.values).values == first.values


@settings(max_examples=150, deadline=None)
@given(rule_sets(), entered, entered, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_fields_does_not_matter(
    rules: list[Rule], old: Any, new: Any, chance: random.Random
) -> None:
    shuffled, fields = list(rules), list(FIELDS)
    chance.shuffle(shuffled)
    chance.shuffle(fields)
    other = evaluate(Plan(fields, shuffled), old, new, now=NOW, context={"ticket.type": "question"})
    assert other == run(rules, old, new)


@settings(max_examples=150, deadline=None)
@given(rule_sets(), hostile, hostile)
def test_whatever_is_sent_can_be_stored(rules: list[Rule], old: Any, new: Any) -> None:
    found = run(rules, {}, new)
    msgspec.json.decode(msgspec.json.encode(found.values))
    assert "\\u0000" not in msgspec.json.encode(found.values).decode()
    run(rules, old, new)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="if(sum,)+-*/&=<>\"' .19_abnotdrTRUE", max_size=60))
def test_a_formula_is_read_or_refused_and_always_ends(source: str) -> None:
    try:
        read = formula.read(source)
    except formula.BadFormula:
        return
    functions.run(read.root, {}, now=NOW)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="ab|()*+?{}[]^-$.\\d,19", max_size=25), st.text(alphabet="ab19", max_size=60)
)
def test_a_pattern_is_read_or_refused_and_always_ends(source: str, text: str) -> None:
    try:
        patterns.compiled(source).matches(text)
    except patterns.BadPattern:
        return


@pytest.mark.parametrize(
    ("source", "good", "bad"),
    [
        (r"[A-Z]{2}\d{4}", "AB1234", "AB123"),
        (r"(a|b)+c?", "ababc", "cab"),
        (r"1[3-9]\d{9}", "13812345678", "12812345678"),
        (r"^\d{15}(\d{2}[0-9X])?$", "11010119900307123X", "1101011990030712"),
        (r"a{2,}", "aaa", "a"),
        (r"[^,]*", "a b", "a,b"),
        (r"\w+@\w+\.\w+", "a@b.cn", "a@b"),
        (r"(x{0,2}y){2}", "xxyxy", "xxxyy"),
    ],
)
def test_patterns_match_the_whole_text(source: str, good: str, bad: str) -> None:
    assert patterns.compiled(source).matches(good)
    assert not patterns.compiled(source).matches(bad)


def test_what_explodes_elsewhere_is_quick() -> None:
    assert not patterns.compiled("(a*)*b").matches("a" * 500)
    for bad in ("(?=a)", r"(a)\1", "a**", "(" * 50, "a{999}{999}", "((a{99}){99}){99}"):
        with pytest.raises(patterns.BadPattern):
            patterns.compiled(bad)


def reckoned(source: str, **names: Any) -> Any:
    fields = [field(n, key, "number") for n, key in enumerate(names, start=1)]
    target = field(99, "out", "formula", config=FieldConfig(formula=source))
    found = evaluate(Plan([*fields, target]), {}, names, now=NOW)
    return found.values.get("out")


@pytest.mark.parametrize(
    ("source", "names", "value"),
    [
        ("a * b + 1", {"a": 2, "b": 3}, 7),
        ("0.1 + 0.2", {}, 0.3),
        ("if(a > 10, a * 0.9, a)", {"a": 20}, 18),
        ("sum(a, b)", {"a": 5, "b": None}, 5),
        ("a + b", {"a": 5, "b": None}, None),
        ("a / b", {"a": 5, "b": 0}, None),
        ("round(a / 3, 2)", {"a": 10}, 3.33),
        ("-a - -b", {"a": 1, "b": 2}, 1),
        ("if(a = 1 and not b > 2 or false, 1, 2)", {"a": 1, "b": 1}, 1),
        ("max(a, b) - min(a, b)", {"a": 3, "b": 8}, 5),
        ("days(today(), add_days(today(), 10))", {}, 10),
        ("length('ab' & 'c')", {}, 3),
        ("9999999 * 9999999 * 9999999 * 9999999", {}, None),
    ],
)
def test_formulas(source: str, names: dict[str, Any], value: Any) -> None:
    assert reckoned(source, **names) == value


def said(*rules: Rule, fields: Sequence[Field] = FIELDS) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.code, one.rules) for one in check.findings(fields, rules)}


def rule(name: str, when: FieldCondition, **effect: Any) -> Rule:
    return Rule(id=hash(name) % 1000 + 200, object="ticket", name=name, condition=when,
                effects=(FieldEffect(**effect),))  # fmt: skip


DONE = FieldCondition(field="done", op="is", value=True)
KIND_A, KIND_B = asks("kind", "is", "a"), asks("kind", "is", "b")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((rule("self", asks("note", "not_empty"), do="show", field="note"),), {("itself", ("self",))}),
        (
            (rule("one", asks("due", "not_empty"), do="show", field="note"),
             rule("two", asks("note", "not_empty"), do="show", field="due")),
            {("circle", ("one", "two"))},
        ),
        (
            (rule("show", KIND_A, do="show", field="note"), rule("need", KIND_B, do="require", field="note")),
            {("hidden", ("need", "show"))},
        ),
        (
            (rule("x", KIND_A, do="fill", field="note", value="x"),
             rule("y", DONE, do="fill", field="note", value="y")),
            {("fills_fight", ("x", "y"))},
        ),
        # Never at once, or the same value: no fight.
        ((rule("x", KIND_A, do="fill", field="note", value="x"),
          rule("y", KIND_B, do="fill", field="note", value="y")), set()),
        ((rule("x", KIND_A, do="fill", field="note", value="x"),
          rule("y", DONE, do="fill", field="note", value="x")), set()),
        ((rule("low", asks("count", "lt", 3), do="fill", field="note", value="x"),
          rule("high", asks("count", "gte", 3), do="fill", field="note", value="y")), set()),
        (
            (rule("never", FieldCondition(all=(KIND_A, KIND_B)), do="show", field="note"),),
            {("never", ("never",))},
        ),
        (
            (rule("only a", KIND_A, do="limit", field="labels", options=["a"]),
             rule("only b", DONE, do="limit", field="labels", options=["b"])),
            {("limits_leave_nothing", ("only a", "only b"))},
        ),
        (
            (rule("limit", KIND_A, do="limit", field="place", options=["x/y"]),
             rule("fill", KIND_A, do="fill", field="place", value="x/z")),
            {("fill_forbidden", ("fill", "limit"))},
        ),
        ((rule("gone", KIND_A, do="show", field="nothing"),), {("effect", ("gone",))}),
        ((rule("bad", asks("count", "has", 1), do="show", field="note"),), {("condition", ("bad",))}),
    ],
)  # fmt: skip
def test_contradictions_are_found_and_named(
    rules: tuple[Rule, ...], expected: set[tuple[str, tuple[str, ...]]]
) -> None:
    assert said(*rules) == expected


def test_formulas_in_a_circle_are_found() -> None:
    fields = [
        field(1, "one", "formula", config=FieldConfig(formula="two + 1")),
        field(2, "two", "formula", config=FieldConfig(formula="one + 1")),
    ]
    assert [one.fields for one in check.findings(fields, [])] == [("one", "two")]
