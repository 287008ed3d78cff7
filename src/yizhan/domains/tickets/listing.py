"""Lists of tickets: views, filters, order, pages. Values are always bound; names are our own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, schemas
from yizhan.kernel import pagination, sql, text
from yizhan.kernel.tx import Tx

_ACTIVE = "t.status_category IN ('new', 'open', 'waiting')"
_AWAKE = f"{_ACTIVE} AND t.snoozed_until IS NULL"

# One row as the API gives it, as JSON made by the database: at fifty rows a page, decoding columns
# and encoding them again costs more than the query. Relies on the primary keys of contact,
# ticket_read and draft. $1 is the workspace, $2 the agent who reads.
_JSON = f"""(SELECT to_json(r) FROM (SELECT t.id::text AS id, t.number, t.subject, t.status, t.status_category,
  t.priority, t.type, t.tags, t.channel, t.inbox_id::text AS inbox_id, t.brand_id::text AS brand_id,
  t.team_id::text AS team_id, t.unit_id::text AS unit_id, t.assignee_id::text AS assignee_id,
  json_build_object('id', t.requester_id::text, 'name', coalesce(c.name, '')) AS requester, t.preview,
  t.message_count, {sql.time_text("t.last_message_at")} AS last_message_at,
  {sql.time_text("t.last_customer_at")} AS last_customer_at, {sql.time_text("t.waiting_since")} AS waiting_since,
  coalesce(t.last_customer_message_id > coalesce(p.message_id, 0), false) AS unread,
  EXISTS (SELECT FROM draft d WHERE d.workspace_id = t.workspace_id AND d.agent_id = $2 AND d.ticket_id = t.id
          AND d.body <> '') AS draft,
  {sql.time_text("t.snoozed_until")} AS snoozed_until, t.version,
  {sql.time_text("t.created_at")} AS created_at, {sql.time_text("t.updated_at")} AS updated_at) r)::text"""
_FROM = """FROM ticket t
LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
LEFT JOIN ticket_read p ON p.workspace_id = t.workspace_id AND p.agent_id = $2 AND p.ticket_id = t.id"""

# column, direction, type of the cursor's first part
_ORDERS: dict[str, tuple[str, str, type]] = {
    "updated": ("t.updated_at", "DESC", datetime),
    "created": ("t.created_at", "DESC", datetime),
    "waiting": ("t.waiting_since", "ASC", datetime),
    "number": ("t.number", "DESC", int),
}

VIEWS: dict[str, tuple[str, str, str, str]] = {
    # id: (zh, en, icon, condition); $2 is the agent
    "mine": ("我的工单", "Mine", "user", f"t.assignee_id = $2 AND {_AWAKE}"),
    "unassigned": ("未分配", "Unassigned", "inbox", f"t.assignee_id IS NULL AND {_AWAKE}"),
    "watching": (
        "我关注的",
        "Watching",
        "eye",
        (
            f"{_ACTIVE} AND EXISTS (SELECT FROM watcher w"
            " WHERE w.workspace_id = t.workspace_id AND w.agent_id = $2 AND w.ticket_id = t.id)"
        ),
    ),
    "open": (
        "全部处理中",
        "All open",
        "folder",
        "t.status_category IN ('new', 'open') AND t.snoozed_until IS NULL",
    ),
    "waiting": (
        "等待中",
        "Waiting",
        "clock",
        "t.status_category = 'waiting' AND t.snoozed_until IS NULL",
    ),
    "snoozed": ("稍后处理", "Snoozed", "moon", f"t.snoozed_until IS NOT NULL AND {_ACTIVE}"),
    "resolved": ("已解决", "Resolved", "check", "t.status_category = 'resolved'"),
    "closed": ("已关闭", "Closed", "archive", "t.status_category = 'closed'"),
    "all": ("全部工单", "All tickets", "list", "true"),
}
MOST_FOUND = 1000  # tickets that words lead to
COUNTED = ("mine", "unassigned", "watching", "open", "waiting", "snoozed")


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list asks for. ``assignee`` and ``team`` take an id, ``me`` or ``none``."""

    view: str | None = None
    q: str | None = None
    status: str | None = None
    assignee: str | None = None
    team: str | None = None
    contact: str | None = None
    tag: str | None = None
    priority: str | None = None
    channel: str | None = None
    sort: str = "updated"
    limit: int | None = None
    cursor: str | None = None


class _Where:
    """Conditions with their values; $1 is the workspace, $2 the agent."""

    def __init__(self, tx: Tx) -> None:
        self.parts = ["t.workspace_id = $1"]
        self.args: list[Any] = [tx.workspace_id, tx.actor.agent_id or 0]

    def add(self, condition: str, *values: Any) -> None:
        places = []
        for value in values:
            self.args.append(value)
            places.append(f"${len(self.args)}")
        self.parts.append(condition.format(*places))

    def permit(self, tx: Tx) -> None:
        condition, values = permissions.ticket_condition(
            tx.actor, "ticket:read", first=len(self.args) + 1
        )
        self.parts.append(condition)
        self.args += values

    @property
    def sql(self) -> str:
        return " AND ".join(f"({part})" for part in self.parts)


def _number(value: str, field: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 19):
        raise errors.UnknownValue(field=field)
    return int(value)


def _person(where: _Where, tx: Tx, column: str, value: str) -> None:
    if value == "none":
        where.add(f"{column} IS NULL")
    elif value == "me":
        where.add(f"{column} = {{}}", tx.actor.agent_id or 0)
    else:
        where.add(f"{column} = {{}}", _number(value, column.removeprefix("t.")))


