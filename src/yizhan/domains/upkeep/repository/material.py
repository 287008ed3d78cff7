"""What a check reads: articles, questions, answers. Rows only; what they show is found elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from yizhan.domains.knowledge.service import finding
from yizhan.domains.tickets import registry
from yizhan.domains.upkeep.types import Answer, Article, Question, Sent, Solved
from yizhan.kernel.tx import Tx
from yizhan.learning import summary

MOST_ARTICLES: Final = 2_000
MOST_QUESTIONS: Final = 2_000
MOST_ANSWERS: Final = 3_000
MOST_SENT: Final = 5_000
READ: Final = 12_000
_SHORTEST: Final = 2
_TELLING: Final = 2
"""Words below which a message alone does not say what it is about."""
_PIECE: Final = re.compile(r"[，,、]\s*")
_FIRST: Final = 3
"""Messages of a ticket in which its question is looked for: the first is often a greeting."""


async def articles(tx: Tx) -> list[Article]:
    """What is published, the newest first."""
    return await tx.db.fetch_as(
        Article,
        "SELECT x.id AS text_id, x.article_id, x.locale, v.version, v.title, left(v.plain, $2) AS body,"
        " a.brand_id, a.review_on, x.published_at FROM article_text x"
        " JOIN article a ON a.workspace_id = x.workspace_id AND a.id = x.article_id"
        " JOIN article_version v ON v.workspace_id = x.workspace_id AND v.text_id = x.id"
        "   AND v.version = x.published"
        " WHERE x.workspace_id = $1 AND x.state = 'published' ORDER BY x.published_at DESC, x.id LIMIT $3",
        tx.workspace_id,
        READ,
        MOST_ARTICLES,
    )


# ------------------------------------------------------------------------------------- questions

# Uses ticket_all by id, message_ticket, the primary keys of signal and article_use.
_ASKED = f"""
SELECT t.id, t.subject, t.brand_id, t.created_at, m.id AS message_id, left(m.body_text, 1000) AS body,
  m.n, s.label, s.in_scope, s.abstained,
  EXISTS (SELECT FROM article_use u WHERE u.workspace_id = $1 AND u.ticket_id = t.id
    AND u.step IN ('inserted', 'sent')) AS adopted
FROM (SELECT id, subject, brand_id, created_at FROM ticket WHERE workspace_id = $1 AND created_at >= $2
    AND merged_into IS NULL ORDER BY id DESC LIMIT $3) t
JOIN LATERAL (SELECT id, body_text, row_number() OVER (ORDER BY id) AS n FROM message
    WHERE workspace_id = $1 AND ticket_id = t.id AND direction = 'in' AND visibility = 'public'
      AND NOT automatic ORDER BY id LIMIT {_FIRST}) m ON true
LEFT JOIN signal s ON s.workspace_id = $1 AND s.message_id = m.id AND s.head = 'intent'
ORDER BY t.id, m.id
"""

_SEARCHED = """
SELECT max(id) AS id, max(question) AS question, brand_id, max(at) AS at FROM article_ask
WHERE workspace_id = $1 AND at >= $2 AND place = 'search' AND outcome IS NULL AND opened_id IS NULL
GROUP BY brand_id, visitor, lower(question) ORDER BY 1 DESC LIMIT $3
"""


async def questions(tx: Tx, *, since: datetime) -> list[Question]:
    """What customers asked, the oldest first: of each ticket one question, and searches without use."""
    rows = await tx.db.fetch(_ASKED, tx.workspace_id, since, MOST_QUESTIONS)
    practice = await registry.exercises(tx, sorted({row["id"] for row in rows}))
    found: dict[int, Question] = {}
    for row in rows:
        if row["id"] not in found and row["id"] not in practice:
            question = _question(row)
            if question is not None:
                found[row["id"]] = question
    searched = await tx.db.fetch(_SEARCHED, tx.workspace_id, since, MOST_QUESTIONS)
    asked = [
        Question(text=row["question"], at=row["at"], brand_id=row["brand_id"], ask_id=row["id"])
        for row in searched
        if len(row["question"].strip()) >= _SHORTEST
    ]
    return sorted(
        [*found.values(), *asked], key=lambda one: (one.at, one.ticket_id or 0, one.ask_id or 0)
    )


def _question(row: Any) -> Question | None:
    """None for a greeting, and for what understanding read as nothing that a desk answers."""
    if row["label"] is not None and not row["in_scope"] and not row["abstained"]:
        return None
    first = asked(row["subject"] if row["n"] == 1 else "", row["body"])
    if first is None:
        return None
    sure = row["label"] if row["in_scope"] and not row["abstained"] else None
    return Question(
        text=first[:400],
        at=row["created_at"],
        brand_id=row["brand_id"],
        ticket_id=row["id"],
        intent=sure,
        adopted=row["adopted"],
    )


def asked(subject: str, body: str) -> str | None:
    """What is asked, without the greeting; the subject only where the body does not say it. Pure."""
    said = [line for one in summary.sentences(body) if (line := _without_greeting(one))]
    whole = " ".join(said)
    if len(finding.telling(whole)) < _TELLING:
        head = "" if summary.is_courtesy(subject) else subject.strip()
        whole = whole if not head or head in whole else f"{head}\n{whole}".strip()
    return whole if finding.telling(whole) else None


def _without_greeting(sentence: str) -> str:
    """The sentence from its first piece that says something; empty where none does. Pure."""
    rest = sentence
    while rest:
        piece, comma, after = rest.partition(next(iter(_PIECE.findall(rest)), "\x00"))
        if not summary.is_courtesy(piece):
            return rest
        rest = after if comma else ""
    return ""


# --------------------------------------------------------------------------------------- answers

_ANSWERS = """
SELECT m.ticket_id, m.id AS message_id, t.subject, left(m.body_text, 4000) AS text, m.created_at AS at,
  t.brand_id, coalesce((SELECT array_agg(u.article_id) FROM article_use u WHERE u.workspace_id = $1
    AND u.message_id = m.id), '{}') AS article_ids
