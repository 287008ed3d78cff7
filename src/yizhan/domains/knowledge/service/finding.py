"""Finding published articles: by the words of a query, or by what a customer wrote.

Words find them first; what is meant then orders them and adds what says the same in other words.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.knowledge import meaning, repository
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.service import published
from yizhan.domains.knowledge.types import Suggested, Teaser
from yizhan.kernel import text
from yizhan.kernel.tx import Tx

_NEWEST = (1 << 63) - 1
_MOST_WORDS = 120
_MOST_RANKED = 60
_MOST_MEANT = 200  # many, since some of them may not be for this viewer
_NEAR_ENOUGH = 0.15
_TITLE = 0.6  # how much more a word weighs that stands in the title
# Words that say nothing of the matter. Chinese ones are pairs, as the search cuts them.
_EMPTY_WORDS = """a an and are as at be but by can do for from have hello help hi how i if in is it me my no not of on
    or our please so that the there they this to us was we what when where which who why will with would you
    your thank thanks 你好 您好 请问 谢谢 我们 你们 我的 你的 怎么 么办 什么 可以 一下 这个 那个 为什 没有 不能
    不了 如何 是不 不是 了吗 的是 一个 还是 就是"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_PARTICLES = frozenset("的了吗呢吧么啊呀嘛")  # a pair with one of these is a piece of two words


async def search(tx: Tx, viewer: Viewer, *, q: str, locale: str, most: int = 20) -> list[Teaser]:
    """Articles with all words first, then those with some of them."""
    asked = text.query(q)
    if asked is None:
        return []
    exact = await repository.matching(tx, asked + ":*", before=_NEWEST, most=200)
    found = await published.of_texts(tx, viewer, locale=locale, ids=exact)
    some = await suggest(tx, viewer, words=q, locale=locale, most=most)
    place = {one.teaser.article_id: n for n, one in enumerate(some)}
    whole = sorted(
        found.values(), key=lambda one: (place.get(one.article_id, most), one.article_id)
    )
    rest = [one.teaser for one in some if one.teaser.article_id not in found]
    return [*whole, *rest][:most]


def telling(words: str) -> list[str]:
    """The words of a text that may say what it is about. Pure."""
    kept = [
        one
        for one in text.wanted(words)
        if one not in _EMPTY
        and (len(one) > 1 or not one.isascii())
        and not one.isdigit()
        and _PARTICLES.isdisjoint(one)
    ]
    return kept[:_MOST_WORDS]


async def suggest(tx: Tx, viewer: Viewer, *, words: str, locale: str, most: int) -> list[Suggested]:
    """The articles that fit a text best, each with the words that they share."""
    asked = telling(words)
    if not asked:
        return []
    by_words = await _by_words(tx, viewer, asked=asked, locale=locale)
    by_meaning = await _by_meaning(tx, viewer, words=words, locale=locale)
    known = {one.teaser.article_id: one for one in by_words}
    meant = [_joined(one, known.pop(one.teaser.article_id, None)) for one in by_meaning]
    return [*meant, *known.values()][:most]


def _joined(one: Suggested, by_words: Suggested | None) -> Suggested:
    """With the words that both share, where there are any."""
    if by_words is None:
        return one
    return msgspec.structs.replace(one, words=by_words.words, in_title=by_words.in_title)


async def _by_meaning(tx: Tx, viewer: Viewer, *, words: str, locale: str) -> list[Suggested]:
    """Only what the viewer may read, and only what is near enough to be shown."""
    hits = await meaning.find(tx, words, most=_MOST_MEANT)
    near = {int(hit.id): hit for hit in hits if hit.score >= _NEAR_ENOUGH}
    ids = list(near)
    home = await published.articles_of(tx, ids)
    teasers = await published.of_texts(tx, viewer, locale=locale, ids=ids)
    best: dict[int, Suggested] = {}
    for text_id, hit in near.items():
        teaser = teasers.get(home.get(text_id, 0))
        if teaser is not None and teaser.article_id not in best:
            best[teaser.article_id] = Suggested(
                teaser, [], [], hit.score, near=hit.why.near.split("\n")[0]
            )
    return list(best.values())


async def _by_words(
    tx: Tx, viewer: Viewer, *, asked: Sequence[str], locale: str
) -> list[Suggested]:
    rows = await repository.ranked(tx, asked, most=_MOST_RANKED)
    ids = [row["id"] for row in rows]
    home = await published.articles_of(tx, ids)
    teasers = await published.of_texts(tx, viewer, locale=locale, ids=ids)
    best: dict[int, Suggested] = {}
    for row in rows:
        teaser = teasers.get(home.get(row["id"], 0))
        if teaser is None:
            continue
        one = _weighed(teaser, row["words"], score=row["score"])
        if one.score > best.get(teaser.article_id, one).score or teaser.article_id not in best:
            best[teaser.article_id] = one
    enough = [one for one in best.values() if _is_enough(one, asked)]
    return sorted(enough, key=lambda one: (-one.score, one.teaser.article_id))


def _weighed(teaser: Teaser, words: Sequence[str], *, score: float) -> Suggested:
    """A word of the title weighs more."""
    title = set(text.tokens(teaser.title))
    in_title = [one for one in words if one in title]
    total = score * (1 + _TITLE * len(in_title))
    return Suggested(teaser, list(words[:6]), in_title[:6], total)


def _is_enough(one: Suggested, asked: Sequence[str]) -> bool:
    """One word by chance is not a reason, unless it is the title's or all that was asked."""
    return bool(one.in_title) or len(one.words) >= min(2, len(asked))
