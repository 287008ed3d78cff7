"""The tree of categories. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from yizhan.domains.knowledge.types import Category


def below(categories: Iterable[Category], ids: Collection[int]) -> frozenset[int]:
    """Some categories and all that are within them."""
    known = list(categories)
    found = frozenset(ids)
    while True:
        more = {one.id for one in known if one.parent_id in found} - found
        if not more:
            return found
        found |= more
