"""Compressed RTF (MS-OXRTFCP) to RTF, and RTF to plain text or back to the HTML inside it."""

from __future__ import annotations

import re
import struct

from yizhan.extensions.channels.email import charset

MAX_BYTES = 4 * 1024 * 1024
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}"
    rb"{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New Roman"
    rb"Courier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def decompress(data: bytes) -> bytes:
    """The RTF source; b"" when the bytes are no compressed RTF."""
    if len(data) < 16:
        return b""
    _, raw_size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == 0x414C454D:  # stored as it is
        return data[16 : 16 + min(raw_size, MAX_BYTES)]
    if kind != 0x75465A4C:
        return b""
    return _inflate(data, min(raw_size, MAX_BYTES))


def _inflate(data: bytes, size: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(4096, b"\0"))
    write = len(_DICTIONARY)
    out = bytearray()
    at = 16
    while at < len(data) and len(out) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            if flags >> bit & 1:
                if at + 2 > len(data):
                    return bytes(out)
                pair = data[at] << 8 | data[at + 1]
                at += 2
                offset, length = pair >> 4, (pair & 15) + 2
                if offset == write:
                    return bytes(out)
            elif at < len(data):
                window[write] = data[at]  # a literal is a copy of one byte from where it goes
                offset, length = write, 1
                at += 1
            else:
                return bytes(out)
            for step in range(length):
                byte = window[(offset + step) % 4096]
                out.append(byte)
                window[write] = byte
                write = (write + 1) % 4096
    return bytes(out[:size])


_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
_IGNORED = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"themedata", b"object",
            b"latentstyles", b"datastore", b"generator", b"xmlnstbl", b"listtable",
            b"listoverridetable", b"rsidtbl", b"header", b"footer", b"colorschememapping"}  # fmt: skip
_SYMBOLS = {b"par": "\n", b"line": "\n", b"tab": "\t", b"cell": "\t", b"row": "\n", b"emdash": "—",
            b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
            b"rdblquote": "”", b"sect": "\n", b"page": "\n"}  # fmt: skip
_CHARSETS = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
             162: "cp1254", 177: "cp1255", 178: "cp1256", 204: "cp1251", 222: "cp874",
             238: "cp1250"}  # fmt: skip


def to_text(source: bytes) -> str:
    """The text of an RTF document."""
    return charset.clean(_pairs(_Reader(source, html=False).run())).strip()


def to_html(source: bytes) -> str | None:
    """The HTML that Outlook wrapped into RTF (``\\fromhtml1``); None when there is none."""
    if b"\\fromhtml1" not in source[:2000]:
        return None
    return charset.clean(_pairs(_Reader(source, html=True).run())).strip() or None


def _pairs(text: str) -> str:
    """Surrogates, which RTF writes one by one, put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Reader:
    """One pass over the tokens with a stack of (skip, codec, in html tag, skip of \\u)."""

    def __init__(self, source: bytes, *, html: bool) -> None:
        self.source = source
        self.html = html
        self.out: list[str] = []
        self.pending = bytearray()  # bytes of one charset that are not decoded yet
        self.codec = "cp1252"
        self.default = "cp1252"
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.skip = False  # inside a group that is not text
        self.in_fonts = False
        self.hidden = False  # \htmlrtf: the RTF spelling of what the HTML says itself
        self.in_tag = False  # {\*\htmltag …}
        self.after_unicode = 1
        self.swallow = 0
        self.stack: list[tuple[bool, bool, bool, str, bool, int]] = []

    def run(self) -> str:
        starred = False
        for token in _TOKEN.finditer(self.source[:MAX_BYTES]):
            word, number, code, symbol, brace, plain = token.groups()
            if word:
                self._word(word, number, starred=starred)
                starred = False
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif symbol:
                starred = symbol == b"*"
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif plain:
                self._bytes(plain)
        self._flush()
        return "".join(self.out)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            if len(self.stack) < 1000:
                self.stack.append((self.skip, self.in_fonts, self.in_tag, self.codec, self.hidden,
                                   self.after_unicode))  # fmt: skip
        elif self.stack:
            (self.skip, self.in_fonts, self.in_tag, self.codec, self.hidden,
             self.after_unicode) = self.stack.pop()  # fmt: skip

    def _symbol(self, symbol: bytes) -> None:
        if symbol in b"\\{}":
            self._bytes(symbol)
        elif symbol == b"~":
            self._text("\u00a0")
        elif symbol == b"_":
            self._text("-")
        elif symbol in b"\r\n":
            self._text("\n")

    def _word(self, word: bytes, number: bytes | None, *, starred: bool) -> None:
        value = int(number) if number else 0
        if word == b"htmltag":
            self.in_tag = True
        elif word == b"htmlrtf":
            self._flush()
            self.hidden = number != b"0"
        elif word in _IGNORED or (starred and word != b"mhtmltag"):
            self._flush()
            self.skip, self.in_fonts = True, word == b"fonttbl"
        elif word == b"mhtmltag":
            self.skip = True
        elif word == b"u" and number:
            self._unicode(value)
        elif word in _SYMBOLS:
            self._text(_SYMBOLS[word])
        else:
            self._state(word, value)

    def _state(self, word: bytes, value: int) -> None:
        if word == b"uc":
            self.after_unicode = min(max(value, 0), 20)
        elif word == b"ansicpg":
            self.default = self.codec = charset.codec(f"cp{value}") or "cp1252"
        elif word == b"f":
            self._flush()
            self.font = value
            if not self.in_fonts:
                self.codec = self.fonts.get(value, self.default)
        elif word == b"fcharset" and self.in_fonts and value in _CHARSETS:
            self.fonts[self.font] = _CHARSETS[value]
        elif word == b"plain":
            self._flush()
            self.codec = self.default

    def _unicode(self, value: int) -> None:
        self._text(chr((value + 0x10000 if value < 0 else value) & 0xFFFF))
        self.swallow = self.after_unicode

    def _shown(self) -> bool:
        return self.in_tag or not (self.skip or (self.html and self.hidden))

    def _bytes(self, raw: bytes) -> None:
        if self.swallow:
            raw, self.swallow = raw[self.swallow :], max(0, self.swallow - len(raw))
        if raw and self._shown():
            self.pending += raw

    def _text(self, text: str) -> None:
        self._flush()
        if self._shown():
            self.out.append(text)

    def _flush(self) -> None:
        if self.pending:
            self.out.append(charset.decode(bytes(self.pending), self.codec))
            self.pending.clear()
