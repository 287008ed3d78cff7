"""Where customers read an article: the addresses of a brand's pages."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from yizhan.domains.knowledge import repository, tree
from yizhan.domains.knowledge.types import Audience
from yizhan.kernel.tx import Tx


class Place(msgspec.Struct, frozen=True):
    """A brand's pages: their name in addresses, and which categories they show (None: all)."""

    slug: str
    categories: frozenset[int] | None

    def shows(self, audience: Audience, *, category_id: int | None) -> bool:
        """Whether some customer can read such an article there."""
        if audience == "agents":
            return False
        return category_id is None or self.categories is None or category_id in self.categories


async def place_of(tx: Tx, brand_id: int | None) -> Place | None:
    """The brand's pages, where they are open; else the first open ones."""
    row = await tx.db.fetchrow(
        "SELECT slug, categories FROM portal WHERE workspace_id = $1 AND active"
        " ORDER BY (id IS NOT DISTINCT FROM $2) DESC, id LIMIT 1",
        tx.workspace_id,
        brand_id,
    )
    return None if row is None else await _place(tx, row)


async def own_place_of(tx: Tx, brand_id: int) -> Place | None:
    """The brand's pages, where they are open; never another brand's."""
    row = await tx.db.fetchrow(
        "SELECT slug, categories FROM portal WHERE workspace_id = $1 AND active AND id = $2",
        tx.workspace_id,
        brand_id,
    )
    return None if row is None else await _place(tx, row)


async def _place(tx: Tx, row: Any) -> Place:
    chosen = row["categories"]
    if chosen is not None:
        chosen = tree.below(await repository.categories(tx), chosen)
    return Place(row["slug"], chosen)


def address(base: str, place: str, *, locale: str, article_id: int) -> str:
    """Pure."""
    return f"{base}/help/{place}/{locale}/a/{article_id}"


def names(text: str, article_id: int) -> bool:
    """Whether a text holds an article's address. Pure."""
    return re.search(rf"/help/[a-z0-9-]+/[A-Za-z-]+/a/{article_id}(?!\d)", text) is not None
