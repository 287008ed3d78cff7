"""Texts that ask the same, put together: average linkage over how near they are in words and meaning.

The same texts give the same groups. Without vectors words alone decide, and only what shares many of
them meets.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from yizhan.kernel import text as tokens
from yizhan.learning import embedding, later
from yizhan.learning.later import np
from yizhan.learning.retrieval import lexical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.cluster import hierarchy

    from yizhan.learning.embedding import Vectors
else:
    hierarchy = later.Module("scipy.cluster.hierarchy")

MOST: Final = 3_000
"""Texts that are compared, each with each."""
MEANING: Final = 0.75
"""How much of the nearness is meaning, where there are vectors."""
NEAR: Final = 0.3
"""Mean nearness within a group. Of 48 questions of banks that were asked three to six times (English and
Chinese, public sets) among 70 strangers each, 39 become a group of their own, beside 3 groups of
strangers; by words alone 38 beside 8. Lower finds a few more and mixes many."""
NEAR_IN_WORDS: Final = 0.2
LABELLED: Final = 0.08
"""What the same sure label of two texts adds to their nearness, and another one takes off."""
TERMS: Final = 4


class Group(NamedTuple):
    """Places of texts, the most typical first; the words that tell the group from the others."""

    members: list[int]
    terms: list[str]


def groups(
    texts: Sequence[str],
    vectors: Vectors | None = None,
    *,
    labels: Sequence[str | None] | None = None,
    least: int = 2,
) -> list[Group]:
    """Groups of at least so many, the largest first."""
    count = min(len(texts), MOST)
    if count < max(2, least):
        return [Group([0], _terms(texts, [[0]])[0])] if count == least == 1 else []
    near = nearness(texts[:count], None if vectors is None else vectors[:count], labels=labels)
    places = np.triu_indices(count, 1)
    apart = np.clip(1.0 - near[places], 0.0, 2.0)
    tree = hierarchy.linkage(apart, "average")
    limit = 1.0 - (NEAR_IN_WORDS if vectors is None else NEAR)
    owner = hierarchy.fcluster(tree, limit, "distance")
    found: dict[int, list[int]] = {}
    for place, name in enumerate(owner.tolist()):
        found.setdefault(name, []).append(place)
    kept = [_typical_first(members, near) for members in found.values() if len(members) >= least]
    kept.sort(key=lambda members: (-len(members), members[0]))
    return [Group(*pair) for pair in zip(kept, _terms(texts, kept), strict=True)]


def nearness(
    texts: Sequence[str], vectors: Vectors | None, *, labels: Sequence[str | None] | None = None
) -> NDArray[np.float32]:
    """Of each text with each other; symmetric."""
    words = lexical.Bm25(texts)
    rows = np.stack([words.scores(text) for text in texts])
    rows /= np.maximum(np.diag(rows)[:, None], 1e-9)
    near: NDArray[Any] = (rows + rows.T) / 2
    if vectors is not None:
        moved = embedding.centred(vectors, vectors.mean(axis=0))
        near = (1 - MEANING) * near + MEANING * (moved @ moved.T)
    if labels is not None:
        sure = np.array([label is not None for label in labels[: len(texts)]])
        both = sure[:, None] & sure[None]
        names = np.array([label or "" for label in labels[: len(texts)]])
        same = names[:, None] == names[None]
        near = near + np.where(both, np.where(same, LABELLED, -LABELLED), 0.0)
    return np.asarray(near, dtype=np.float32)


def _typical_first(members: list[int], near: NDArray[np.float32]) -> list[int]:
    inner = near[np.ix_(members, members)].mean(axis=1)
    # Rounded, so that the last bit of a sum decides nothing.
    order = sorted(range(len(members)), key=lambda at: (-round(float(inner[at]), 5), members[at]))
    return [members[at] for at in order]


def _terms(texts: Sequence[str], parts: Sequence[Sequence[int]]) -> list[list[str]]:
    """Words that many texts of a part have and few others; none within another."""
    counts = Counter(word for text in texts for word in _telling(text))
    size = max(1, len(texts))
    found = []
    for part in parts:
        mine = Counter(word for at in part for word in _telling(texts[at]))
        rated = sorted(
            (
                (-count / len(part) * math.log(1 + size / counts[word]), word)
                for word, count in mine.items()
                if count > 1 or len(part) == 1
            ),
        )
        found.append(_apart([word for _, word in rated]))
    return found


def _apart(words: Sequence[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        if len(kept) == TERMS:
            break
        overlaps = any(word in one or one in word or _chained(word, one) for one in kept)
        if not overlaps:
            kept.append(word)
    return kept


def _chained(one: str, other: str) -> bool:
    """Chinese pairs that overlap are pieces of one word."""
    return not one.isascii() and (one[-1] == other[0] or one[0] == other[-1])


_EMPTY_TEXT: Final = (
    "请问 你好 您好 我的 你们 我们 怎么 么办 什么 可以 一下 这个 那个 为什 没有 不能 如何 已经 现在 还是 就是 能不 不能"
    " 知道 想问 问一 谢谢 麻烦 is are was the an and or to of in on my me it you your i'm can could would please"
    " how what when where why do does did have has had get got not for from with this that there be been will am if"
)
_EMPTY: Final = frozenset(_EMPTY_TEXT.split())
_PARTICLES: Final = frozenset("的了吗呢吧么啊呀嘛我你您")


def _telling(text: str) -> set[str]:
    return {
        word
        for word in tokens.wanted(text)
        if word not in _EMPTY
        and len(word) > 1
        and not word[0].isdigit()
        and _PARTICLES.isdisjoint(word)
    }
