"""What customers asked of articles before anybody answered, and what became of it.

A question is kept without what says who asked, so that it may be counted with others. ``visitor`` is a
keyed hash of whoever calls: it ties what follows to the question, and nobody to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal

import msgspec

from yizhan.domains.knowledge import events
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.service import finding, published
from yizhan.domains.knowledge.types import Shown
from yizhan.kernel.tx import Tx
from yizhan.learning import privacy

Place = Literal["search", "form", "chat"]
Outcome = Literal["solved", "person"]

LONGEST: Final = 300
OFFERED: Final = 3
_MOST_KEPT: Final = 20
_SAME: Final = timedelta(minutes=30)
"""So long a question goes on: what is typed letter by letter is one."""
_TOKEN: Final = re.compile(r"‹[A-Z]+_\d+›")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question with what was offered for it."""

    place: Place
    visitor: str
    brand_id: int | None
    locale: str
    question: str
    article_ids: Sequence[int]
    ticket_id: int | None = None


class Offer(msgspec.Struct, frozen=True):
    """Articles for what somebody is writing, to be read on the spot."""

    ask_id: int
    articles: list[Shown]


def veiled(text: str) -> str:
    """Without names, numbers and addresses. Pure."""
    hidden = privacy.Veil().hide(text[: 4 * LONGEST].replace("\x00", " "))
    return " ".join(_TOKEN.sub("…", hidden).split())[:LONGEST]


async def note(tx: Tx, asked: Asked) -> int:
    """Keep a question; one that goes on takes the place of its beginning. Uses article_ask_visitor."""
    question = veiled(asked.question)
    row = await tx.db.fetchrow(
        "SELECT id, question, article_ids FROM article_ask WHERE workspace_id = $1 AND place = $2"
        " AND visitor = $3 AND at > $4 AND outcome IS NULL ORDER BY id DESC LIMIT 1",
        tx.workspace_id,
        asked.place,
        asked.visitor,
        tx.now - _SAME,
    )
    if row is not None and (asked.place != "search" or row["question"] == question):
        ids = list(dict.fromkeys([*asked.article_ids, *row["article_ids"]]))[:_MOST_KEPT]
        await tx.db.execute(
            "UPDATE article_ask SET question = $3, article_ids = $4, ticket_id = coalesce($5, ticket_id)"
            " WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            row["id"],
            question,
            ids,
            asked.ticket_id,
        )
        known: int = row["id"]
        return known
    ask_id = tx.new_id()
    await tx.db.execute(
        "INSERT INTO article_ask (workspace_id, id, place, visitor, brand_id, locale, question,"
        " article_ids, ticket_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        tx.workspace_id,
        ask_id,
        asked.place,
        asked.visitor,
        asked.brand_id,
        asked.locale,
        question,
        list(asked.article_ids)[:_MOST_KEPT],
        asked.ticket_id,
        tx.now,
    )
    return ask_id


async def opened(tx: Tx, ask_id: int, *, visitor: str, article_id: int) -> None:
    """One of what was offered was opened; the first counts. What was not offered changes nothing."""
    await tx.db.execute(
        "UPDATE article_ask SET opened_id = $4 WHERE workspace_id = $1 AND id = $2 AND visitor = $3"
        " AND opened_id IS NULL AND article_ids @> ARRAY[$4::bigint]",
        tx.workspace_id,
        ask_id,
        visitor,
        article_id,
    )


async def settle(
    tx: Tx, ask_id: int, *, visitor: str, outcome: Outcome, article_id: int | None = None
) -> bool:
    """It helped, or a person is wanted. False when that was said before, or of another's question."""
    rows = await tx.db.fetch(
        "UPDATE article_ask SET outcome = $4, solved_id = CASE WHEN $4 = 'solved' THEN coalesce($5, opened_id) END"
        " WHERE workspace_id = $1 AND id = $2 AND visitor = $3 AND outcome IS NULL"
        " AND ($5::bigint IS NULL OR article_ids @> ARRAY[$5::bigint]) RETURNING place, solved_id, ticket_id",
        tx.workspace_id,
        ask_id,
        visitor,
        outcome,
        article_id,
    )
    for row in rows:
        tx.emit(
            events.ArticleSelfServed(
                article_id=row["solved_id"],
                place=row["place"],
                outcome=outcome,
                ticket_id=row["ticket_id"],
            )
        )
    return bool(rows)


async def offer(tx: Tx, viewer: Viewer, asked: Asked) -> Offer | None:
    """Up to three articles in the asker's own language for what is being written; None: nothing fits."""
    found = await finding.suggest(
        tx, viewer, words=asked.question, locale=asked.locale, most=3 * OFFERED
    )
    ids = [
        one.teaser.article_id
        for one in found
        if one.teaser.locale.split("-")[0] == asked.locale.split("-")[0]
    ][:OFFERED]
    if not ids:
        return None
    shown = [
        (await published.read(tx, viewer, article_id=one, locale=asked.locale))[0] for one in ids
    ]
    ask_id = await note(tx, msgspec.structs.replace(asked, article_ids=ids))
    return Offer(ask_id, shown)
