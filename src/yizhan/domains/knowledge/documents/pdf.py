"""PDF: its text as paragraphs. A page says where ink goes, not what belongs together: that is guessed."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

import pypdf
from pypdf.errors import DependencyError, PyPdfError

from yizhan.domains.knowledge import content
from yizhan.domains.knowledge.documents.types import CannotRead, Note, Parsed

_MOST_PAGES = 400
_MOST_CHARS = 300_000
_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·\-–*]|\d{1,2}[.)、])\s+")
_NUMBER = re.compile(
    r"^\W{0,20}(?:page|第)?\s{0,5}\d{1,4}(?:\s{0,5}(?:/|of|页|\|)\s{0,5}\d{0,4})?\s{0,5}页?\W{0,20}$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?:;。！？：；…][\"'”’）)]*$")
_WIDE = re.compile(r"[⺀-鿿＀-￯]")
_FEWEST = 3  # pages on which a line stands before it is a head or a foot


def read(raw: bytes) -> Parsed:
    """Errors: CannotRead."""
    try:
        return _read(raw)
    except DependencyError as error:
        raise CannotRead("protected") from error
    except (
        PyPdfError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise CannotRead("unreadable") from error


def _read(raw: bytes) -> Parsed:
    reader = pypdf.PdfReader(io.BytesIO(raw), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotRead("protected")
    pages: list[list[str]] = []
    size = 0
    notes: list[Note] = ["text_only"]
    for number, page in enumerate(reader.pages):
        if number >= _MOST_PAGES or size > _MOST_CHARS:
            notes.append("cut_off")
            break
        lines = [line.strip() for line in (page.extract_text() or "").split("\n")]
        size += sum(map(len, lines))
        pages.append(lines)
    told = reader.metadata.title if reader.metadata else None
    lines = list(_without_margins(pages))
    if not any(lines):
        raise CannotRead("empty")
    title = " ".join((told or "").split())[:300]
    first = next(at for at, line in enumerate(lines) if line)
    if not title or title == lines[first]:
        title = lines[first][:300]
        lines = lines[first + 1 :]
    return Parsed("pdf", title, content.clean("".join(_blocks(lines))), [], notes)


def _without_margins(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """All lines but page numbers and what is repeated at the edge of the pages."""
    edges: Counter[str] = Counter()
    for page in pages:
        said = [line for line in page if line]
        edges.update({*said[:2], *said[-2:]})
    often = {line for line, count in edges.items() if count >= max(_FEWEST, len(pages) * 0.6)}
    for page in pages:
        last = len(page) - 1
        for at, line in enumerate(page):
            edge = at < 2 or at > last - 2
            if not (edge and (line in often or _NUMBER.match(line))):
                yield line
        yield ""


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs and lists. A short line that ends a sentence ends its paragraph."""
    widest = sorted(map(len, lines))[int(len(lines) * 0.9)] if lines else 0
    held: list[str] = []
    tag = "p"

    def done() -> Iterator[str]:
        if held:
            text = escape(_joined(held))
            yield f"<ul><li>{text}</li></ul>" if tag == "li" else f"<p>{text}</p>"
            held.clear()

    for line in lines:
        bullet = _BULLET.match(line)
        if bullet or not line:
            yield from done()
            tag = "li" if bullet else "p"
        if line:
            held.append(line[bullet.end() :] if bullet else line)
            if _END.search(line) and len(line) < widest * 0.85:
                yield from done()
                tag = "p"
    yield from done()


def _joined(lines: Sequence[str]) -> str:
    """Lines of one paragraph: with a space, but not between Chinese characters and after a hyphen."""
    text = lines[0]
    for line in lines[1:]:
        if re.search(r"[a-z]-$", text) and line[:1].islower():
            text = text[:-1] + line
        elif _WIDE.match(text[-1:]) or _WIDE.match(line[:1]):
            text += line
        else:
            text += f" {line}"
    return text
