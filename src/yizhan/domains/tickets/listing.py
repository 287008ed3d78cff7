"""Lists of tickets: views, filters, order, pages. Values are always bound; names are our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.fields import service as fields
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, filters, orders, registry, schemas
from yizhan.domains.tickets.searching import service as searching
from yizhan.domains.tickets.views import builtin
from yizhan.domains.tickets.views import service as saved_views
from yizhan.domains.tickets.views.types import View
from yizhan.kernel import pagination, sql
from yizhan.kernel.tx import Tx

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
  {sql.time_text("t.created_at")} AS created_at, {sql.time_text("t.updated_at")} AS updated_at,
  t.mood, @promise AS promise, @practice AS practice) r)::text"""
_FROM = """FROM {} t
LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.requester_id
LEFT JOIN ticket_read p ON p.workspace_id = t.workspace_id AND p.agent_id = $2 AND p.ticket_id = t.id"""

MOST_FOUND = 1000  # tickets that words lead to


def _json() -> str:
    """The row, with what a higher domain knows of it."""
    row = _JSON.replace("@promise", registry.promise_sql())
    return row.replace("@practice", registry.exercise_sql())


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list asks for. ``assignee`` and ``team`` take an id, ``me`` or ``none``.

    ``condition`` is asked besides the view; ``sort`` and ``group`` are names of ``orders``.
    """

    view: str | None = None
    q: str | None = None
    status: str | None = None
    assignee: str | None = None
    team: str | None = None
    contact: str | None = None
    tag: str | None = None
    priority: str | None = None
    channel: str | None = None
    condition: filters.Condition | None = None
    sort: str | None = None
    group: str | None = None
    limit: int | None = None
    cursor: str | None = None


class _Where:
    """Conditions with their values; $1 is the workspace, $2 the agent."""

    def __init__(self, tx: Tx) -> None:
        self.parts = ["t.workspace_id = $1"]
        self.args: list[Any] = [tx.workspace_id, tx.actor.agent_id or 0]
        self.table = "ticket"  # or the few that come into question
        self.work = True  # exercises are left out

    def add(self, condition: str, *values: Any) -> None:
        places = []
        for value in values:
            self.args.append(value)
            places.append(f"${len(self.args)}")
        self.parts.append(condition.format(*places))

    async def condition(self, tx: Tx, condition: filters.Condition) -> None:
        names = filters.fields_of(condition)
        if builtin.asks_for_exercises(names):
            self.work = False
        known = await filters.known(tx, names)
        made = filters.clause(condition, known, who=filters.reader(tx), first=len(self.args) + 1)
        self.parts.append(made.sql)
        self.args += made.args
        if self.table == "ticket" and (ids := await filters.few(tx, condition, known)) is not None:
            self.args.append(ids)
            self.table = filters.only(f"${len(self.args)}")

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


async def _view(tx: Tx, where: _Where, view: str) -> View | None:
    """Adds the condition of a view; the view itself if somebody saved it."""
    if view.startswith("team:"):
        where.add(f"t.team_id = {{}} AND {builtin.AWAKE}", _number(view[5:], "view"))
    elif view in builtin.VIEWS:
        where.parts.append(builtin.VIEWS[view].sql)
        where.work = builtin.is_work(view)
    else:
        saved = await saved_views.get(tx, _number(view, "view"))
        await where.condition(tx, filters.parse(saved.condition))
        return saved
    return None


async def _words(tx: Tx, where: _Where, q: str) -> None:
    """What a search says, before anything else is asked: it begins its values behind the reader."""
    conditions, values = await searching.narrow(
        tx, q, most=MOST_FOUND, also=await fields.search(tx, "ticket", q)
    )
    where.parts += conditions
    where.args += values


async def _where(tx: Tx, wanted: Filter) -> tuple[_Where, View | None]:
    where = _Where(tx)
    if wanted.q:
        await _words(tx, where, wanted.q)
    saved = await _view(tx, where, wanted.view) if wanted.view else None
    if wanted.condition is not None:
        await where.condition(tx, wanted.condition)
    if wanted.tag:
        await where.condition(tx, filters.Condition(field="tags", op="has", value=wanted.tag))
    _plain(tx, where, wanted)
    # Who asks for a customer, a channel or words means all that they find.
    if where.work and not (wanted.contact or wanted.channel or wanted.q):
        where.parts.append(f"NOT {registry.exercise_sql()}")
    where.permit(tx)
    return where, saved


def _plain(tx: Tx, where: _Where, wanted: Filter) -> None:
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
    if wanted.priority:
        where.add("t.priority = ANY({})", wanted.priority.split(","))
    if wanted.channel:
        where.add("t.channel = {}", wanted.channel)


async def page(tx: Tx, wanted: Filter) -> pagination.Page[schemas.TicketRow]:
    """One page of tickets that the actor may see."""
    return msgspec.json.decode(await page_json(tx, wanted), type=pagination.Page[schemas.TicketRow])


async def page_json(tx: Tx, wanted: Filter) -> bytes:
    """The page as JSON. A saved view brings its own order, unless another one is asked for."""
    where, saved = await _where(tx, wanted)
    sort = wanted.sort or (saved.sort if saved else "updated")
    way = orders.way(sort, group=wanted.group)
    limit = pagination.limit_of(wanted.limit)
    records: list[Any] = []
    for run in way.runs(wanted.cursor, first=len(where.args) + 1):
        if len(records) > limit:
            break
        records += await tx.db.fetch(
            f"SELECT {_json()}, {way.key} {_FROM.format(where.table)} {run.join} WHERE {where.sql} AND ({run.where})"
            f" ORDER BY {run.order} LIMIT {limit + 1 - len(records):d}",
            *where.args,
            *run.args,
        )
    return pagination.page_json(records, limit)


async def number(tx: Tx, wanted: Filter, *, most: int) -> tuple[int, bool]:
    """How many tickets a list has, and whether counting ended at ``most``."""
    where, _ = await _where(tx, wanted)
    found: int = await tx.db.fetchval(
        f"SELECT count(*) FROM (SELECT FROM {where.table} t WHERE {where.sql} AND $2::bigint IS NOT NULL"
        f" LIMIT {most + 1:d}) AS x",
        *where.args,
    )
    return min(found, most), found > most


async def ids(tx: Tx, wanted: Filter, *, only: Sequence[int] | None = None, most: int) -> list[int]:
    """The tickets of a list by id, without pages: at most one more than ``most``."""
    where, _ = await _where(tx, wanted)
    if only is not None:
        where.add("t.id = ANY({})", list(only))
    found = await tx.db.fetch(
        f"SELECT t.id FROM {where.table} t WHERE {where.sql} AND $2::bigint IS NOT NULL"
        f" ORDER BY t.id LIMIT {most + 1:d}",
        *where.args,
    )
    return [row[0] for row in found]


async def rows(tx: Tx, ids: list[int]) -> list[schemas.TicketRow]:
    """Rows by id, without regard to what the actor may see: for the live stream, which decides itself."""
    return [
        msgspec.json.decode(record[0], type=schemas.TicketRow)
        for record in await tx.db.fetch(
            f"SELECT {_json()} {_FROM.format('ticket')} WHERE t.workspace_id = $1 AND t.id = ANY($3)",
            tx.workspace_id,
            tx.actor.agent_id or 0,
            ids,
        )
    ]


async def row_json(tx: Tx, ticket_id: int) -> bytes:
    """One row as JSON. Errors: TicketNotFound."""
    found: str | None = await tx.db.fetchval(
        f"SELECT {_json()} {_FROM.format('ticket')} WHERE t.workspace_id = $1 AND t.id = $3",
        tx.workspace_id,
        tx.actor.agent_id or 0,
        ticket_id,
    )
    if found is None:
        raise errors.TicketNotFound
    return found.encode()
