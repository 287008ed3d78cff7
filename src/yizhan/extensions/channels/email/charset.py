"""Bytes to text, whatever the label says.

A label in a mail is a hint: ``gb2312`` carries gb18030, ``us-ascii`` carries anything, ``utf-8`` is
sent as ``iso-8859-1``. The label is tried first, its well-known lies are corrected, and what does
not fit is guessed from the bytes. The result never holds NUL or a lone surrogate, so that every
text can be stored.
"""

from __future__ import annotations

import codecs
import re

_ALIASES = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ms936": "gb18030",
    "windows-936": "gb18030",
    "euc-cn": "gb18030",
    "euccn": "gb18030",
    "chinese": "gb18030",
    "gb18030-2022": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "windows-949": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso8859_8",
    "windows-874": "cp874",
    "unicode-1-1-utf-7": "utf_7",
    "x-unicode-2-0-utf-7": "utf_7",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
}
# Labels that say nothing: the bytes decide.
_EMPTY = {"", "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "unknown",
          "default", "default_charset", "binary", "8bit", "x-user-defined", "none", "null"}  # fmt: skip
_STATEFUL = {"iso2022_jp_ext", "iso2022_kr", "hz", "utf-7"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 20_000  # bytes that a guess looks at


def clean(text: str) -> str:
    """The text without what no database stores."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return _SURROGATE.sub("\ufffd", text)


def codec(label: str | None) -> str | None:
    """The codec that a label stands for, or None when it says nothing that we know."""
    name = (label or "").strip().strip("\"'").lower().replace(" ", "")
    name = name.split("*", 1)[0]  # RFC 2231 language suffix
    if name in _EMPTY or len(name) > 40:
        return None
    name = _ALIASES.get(name) or _ALIASES.get(name.removeprefix("x-")) or name
    if name.startswith("cp-"):
        name = "cp" + name[3:]
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    # Python's own transforms (base64, zip, rot13 …) are codecs too, but no charsets.
    return info.name if getattr(info, "_is_text_encoding", True) and name != "idna" else None


def decode(raw: bytes, label: str | None = None) -> str:
    """The text of ``raw``. Never raises."""
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return clean(raw.decode(name, "replace").removeprefix("\ufeff"))
    if raw.isascii() and b"\x1b" not in raw and codec(label) not in _STATEFUL:
        return clean(_ascii(raw, label))
    return clean(_decode(raw, codec(label)))


def _ascii(raw: bytes, label: str | None) -> str:
    named = codec(label)
    if named and named.startswith(("utf-16", "utf-32")):
        return _strict(raw, named) or raw.decode("ascii")
    return raw.decode("ascii")


def _decode(raw: bytes, named: str | None) -> str:
    utf8 = _strict(raw, "utf-8")
    if named is None:
        return guess(raw)
    if named in ("utf-8", "ascii"):
        return utf8 if utf8 is not None else guess(raw, nearly="utf-8")
    if utf8 is not None and named not in _STATEFUL and _is_really_utf8(raw, named):
        return utf8
    text = _strict(raw, named)
    if text is not None:
        return text
    if utf8 is not None and not raw.isascii():
        return utf8
    return raw.decode(named, "replace") if _few_errors(raw, named) else guess(raw, nearly=named)


def _strict(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, ValueError, LookupError, AssertionError):
        return None


def _is_really_utf8(raw: bytes, named: str) -> bool:
    """Whether bytes that are valid UTF-8 are so by intent, though the label says otherwise.

    Short texts of a two-byte charset can be valid UTF-8 by chance; sequences of three bytes in a
    row hardly ever are.
    """
    if named.startswith(("utf-16", "utf-32")):
        return False
    runs = _HIGH.findall(raw[:_SAMPLE])
    if named in ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "euc_kr"):
        long = sum(1 for run in runs for byte in run if byte >= 0xE0)
        return long >= 2 or (long == 1 and _strict(raw, named) is None)
    return bool(runs)


def _few_errors(raw: bytes, named: str) -> bool:
    sample = raw[:_SAMPLE].decode(named, "replace")
    return sample.count("\ufffd") * 20 <= len(sample)


def guess(raw: bytes, *, nearly: str | None = None) -> str:
    """The text of bytes without a label. ``nearly`` is preferred when only a few bytes are wrong."""
    if (text := _strict(raw, "utf-8")) is not None and b"\x1b$" not in raw:
        return text
    if b"\x1b$" in raw or b"\x1b(" in raw:
        return raw.decode("iso2022_jp_ext", "replace")
    if nearly and _few_errors(raw, nearly):
        return raw.decode(nearly, "replace")
    if _few_errors(raw, "utf-8") and nearly is None and len(raw) > 200:
        return raw.decode("utf-8", "replace")
    scores = sorted(((_score(raw[:_SAMPLE], name), name) for name in _CANDIDATES), reverse=True)
    for _, name in scores:
        if (text := _strict(raw, name)) is not None:
            return text
    return raw.decode(scores[0][1], "replace")


_CANDIDATES = ("gb18030", "big5hkscs", "cp932", "cp949", "cp1252", "utf-8")


def _score(raw: bytes, name: str) -> float:
    """How much the bytes look like everyday text of this charset: -1 to 1."""
    high = sum(len(run) for run in _HIGH.findall(raw)) or 1
    if name == "cp1252":
        singles = sum(1 for run in _HIGH.findall(raw) if len(run) == 1)
        return 0.9 * singles * 2 / high - 0.5
    if name == "utf-8":
        return 1.0 - 8 * raw.decode("utf-8", "replace").count("\ufffd") / high
    text = raw.decode(name, "replace")
    points = sum(_weigh(char, name) for char in text if char > "\x7f")
    return points * 2 / high


def _weigh(char: str, name: str) -> float:
    if char == "\ufffd":
        return -2.0
    if name == "cp932":
        return 1.2 if "\u3040" <= char <= "\u30fa" else (0.3 if _common(char, name) else -0.5)
    if name == "cp949":
        return 1.0 if "\uac00" <= char <= "\ud7a3" else -0.3
    return 1.0 if _common(char, name) else -0.7


def _common(char: str, name: str) -> bool:
    """Whether the character is in the first, everyday plane of the charset."""
    if "\uff00" <= char <= "\uff5e" or "\u3000" <= char <= "\u3011" or char in "“”‘’…—·":
        return True
    try:
        lead = char.encode(name)[0]
    except UnicodeError:
        return False
    low, high = {"gb18030": (0xB0, 0xD7), "big5hkscs": (0xA4, 0xC6), "cp932": (0x88, 0x97)}[name]
    return low <= lead <= high and len(char.encode(name)) == 2
