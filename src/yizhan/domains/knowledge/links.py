"""Where customers read an article: the addresses of a brand's pages."""

from __future__ import annotations

import re

from yizhan.kernel.tx import Tx


async def place_of(tx: Tx, brand_id: int | None) -> str | None:
    """The name in addresses of the brand's pages, where they are open; else of the first open ones."""
    found: str | None = await tx.db.fetchval(
        "SELECT slug FROM portal WHERE workspace_id = $1 AND active"
        " ORDER BY (id IS NOT DISTINCT FROM $2) DESC, id LIMIT 1",
        tx.workspace_id,
        brand_id,
    )
    return found


def address(base: str, place: str, *, locale: str, article_id: int) -> str:
    """Pure."""
    return f"{base}/help/{place}/{locale}/a/{article_id}"


def names(text: str, article_id: int) -> bool:
    """Whether a text holds an article's address. Pure."""
    return re.search(rf"/help/[a-z0-9-]+/[A-Za-z-]+/a/{article_id}(?!\d)", text) is not None
