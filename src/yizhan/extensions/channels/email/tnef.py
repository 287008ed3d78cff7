"""winmail.dat (MS-OXTNEF): what Outlook sends when it thinks that the other side is Outlook.

Reads the body (plain, HTML or compressed RTF) and the attachments; the rest is skipped. Written
after the published structure; every length is checked, so no bytes can make it fail or run away.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from yizhan.extensions.channels.email import charset, rtf

SIGNATURE = 0x223E9F78
_MAX_ATTRIBUTES = 10_000
_MAX_PROPERTIES = 5_000

_BODY = 0x0002800C
_MAPI_PROPS = 0x00069003
_ATTACH_RENDER = 0x00069002
_ATTACH_TITLE = 0x00018010
_ATTACH_DATA = 0x0006800F
_ATTACH_PROPS = 0x00069005
_CODEPAGE = 0x00069007

_PR_BODY = 0x1000
_PR_RTF = 0x1009
_PR_HTML = 0x1013
_PR_ATTACH_DATA = 0x3701
_PR_ATTACH_NAME = 0x3704
_PR_ATTACH_LONG_NAME = 0x3707
_PR_ATTACH_MIME = 0x370E
_PR_ATTACH_CID = 0x3712
_PR_DISPLAY_NAME = 0x3001

_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
          0x0014: 8, 0x0040: 8, 0x0048: 16}  # fmt: skip
_COUNTED = {0x000D, 0x001E, 0x001F, 0x0102}


@dataclass
class Attachment:
    """A file inside; all that is known of it."""

    name: str = ""
    content: bytes = b""
    content_type: str = ""
    content_id: str | None = None


@dataclass
class Message:
    """What could be read: bodies are None when absent."""

    text: str | None = None
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)


class NotTnef(Exception):
    """The bytes are no TNEF stream."""


def parse(data: bytes) -> Message:
    """Read a stream; damage ends the reading, what was read before is kept."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE:
        raise NotTnef
    message = Message()
    codepage = "cp1252"
    for name, value in _attributes(data):
        if name == _CODEPAGE and len(value) >= 4:
            codepage = f"cp{struct.unpack_from('<I', value)[0]}"
        elif name == _BODY:
            message.text = charset.decode(value.rstrip(b"\0"), codepage)
        elif name == _MAPI_PROPS:
            _read_body(message, dict(_properties(value)), codepage)
        elif name == _ATTACH_RENDER:
            message.attachments.append(Attachment())
        elif name in (_ATTACH_TITLE, _ATTACH_DATA, _ATTACH_PROPS):
            _read_attachment(message, name, value, codepage)
    message.attachments = [item for item in message.attachments if item.content or item.name]
    return message


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _ in range(_MAX_ATTRIBUTES):
        if at + 9 > len(data):
            return
        _, name, length = struct.unpack_from("<BII", data, at)
        at += 9
        if at + length > len(data):
            return
        yield name, data[at : at + length]
        at += length + 2  # the checksum is not trusted either way


def _read_body(message: Message, found: dict[int, tuple[int, bytes]], codepage: str) -> None:
    if _PR_HTML in found:
        message.html = _text(found[_PR_HTML], codepage)
    if _PR_BODY in found:
        message.text = _text(found[_PR_BODY], codepage)
    if _PR_RTF in found:
        source = rtf.decompress(found[_PR_RTF][1])
        if source and message.html is None:
            message.html = rtf.to_html(source)
        if source and not message.text and message.html is None:
            message.text = rtf.to_text(source)


def _read_attachment(message: Message, name: int, value: bytes, codepage: str) -> None:
    if not message.attachments:
        message.attachments.append(Attachment())
    item = message.attachments[-1]
    if name == _ATTACH_TITLE:
        item.name = item.name or charset.decode(value.rstrip(b"\0"), codepage)
    elif name == _ATTACH_DATA:
        item.content = value
    else:
        found = dict(_properties(value))
        for tag in (_PR_DISPLAY_NAME, _PR_ATTACH_NAME, _PR_ATTACH_LONG_NAME):
            item.name = _text(found[tag], codepage) if tag in found else item.name
        if _PR_ATTACH_MIME in found:
            item.content_type = _text(found[_PR_ATTACH_MIME], codepage)
        if _PR_ATTACH_CID in found:
            item.content_id = _text(found[_PR_ATTACH_CID], codepage) or None
        if _PR_ATTACH_DATA in found and not item.content:
            kind, content = found[_PR_ATTACH_DATA]
            item.content = content[16:] if kind == 0x000D else content


def _text(found: tuple[int, bytes], codepage: str) -> str:
    kind, value = found
    if kind == 0x001F:
        return charset.clean(value.decode("utf-16-le", "replace")).rstrip("\0")
    return charset.decode(value.rstrip(b"\0"), codepage if kind == 0x001E else None)


class _Damaged(Exception):
    """A length points outside of the data."""


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        if size < 0 or self.at + size > len(self.data):
            raise _Damaged
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int = 4) -> int:
        return int.from_bytes(self.take(size), "little")


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """The MAPI properties: (id, (type, first value))."""
    reader = _Reader(data)
    try:
        count = min(reader.number(), _MAX_PROPERTIES)
        for _ in range(count):
            kind, tag = reader.number(2), reader.number(2)
            if tag >= 0x8000:
                _skip_name(reader)
            yield tag, (kind & 0x0FFF, _value(reader, kind))
    except _Damaged:
        return


def _skip_name(reader: _Reader) -> None:
    reader.take(16)
    if reader.number() == 0:
        reader.take(4)
    else:
        length = reader.number()
        reader.take(length + (-length % 4))


def _value(reader: _Reader, kind: int) -> bytes:
    base = kind & 0x0FFF
    several = bool(kind & 0x1000)
    if base in _COUNTED:
        values = []
        for _ in range(min(reader.number(), _MAX_PROPERTIES)):
            length = reader.number()
            values.append(reader.take(length))
            reader.take(-length % 4)
        return values[0] if values else b""
    if base not in _FIXED:
        raise _Damaged
    amount = reader.number() if several else 1
    size = _FIXED[base]
    whole = reader.take(size * amount)
    return whole[:size]
