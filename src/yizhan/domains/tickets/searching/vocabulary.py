"""The words of a workspace: which are common, which were meant by a typing error."""

from __future__ import annotations

import time
from collections.abc import Sequence

from yizhan.kernel.tx import Tx

_CANDIDATES = 60
_MOST_MEANT = 4
_MOST_COMPLETED = 12
_SHORTEST_TYPO = 4
_SHORTEST_START = 3
_TWO_ERRORS_FROM = 8  # letters

_MOST_KNOWN = 50_000
_KNOWN_SECONDS = 60.0
_known: dict[tuple[int, str], tuple[int, float]] = {}

_LEARN = """
INSERT INTO search_word (workspace_id, word, docs)
SELECT $1, w, count(*) FROM search_doc d, unnest(tsvector_to_array(d.vector)) AS w
WHERE d.workspace_id = $1 AND d.ticket_id IS NOT NULL AND d.id = ANY($2)
  AND w !~ '[0-9]' AND length(w) BETWEEN 2 AND 40
GROUP BY w ORDER BY w
ON CONFLICT (workspace_id, word) DO UPDATE SET docs = search_word.docs + excluded.docs
"""
_REBUILD = """
INSERT INTO search_word (workspace_id, word, docs)
SELECT $1, w, (count(*) * $3::float8)::bigint + 1
FROM (SELECT vector FROM search_doc WHERE workspace_id = $1 AND ticket_id IS NOT NULL
      ORDER BY id DESC LIMIT $2) AS d, unnest(tsvector_to_array(d.vector)) AS w
WHERE w !~ '[0-9]' AND length(w) BETWEEN 2 AND 40
GROUP BY w
ON CONFLICT (workspace_id, word) DO UPDATE SET docs = excluded.docs
"""


async def learn(tx: Tx, message_ids: Sequence[int]) -> None:
    """Count the words of new messages."""
    if message_ids:
        await tx.db.execute(_LEARN, tx.workspace_id, list(message_ids))


async def rebuild(tx: Tx, *, sample: int = 100_000) -> None:
    """Count anew, from the newest messages: for data that came without events."""
    total: int = await tx.db.fetchval(
        "SELECT count(*) FROM search_doc WHERE workspace_id = $1 AND ticket_id IS NOT NULL",
        tx.workspace_id,
    )
    await tx.db.execute(_REBUILD, tx.workspace_id, sample, max(1.0, total / sample))


async def counts(tx: Tx, words: Sequence[str]) -> dict[str, int]:
    """In how many messages words stand, about; words that stand nowhere are absent.

    A word that is there stays, so that what was found serves for a while.
    """
    now = time.monotonic()
    kept = {
        word: found[0]
        for word in words
        if (found := _known.get((tx.workspace_id, word))) is not None and found[1] > now
    }
    if missing := [word for word in words if word not in kept]:
        rows = await tx.db.fetch(
            "SELECT word, docs FROM search_word WHERE workspace_id = $1 AND word = ANY($2)",
            tx.workspace_id,
            missing,
        )
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        for row in rows:
            kept[row[0]] = row[1]
            _known[tx.workspace_id, row[0]] = (row[1], now + _KNOWN_SECONDS)
    return kept


async def meant(tx: Tx, word: str, *, unfinished: bool) -> list[str]:
    """What a Latin word that stands nowhere may have been meant to be.

    A word that is still being typed is completed; else the nearest words by single errors of typing.
    """
    if not (word.isascii() and word.isalpha()):
        return []
    if unfinished and len(word) >= _SHORTEST_START:
        rows = await tx.db.fetch(
            "SELECT word FROM yizhan_words_from($1, $2)", word, _MOST_COMPLETED
        )
        if rows:
            return [row[0] for row in rows]
    if len(word) < _SHORTEST_TYPO:
        return []
    rows = await tx.db.fetch("SELECT word, docs FROM yizhan_words_alike($1, $2)", word, _CANDIDATES)
    most = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    near = [
        (far, -row[1], row[0])
        for row in rows
        if (far := distance(word, row[0], most=most)) is not None
    ]
    return [found for _, _, found in sorted(near)[:_MOST_MEANT]]


def distance(one: str, other: str, *, most: int) -> int | None:
    """Letters added, dropped, changed or swapped with their neighbour; None beyond ``most``. Pure."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1] if last[-1] <= most else None
