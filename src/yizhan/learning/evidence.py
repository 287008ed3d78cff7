"""Which words of a text spoke for a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMED: Final = 4
"""Pieces that are named at most."""
LONGEST: Final = 600
"""Characters of a text in which they are looked for."""
UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
SPACED: Final = re.compile(r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")
WIDTHS: Final = (2, 3, 4)
_ENGLISH: Final = (
    "a about after all also am an and any are as at be been before but by can could did do does for from"
    " get got had has have he her here him his how i i'd i'll i'm i've if in into is it it's its just let"
    " like me more my no now of on one or our out please she should so some than that that's the their"
    " them then there these they this those to too up us was we we're were what when where which who why"
    " will with would you you're your hi hello dear yes ok okay"
)
_CHINESE: Final = (
    "你好 您好 请问 一下 什么 怎么 这个 那个 我们 你们 他们 可以 已经 现在 还是 就是 但是 因为 所以 如果"
    " 没有 不是 我的 你的 是的 的话 时候 知道 我想 我要 那么 这样 一个 有没有 能不能 是不是 我是"
)
EMPTY: Final = frozenset([*_ENGLISH.split(), *_CHINESE.split()])
"""Words that stand in any message, whatever it is about."""
PARTICLES: Final = frozenset(
    "的了是我你您他她它们吗呢吧啊呀哦嘛哈在就都也还和与有这那个一请把被让给跟对很要会能想说去来上下着过得地之"
    "而且或但"
)
"""Chinese characters that say nothing of the matter when they stand among themselves."""
EDGES: Final = frozenset("的了吗呢吧啊呀哦嘛着们")
"""They begin or end a piece that was cut across words."""


def tells(word: str) -> bool:
    """Whether a word says anything to a reader: not "the", not 的话."""
    plain = word.strip().casefold()
    if not any(one.isalnum() for one in plain) or all(part in EMPTY for part in plain.split()):
        return False
    if not UNSPACED.fullmatch(plain):
        return True
    return plain[0] not in EDGES and plain[-1] not in EDGES and not set(plain) <= PARTICLES


def words(text: str, pieces: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """The words, or short runs where a script has no spaces, that carry most of what the pieces weigh."""
    text = text[:LONGEST]
    heat = [0.0] * len(text)
    for piece, weight in pieces:
        at = text.find(piece)
        if at >= 0:
            for place in range(at, at + len(piece)):
                heat[place] += weight / len(piece)
    spans = [match.span() for match in SPACED.finditer(text)]
    for run in UNSPACED.finditer(text):
        spans += [
            (start, start + width)
            for width in WIDTHS
            for start in range(run.start(), run.end() - width + 1)
        ]
    scored = sorted(((sum(heat[a:b]) / (b - a) ** 0.5, -a, b - a) for a, b in spans), reverse=True)
    taken: list[tuple[int, int]] = []
    for weight, start, width in scored:
        a, b = -start, -start + width
        if weight <= 0 or len(taken) == NAMED:
            break
        if tells(text[a:b]) and all(b <= low or a >= high for low, high in taken):
            taken.append((a, b))
    return tuple(dict.fromkeys(text[a:b] for a, b in taken))
