"""Tickets that match, the newest match first, whatever the words are.

Three ways, each where it is the cheap one, and each exact: through the messages from the newest on, where
words are common; by the index of words, where they are rare; ticket by ticket, where conditions leave few.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from yizhan.domains.tickets import orders
from yizhan.domains.tickets.searching.asking import Asked
from yizhan.kernel.tx import Tx

WALK = 20_000  # so many messages are looked at from the newest on
MOST_BY_WORD = 20_000  # so many matches are taken from the index of words
FEW = 500  # where conditions leave no more tickets than these, their messages are asked
_NEWEST = (1 << 63) - 1
_PLACE = re.compile(r"\$\d+")


class Row(msgspec.Struct, frozen=True):
    """What a hit is made of. Without a message it is the ticket's own subject that matched.

    ``place`` is the newest document of the ticket that matches, behind which a page goes on.
    """

    place: int | None
    id: int
    number: int
    subject: str
    preview: str
    at: Any
    doc_id: int | None
    direction: str | None
    author: str | None
    title: str | None
    body: str | None


# Of documents with their tickets, in the order of ``n``: what is shown of them.
_SHOWN = """
SELECT u.place, t.id, t.number, t.subject, t.preview, coalesce(m.created_at, t.last_message_at, t.created_at) AS at,
  m.id AS doc_id, m.direction, m.author_name AS author, m.subject AS title, m.body_text AS body
FROM ({places}) AS u (place, ticket_id, n)
JOIN ticket t ON t.workspace_id = $1 AND t.id = u.ticket_id
LEFT JOIN message m ON m.workspace_id = $1 AND m.id = u.place
ORDER BY u.n
"""


async def of_tickets(tx: Tx, ids: Sequence[int]) -> list[Row]:
    """Tickets that were found by something else than words."""
    given = "SELECT NULL::bigint, x.id, x.n FROM unnest($2::bigint[]) WITH ORDINALITY AS x (id, n)"
    if not ids:
        return []
    return await tx.db.fetch_as(Row, _SHOWN.format(places=given), tx.workspace_id, list(ids))


async def shown(tx: Tx, asked: Asked, *, limit: int, before: int | None = None) -> list[Row]:
    """The newest matches, at most ``limit``, those before a message."""
    # The order of its parts leaves the planner little to choose: to plan anew what is asked again and again
    # would cost as much as to run it.
    await tx.db.execute("SET LOCAL plan_cache_mode = force_generic_plan")

    def rows(places: str) -> str:
        return _SHOWN.format(places=f"SELECT p.id, p.ticket_id, -p.id FROM ({places}) AS p")

    return [Row(**row) for row in await _by_words(tx, asked, rows, limit=limit, before=before)]


async def by_words(tx: Tx, asked: Asked, *, limit: int) -> list[int]:
    """The tickets of :func:`shown`."""
    found = await _by_words(tx, asked, lambda places: places, limit=limit)
    return [row[1] for row in found]


_Form = Callable[[str], str]


async def _by_words(
    tx: Tx, asked: Asked, form: _Form, *, limit: int, before: int | None = None
) -> list[Any]:
    asked.ready()
    behind = asked.bind(before or _NEWEST)
    if asked.few is not None and asked.few <= FEW:
        return await _by_ticket(tx, asked, form, behind, limit=limit)
    if asked.is_common:
        # Index search_doc_newest; the sub-select keeps its order, so that the join can end early.
        recent = (
            "SELECT s.id, s.ticket_id, s.vector, s.internal FROM search_doc s WHERE s.workspace_id = $1"
            f" AND s.ticket_id IS NOT NULL AND s.id < {behind} ORDER BY s.id DESC LIMIT {WALK:d}"
        )
        found = await _through(tx, asked, form, recent, limit=limit)
        if len(found) >= limit:
            return found
    notes = asked.bind(asked.with_notes)
    hits = f"yizhan_search_docs({asked.query}::tsquery, {notes}, {behind}, {MOST_BY_WORD:d})"
    known = (
        f"SELECT s.id, s.ticket_id, s.vector, s.internal FROM {hits} AS h"
        " JOIN search_doc s ON s.workspace_id = $1 AND s.kind = 'message' AND s.id = h.id"
    )
    found = await _through(tx, asked, form, known, limit=limit)
    if len(found) >= limit or not asked.is_common:
        return found
    (total,) = (await _fetch(tx, asked, f"SELECT count(*) FROM {hits} AS h"))[0]
    if total < MOST_BY_WORD:
        return found
    return await _by_ticket(tx, asked, form, behind, limit=limit)


async def _through(tx: Tx, asked: Asked, form: _Form, docs: str, *, limit: int) -> list[Any]:
    """The messages that match and have no newer one in their ticket that does."""
    places = (
        f"SELECT d.id, d.ticket_id FROM ({docs}) AS d"
        " JOIN ticket t ON t.workspace_id = $1 AND t.id = d.ticket_id"
        f" WHERE {asked.matches('d')} AND {_where(asked)}"
        " AND NOT EXISTS (SELECT FROM search_doc n WHERE n.workspace_id = $1"
        f" AND n.ticket_id = d.ticket_id AND n.id > d.id AND {asked.matches('n')})"
        f" ORDER BY d.id DESC LIMIT {limit:d}"
    )
    return await _fetch(tx, asked, form(places))


async def _by_ticket(tx: Tx, asked: Asked, form: _Form, behind: str, *, limit: int) -> list[Any]:
    """Index search_doc_ticket for each ticket that the conditions leave."""
    places = (
        f"SELECT d.id, t.id AS ticket_id FROM {asked.table} t CROSS JOIN LATERAL (SELECT n.id FROM search_doc n"
        " WHERE n.workspace_id = $1 AND n.ticket_id = t.id AND"
        f" {asked.matches('n')} ORDER BY n.id DESC LIMIT 1) AS d"
        f" WHERE t.workspace_id = $1 AND {_where(asked)} AND d.id < {behind}"
        f" ORDER BY d.id DESC LIMIT {limit:d}"
    )
    return await _fetch(tx, asked, form(places))


async def by_conditions(tx: Tx, asked: Asked, *, limit: int, cursor: str | None) -> list[Any]:
    """Where no word is asked: (updated, ticket) of the tickets that moved last."""
    way = orders.way("updated")
    (run,) = way.runs(cursor, first=len(asked.args) + 1)
    asked.args += run.args
    return await _fetch(
        tx,
        asked,
        f"SELECT {way.key} FROM {asked.table} t WHERE t.workspace_id = $1 AND {_where(asked)} AND {run.where}"
        f" ORDER BY {run.order} LIMIT {limit:d}",
    )


def _where(asked: Asked) -> str:
    return " AND ".join(f"({part})" for part in asked.where)


async def _fetch(tx: Tx, asked: Asked, sql: str) -> list[Any]:
    """Runs a statement with only the values that it names: the driver refuses one without a place."""
    args: list[Any] = []
    places: dict[str, str] = {}

    def renumber(match: re.Match[str]) -> str:
        name = match.group()
        if name not in places:
            args.append(asked.args[int(name[1:]) - 1])
            places[name] = f"${len(args)}"
        return places[name]

    compact = _PLACE.sub(renumber, sql)
    rows: list[Any] = await tx.db.fetch(compact, *args)
    return rows
