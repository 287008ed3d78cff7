"""Numbers: phones, identity cards, bank cards, and whatever else is long.

A number is a row of groups of digits with little between them. Neighbouring groups are put together,
longest first, and looked at as a whole; so spaces, dashes and line breaks inside a number hide nothing,
and time grows with the length of the text only.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator
from typing import Final

from yizhan.learning.privacy.types import Found

_MOST_GROUPS: Final = 20
_LONG: Final = 9
"""From so many digits on a number is hidden without anybody knowing what it is."""
_GROUP: Final = re.compile(r"[0-9]{1,40}")
# What people put between the groups of a number; zero-width characters among it.
_BETWEEN: Final = re.compile(
    "[ \\t\\r\\n\u00a0\u00ad\u200b-\u200f\u2060\ufeff\u3000.\\-_·•()（）/~]{1,4}"
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"
_PHONE_WORDS: Final = re.compile(
    r"(?:电话|手机|座机|固话|号码|联系方式|致电|拨打|回电|传真|热线|tel|phone|mobile|cell|call|fax|dial|reach me)"
    r"[^0-9\n]{0,12}$",
    re.IGNORECASE,
)


def luhn(digits: str) -> bool:
    """The check of payment cards (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_id_card(text: str) -> bool:
    """The check of a Chinese identity number (GB 11643): 17 digits and a sign."""
    if len(text) != 18 or not text[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], _WEIGHTS, strict=True))
    return _CHECK[total % 11] == text[17].upper() and _is_date(text[6:14])


def _is_date(text: str) -> bool:
    try:
        datetime.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _is_mobile(digits: str) -> bool:
    for prefix in ("0086", "86", ""):
        rest = digits.removeprefix(prefix)
        if len(rest) == 11 and rest[0] == "1" and rest[1] in "3456789":
            return True
    return False


def _is_landline(digits: str) -> bool:
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and 11 <= len(digits) - len(prefix) + 1 <= 12:
            digits = "0" + digits.removeprefix(prefix).removeprefix("0")
    if digits[0] == "0" and digits[1:2] not in ("", "0"):
        return 10 <= len(digits) <= 12
    return len(digits) == 10 and digits[:3] in ("400", "800")


def kind_of(digits: str, *, plus: bool, named: bool) -> str | None:
    """What a number is. ``plus``: a + stands before it; ``named``: a word for phone does."""
    size = len(digits)
    if size == 18 and is_id_card(digits):
        return "IDCARD"
    if plus and 7 <= size <= 15:
        return "PHONE"
    if _is_mobile(digits) or _is_landline(digits):
        return "PHONE"
    if 13 <= size <= 19 and luhn(digits):
        return "BANKCARD"
    if size == 15 and _is_date("19" + digits[6:12]) and digits[0] in "12345678":
        return "IDCARD"  # the form before 1999, without a check
    if named and 7 <= size <= 15:
        return "PHONE"
    return None


def _rows(seen: str) -> Iterator[list[tuple[int, int]]]:
    row: list[tuple[int, int]] = []
    for match in _GROUP.finditer(seen):
        if row:
            end = row[-1][1]
            gap = match.start() - end
            if gap > 4 or (gap and not _BETWEEN.fullmatch(seen, end, match.start())):
                yield row
                row = []
        row.append(match.span())
    if row:
        yield row


def _together(seen: str, row: list[tuple[int, int]], first: int) -> tuple[str | None, int]:
    """The longest known number that begins with a group, and the group behind it."""
    start = row[first][0]
    plus = (start > 0 and seen[start - 1] == "+") or seen[max(0, start - 2) : start] in ("+(", "(+")
    named = _PHONE_WORDS.search(seen, max(0, start - 30), start) is not None
    texts: list[str] = []
    best: tuple[str | None, int] = (None, first + 1)
    for place in range(first, min(len(row), first + _MOST_GROUPS)):
        texts.append(seen[row[place][0] : row[place][1]])
        digits = "".join(texts)
        if len(digits) > 20:
            break
        after = seen[row[place][1] : row[place][1] + 1]
        if len(digits) == 17 and after in ("X", "x") and is_id_card(digits + "X"):
            return "IDCARD", place + 1
        found = kind_of(digits, plus=plus, named=named)
        if found is not None:
            best = (found, place + 1)
    return best


def find(seen: str) -> list[Found]:
    """Numbers in a plain view."""
    found: list[Found] = []
    for row in _rows(seen):
        place = 0
        while place < len(row):
            kind, behind = _together(seen, row, place)
            start, end = row[place][0], row[behind - 1][1]
            if kind is None and end - start >= _LONG:
                kind = "NUMBER"
            if kind == "IDCARD" and seen[end : end + 1] in ("X", "x"):
                end += 1
            if kind is not None:
                found.append(Found(kind, start - (seen[start - 1 : start] == "+"), end))
            place = behind
    return found + _left(seen, found)


def _left(seen: str, found: list[Found]) -> list[Found]:
    """Rows that are long only together, such as 1234 5678 9012 of no known kind."""
    more: list[Found] = []
    covered = bytearray(len(seen))
    for one in found:
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
    for row in _rows(seen):
        spaced = all(
            seen[before[1] : after[0]].strip(" -\u3000") == ""
            for before, after in itertools.pairwise(row)
        )
        bare = any(not covered[start] and end - start >= 2 for start, end in row)
        if bare and spaced and len(row) > 1 and sum(end - start for start, end in row) >= _LONG:
            more.append(Found("NUMBER", row[0][0], row[-1][1]))
    return more
