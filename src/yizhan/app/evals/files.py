"""The files of an evaluation: one JSON object a line, UTF-8, and the encoder that remembers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from yizhan.kernel import errors
from yizhan.learning import embedding, vectors

if TYPE_CHECKING:
    from yizhan.kernel.config import Config
    from yizhan.learning.embedding import Embedder

T = TypeVar("T")

SHOWN_EVERY = 1024


class FileUnreadable(errors.Invalid):
    """The file is not what this evaluation reads."""


class FileEmpty(errors.Invalid):
    """The file has no line to learn from or to be measured with."""


class Labelled(msgspec.Struct, frozen=True):
    """A text and what it is."""

    text: str
    label: str


def lines(path: Path, kind: type[T]) -> list[T]:
    """Every line of the file as ``kind``; empty lines are passed over. Says which line is wrong."""
    decoder = msgspec.json.Decoder(kind)
    found: list[T] = []
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    found.append(_line(decoder, line, where=f"{path}, line {number}"))
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror}") from error
    if not found:
        raise FileEmpty(f"{path} has no lines")
    return found


def _line(decoder: msgspec.json.Decoder[T], line: bytes, *, where: str) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{where}: {error}") from error


def encoder(config: Config) -> Embedder | None:
    """The installation's encoder, with what it has made remembered below the data directory."""
    inner = embedding.fast()
    if inner is None:
        return None
    return vectors.Remembering(inner, config.data / "vectors.sqlite", progress=_progress)


def _progress(done: int, of: int) -> None:
    if of >= SHOWN_EVERY and (done == of or done % SHOWN_EVERY == 0):
        sys.stderr.write(f"encoded {done} of {of} texts\n")
