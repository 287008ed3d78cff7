"""The encoder of twelve layers: attention among a text's pieces, then a wider layer for each of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from yizhan.learning.e5 import packed
from yizhan.learning.e5.pieces import Pieces
from yizhan.learning.later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from yizhan.learning.e5.packed import Floats

_TOGETHER: Final = 2_048
"""Pieces that go through the layers at once: what is in between then takes some 40 MB at most."""
_STEPS: Final = 4_096  # of the curve that lets a number through, for each whole number
_EDGE: Final = 8  # beyond, all of it passes or nothing


class _Norm(NamedTuple):
    weight: Floats
    bias: Floats
    least: float

    def __call__(self, values: Floats) -> Floats:
        """Each row around nought with a spread of one, in place."""
        values -= values.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", values, values) / values.shape[1]
        values *= (1 / np.sqrt(spread + self.least)).astype(np.float32)[:, None]
        values *= self.weight
        values += self.bias
        return values


class _Dense(NamedTuple):
    weight: Floats  # one column for each number that comes out
    bias: Floats

    def __call__(self, values: Floats) -> Floats:
        found = values @ self.weight
        found += self.bias
        return found


class _Layer(NamedTuple):
    ask: _Dense  # queries, keys and values, side by side
    answer: _Dense
    first: _Norm
    wide: _Dense
    narrow: _Dense
    second: _Norm


class Network:
    """Vectors of texts. Errors: packed.Unfit, OSError."""

    def __init__(self, path: Path) -> None:
        file = packed.File(path)
        self.width = file.shape.width
        self._heads, self._window = file.shape.heads, file.shape.positions - 2
        self._begin, self._end = file.vocabulary.begin, file.vocabulary.end
        self._pieces = Pieces(file.vocabulary)
        self._words = file.blocks("emb.word")
        places = file.floats("emb.pos").reshape(-1, self.width)
        self._places = places + file.floats("emb.type")[: self.width]
        self._first = _norm(file, "emb.ln")
        self._layers = [_layer(file, f"l{at}") for at in range(file.shape.layers)]
        steps = np.arange(-_EDGE * _STEPS, _EDGE * _STEPS + 1) / _STEPS
        self._curve = np.array([(1 + math.erf(one / math.sqrt(2))) / 2 for one in steps], "f4")

    def ids(self, text: str) -> list[int]:
        """Of a text's pieces."""
        return self._pieces.ids(text)

    def embed(self, texts: Sequence[str]) -> Floats:
        """One row of unit length for each text; a long one is read in windows."""
        sums = np.zeros((len(texts), self.width), dtype=np.float32)
        waiting: list[tuple[int, list[int]]] = []
        size = 0
        for row, text in enumerate(texts):
            ids = self.ids(text)
            for start in range(0, max(1, len(ids)), self._window):
                part = ids[start : start + self._window]
                if waiting and size + len(part) + 2 > _TOGETHER:
                    self._flush(waiting, sums)
                    waiting, size = [], 0
                waiting.append((row, part))
                size += len(part) + 2
        self._flush(waiting, sums)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.maximum(lengths, 1e-12), dtype=np.float32)

    def _flush(self, windows: Sequence[tuple[int, list[int]]], sums: Floats) -> None:
        """Windows count by how many pieces they have."""
        if not windows:
            return
        found = self._read([[self._begin, *ids, self._end] for _, ids in windows])
        for (row, ids), vector in zip(windows, found, strict=True):
            sums[row] += vector * max(1, len(ids))

    def _read(self, windows: Sequence[list[int]]) -> Floats:
        ids = np.array([one for window in windows for one in window])
        places = np.concatenate([np.arange(len(window)) for window in windows])
        ends = np.cumsum([len(window) for window in windows])
        spans = [slice(end - len(window), end) for end, window in zip(ends, windows, strict=True)]
        values = packed.unpacked(self._words[ids]) + self._places[places]
        self._first(values)
        for layer in self._layers:
            values += layer.answer(self._attend(layer.ask(values), spans))
            layer.first(values)
            values += layer.narrow(self._let_through(layer.wide(values)))
            layer.second(values)
        return np.stack([values[span].mean(axis=0) for span in spans])

    def _attend(self, asked: Floats, spans: Sequence[slice]) -> Floats:
        """What each piece takes from the others of its text."""
        found = np.empty((len(asked), self.width), dtype=np.float32)
        parts = asked.reshape(len(asked), 3, self._heads, -1).transpose(1, 2, 0, 3)
        scale = np.float32(1 / math.sqrt(parts.shape[-1]))
        for span in spans:
            queries, keys, values = parts[:, :, span]
            weights = (queries * scale) @ keys.transpose(0, 2, 1)
            weights -= weights.max(axis=2, keepdims=True)
            np.exp(weights, out=weights)
            weights /= weights.sum(axis=2, keepdims=True)
            found[span] = (weights @ values).transpose(1, 0, 2).reshape(-1, self.width)
        return found

    def _let_through(self, values: Floats) -> Floats:
        """Gaussian error linear units (Hendrycks and Gimpel, 2016), the curve read from a table."""
        places: NDArray[np.intp] = (values * _STEPS + (_EDGE * _STEPS + 0.5)).astype(np.intp)
        values *= np.take(self._curve, places, mode="clip")
        return values


def _dense(file: packed.File, *names: str) -> _Dense:
    rows = np.concatenate([file.matrix(f"{name}.w") for name in names])
    bias = np.concatenate([file.floats(f"{name}.b") for name in names])
    return _Dense(np.ascontiguousarray(rows.T), bias)


def _norm(file: packed.File, name: str) -> _Norm:
    return _Norm(file.floats(f"{name}.w"), file.floats(f"{name}.b"), file.least)


def _layer(file: packed.File, name: str) -> _Layer:
    return _Layer(
        ask=_dense(file, f"{name}.q", f"{name}.k", f"{name}.v"),
        answer=_dense(file, f"{name}.ao"),
        first=_norm(file, f"{name}.aln"),
        wide=_dense(file, f"{name}.fi"),
        narrow=_dense(file, f"{name}.fo"),
        second=_norm(file, f"{name}.oln"),
    )