FROM ticket t JOIN message m ON m.workspace_id = t.workspace_id AND m.ticket_id = t.id
WHERE t.workspace_id = $1 AND t.updated_at >= $2 AND m.created_at >= $2 AND m.direction = 'out'
  AND m.visibility = 'public' AND NOT m.automatic AND m.delivery_state IS DISTINCT FROM 'cancelled'
ORDER BY m.id DESC LIMIT $3
"""


async def answers(tx: Tx, *, since: datetime) -> list[Answer]:
    """What agents wrote to customers, the newest first. Uses ticket_all and message_ticket."""
    rows = await tx.db.fetch(_ANSWERS, tx.workspace_id, since, MOST_ANSWERS)
    practice = await registry.exercises(tx, sorted({row["ticket_id"] for row in rows}))
    return [
        Answer(**{**row, "article_ids": tuple(row["article_ids"])})
        for row in map(dict, rows)
        if row["ticket_id"] not in practice
    ]


# Came back: the customer wrote again, and an agent answered again without this article.
_SENT = """
SELECT u.article_id, u.locale, u.ticket_id, u.message_id, u.form, left(m.body_text, 6000) AS text, u.at,
  EXISTS (SELECT FROM article_use e WHERE e.workspace_id = $1 AND e.ticket_id = u.ticket_id
    AND e.article_id = u.article_id AND e.agent_id = u.agent_id AND e.step = 'edited') AS edited,
  EXISTS (SELECT FROM message c JOIN message o ON o.workspace_id = $1 AND o.ticket_id = u.ticket_id
    AND o.id > c.id AND o.direction = 'out' AND o.visibility = 'public' AND NOT o.automatic
    AND o.delivery_state IS DISTINCT FROM 'cancelled'
    WHERE c.workspace_id = $1 AND c.ticket_id = u.ticket_id AND c.id > u.message_id
      AND c.direction = 'in' AND NOT c.automatic) AS again
FROM article_use u JOIN message m ON m.workspace_id = u.workspace_id AND m.id = u.message_id
WHERE u.workspace_id = $1 AND u.step = 'sent' AND u.at >= $2 ORDER BY u.at DESC LIMIT $3
"""


async def sent(tx: Tx, *, since: datetime) -> list[Sent]:
    """Articles that were sent, and how the tickets went on. Uses article_use_at, message_ticket."""
    return await tx.db.fetch_as(Sent, _SENT, tx.workspace_id, since, MOST_SENT)


# ---------------------------------------------------------------------------------------- solved

_SOLVED = """
SELECT t.id AS ticket_id, t.number, t.requester_id, t.brand_id, t.subject,
  coalesce((SELECT left(body_text, 1000) FROM message WHERE workspace_id = $1 AND ticket_id = t.id
    AND direction = 'in' AND NOT automatic ORDER BY id LIMIT 1), '') AS question,
  coalesce((SELECT array_agg(DISTINCT author_name) FROM message WHERE workspace_id = $1
    AND ticket_id = t.id AND author_name <> ''), '{}') AS names,
  coalesce((SELECT json_agg(json_build_array(r.id, r.body) ORDER BY r.id) FROM (SELECT id,
    left(body_text, 6000) AS body FROM message WHERE workspace_id = $1 AND ticket_id = t.id
    AND direction = 'out' AND visibility = 'public' AND NOT automatic
    AND delivery_state IS DISTINCT FROM 'cancelled' ORDER BY id LIMIT 10) r), '[]') AS replies
FROM ticket t WHERE t.workspace_id = $1 AND t.id = ANY($2) AND t.status_category IN ('resolved', 'closed')
ORDER BY t.id
"""


async def solved(tx: Tx, ids: Sequence[int]) -> list[Solved]:
    """Those of some tickets that are done and were answered. Whoever asks has seen to the rights."""
    rows = await tx.db.fetch(_SOLVED, tx.workspace_id, list(ids))
    return [
        Solved(
            ticket_id=row["ticket_id"],
            number=row["number"],
            requester_id=row["requester_id"],
            brand_id=row["brand_id"],
            subject=row["subject"],
            question=row["question"],
            names=tuple(row["names"]),
            replies=tuple((message_id, body) for message_id, body in row["replies"]),
        )
        for row in rows
        if row["replies"]
    ]
