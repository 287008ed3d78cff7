"""A mail cut into its parts: bytes in, a tree of parts out, in linear time.

Own code instead of the standard library's parser, because that one recurses without a limit,
raises on some broken headers, and loses the raw bytes that the charset guess needs.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yizhan.extensions.channels.email import headers

MAX_DEPTH = 40
MAX_PARTS = 2_000
MAX_HEADER_BYTES = 512 * 1024


class TooComplex(Exception):
    """The mail nests deeper, or has more parts, than any honest mail does."""


@dataclass(slots=True)
class Part:
    """One part: its headers, and either children or a body (``data[start:end]``)."""

    data: bytes
    start: int
    end: int
    headers: list[tuple[str, bytes]] = field(default_factory=list)
    children: list[Part] = field(default_factory=list)
    content_type: str = "text/plain"
    params: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    disposition_params: dict[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> bytes | None:
        """The first header of that name, unfolded, as bytes."""
        return next((value for key, value in self.headers if key == name), None)

    def all_raw(self, name: str) -> list[bytes]:
        return [value for key, value in self.headers if key == name]

    def text(self, name: str) -> str:
        """The first header of that name as decoded text, "" when absent."""
        value = self.raw(name)
        return headers.decode(value) if value is not None else ""

    @property
    def body(self) -> bytes:
        """The body as it stands in the mail, still encoded."""
        return self.data[self.start : self.end]

    @property
    def filename(self) -> str:
        return self.disposition_params.get("filename") or self.params.get("name") or ""

    @property
    def multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    def content(self) -> bytes:
        """The body with its transfer encoding undone; broken encodings give what can be had."""
        encoding = self.text("content-transfer-encoding").split(";")[0].strip().lower()
        if encoding == "base64":
            return unbase64(self.body)
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
            return _unuuencode(self.body)
        return self.body


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def unbase64(raw: bytes) -> bytes:
    """What a lenient client would read: foreign characters skipped, padding made up."""
    # A padding in the middle ends one stream and starts another (concatenated by some gateways).
    out = []
    for piece in re.split(rb"=+", raw) if raw.count(b"=") < 100 else [raw]:
        letters = _NOT_BASE64.sub(b"", piece)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        if letters:
            out.append(base64.b64decode(letters + b"=" * (-len(letters) % 4)))
    return b"".join(out)


def _unuuencode(raw: bytes) -> bytes:
    out = bytearray()
    started = False
    for line in raw.splitlines():
        if not started:
            started = line.startswith(b"begin ")
            continue
        if line.strip() == b"end":
            break
        try:
            out += binascii.a2b_uu(line)
        except binascii.Error:
            continue
    return bytes(out) if started else raw


def parse(data: bytes) -> Part:
    """The tree of a mail. Raises only :class:`TooComplex`."""
    if data.startswith((b"From ", b">From ")):  # an mbox separator
        data = data[data.find(b"\n") + 1 :] if b"\n" in data else b""
    return _Cutter(data).cut(0, len(data), depth=0)


def walk(part: Part) -> Iterator[Part]:
    """The part and everything below it, in the order of the mail; depth is bounded by parse."""
    yield part
    for child in part.children:
        yield from walk(child)


class _Cutter:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.count = 0

    def cut(self, start: int, end: int, *, depth: int, default: str = "text/plain") -> Part:
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_PARTS:
            raise TooComplex
        found, body = split_headers(self.data, start, end)
        part = Part(self.data, body, end, found)
        _describe(part, default)
        if part.multipart:
            self._cut_children(part, depth)
        elif part.content_type == "message/rfc822" and not _is_encoded(part):
            part.children.append(self.cut(part.start, part.end, depth=depth + 1))
        return part

    def _cut_children(self, part: Part, depth: int) -> None:
        boundary = part.params.get("boundary", "").rstrip()
        spans = boundaries(self.data, part.start, part.end, boundary=boundary)
        inner = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        part.children = [
            self.cut(first, last, depth=depth + 1, default=inner) for first, last in spans
        ]
        if not spans:  # said to be several parts, but it is not: show it as text
            part.content_type = "text/plain"


def _is_encoded(part: Part) -> bool:
    return part.text("content-transfer-encoding").strip().lower() in ("base64", "quoted-printable")


def _describe(part: Part, default: str) -> None:
    value = part.raw("content-type")
    kind, part.params = headers.parameters(value) if value is not None else ("", {})
    kind = kind.lower().replace(" ", "")
    if kind.count("/") != 1 or kind.startswith("/") or kind.endswith("/"):
        kind = "text/plain" if kind in ("text", "plain") or not kind else default
        kind = default if value is None else kind
    part.content_type = kind[:100]
    value = part.raw("content-disposition")
    if value is not None:
        kind, part.disposition_params = headers.parameters(value)
        part.disposition = kind.lower()


def split_headers(data: bytes, start: int, end: int) -> tuple[list[tuple[str, bytes]], int]:
    """The header fields (lower-case name, unfolded value) and where the body starts."""
    found: list[tuple[str, list[bytes]]] = []
    at = start
    limit = min(end, start + MAX_HEADER_BYTES)
    while at < limit:
        stop = data.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        line = data[at:stop].rstrip(b"\r\n")
        if not line:
            at = stop
            break
        if line[:1] in (b" ", b"\t"):
            if found:
                found[-1][1].append(line)
        elif (name := _field_name(line)) is not None:
            found.append((name, [line[len(name) + 1 :] if line[len(name) :][:1] == b":" else
                                 line.partition(b":")[2]]))  # fmt: skip
        elif not line.startswith(b">From "):
            break  # no empty line before the body: the body begins here
        at = stop
    return [(name, b"".join(lines).strip()) for name, lines in found], at


_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")


def _field_name(line: bytes) -> str | None:
    match = _FIELD.match(line)
    return match.group(1).decode("ascii").lower() if match else None


def boundaries(data: bytes, start: int, end: int, *, boundary: str) -> list[tuple[int, int]]:
    """The spans between the delimiter lines of one multipart body."""
    if not boundary:
        return []
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    at = start
    while (hit := data.find(mark, at, end)) >= 0:
        at = hit + len(mark)
        if hit > start and data[hit - 1 : hit] != b"\n":
            continue
        stop = data.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        rest = data[at:stop].strip()
        if rest not in (b"", b"--"):
            continue  # a longer boundary that begins with ours
        if opened is not None:
            spans.append((opened, _without_newline(data, opened, hit)))
        opened = None if rest == b"--" else stop
        at = stop
        if rest == b"--":
            break
        if len(spans) > MAX_PARTS:
            raise TooComplex
    if opened is not None and opened < end:
        spans.append((opened, end))  # never closed: cut off on the way
    return spans


def _without_newline(data: bytes, start: int, end: int) -> int:
    if end > start and data[end - 1 : end] == b"\n":
        end -= 1
        if end > start and data[end - 1 : end] == b"\r":
            end -= 1
    return end
