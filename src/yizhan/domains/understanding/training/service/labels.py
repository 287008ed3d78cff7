"""The labels that a workspace has: which messages people said what of.

What the desk itself wrote is no label: learning from it would only make it surer of its errors.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from yizhan.domains.fields import catalog
from yizhan.domains.fields.logic import values
from yizhan.domains.surveys import scales
from yizhan.domains.understanding import messages
from yizhan.domains.understanding import types as understanding
from yizhan.domains.understanding.training import repository
from yizhan.domains.understanding.training.types import Example, Head, Source
from yizhan.kernel.tx import Tx

MOST: Final = 20_000
"""The latest labels of a head that are learned from."""
TYPE: Final = "type"
"""Instead of a field's key: the type of the ticket is its category."""

_TEXT = f"""m.subject, left(m.body_text, {messages.LONGEST}) AS body, NOT EXISTS (
  SELECT FROM message e WHERE e.workspace_id = $1 AND e.ticket_id = m.ticket_id AND e.id < m.id
    AND e.direction IN ('in', 'out')) AS is_first"""
_MESSAGE = "m.direction = 'in' AND NOT m.automatic AND m.body_text <> ''"
# The newest word of anybody on a message holds. Uses the index signal_correction_head.
_CORRECTED = f"""
SELECT DISTINCT ON (c.message_id) c.message_id, c.now AS label, c.at, {_TEXT}
FROM signal_correction c JOIN message m ON m.workspace_id = c.workspace_id AND m.id = c.message_id
WHERE c.workspace_id = $1 AND c.head = $2 AND c.now <> '' AND {_MESSAGE}
ORDER BY c.message_id, c.id DESC
"""
_ANSWERED = f"""
SELECT a.message_id, a.label, a.answered_at AS at, {_TEXT}
FROM label_answer a JOIN message m ON m.workspace_id = a.workspace_id AND m.id = a.message_id
WHERE a.workspace_id = $1 AND a.head = $2 AND a.label IS NOT NULL AND {_MESSAGE}
ORDER BY a.answered_at DESC LIMIT {MOST}
"""
# A ticket's first message says what it is about; values that only repeat what was read are left out.
_FILED = f"""
SELECT f.message_id, t.label, t.at, f.subject, f.body, true AS is_first FROM (
    SELECT t.id, t.updated_at AS at, CASE WHEN $2 = '{TYPE}' THEN t.type ELSE t.fields->>$2 END AS label
    FROM ticket t WHERE t.workspace_id = $1 AND t.status_category IN ('resolved', 'closed')
    ORDER BY t.id DESC LIMIT {MOST}
) t JOIN LATERAL (
    SELECT m.id AS message_id, m.subject, left(m.body_text, {messages.LONGEST}) AS body FROM message m
    WHERE m.workspace_id = $1 AND m.ticket_id = t.id AND {_MESSAGE} ORDER BY m.id LIMIT 1
) f ON true
WHERE t.label IS NOT NULL AND t.label <> ''
  AND NOT ($3 AND coalesce((SELECT e.actor->>'kind' FROM event e WHERE e.workspace_id = $1
    AND e.ticket_id = t.id AND e.data->'changes' ? ('{catalog.PREFIX}' || $2)
    ORDER BY e.id DESC LIMIT 1) = 'system', false))
"""
_RATED = f"""
SELECT f.message_id, v.kind, v.score, v.comment, v.answered_at AS at, f.text
FROM survey_invitation v JOIN LATERAL (
    SELECT max(m.id) AS message_id, string_agg(left(m.body_text, 1000), E'\\n' ORDER BY m.id) AS text
    FROM (SELECT * FROM message m WHERE m.workspace_id = $1 AND m.ticket_id = v.ticket_id AND {_MESSAGE}
          ORDER BY m.id DESC LIMIT 3) m
) f ON f.message_id IS NOT NULL
WHERE v.workspace_id = $1 AND v.score IS NOT NULL
ORDER BY v.answered_at DESC LIMIT {MOST}
"""
_MOOD: Final = {"good": "positive", "bad": "negative"}

Aside = Callable[[Tx, Head], Awaitable[tuple[set[int], set[str]]]]
_aside: Final[list[Aside]] = []


def set_aside(run: Aside) -> Aside:
    """Register who keeps messages and texts to measure by: nothing is learned from them."""
    _aside[:] = [run]
    return run


