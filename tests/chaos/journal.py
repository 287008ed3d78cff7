"""What clients meant to do and what they were told, on the disk before anything is sent.

A line of intent is flushed before the request leaves, a line of the answer after it came. So whatever
is killed, it is known what must be there (acknowledged) and what may be there (meant only).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self


@dataclass
class Work:
    """One thing that a client did or tried to do. ``key`` is a word that occurs nowhere else."""

    key: str
    kind: str
    what: dict[str, Any] = field(default_factory=dict)
    answer: dict[str, Any] | None = None

    @property
    def acknowledged(self) -> bool:
        return self.answer is not None


class Journal:
    """Written by one process; read after whatever happened."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.path = path

    def intend(self, key: str, kind: str, **what: Any) -> None:
        """Before the request leaves; a repetition of the same key is the same work."""
        self._write({"key": key, "kind": kind, "what": what})

    def acknowledge(self, key: str, **answer: Any) -> None:
        """The desk said that it is done."""
        self._write({"key": key, "answer": answer})

    def works(self) -> list[Work]:
        return read(self.path)

    def close(self) -> None:
        os.close(self._file)

    def _write(self, line: dict[str, Any]) -> None:
        os.write(self._file, json.dumps(line).encode() + b"\n")
        os.fsync(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def read(path: Path) -> list[Work]:
    """All work in the order in which it was first meant. Half a line at the end counts as none."""
    lines = path.read_bytes().split(b"\n")[:-1]
    return collect(json.loads(line) for line in lines)


def collect(lines: Iterable[Mapping[str, Any]]) -> list[Work]:
    """Intents and answers put together by key."""
    found: dict[str, Work] = {}
    for line in lines:
        key = line["key"]
        if "kind" in line:
            found.setdefault(key, Work(key, line["kind"], dict(line["what"])))
        else:
            found[key].answer = dict(line["answer"])
    return list(found.values())
