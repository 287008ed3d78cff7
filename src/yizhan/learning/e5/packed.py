"""The file of weights: a head, the pieces of words, a map of signs, a directory, tensors.

Matrices are in blocks of 32 numbers: a scale of 16 bits and 32 times 4 bits (low halves first), each
number being its four bits less eight, times the scale.
"""

from __future__ import annotations

import itertools
import mmap
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.learning.later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_MAGIC: Final = b"E5S1"
_BLOCK: Final = 32
_FORM: Final = [("scale", "<f2"), ("halves", "u1", _BLOCK // 2)]
_KINDS: Final = {0: 4.0, 1: (2 + _BLOCK // 2) / _BLOCK}  # bytes of a number: plain, packed


class Unfit(ValueError):
    """The file is not what is known here."""


class Shape(NamedTuple):
    """The network's measures."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    kinds: int


class Vocabulary(NamedTuple):
    """Pieces of words with how likely they are, ids of the marks, and what signs are written as."""

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    signs: dict[int, str]


class _Tensor(NamedTuple):
    kind: int
    size: int
    offset: int


class File:
    """What a file holds; matrices are unpacked when asked for. Errors: Unfit."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._at = 0
        try:
            self._read()
        except (struct.error, UnicodeDecodeError, ValueError) as error:
            raise Unfit(str(error)) from error

    def _take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self._raw, self._at)
        self._at += struct.calcsize(f"<{form}")
        return found

    def _read(self) -> None:
        if self._take("4sI")[0] != _MAGIC:
            raise Unfit("not a file of weights")
        self.shape = Shape(*self._take("7i"))
        self.least: float = self._take("fi")[0]
        self.vocabulary = self._vocabulary()
        self._tensors: dict[str, _Tensor] = {}
        for _ in range(self._take("i")[0]):
            name = self._take(f"{self._take('H')[0]}s")[0].decode()
            kind, count, offset, _ = self._take("BIQQ")
            if kind not in _KINDS or offset + count * _KINDS[kind] > len(self._raw):
                raise Unfit(f"tensor {name}")
            self._tensors[name] = _Tensor(kind, count, offset)

    def _vocabulary(self) -> Vocabulary:
        count, begin, end, _, unknown, size = self._take("5iQ")
        ends = np.frombuffer(self._raw, "<u4", count + 1, self._at).tolist()
        self._at += 4 * (count + 1)
        scores = np.frombuffer(self._raw, "<f4", count, self._at).tolist()
        self._at += 4 * count
        words = self._raw[self._at : self._at + size]
        self._at += size
        pieces = [words[start:end].decode() for start, end in itertools.pairwise(ends)]
        signs: dict[int, str] = {}
        for _ in range(self._take("iI")[0]):
            sign, length = self._take("IB")
            signs[sign] = "".join(map(chr, self._take(f"{length}I")))
        return Vocabulary(pieces, scores, begin, end, unknown, signs)

    def floats(self, name: str) -> Floats:
        """A vector, or a matrix that is not packed, as one row. Errors: Unfit."""
        one = self._tensor(name, kind=0)
        return np.frombuffer(self._raw, "<f4", one.size, one.offset).astype(np.float32)

    def matrix(self, name: str) -> Floats:
        """A packed matrix of numbers, one row for each that comes out. Errors: Unfit."""
        return unpacked(self.blocks(name))

    def blocks(self, name: str) -> NDArray[np.void]:
        """The same, packed: one row of blocks for each row. Errors: Unfit."""
        one = self._tensor(name, kind=1)
        found = np.frombuffer(self._raw, np.dtype(_FORM), one.size // _BLOCK, one.offset)
        width = self.shape.inner if name.endswith(".fo.w") else self.shape.width
        return found.reshape(-1, width // _BLOCK)

    def _tensor(self, name: str, *, kind: int) -> _Tensor:
        found = self._tensors.get(name)
        if found is None or found.kind != kind:
            raise Unfit(f"tensor {name}")
        return found


def unpacked(blocks: NDArray[np.void]) -> Floats:
    """Rows of blocks as rows of numbers."""
    halves = blocks["halves"]
    bits = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
    bits -= 8
    bits *= blocks["scale"].astype(np.float32)[..., None]
    return bits.reshape(len(blocks), -1)
