"""What resolved tickets teach: the customer's first words, and what people said of them or sent.

A ticket that was opened again proves nothing; nor does an exercise, or one that the asker may not see.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, cast

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge.service import measuring
from yizhan.domains.lab import errors
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import hiding
from yizhan.domains.lab.types import Found, GoldenFilters, Set
from yizhan.domains.tickets import errors as ticket_errors
from yizhan.domains.tickets import registry
from yizhan.domains.tickets.service import access
from yizhan.domains.understanding import messages
from yizhan.domains.understanding.training.service import labels
from yizhan.domains.understanding.training.types import Head
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx
from yizhan.learning import language

_LOOKED_AT: Final = 5_000
_SAID_OUTRIGHT: Final = frozenset({"correction", "answer", "confirmed", "field", "type"})

_FIRST = f"""SELECT m.id, m.subject, left(m.body_text, {messages.LONGEST}) AS body FROM message m
  WHERE m.workspace_id = $1 AND m.ticket_id = t.id AND m.direction = 'in' AND NOT m.automatic
    AND m.body_text <> '' ORDER BY m.id LIMIT 1"""
_ROW = """t.id AS ticket_id, f.id AS message_id, f.subject, f.body,
  (SELECT c.name FROM contact c WHERE c.workspace_id = $1 AND c.id = t.requester_id) AS requester"""
# Solved for good: nothing in its log says that it was opened again.
_SOLVED = """t.status_category IN ('resolved', 'closed') AND t.resolved_at >= $2 AND t.merged_into IS NULL
  AND ($3::bigint IS NULL OR t.brand_id = $3)
  AND NOT EXISTS (SELECT FROM event e WHERE e.workspace_id = $1 AND e.ticket_id = t.id
    AND e.type IN ('ticket.status_changed', 'ticket.updated')
    AND e.data->'changes'->'status_category'->>0 IN ('resolved', 'closed')
    AND e.data->'changes'->'status_category'->>1 NOT IN ('resolved', 'closed'))"""
_OF_MESSAGES = f"""
SELECT {_ROW} FROM ticket t JOIN LATERAL ({_FIRST}) f ON true
WHERE t.workspace_id = $1 AND {_SOLVED}
  AND t.id IN (SELECT ticket_id FROM message WHERE workspace_id = $1 AND id = ANY($4))
  AND f.id = ANY($4) AND {{where}}
ORDER BY t.resolved_at DESC, t.id DESC
"""
# What was sent counts; what was only put in where nothing was sent.
_ANSWERED = f"""
SELECT {_ROW}, (SELECT array_agg(DISTINCT u.article_id ORDER BY u.article_id) FROM article_use u
    WHERE u.workspace_id = $1 AND u.ticket_id = t.id AND u.at <= t.resolved_at
      AND u.step = CASE WHEN EXISTS (SELECT FROM article_use s WHERE s.workspace_id = $1
        AND s.ticket_id = t.id AND s.step = 'sent') THEN 'sent' ELSE 'inserted' END) AS articles
FROM ticket t JOIN LATERAL ({_FIRST}) f ON true
WHERE t.workspace_id = $1 AND {_SOLVED}
  AND t.id IN (SELECT ticket_id FROM article_use WHERE workspace_id = $1 AND step IN ('sent', 'inserted'))
  AND {{where}}
ORDER BY t.resolved_at DESC, t.id DESC LIMIT {_LOOKED_AT:d}
"""
_ONE = f"""
SELECT t.*, f.id AS message_id, f.subject AS said_subject, f.body,
  (SELECT c.name FROM contact c WHERE c.workspace_id = $1 AND c.id = t.requester_id) AS requester
FROM ticket t LEFT JOIN LATERAL ({_FIRST}) f ON true WHERE t.workspace_id = $1 AND t.number = $2
"""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved ticket with what is right for its first words, as they were written."""

    text: str
    expected: list[str]
    ticket_id: int
    message_id: int
    requester: str


async def candidates(tx: Tx, row: Set, *, actor: Actor) -> list[Candidate]:
    """The newest first, without those that the set was given before, fairly many of each label."""
    found = await (_answered if row.kind == "retrieval" else _labelled)(tx, row, actor)
    known = await sets.messages(tx, row.id)
    practice = await registry.exercises(tx, [one.ticket_id for one in found])
    wanted = row.filters.language
    fit = [
        one
        for one in found
        if one.message_id not in known
        and one.ticket_id not in practice
        and (wanted is None or language.detect(one.text) == wanted)
    ]
    return stratified(fit, row.filters)


