"""The figures of a report card, what is kept back, drift, and what is asked next."""

from __future__ import annotations

import math

from tools import shipped_examples
from yizhan.learning import asking, drift, judging, split
from yizhan.learning.judging import Said


def test_a_report_says_how_sure_one_can_be_and_where_it_errs() -> None:
    truth = ["refund"] * 40 + ["invoice"] * 30 + ["oos"] * 10
    said = (
        [Said("refund", 0.95)] * 36
        + [Said("invoice", 0.5)] * 4
        + [Said("invoice", 0.9)] * 30
        + [Said("refund", 0.4, inside=False)] * 7
        + [Said("refund", 0.55)] * 3
    )

    report = judging.report(truth, said, target=0.95)

    assert math.isclose(report["accuracy"]["value"], 73 / 80)
    assert report["accuracy"]["low"] < 73 / 80 < report["accuracy"]["high"]
    assert report["confusions"][0] == {"truth": "refund", "said": "invoice", "count": 4, "of": 40}
    # The lowest threshold above which the target holds; what is said to fit nothing is not said.
    assert report["threshold"] == 0.55
    assert report["covered"]["examples"] == 69
    assert report["scope"]["recognised"]["value"] == 0.7
    assert report["scope"]["lost"]["value"] == 0


def test_nothing_measured_is_not_called_good() -> None:
    report = judging.report([], [], target=0.9)
    assert report["accuracy"] == {"value": 0.0, "low": 0.0, "high": 1.0}
    assert report["calibration"] == []


def test_the_latest_are_kept_back_and_few_are_measured_in_turn() -> None:
    assert split.parts(["a", "b"] * 50, seed=1) == [
        split.Part(list(range(80)), list(range(80, 100)))
    ]
    folds = split.parts(["a"] * 10 + ["b"] * 5, seed=1)
    assert sorted(at for part in folds for at in part.measure) == list(range(15))
    assert all(not set(part.learn) & set(part.measure) for part in folds)
    assert all(any(at >= 10 for at in part.measure) for part in folds)


def test_drift_speaks_only_when_there_is_enough_to_speak_of() -> None:
    assert drift.compare({"a": 20}, {"b": 500}).word == "unknown"
    assert drift.compare({"a": 500, "b": 500}, {"a": 52, "b": 48}).word == "steady"
    moved = drift.compare({"a": 900, "b": 100}, {"a": 10, "b": 60, "c": 30})
    assert moved.word == "much"
    assert moved.shifts[0].label == "a"
    assert drift.distance({"a": 1}, {"b": 1}) == 1


def test_unsure_messages_come_first_spread_over_labels_and_never_twice() -> None:
    sure = asking.Candidate(1, "where is my parcel now", "parcel", 0.9, 1)
    torn = asking.Candidate(2, "I want my money back", "refund", 0.05, 1)
    same = asking.Candidate(3, "I want my money back!!", "refund", 0.06, 1)
    old = asking.Candidate(4, "money was taken twice", "refund", 0.05, 59)
    known = {"parcel": 50, "refund": 50}

    chosen = asking.choose([sure, torn, same, old], most=3, examples=known)

    assert [one.id for one in chosen] == [2, 1, 4]
    # Of a label with few examples anything is welcome.
    rare = asking.choose([sure, torn], most=1, examples={"refund": 500})
    assert [one.id for one in rare] == [2]
    assert asking.choose([], most=5) == []


def test_what_ships_is_what_the_suites_hold() -> None:
    assert shipped_examples.SHIPPED.read_text("utf-8") == shipped_examples.content(), (
        "run python -m tools.shipped_examples"
    )
