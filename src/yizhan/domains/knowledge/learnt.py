"""What search learned from accepted answers: versions in the database, the one in use in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
import structlog

from yizhan.kernel.tx import Tx
from yizhan.learning import bundle
from yizhan.learning.retrieval import Adoption

logger = structlog.get_logger(__name__)

State = Literal["in_use", "retired", "refused"]
MODELS_KEPT: Final = 3
"""Of versions that are not in use, so many keep their model."""


class Learning(msgspec.Struct, frozen=True, kw_only=True):
    """A version: what it learned from and how good it is."""

    id: int
    number: int
    state: State
    encoder: str
    sha256: str
    accepted: int
    articles: int
    until_at: datetime
    report: dict[str, Any]
    at: datetime


_READ = ", ".join(Learning.__struct_fields__)


async def in_use(tx: Tx, *, encoder: str) -> str | None:
    """The hash of the model that these vectors (empty: words alone) are ranked with."""
    found: str | None = await tx.db.fetchval(
        "SELECT sha256 FROM article_learning WHERE workspace_id = $1 AND state = 'in_use'"
        " AND encoder = $2",
        tx.workspace_id,
        encoder,
    )
    return found


async def model(tx: Tx, sha256: str | None) -> bytes | None:
    """The bytes of the version in use."""
    if sha256 is None:
        return None
    found: bytes | None = await tx.db.fetchval(
        "SELECT model FROM article_learning WHERE workspace_id = $1 AND state = 'in_use'"
        " AND sha256 = $2",
        tx.workspace_id,
        sha256,
    )
    return found


def load(content: bytes) -> Adoption | None:
    """None for what cannot be read: search goes on as if nothing had been learned."""
    try:
        return Adoption.load(content)
    except (bundle.Unreadable, KeyError):
        logger.warning("article_learning_unreadable", sha256=bundle.digest(content))
        return None


async def versions(tx: Tx, *, most: int = 20) -> list[Learning]:
    """The newest first."""
    return await tx.db.fetch_as(
        Learning,
        f"SELECT {_READ} FROM article_learning WHERE workspace_id = $1 ORDER BY number DESC LIMIT $2",
        tx.workspace_id,
        most,
    )


async def keep(tx: Tx, one: Learning, *, content: bytes) -> None:
    """A new version; one that is put to use takes the place of the one before."""
    if one.state == "in_use":
        await forget(tx)
    await tx.db.execute(
        f"INSERT INTO article_learning (workspace_id, {_READ}, model)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        tx.workspace_id,
        *(getattr(one, name) for name in Learning.__struct_fields__),
        content,
    )
    await tx.db.execute(
        "UPDATE article_learning SET model = NULL WHERE workspace_id = $1 AND state <> 'in_use'"
        " AND number <= $2",
        tx.workspace_id,
        one.number - MODELS_KEPT,
    )


async def forget(tx: Tx) -> bool:
    """Search as before anything was learned. False: nothing was in use."""
    done = await tx.db.fetch(
        "UPDATE article_learning SET state = 'retired' WHERE workspace_id = $1 AND state = 'in_use'"
        " RETURNING id",
        tx.workspace_id,
    )
    return bool(done)


async def texts_of(tx: Tx, wanted: Sequence[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The published text of each article and language."""
    rows = await tx.db.fetch(
        "SELECT article_id, locale, id FROM article_text WHERE workspace_id = $1 AND state = 'published'"
        " AND article_id = ANY($2)",
        tx.workspace_id,
        sorted({article_id for article_id, _ in wanted}),
    )
    exact = {(row["article_id"], row["locale"]): row["id"] for row in rows}
    other = {row["article_id"]: row["id"] for row in reversed(rows)}
    found = {}
    for article_id, locale in wanted:
        text_id = exact.get((article_id, locale), other.get(article_id))
        if text_id is not None:
            found[article_id, locale] = text_id
    return found
