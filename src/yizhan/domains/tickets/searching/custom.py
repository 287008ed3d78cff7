"""``field:order_no=A-1001``: tickets by the exact value of a custom field, by its key or its name."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

from yizhan.domains.contacts.searching import service as contacts
from yizhan.domains.fields import catalog
from yizhan.domains.fields import service as fields
from yizhan.domains.fields.logic import values
from yizhan.domains.fields.types import Field, FieldNames
from yizhan.domains.identity import permissions
from yizhan.domains.tickets.custom import filter as conditions
from yizhan.domains.tickets.searching.meaning import (
    BAD_DATE,
    UNKNOWN,
    Meaning,
    asks,
    moment,
    named,
    zone_of,
)
from yizhan.kernel import text
from yizhan.kernel.tx import Tx

_MOST_PEOPLE = 500
_MOST_BY_VALUE = 50
_WITH_VALUE = """
SELECT t.id, f.key FROM unnest($2::text[]) AS f (key)
CROSS JOIN LATERAL unnest(yizhan_ids_with_field('ticket', f.key, $3)) AS v (id)
JOIN ticket t ON t.workspace_id = $1 AND t.id = v.id
WHERE {seen} ORDER BY t.id DESC LIMIT {most:d}
"""
_YES = ("yes", "true", "1", "是", "有")
_NO = ("no", "false", "0", "否", "无")
_ME = ("me", "我")
_AGO = "hdwmy"  # 7d is a point in time, no day


async def meaning(tx: Tx, asked: str) -> Meaning:
    """``KEY=VALUE``; ``KEY`` alone for tickets where it has any value."""
    name, equals, value = asked.replace("＝", "=").partition("=")
    found = _called((await catalog.of(tx, "ticket")).visible(tx.actor), name.strip())
    if found is None or conditions.filter_field(found) is None:
        return UNKNOWN
    if not equals:
        return _any_value(found)
    if not value.strip():
        return UNKNOWN
    return await _BY_KIND[values.kind_of(found)](tx, found, value.strip())


async def having(tx: Tx, value: str) -> dict[int, Field]:
    """The newest tickets of which a text or number that the reader may see is this value, and which one."""
    visible = (await catalog.of(tx, "ticket")).visible(tx.actor)
    asked = {one.key: one for one in visible if one.index_ready and one.type in ("text", "number")}
    if not asked:
        return {}
    seen, more = permissions.ticket_condition(tx.actor, "ticket:read", first=4)
    sql = _WITH_VALUE.format(seen=seen, most=_MOST_BY_VALUE)
    rows = await tx.db.fetch(sql, tx.workspace_id, list(asked), fields.folded(value), *more)
    return {row["id"]: asked[row["key"]] for row in rows}


def _called(known: list[Field], name: str) -> Field | None:
    """By its key, else by its name in either language."""
    wanted = text.normal(name)
    by_key = [one for one in known if one.key == wanted]
    by_name = [one for one in known if wanted in _names(one.name)]
    return next(iter(by_key or by_name), None)


def _names(name: FieldNames) -> set[str]:
    return {text.normal(word).strip() for word in (name.zh, name.en) if word.strip()}


def _of(field: Field) -> str:
    return f"{catalog.PREFIX}{field.key}"


def _any_value(field: Field) -> Meaning:
    if values.kind_of(field) == "checkbox":
        return Meaning(asks(_of(field), "is", value=True))
    return Meaning(asks(_of(field), "not_empty"))


async def _text(_tx: Tx, field: Field, value: str) -> Meaning:
    """The whole text, in capitals or not: who looks for an order number types it anyhow."""
    made = conditions.filter_field(field)
    if made is None:
        return UNKNOWN
    wanted = text.normal(value)
    same = f"coalesce(lower(normalize({made.sql}, NFKC)) = {{0}}::text, false)"
    if made.narrow is None:
        return Meaning(sql=same, args=(wanted,))
    few = f"t.id = ANY((SELECT {made.narrow.sql.format('{1}::text[]')})::bigint[])"
    return Meaning(sql=f"{few} AND {same}", args=(wanted, made.narrow.words(value)))


async def _number(_tx: Tx, field: Field, value: str) -> Meaning:
    try:
        return Meaning(asks(_of(field), "is", float(value.replace(",", ""))))
    except ValueError:
        return UNKNOWN


async def _choice(_tx: Tx, field: Field, value: str) -> Meaning:
    """By an option's id or its name; a branch of a tree means all that is below it."""
    made = conditions.filter_field(field)
    wanted = text.normal(value)
    options = made.called if made else {}
    hit = {
        one
        for one, names in options.items()
        if wanted in (text.normal(one), *(text.normal(word) for word in names.values()))
        or wanted in (text.normal(word).rpartition(" / ")[2] for word in names.values())
    }
    below = [one for one in options if any(one == top or one.startswith(f"{top}/") for top in hit)]
    if not below:
        return UNKNOWN
    op = "has_any" if field.type == "multi_choice" else "in"
    return Meaning(asks(_of(field), op, below))


async def _time(tx: Tx, field: Field, value: str) -> Meaning:
    """A day, or all of a month or a year."""
    begin = moment(value, now=tx.now, zone=await zone_of(tx))
    if begin is None or (value[0].isdigit() and value[-1].lower() in _AGO):
        return BAD_DATE
    parts = len(re.split(r"[-/.]", value)) if value[0].isdigit() else 3
    end = begin + timedelta(days={1: 366, 2: 31, 3: 1}[parts])
    if parts < 3:
        end = end.replace(day=1, month=end.month if parts == 2 else 1)
    if values.kind_of(field) == "date":  # days have no zone: they are kept as midnight of UTC
        begin, end = (
            one.replace(tzinfo=None).replace(tzinfo=tx.now.tzinfo) for one in (begin, end)
        )
    last = end - timedelta(microseconds=1)
    return Meaning(asks(_of(field), "between", [begin, last]))


async def _person(tx: Tx, field: Field, value: str) -> Meaning:
    if value.lower() in _ME:
        return Meaning(asks(_of(field), "is", "me"))
    found = await named(tx, "agent", value)
    return Meaning(asks(_of(field), "in", found)) if found else UNKNOWN


async def _relation(tx: Tx, field: Field, value: str) -> Meaning:
    found: list[int] = []
    if field.config.target == "customer":
        found = await contacts.ids(tx, value, most=_MOST_PEOPLE)
    elif field.config.target == "company":
        found = await named(tx, "company", value)
    elif (number := value.lstrip("#")).isascii() and number.isdigit() and len(number) <= 16:
        row = await tx.db.fetchval(
            "SELECT id FROM ticket WHERE workspace_id = $1 AND number = $2",
            tx.workspace_id,
            int(number),
        )
        found = [] if row is None else [row]
    if not found:
        return UNKNOWN
    if field.config.multiple:
        return Meaning(asks(_of(field), "has_any", [str(one) for one in found]))
    return Meaning(asks(_of(field), "in", found))


async def _flag(_tx: Tx, field: Field, value: str) -> Meaning:
    if value.lower() not in (*_YES, *_NO):
        return UNKNOWN
    return Meaning(asks(_of(field), "is", value=value.lower() in _YES))


_Reader = Callable[[Tx, Field, str], Awaitable[Meaning]]
_BY_KIND: dict[str, _Reader] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "money": _number,
    "date": _time,
    "datetime": _time,
    "choice": _choice,
    "tree": _choice,
    "multi_choice": _choice,
    "person": _person,
    "relation": _relation,
    "checkbox": _flag,
}
