"""One spelling for values that mean the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

DIGITS: Final = {
    **dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    "两": 2,
    "兩": 2,
}
UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "萬": 10_000}
WORDS: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
NUMBERS: Final = {"phone", "card_number", "game_id", "tax_number"}


def chinese(text: str) -> int | None:
    """The number that Chinese numerals write (二十五, 一百零三, 两千), or None."""
    if text and all(one in DIGITS for one in text):
        return int("".join(str(DIGITS[one]) for one in text))
    total, part, digit = 0, 0, -1
    for one in text:
        if one in DIGITS:
            digit = DIGITS[one]
        elif one in UNITS:
            unit = UNITS[one]
            part, digit = part + (1 if digit < 0 else digit) * (unit if unit < 10_000 else 1), -1
            if unit == 10_000:
                total, part = total + part * unit, 0
        else:
            return None
    return total + part + max(digit, 0) if text else None


def number(text: str) -> float | None:
    """The number at the head of the text, in figures, Chinese numerals or English words."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").lower()
    found = re.match(r"\d{1,15}(?:\.\d{1,6})?", plain)
    if found:
        return float(found.group())
    found = re.match("[零〇一二三四五六七八九两兩十百千万萬]{1,12}", plain)
    if found:
        value = chinese(found.group())
        return None if value is None else float(value)
    word = re.match("[a-z]{2,8}", plain)
    return float(WORDS[word.group()]) if word and word.group() in WORDS else None


def plain(name: str, value: str) -> str:
    """For comparing: width, case, blanks and separators do not count."""
    text = unicodedata.normalize("NFKC", value).casefold().strip()
    if name in NUMBERS:
        return re.sub(r"[^\d+x*]", "", text)
    if name.endswith("_number") or name in {"coupon", "error_code", "username"}:
        return re.sub(r"[\s\-_.]", "", text)
    return re.sub(r"\s+", " ", text)
