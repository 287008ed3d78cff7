"""What operators of a search mean: conditions over tickets."""

from __future__ import annotations

from yizhan.domains.contacts.searching import service as contacts
from yizhan.domains.tickets import repository, types
from yizhan.domains.tickets.searching import custom
from yizhan.domains.tickets.searching.meaning import (
    BAD_DATE,
    UNKNOWN,
    Meaning,
    Raw,
    asks,
    either,
    moment,
    named,
    zone_of,
)
from yizhan.kernel import query
from yizhan.kernel.tx import Tx

_MOST_PEOPLE = 500
_PRIORITIES = {"低": "low", "普通": "normal", "一般": "normal", "高": "high", "紧急": "urgent"}
_ME = ("me", "我")
_NONE = ("none", "nobody", "无", "没有")
_FILE = ("file", "attachment", "files", "附件", "文件")


async def meaning(tx: Tx, term: query.Term) -> Meaning:
    """What an operator with its value asks of a ticket."""
    return await _READERS[term.operator or ""](tx, term.text)


async def _before(tx: Tx, value: str) -> Meaning:
    """Tickets that had begun by then."""
    when = moment(value, now=tx.now, zone=await zone_of(tx))
    if when is None:
        return BAD_DATE
    return Meaning(asks("created_at", "before", when))


async def _after(tx: Tx, value: str) -> Meaning:
    """Tickets in which something happened since."""
    when = moment(value, now=tx.now, zone=await zone_of(tx))
    if when is None:
        return BAD_DATE
    return Meaning({"not": asks("updated_at", "before", when)})


async def _from(tx: Tx, value: str) -> Meaning:
    found = await contacts.ids(tx, value, most=_MOST_PEOPLE)
    return Meaning(asks("customer", "in", found)) if found else UNKNOWN


async def _company(_tx: Tx, value: str) -> Meaning:
    return Meaning(asks("company.name", "contains", value))


async def _tag(_tx: Tx, value: str) -> Meaning:
    values = list(dict.fromkeys((value, value.lower())))
    return Meaning(asks("tags", "has_any", values))


async def _status(tx: Tx, value: str) -> Meaning:
    wanted = value.lower()
    found = [
        status.id
        for status in await repository.statuses(tx)
        if wanted in (status.id, *(name.lower() for name in status.name.values()))
    ]
    parts = [asks("status", "in", found)] if found else []
    if wanted in types.CATEGORIES:
        parts.append(asks("category", "is", wanted))
    return Meaning(either(*parts)) if parts else UNKNOWN


async def _priority(_tx: Tx, value: str) -> Meaning:
    found = _PRIORITIES.get(value, value.lower())
    return Meaning(asks("priority", "is", found)) if found in types.PRIORITIES else UNKNOWN


async def _assignee(tx: Tx, value: str) -> Meaning:
    if value.lower() in _ME:
        return Meaning(asks("assignee", "is", "me"))
    if value.lower() in _NONE:
        return Meaning(asks("assignee", "empty"))
    found = await named(tx, "agent", value)
    return Meaning(asks("assignee", "in", found)) if found else UNKNOWN


async def _team(tx: Tx, value: str) -> Meaning:
    if value.lower() in _NONE:
        return Meaning(asks("team", "empty"))
    if value.lower() in _ME:
        return Meaning(asks("team", "in", ["my_teams"]))
    found = await named(tx, "team", value)
    return Meaning(asks("team", "in", found)) if found else UNKNOWN


async def _channel(_tx: Tx, value: str) -> Meaning:
    return Meaning(asks("channel", "is", value.lower()))


async def _has(_tx: Tx, value: str) -> Meaning:
    return Meaning(asks("has_file", "is", value=True)) if value.lower() in _FILE else UNKNOWN


_STATES: dict[str, Raw] = {
    **{name: asks("category", "is", name) for name in types.CATEGORIES},
    "active": asks("category", "in", list(types.ACTIVE)),
    "done": asks("category", "in", ["resolved", "closed"]),
    "snoozed": asks("snoozed_until", "not_empty"),
    "unassigned": asks("assignee", "empty"),
    "mine": asks("assignee", "is", "me"),
    "vip": asks("customer.vip", "is", value=True),
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
    return Meaning(_STATES[wanted]) if wanted in _STATES else UNKNOWN


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
    "field": custom.meaning,
}