def stratified(found: Sequence[Candidate], filters: GoldenFilters) -> list[Candidate]:
    """One of each label in turn, so that rare ones are there too. Pure."""
    lines: dict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        if len(lines[one.expected[0]]) < filters.per_label:
            lines[one.expected[0]].append(one)
    chosen: list[Candidate] = []
    for turn in range(filters.per_label):
        chosen += [line[turn] for line in lines.values() if turn < len(line)]
    return chosen[: filters.most]


async def _labelled(tx: Tx, row: Set, actor: Actor) -> list[Candidate]:
    """Labels that people gave to the first words of tickets."""
    given = {
        one.message_id: one.label
        for one in await labels.labelled(tx, cast("Head", row.kind))
        if one.source in _SAID_OUTRIGHT
    }
    where, values = permissions.ticket_condition(actor, "ticket:read", first=5)
    rows = await tx.db.fetch(
        _OF_MESSAGES.format(where=where), *_bounds(tx, row), sorted(given), *values
    )
    return [_candidate(one, [given[one["message_id"]]]) for one in rows]


async def _answered(tx: Tx, row: Set, actor: Actor) -> list[Candidate]:
    """Articles that went out before a ticket was solved."""
    where, values = permissions.ticket_condition(actor, "ticket:read", first=4)
    rows = await tx.db.fetch(_ANSWERED.format(where=where), *_bounds(tx, row), *values)
    ids = {one for found in rows for one in found["articles"] or ()}
    known = await measuring.published(tx, sorted(ids))
    found = []
    for one in rows:
        articles = [str(article) for article in one["articles"] or () if article in known]
        if articles:
            found.append(_candidate(one, articles))
    return found


def _bounds(tx: Tx, row: Set) -> tuple[Any, ...]:
    brand = row.filters.brand_id
    since = tx.now - timedelta(days=row.filters.days)
    return tx.workspace_id, since, None if brand is None else int(brand)


def _candidate(row: Any, expected: list[str]) -> Candidate:
    return Candidate(
        text=messages.text_of(row["subject"], row["body"], is_first=True),
        expected=expected,
        ticket_id=row["ticket_id"],
        message_id=row["message_id"],
        requester=row["requester"] or "",
    )


async def hidden(tx: Tx, found: Sequence[Candidate]) -> list[Found]:
    """As cases: tokens stand where personal data stood."""
    hider = await hiding.hider(tx)

    def hide() -> list[str]:
        return [hider.hide(one.text, [one.requester]) for one in found]

    texts = await asyncio.to_thread(hide)
    return [
        Found(
            text=text,
            expected=one.expected,
            ticket_id=one.ticket_id,
            message_id=one.message_id,
        )
        for text, one in zip(texts, found, strict=True)
        if text.strip()
    ]


async def one(tx: Tx, row: Set, *, number: int, expected: Sequence[str]) -> Found:
    """A ticket by its number, whatever became of it: whoever adds it vouches for it.

    Errors: TicketNotFound, CaseUnfit.
    """
    found = await tx.db.fetchrow(_ONE, tx.workspace_id, number)
    if found is None:
        raise ticket_errors.TicketNotFound
    await access.ticket(tx, found["id"])
    if found["message_id"] is None:
        raise errors.CaseUnfit("No customer has written in this ticket.")
    wanted = list(expected) or await _known(tx, row, found)
    if not wanted:
        raise errors.CaseUnfit("Nobody has said what is right for this ticket; say it with it.")
    given = Candidate(
        text=messages.text_of(found["said_subject"], found["body"], is_first=True),
        expected=wanted,
        ticket_id=found["id"],
        message_id=found["message_id"],
        requester=found["requester"] or "",
    )
    return (await hidden(tx, [given]))[0]


async def _known(tx: Tx, row: Set, found: Any) -> list[str]:
    if row.kind != "retrieval":
        given = await labels.labelled(tx, cast("Head", row.kind))
        return [one.label for one in given if one.message_id == found["message_id"]][-1:]
    rows = await tx.db.fetch(
        "SELECT DISTINCT article_id FROM article_use WHERE workspace_id = $1 AND ticket_id = $2"
        " AND step = 'sent'",
        tx.workspace_id,
        found["id"],
    )
    known = await measuring.published(tx, [one[0] for one in rows])
    return [str(one) for one in known]
