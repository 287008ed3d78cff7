"""Vectors and models that are kept: the same after reading, made once, and never code."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import numpy as np
import pytest

from yizhan.learning import bundle, embedding, vectors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Counting:
    """An encoder that says what it was asked."""

    name = "counting"
    dim = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> embedding.Vectors:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def test_a_text_is_encoded_once(tmp_path: Path) -> None:
    inner = Counting()
    first = vectors.Remembering(inner, tmp_path / "v.sqlite")
    made = first.embed(["退款", "refund", "退款"])
    assert made.shape == (3, 2)
    first.close()
    again = vectors.Remembering(inner, tmp_path / "v.sqlite")
    assert np.array_equal(again.embed(["refund", "退款"]), made[[1, 0]])
    assert inner.asked == ["退款", "refund"]
    assert again.embed([]).shape == (0, 2)
    again.close()


def test_a_model_is_the_same_after_it_was_read() -> None:
    model = bundle.Bundle(
        "head", {"labels": ["退款", "other"]}, {"w": np.arange(6.0).reshape(2, 3)}
    )
    data = bundle.dump(model)
    assert data == bundle.dump(model)
    back = bundle.load(data, kind="head")
    assert back.document == model.document
    assert np.array_equal(back.arrays["w"], model.arrays["w"])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04half", pickle.dumps({"a": 1})])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(bundle.Unreadable):
        bundle.load(data)


def test_a_model_of_another_kind_is_refused() -> None:
    data = bundle.dump(bundle.Bundle("head", {}, {}))
    with pytest.raises(bundle.Unreadable, match="head"):
        bundle.load(data, kind="ranker")
