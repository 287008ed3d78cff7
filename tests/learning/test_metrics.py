"""Figures about models, against values worked out by hand."""

from __future__ import annotations

import pytest

from yizhan.learning import metrics


def test_shares_know_how_sure_they_are() -> None:
    few, many = metrics.share(9, 10), metrics.share(900, 1000)
    assert few.value == many.value == 0.9
    assert few.low == pytest.approx(0.596, abs=0.001)
    assert few.high == pytest.approx(0.982, abs=0.001)
    assert many.high - many.low < 0.04
    assert metrics.share(0, 0) == (0.0, 0.0, 1.0)


def test_scores_per_label() -> None:
    lines = {line.label: line for line in metrics.per_label(["a", "a", "b"], ["a", "b", "b"])}
    assert (lines["a"].precision, lines["a"].recall, lines["a"].examples) == (1.0, 0.5, 2)
    assert lines["b"].precision == 0.5
    assert metrics.macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert metrics.accuracy(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)


def test_confidence_that_promises_too_much_is_measured() -> None:
    assert metrics.calibration_error([0.9] * 10, [True] * 9 + [False]) == pytest.approx(0.0)
    assert metrics.calibration_error([0.9] * 10, [True] * 5 + [False] * 5) == pytest.approx(0.4)


def test_a_new_model_is_better_only_beyond_chance() -> None:
    old = [True] * 50 + [False] * 50
    surely = metrics.better(old, [True] * 80 + [False] * 20)
    assert surely.low > 0
    barely = metrics.better(old, [True] * 51 + [False] * 49)
    assert barely.low <= 0 < barely.value
