"""Finding tickets: for the search, and for the words that narrow a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.fields import catalog
from yizhan.domains.fields.types import Field
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors
from yizhan.domains.tickets.searching import asking, custom
from yizhan.domains.tickets.searching import finding as ways
from yizhan.kernel import finding, marks, pagination, query, text
from yizhan.kernel.tx import Tx


async def find(tx: Tx, wanted: query.Query, limit: int, cursor: str | None) -> finding.Found:
    """Tickets that the actor may see, those of that number or value first, then the newest match first."""
    asked = await asking.ask(tx, wanted)
    if asked.is_empty:
        return finding.Found([], None, asked.corrected, asked.problems)
    valued = await _valued(tx, asked)
    if asked.words is None:
        rows, following = await _moved(tx, asked, limit=limit, cursor=cursor)
    else:
        first = [*await _numbered(tx, asked), *valued]
        rows, following = await _matching(tx, asked, first, limit=limit, cursor=cursor)
    items = [_hit(row, asked, valued.get(row.id)) for row in rows]
    return finding.Found(items, following, asked.corrected, asked.problems)


async def _matching(
    tx: Tx, asked: asking.Asked, first: Sequence[int], *, limit: int, cursor: str | None
) -> tuple[list[ways.Row], str | None]:
    key = pagination.decode(cursor, int)
    found = await ways.shown(tx, asked, limit=limit + 1, before=key[0] if key else None)
    kept = found[:limit]
    rows = await ways.of_tickets(tx, list(dict.fromkeys(first))) if key is None else []
    rows += [row for row in kept if row.id not in first]
    return rows, pagination.encode(kept[-1].place) if len(found) > limit else None


async def _moved(
    tx: Tx, asked: asking.Asked, *, limit: int, cursor: str | None
) -> tuple[list[ways.Row], str | None]:
    found = await ways.by_conditions(tx, asked, limit=limit + 1, cursor=cursor)
    kept = found[:limit]
    following = pagination.encode(*kept[-1]) if len(found) > limit else None
    return await ways.of_tickets(tx, [row[1] for row in kept]), following


async def _numbered(tx: Tx, asked: asking.Asked) -> list[int]:
    if asked.number is None:
        return []
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        f"SELECT t.id FROM ticket t WHERE t.workspace_id = $1 AND t.number = $2 AND {seen}",
        tx.workspace_id,
        asked.number,
        *values,
    )
    return [row[0] for row in rows]


async def _valued(tx: Tx, asked: asking.Asked) -> dict[int, Field]:
    return await custom.having(tx, asked.value) if asked.value else {}


def _hit(row: ways.Row, asked: asking.Asked, valued: Field | None) -> finding.Hit:
    """A hit with its reasons: the number, the field, the subject, the message or note, who wrote it."""
    matches: list[finding.Match] = []
    if asked.number == row.number and row.doc_id is None:
        matches.append(finding.Match("number", [marks.Part(str(row.number), hit=True)]))
    if valued is not None and asked.value:
        title = {"zh": valued.name.zh or valued.name.en, "en": valued.name.en or valued.name.zh}
        part = marks.Part(asked.value, hit=True)
        matches.append(finding.Match(f"{catalog.PREFIX}{valued.key}", [part], title=title))
    field = "note" if row.direction == "note" else "message"
    own = row.title if row.title not in (None, row.subject) else None
    for name, content in (
        ("subject", row.subject), (field, row.body), ("title", own), ("author", row.author),
    ):  # fmt: skip
        parts = marks.snippet(content, asked.marks) if content else None
        if parts is not None:
            matches.append(finding.Match(name, parts))
    shown = next((match.parts for match in matches if match.field == field), None)
    return finding.Hit(
        kind="ticket",
        id=str(row.id),
        number=row.number,
        title=row.subject,
        snippet=marks.plain(shown) if shown else text.preview(row.body or row.preview),
        at=row.at,
        matches=matches,
        message_id=None if row.doc_id is None else str(row.doc_id),
    )


async def narrow(
    tx: Tx, q: str, *, most: int, also: Sequence[int] = ()
) -> tuple[list[str], list[Any]]:
    """The words of a list: conditions over ``t`` and their values, behind workspace and reader.

    ``also`` are tickets that were found by other means.

    Errors: QueryInvalid, with what was not understood.
    """
    asked = await asking.ask(tx, query.parse(q))
    if asked.problems:
        problems: list[dict[str, Any]] = [
            {"field": "q", "message": one.message["en"], "term": one.term, "texts": one.message}
            for one in asked.problems
        ]
        raise errors.QueryInvalid(problems[0]["message"], errors=problems)
    if asked.words is None:
        return (["false"] if asked.is_empty else list(asked.where)), asked.args[2:]
    numbers = [] if asked.number is None else [asked.number]
    found = await ways.by_words(tx, asked, limit=most)
    # The newest matches, those of that number or value; that the reader sees them was asked already.
    ids = [*also, *found, *await _valued(tx, asked)]
    return ["t.id = ANY($3) OR t.number = ANY($4)"], [ids, numbers]
