"""Vectors remembered in a file, by the text's hash and the encoder's name.

Encoding is what takes time (some tens of ms a message); training from remembered vectors takes seconds. One
SQLite file, shared by all processes of a data directory; vectors are kept as 16-bit floats (768 bytes).
What it holds can be made again, so a broken or locked file costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING, Final

from yizhan.learning.later import np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from yizhan.learning.embedding import Embedder, Vectors

ASKED_AT_ONCE: Final = 500
KEPT_AT_ONCE: Final = 256


class Remembering:
    """An embedder that asks ``inner`` only for texts that it has not seen."""

    def __init__(
        self, inner: Embedder, path: Path, *, progress: Callable[[int, int], None] | None = None
    ) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.name = inner.name
        self.dim = inner.dim
        self._inner = inner
        self._progress = progress
        self._file = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
        )

    def close(self) -> None:
        self._file.close()

    def embed(self, texts: Sequence[str]) -> Vectors:
        keys = [self._key(text) for text in texts]
        known = self._known(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        done = 0
        for part in _parts(list(missing.items())):
            made = self._inner.embed([text for _, text in part]).astype(np.float16)
            rows = [(key, row.tobytes()) for (key, _), row in zip(part, made, strict=True)]
            self._file.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?)", rows)
            known.update(rows)
            done += len(rows)
            if self._progress is not None:
                self._progress(done, len(missing))
        if not keys:
            return np.zeros((0, self.dim), dtype=np.float32)
        joined = np.frombuffer(b"".join(known[key] for key in keys), dtype=np.float16)
        return joined.reshape(len(keys), self.dim).astype(np.float32)

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(f"{self.name}\0{text}".encode(), digest_size=16).digest()

    def _known(self, keys: list[bytes]) -> dict[bytes, bytes]:
        known: dict[bytes, bytes] = {}
        for start in range(0, len(keys), ASKED_AT_ONCE):
            part = keys[start : start + ASKED_AT_ONCE]
            marks = ",".join("?" * len(part))
            known.update(
                self._file.execute(f"SELECT key, value FROM vector WHERE key IN ({marks})", part)
            )
        return known


def _parts(items: list[tuple[bytes, str]]) -> Iterator[list[tuple[bytes, str]]]:
    for start in range(0, len(items), KEPT_AT_ONCE):
        yield items[start : start + KEPT_AT_ONCE]
