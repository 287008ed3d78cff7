"""What operators of a search mean: conditions over tickets."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.contacts.searching import service as contacts
from yizhan.domains.tickets import repository, types
from yizhan.kernel import query
from yizhan.kernel.tx import Tx

_MOST_PEOPLE = 500
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_SPAN = re.compile(r"(\d{1,4})([hdwmy])")
_HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}
_NEAR = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}
_PRIORITIES = {"低": "low", "普通": "normal", "一般": "normal", "高": "high", "紧急": "urgent"}
_ME = ("me", "我")
_NONE = ("none", "nobody", "无", "没有")
_FILE = ("file", "attachment", "files", "附件", "文件")

Raw = dict[str, Any]
NOTHING: Raw = {"any": []}


class Meaning(msgspec.Struct, frozen=True):
    """What an operator asks: a condition, SQL with ``$2`` as the reader, or why it means nothing."""

    condition: Raw | None = None
    sql: str | None = None
    problem: str | None = None


_BAD_DATE = Meaning(problem="bad_date")
_UNKNOWN = Meaning(condition=NOTHING, problem="unknown_value")


def _is(field: str, op: str, value: Any = None) -> Raw:
    return {"field": field, "op": op, "value": value}


def _any(*parts: Raw) -> Raw:
    return {"any": list(parts)}


def moment(value: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The beginning of a day, month or year where the workspace is, or so long ago. Pure."""
    local = now.astimezone(zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if value.lower() in _NEAR:
        return midnight - timedelta(days=_NEAR[value.lower()])
    if span := _SPAN.fullmatch(value.lower()):
        return now - timedelta(hours=int(span[1]) * _HOURS[span[2]])
    if day := _DAY.fullmatch(value):
        try:
            return datetime(int(day[1]), int(day[2] or 1), int(day[3] or 1), tzinfo=zone)
        except ValueError:
            return None
    return None


async def meaning(tx: Tx, term: query.Term) -> Meaning:
    """What an operator with its value asks of a ticket."""
    return await _READERS[term.operator or ""](tx, term.text)


async def _zone(tx: Tx) -> ZoneInfo:
    name: str = await tx.db.fetchval(
        "SELECT time_zone FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    return ZoneInfo(name)


async def _before(tx: Tx, value: str) -> Meaning:
    """Tickets that had begun by then."""
    when = moment(value, now=tx.now, zone=await _zone(tx))
    if when is None:
        return _BAD_DATE
    return Meaning(_is("created_at", "before", when))


async def _after(tx: Tx, value: str) -> Meaning:
    """Tickets in which something happened since."""
    when = moment(value, now=tx.now, zone=await _zone(tx))
    if when is None:
        return _BAD_DATE
    return Meaning({"not": _is("updated_at", "before", when)})


async def _from(tx: Tx, value: str) -> Meaning:
    found = await contacts.ids(tx, value, most=_MOST_PEOPLE)
    return Meaning(_is("customer", "in", found)) if found else _UNKNOWN


async def _company(_tx: Tx, value: str) -> Meaning:
    return Meaning(_is("company.name", "contains", value))


async def _tag(_tx: Tx, value: str) -> Meaning:
    values = list(dict.fromkeys((value, value.lower())))
    return Meaning(_is("tags", "has_any", values))


async def _status(tx: Tx, value: str) -> Meaning:
    wanted = value.lower()
    found = [
        status.id
        for status in await repository.statuses(tx)
        if wanted in (status.id, *(name.lower() for name in status.name.values()))
    ]
    parts = [_is("status", "in", found)] if found else []
    if wanted in types.CATEGORIES:
        parts.append(_is("category", "is", wanted))
    return Meaning(_any(*parts)) if parts else _UNKNOWN


async def _priority(_tx: Tx, value: str) -> Meaning:
    found = _PRIORITIES.get(value, value.lower())
    return Meaning(_is("priority", "is", found)) if found in types.PRIORITIES else _UNKNOWN


async def _assignee(tx: Tx, value: str) -> Meaning:
    if value.lower() in _ME:
        return Meaning(_is("assignee", "is", "me"))
    if value.lower() in _NONE:
        return Meaning(_is("assignee", "empty"))
    found = await _named(tx, "agent", value)
    return Meaning(_is("assignee", "in", found)) if found else _UNKNOWN


async def _team(tx: Tx, value: str) -> Meaning:
    if value.lower() in _NONE:
        return Meaning(_is("team", "empty"))
    if value.lower() in _ME:
        return Meaning(_is("team", "in", ["my_teams"]))
    found = await _named(tx, "team", value)
    return Meaning(_is("team", "in", found)) if found else _UNKNOWN


async def _named(tx: Tx, table: str, value: str) -> list[int]:
    """Agents or teams by a part of their name, agents by their address, too."""
    address = " OR lower(x.email) = lower($2)" if table == "agent" else ""
    rows = await tx.db.fetch(
        f"SELECT x.id FROM {table} x WHERE x.workspace_id = $1"
        f" AND (position(lower($2) in lower(x.name)) > 0{address}) LIMIT {_MOST_PEOPLE:d}",
        tx.workspace_id,
        value,
    )
    return [row[0] for row in rows]


async def _channel(_tx: Tx, value: str) -> Meaning:
    return Meaning(_is("channel", "is", value.lower()))


async def _has(_tx: Tx, value: str) -> Meaning:
    return Meaning(_is("has_file", "is", value=True)) if value.lower() in _FILE else _UNKNOWN


_STATES: dict[str, Raw] = {
    **{name: _is("category", "is", name) for name in types.CATEGORIES},
    "active": _is("category", "in", list(types.ACTIVE)),
    "done": _is("category", "in", ["resolved", "closed"]),
    "snoozed": _is("snoozed_until", "not_empty"),
    "unassigned": _is("assignee", "empty"),
    "mine": _is("assignee", "is", "me"),
    "vip": _is("customer.vip", "is", value=True),
}
_STATES |= {
    "未分配": _STATES["unassigned"],
    "我的": _STATES["mine"],
    "处理中": _STATES["open"],
    "已解决": _STATES["resolved"],
    "已关闭": _STATES["closed"],
}
_UNREAD = (
    "t.last_customer_message_id > coalesce((SELECT r.message_id FROM ticket_read r"
    " WHERE r.workspace_id = t.workspace_id AND r.agent_id = $2 AND r.ticket_id = t.id), 0)"
)


async def _state(_tx: Tx, value: str) -> Meaning:
    wanted = value.lower()
    if wanted in ("unread", "未读"):
        return Meaning(sql=f"coalesce({_UNREAD}, false)")
    return Meaning(_STATES[wanted]) if wanted in _STATES else _UNKNOWN


async def _to(_tx: Tx, _value: str) -> Meaning:
    """To whom a message went is a word of the message: see ``asking``."""
    return Meaning({"all": []})


_READERS = {
    "from": _from,
    "to": _to,
    "company": _company,
    "tag": _tag,
    "status": _status,
    "priority": _priority,
    "assignee": _assignee,
    "team": _team,
    "channel": _channel,
    "before": _before,
    "after": _after,
    "has": _has,
    "is": _state,
}
