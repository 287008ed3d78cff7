"""Reads one document within a confined process."""

from __future__ import annotations

import sys

import msgspec

from yizhan.domains.knowledge import content
from yizhan.domains.knowledge.documents import pdf, texts, word
from yizhan.domains.knowledge.documents.types import CannotRead, Kind, Order, Parsed, Refused
from yizhan.kernel import confined

_ENDINGS: dict[str, Kind] = {
    "md": "markdown", "markdown": "markdown", "txt": "markdown", "html": "html", "htm": "html",
    "docx": "word", "pdf": "pdf",
}  # fmt: skip
_OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and .docx with a password
_MOST_TEXT = 4 * 1024 * 1024


def kind_of(name: str, raw: bytes) -> Kind:
    """By its first bytes, then by its name. Errors: CannotRead."""
    if raw.startswith(b"PK\x03\x04"):
        return "word"
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(_OLD_WORD):
        protected = "EncryptedPackage".encode("utf-16-le") in raw
        raise CannotRead("protected" if protected else "unknown")
    found = _ENDINGS.get(name.rpartition(".")[2].lower())
    if found in ("markdown", "html"):
        return found
    raise CannotRead("unreadable" if found else "unknown")


def read(name: str, raw: bytes) -> Parsed:
    """Errors: CannotRead."""
    kind = kind_of(name, raw)
    if kind == "word":
        found = word.read(raw)
    elif kind == "pdf":
        found = pdf.read(raw)
    else:
        found = _text(kind, raw)
    if content.is_blank(found.html):
        raise CannotRead("empty")
    return found


def _text(kind: Kind, raw: bytes) -> Parsed:
    if len(raw) > _MOST_TEXT:
        raise CannotRead("too_large")
    try:
        document = texts.decoded(raw)
    except UnicodeError as error:
        raise CannotRead("unreadable") from error
    title, html = texts.read("html" if kind == "html" else "markdown", document, pictures=False)
    shows = "<img" in document.lower() or (kind == "markdown" and "![" in document)
    return Parsed(kind, title, html, [], ["pictures_left_out"] if shows else [])


def main() -> None:
    """Read what standard input says."""
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    confined.limit(seconds=order.seconds)
    answer: Parsed | Refused
    try:
        answer = read(order.name, order.content)
    except CannotRead as error:
        answer = Refused(error.why)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


if __name__ == "__main__":
    main()
