"""The same text in forms that are easier to look at, character by character in the same places."""

from __future__ import annotations

import unicodedata
from typing import Final

HAN: Final = "一-鿿㐀-䶿"
_SPOKEN: Final = str.maketrans(
    {
        "零": "0", "〇": "0", "○": "0", "一": "1", "幺": "1", "壹": "1", "二": "2", "贰": "2",
        "两": "2", "三": "3", "叁": "3", "四": "4", "肆": "4", "五": "5", "伍": "5", "六": "6",
        "陆": "6", "七": "7", "柒": "7", "八": "8", "捌": "8", "九": "9", "玖": "9",
    }
)  # fmt: skip


def _narrow(character: str) -> str:
    """Full-width and other dressed-up characters as their plain one, if it is one."""
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1:
        return "-" if unicodedata.category(plain) == "Pd" else plain
    return character


_kept: dict[str, str] = {}


def plain(text: str) -> str:
    """Full-width letters, digits and marks as ASCII; as long as the text."""
    if text.isascii():
        return text
    for character in set(text):
        if character not in _kept:
            if len(_kept) > 20_000:
                _kept.clear()
            _kept[character] = _narrow(character)
    return "".join([_kept.get(one) or _narrow(one) for one in text])


def spoken(seen: str) -> str:
    """A plain view whose Chinese numerals are digits."""
    return seen.translate(_SPOKEN)