def _view(where: _Where, view: str) -> None:
    if view.startswith("team:"):
        where.add(f"t.team_id = {{}} AND {_AWAKE}", _number(view[5:], "view"))
    elif view in VIEWS:
        where.parts.append(VIEWS[view][3])
    else:
        raise errors.UnknownValue(field="view")


async def _words(tx: Tx, where: _Where, q: str) -> None:
    """Tickets found by their number or by words in their messages: the newest that the actor may see."""
    query = text.query(q)
    number = q.strip().lstrip("#")
    numbers = [int(number)] if number.isascii() and number.isdigit() and len(number) < 16 else []
    found: list[int] = []
    if query is not None:
        with_internal = permissions.can(tx.actor, "ticket:note")
        reach = permissions.ticket_reach(tx.actor, "ticket:read")
        rows = await tx.db.fetch(
            "SELECT ticket_id FROM yizhan_search_tickets($1::tsquery, $2, $3, $4, $5, $6, $7)",
            query,
            with_internal,
            reach.everything,
            reach.units,
            reach.teams,
            reach.own,
            MOST_FOUND,
        )
        found = [row[0] for row in rows]
    where.add("t.id = ANY({}) OR t.number = ANY({})", found, numbers)


async def _where(tx: Tx, wanted: Filter) -> _Where:
    where = _Where(tx)
    if wanted.view:
        _view(where, wanted.view)
    if wanted.status:
        where.add(
            "t.status = ANY({}) OR t.status_category = ANY({})", *[wanted.status.split(",")] * 2
        )
    if wanted.assignee:
        _person(where, tx, "t.assignee_id", wanted.assignee)
    if wanted.team:
        _person(where, tx, "t.team_id", wanted.team)
    if wanted.contact:
        where.add("t.requester_id = {}", _number(wanted.contact, "contact"))
    if wanted.tag:
        where.add("{} = ANY(t.tags)", wanted.tag)
    if wanted.priority:
        where.add("t.priority = ANY({})", wanted.priority.split(","))
    if wanted.channel:
        where.add("t.channel = {}", wanted.channel)
    if wanted.q:
        await _words(tx, where, wanted.q)
    where.permit(tx)
    return where


async def page(tx: Tx, wanted: Filter) -> pagination.Page[schemas.TicketRow]:
    """One page of tickets that the actor may see."""
    return msgspec.json.decode(await page_json(tx, wanted), type=pagination.Page[schemas.TicketRow])


async def page_json(tx: Tx, wanted: Filter) -> bytes:
    """The page as JSON."""
    if wanted.sort not in _ORDERS:
        raise errors.UnknownValue(field="sort")
    column, direction, kind = _ORDERS[wanted.sort]
    where = await _where(tx, wanted)
    if wanted.sort == "waiting":
        where.parts.append("t.waiting_since IS NOT NULL")
    key = pagination.decode(wanted.cursor, kind, int)
    if key is not None:
        sign = "<" if direction == "DESC" else ">"
        where.add(f"({column}, t.id) {sign} ({{}}, {{}})", *key)
    limit = pagination.limit_of(wanted.limit)
    records = await tx.db.fetch(
        f"SELECT {_JSON}, {column}, t.id {_FROM} WHERE {where.sql}"
        f" ORDER BY {column} {direction}, t.id {direction} LIMIT {limit + 1:d}",
        *where.args,
    )
    return pagination.page_json(records, limit)


async def rows(tx: Tx, ids: list[int]) -> list[schemas.TicketRow]:
    """Rows by id, without regard to what the actor may see: for the live stream, which decides itself."""
    return [
        msgspec.json.decode(record[0], type=schemas.TicketRow)
        for record in await tx.db.fetch(
            f"SELECT {_JSON} {_FROM} WHERE t.workspace_id = $1 AND t.id = ANY($3)",
            tx.workspace_id,
            tx.actor.agent_id or 0,
            ids,
        )
    ]


async def row_json(tx: Tx, ticket_id: int) -> bytes:
    """One row as JSON. Errors: TicketNotFound."""
    found: str | None = await tx.db.fetchval(
        f"SELECT {_JSON} {_FROM} WHERE t.workspace_id = $1 AND t.id = $3",
        tx.workspace_id,
        tx.actor.agent_id or 0,
        ticket_id,
    )
    if found is None:
        raise errors.TicketNotFound
    return found.encode()


async def counts(tx: Tx) -> dict[str, int]:
    """Exact counts of the active views in one pass over the covering index ``ticket_counts``."""
    where = _Where(tx)
    where.parts.append(_ACTIVE)
    where.permit(tx)
    filters = ", ".join(f"count(*) FILTER (WHERE {VIEWS[view][3]}) AS {view}" for view in COUNTED)
    record = await tx.db.fetchrow(f"SELECT {filters} FROM ticket t WHERE {where.sql}", *where.args)
    teams = await tx.db.fetch(
        # $2 is the agent, whom this query need not know: the driver refuses a value without a place.
        f"SELECT t.team_id, count(*) FROM ticket t WHERE {where.sql} AND {_AWAKE} AND t.team_id IS NOT NULL"
        " AND $2::bigint IS NOT NULL"
        " GROUP BY t.team_id",
        *where.args,
    )
    found = dict(record) if record else {}
    return {**found, **{f"team:{row[0]}": row[1] for row in teams}}
