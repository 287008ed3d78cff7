"""Articles that say different things of the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from yizhan.domains.upkeep.looking.aging import digest
from yizhan.domains.upkeep.types import Article, Evidence, Found
from yizhan.learning import claims

PAIRS: Final = 10
"""Pairs of sentences that a finding shows."""


class Library:
    """Articles with what they claim."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.claims = [claims.claims(one.body, title=one.title) for one in articles]
        self.shelf = claims.Shelf(
            (place, claim) for place, rows in enumerate(self.claims) for claim in rows
        )

    def against(self, place: int) -> Iterator[Found]:
        """What contradicts an article, of those that come after it."""
        suspects = {
            owner
            for claim in self.claims[place]
            for owner, other, _ in self.shelf.like(claim)
            if owner > place and claims.differ(claim, other)
        }
        for other in sorted(suspects):
            if not _together(self.articles[place], self.articles[other]):
                continue
            found = claims.conflicts(self.claims[place], self.claims[other], self.shelf.weights)
            if found:
                yield self._finding(place, other, found)

    def _finding(
        self, place: int, other: int, found: Sequence[tuple[claims.Claim, claims.Claim, float]]
    ) -> Found:
        mine, theirs = self.articles[place], self.articles[other]
        pairs = tuple(dict.fromkeys((one.quote, two.quote) for one, two, _ in found))
        brand = mine.brand_id if mine.brand_id is not None else theirs.brand_id
        return Found(
            kind="contradiction",
            key=f"{mine.text_id}:{theirs.text_id}",
            title=f"{mine.title} ↔ {theirs.title}",
            count=len(pairs),
            evidence=Evidence(ours=pairs[0][0], theirs=pairs[0][1], pairs=pairs[1:PAIRS]),
            fingerprint=digest(*sorted(pairs)),
            brand_id=brand,
            locale=mine.locale,
            article_id=mine.article_id,
            other_id=theirs.article_id,
        )


def _together(one: Article, other: Article) -> bool:
    """Whether somebody may read both in one language."""
    brands = {one.brand_id, other.brand_id} - {None}
    return (
        one.article_id != other.article_id
        and one.locale.split("-")[0] == other.locale.split("-")[0]
        and len(brands) < 2
    )
