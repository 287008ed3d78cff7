"""Which language a message is written in: scripts first, then small words. No model, no training.

Answers are BCP 47: ``zh``, ``zh-Hant``, ``ja``, ``ko``, ``en``, ``es`` …, and ``und`` where nothing says
which (an order number, an emoji).
"""

from __future__ import annotations

import re
from typing import Final

from yizhan.learning.language import latin
from yizhan.learning.lexicon import hanzi

READ: Final = 2000
UNKNOWN: Final = "und"
HAN_WEIGHS: Final = 4
"""A Chinese character says about as much as four Latin letters."""
JAPANESE: Final = 0.08
"""Share of kana among Han and kana from which on a text is Japanese: names alone stay below."""
TRADITIONAL: Final = 0.5

# Addresses, links, handles and codes are written alike in every language.
_NOISE: Final = re.compile(
    r"https?://\S+|www\.\S+|[^\s@]{1,64}@[^\s@]{1,250}\.\w{1,24}|@\w+|\b(?=\w{0,60}\d)[\w-]+\b"
)

_SCRIPTS: Final = (
    ("han", "一", "鿿"),
    ("han", "㐀", "䶿"),
    ("kana", "ぁ", "ヺ"),
    ("kana", "ｦ", "ﾝ"),
    ("ko", "가", "힣"),
    ("ko", "ㄱ", "ㆎ"),
    ("th", "ก", "๛"),
    ("arabic", "ء", "ۿ"),
    ("he", "א", "ת"),
    ("el", "Ͱ", "Ͽ"),
    ("cyrillic", "Ѐ", "ӿ"),
    ("hi", "ऀ", "ॿ"),
    ("bn", "ঀ", "৿"),
    ("ta", "஀", "௿"),
    ("te", "ఀ", "౿"),
    ("ka", "Ⴀ", "ჿ"),
    ("hy", "Ա", "֏"),
    ("km", "ក", "៿"),
    ("lo", "ກ", "໿"),
    ("my", "က", "႟"),
)


def detect(text: str) -> str:
    """The language of most of the text."""
    clean = _NOISE.sub(" ", text[:READ])
    counts = _counts(clean)
    if not counts:
        return UNKNOWN
    han, kana = counts.get("han", 0), counts.get("kana", 0)
    east = {"han": (han + kana) * HAN_WEIGHS, "ko": counts.get("ko", 0) * HAN_WEIGHS}
    others = {name: n for name, n in counts.items() if name not in {"han", "kana", "ko"}}
    script = max({**others, **east}.items(), key=lambda one: one[1])[0]
    if script == "han":
        return "ja" if kana >= max(1, JAPANESE * (han + kana)) else _chinese(clean)
    return _of_script(script, clean)


def _of_script(script: str, text: str) -> str:
    if script == "latin":
        return latin.detect(text)
    if script == "cyrillic":
        return "uk" if re.search(r"[іїєґІЇЄҐ]", text) else "ru"
    if script == "arabic":
        return "fa" if re.search(r"[پچژگ]", text) else "ar"
    return script


def _counts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for char in text:
        if (script := _script(char)) is not None:
            counts[script] = counts.get(script, 0) + 1
    return counts


def _script(char: str) -> str | None:
    if char < "Ͱ" or "Ḁ" <= char <= "ỿ":
        return "latin" if char.isalpha() else None
    for name, first, last in _SCRIPTS:
        if first <= char <= last:
            return name
    return None


_SIMPLE: Final = frozenset(hanzi.SIMPLER.values()) - frozenset("后台面干松于你并里只征托")
"""Characters that only simplified writing has; those left out stand in traditional texts too."""


def _chinese(text: str) -> str:
    traditional = sum(char in hanzi.SIMPLER for char in text)
    simple = sum(char in _SIMPLE for char in text)
    return "zh-Hant" if traditional > TRADITIONAL * (traditional + simple) else "zh"