async def gather(tx: Tx, head: Head) -> list[Example]:
    """Every label once a message, in the order of time; what people said outright goes before.

    The same words are one example with its last label: otherwise what is measured was learned. What is
    set aside to measure by is left out, also where another message says the same.
    """
    found = await labelled(tx, head)
    kept, words = await _aside[0](tx, head) if _aside and found else (set(), set())
    words = words | {one.text.strip() for one in found if one.message_id in kept}
    inside = [one for one in found if one.message_id not in kept and one.text.strip() not in words]
    unlike = {one.text.strip(): one for one in inside}
    return sorted(unlike.values(), key=lambda one: (one.at, one.message_id))[-MOST:]


async def labelled(tx: Tx, head: Head) -> list[Example]:
    """All labels that people gave, in the order of time, also of what is set aside."""
    found: dict[int, Example] = {}
    for one in [*await _derived(tx, head), *await _answered(tx, head), *await _corrected(tx, head)]:
        found[one.message_id] = one
    return sorted(found.values(), key=lambda one: (one.at, one.message_id))


async def _corrected(tx: Tx, head: Head) -> list[Example]:
    rows = await tx.db.fetch(_CORRECTED, tx.workspace_id, head)
    return [_example(row, "correction") for row in rows]


async def _answered(tx: Tx, head: Head) -> list[Example]:
    rows = await tx.db.fetch(_ANSWERED, tx.workspace_id, head)
    return [_example(row, "answer") for row in rows]


def _example(row: Any, source: Source, *, label: str | None = None) -> Example:
    text = messages.text_of(row["subject"], row["body"], is_first=row["is_first"])
    return Example(text, label or row["label"], row["at"], source, row["message_id"])


async def _derived(tx: Tx, head: Head) -> list[Example]:
    if head == "category":
        return await _filed(tx)
    if head == "satisfaction":
        return [one for one, _ in await _rated(tx)]
    if head == "emotion":
        return [one for _, one in await _rated(tx) if one is not None]
    return []


async def _filed(tx: Tx) -> list[Example]:
    """The category that a ticket had in the end."""
    field = (await repository.settings(tx)).category_field
    if field is None:
        return []
    rows = await tx.db.fetch(_FILED, tx.workspace_id, field, field != TYPE)
    names = {} if field == TYPE else await paths(tx, field)
    source: Source = "type" if field == TYPE else "field"
    return [_example(row, source, label=names.get(row["label"])) for row in rows]


async def paths(tx: Tx, key: str) -> dict[str, str]:
    """The values of a field with options as paths of names in the workspace's language."""
    field = (await catalog.of(tx, "ticket")).all.get(key)
    if field is None:
        return {}
    chinese = await tx.db.fetchval(
        "SELECT locale LIKE 'zh%' FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    names: dict[str, str] = {}
    for path, option in values.tree_paths(field.options):
        own = (option.name.zh or option.name.en) if chinese else (option.name.en or option.name.zh)
        above = names.get(path.rpartition("/")[0])
        names[path] = own or option.id
        if above:
            names[path] = f"{above}{understanding.LEVELS}{names[path]}"
    return names


async def _rated(tx: Tx) -> list[tuple[Example, Example | None]]:
    """What customers who were asked said, and the mood of those who wrote why."""
    found = []
    for row in await tx.db.fetch(_RATED, tx.workspace_id):
        rating = scales.rating(row["kind"], row["score"])
        said = Example(row["text"], rating, row["at"], "survey", row["message_id"])
        mood = None
        if row["comment"].strip() and rating in _MOOD:
            mood = Example(row["comment"], _MOOD[rating], row["at"], "survey", row["message_id"])
        found.append((said, mood))
    return found


def snapshot(examples: Sequence[Example]) -> dict[str, Any]:
    """What a version learned from: enough to tell whether another learned from the same."""
    digest = hashlib.sha256()
    for one in examples:
        digest.update(f"{one.message_id}\0{one.label}\0{one.text}\0".encode())
    return {
        "count": len(examples),
        "since": None if not examples else examples[0].at.isoformat(),
        "until": None if not examples else examples[-1].at.isoformat(),
        "sources": dict(Counter(one.source for one in examples)),
        "labels": dict(Counter(one.label for one in examples).most_common(500)),
        "hash": digest.hexdigest(),
    }
