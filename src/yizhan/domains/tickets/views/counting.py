"""How many tickets views hold: one statement for all of a reader's views, kept for a short while.

Active tickets are counted exactly, in one pass over the index ``ticket_counts`` for what it covers and one
over the active tickets for the rest. Where a view also holds tickets that are done, counting ends at a
thousand, among the tickets that moved last. Where an index says that few tickets come into question, these
are counted.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import filters, registry, repository
from yizhan.domains.tickets.filters.condition import Condition
from yizhan.domains.tickets.types import ACTIVE
from yizhan.domains.tickets.views import builtin
from yizhan.domains.tickets.views.types import View
from yizhan.kernel.tx import Tx

MOST = 1000
_RECENT = 50_000  # so far back a capped count looks
_ACTIVE = "t.status_category IN ('new', 'open', 'waiting')"
_EXERCISES = " AND t.id = ANY(ARRAY({}))"
_COVERED = frozenset({"category", "assignee", "team", "unit", "brand", "snoozed_until"})

# Small desks are counted anew each time. Where a pass over the active tickets is worth something, its
# result serves for a while: never longer than people wait for a page anyway, never more often than a
# small part of the database's time.
_SMALL = 3000
_KEEP_SECONDS = 1.0
_SHARE = 20
_LONGEST = 15.0
_MOST_KEPT = 2000


class Count(msgspec.Struct, frozen=True):
    """A count; ``capped`` says that there are more."""

    count: int
    capped: bool = False


class _Kept(msgspec.Struct, frozen=True):
    counts: dict[str, Count]
    until: float


_kept: OrderedDict[Any, _Kept] = OrderedDict()


def is_active(condition: Condition, active_statuses: frozenset[str]) -> bool:
    """Whether a condition can only hold for tickets that are not done. Pure; False when in doubt."""
    if condition.all is not None:
        return any(is_active(part, active_statuses) for part in condition.all)
    if condition.any is not None:
        parts = condition.any
        return bool(parts) and all(is_active(part, active_statuses) for part in parts)
    names = {"category": frozenset(ACTIVE), "status": active_statuses}.get(condition.field or "")
    if names is None:
        return False
    if condition.op == "is":
        return condition.value in names
    value = condition.value
    return condition.op == "in" and isinstance(value, (list, tuple)) and names.issuperset(value)


class _Statement:
    """Collects one column a view; ``$1`` is the workspace, ``$2`` the agent."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.args: list[Any] = [tx.workspace_id, tx.actor.agent_id or 0]
        seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
        self.args += values
        self.seen = f"t.workspace_id = $1 AND $2::bigint IS NOT NULL AND {seen}"
        self.covered: dict[str, str] = {}
        self.heap: dict[str, str] = {}
        self.capped: dict[str, str] = {}
        self.few: dict[str, tuple[str, str]] = {}  # where the ids are bound, and the condition
        self.own: set[str] = set()  # views that hold exercises, too

    def add_builtin(self, view_id: str) -> None:
        view = builtin.VIEWS[view_id]
        if not builtin.is_work(view_id):
            self.own.add(view_id)
        if not view.active:
            self.capped[view_id] = self._work(view_id, view.sql)
        elif view_id == "watching":
            self.heap[view_id] = self._work(view_id, view.sql)
        else:
            self.covered[view_id] = view.sql

    async def add(self, view: View, *, active_statuses: frozenset[str]) -> None:
        condition = filters.parse(view.condition)
        names = filters.fields_of(condition)
        known = await filters.known(self.tx, names)
        if names - known.keys():  # a field that this desk no longer has: the view holds nothing
            return
        made = filters.clause(
            condition, known, who=filters.reader(self.tx), first=len(self.args) + 1
        )
        self.args += made.args
        key = str(view.id)
        if builtin.asks_for_exercises(names):
            self.own.add(key)
        if (ids := await filters.few(self.tx, condition, known)) is not None:
            self.args.append(ids)
            self.few[key] = (f"${len(self.args)}", self._work(key, made.sql))
        elif not is_active(condition, active_statuses):
            self.capped[key] = self._work(key, made.sql)
        elif names <= _COVERED:
            self.covered[key] = made.sql
        else:
            self.heap[key] = self._work(key, made.sql)

    def _work(self, key: str, sql: str) -> str:
        """Without exercises, where the row is read anyway. Those of ``covered`` are taken off afterwards:
        the index that they are counted by does not know them."""
        return sql if key in self.own else f"{sql} AND NOT {registry.exercise_sql()}"

    @property
    def sql(self) -> str:
        return f"SELECT ({self._pass(self.covered)}) AS covered, ({self._pass(self.heap)}) AS heap,\
 ({self._teams()}) AS teams, ({self._some}) AS capped, ({self._few}) AS few, {self._total} AS active,\
 ({self._pass(self.covered, only=_EXERCISES)}) AS exercises, ({self._teams(only=_EXERCISES)}) AS drilled"

    def _pass(self, views: dict[str, str], *, only: str = "") -> str:
        if not views:
            return "SELECT '{}'::int8[]"
        columns = ", ".join(f"count(*) FILTER (WHERE {sql})" for sql in views.values())
        return f"SELECT ARRAY[{columns}] FROM ticket t WHERE {self.seen} AND {_ACTIVE}{self._those(only)}"

    def _teams(self, *, only: str = "") -> str:
        return (
            "SELECT coalesce(json_object_agg(team_id, n), '{}') FROM (SELECT t.team_id, count(*) AS n"
            f" FROM ticket t WHERE {self.seen} AND {builtin.AWAKE} AND t.team_id IS NOT NULL"
            f"{self._those(only)} GROUP BY t.team_id) AS x"
        )

    def _those(self, only: str) -> str:
        return only.format(registry.running_exercises_sql()) if only else ""

    @property
    def _some(self) -> str:
        each = ", ".join(
            # The newest first: where there are a thousand, they are found at once.
            "(SELECT count(*) FROM (SELECT FROM (SELECT * FROM ticket t WHERE t.workspace_id = $1"
            f" ORDER BY t.updated_at DESC, t.id DESC LIMIT {_RECENT}) AS t"
            f" WHERE {self.seen} AND {sql} LIMIT {MOST + 1}) AS x)"
            for sql in self.capped.values()
        )
        return f"SELECT ARRAY[{each}]::int8[]" if each else "SELECT '{}'::int8[]"

    @property
    def _few(self) -> str:
        each = ", ".join(
            f"(SELECT count(*) FROM {filters.only(ids)} AS t WHERE {self.seen} AND {sql})"
            for ids, sql in self.few.values()
        )
        return f"SELECT ARRAY[{each}]::int8[]" if each else "SELECT '{}'::int8[]"

    @property
    def _total(self) -> str:
        return f"(SELECT count(*) FROM ticket t WHERE t.workspace_id = $1 AND {_ACTIVE})"


async def counts(
    tx: Tx, views: Sequence[View], *, builtins: Sequence[str], kept: bool = True
) -> dict[str, Count]:
    """Counts by view id, those of teams as ``team:ID``; ``kept`` ones serve, if they are young."""
    key = (
        tx.workspace_id,
        tx.actor.agent_id,
        msgspec.json.encode(permissions.ticket_reach(tx.actor, "ticket:read")),
        tuple((view.id, view.version) for view in views),
        tuple(builtins),
    )
    last = _kept.get(key)
    if kept and last is not None and time.monotonic() < last.until:
        return last.counts
    started = time.monotonic()
    active, found = await _count(tx, views, builtins)
    now = time.monotonic()
    if active > _SMALL:
        hold = min(max(_KEEP_SECONDS, _SHARE * (now - started)), _LONGEST)
        _kept[key] = _Kept(found, now + hold)
        _kept.move_to_end(key)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


async def _count(
    tx: Tx, views: Sequence[View], builtins: Sequence[str]
) -> tuple[int, dict[str, Count]]:
    statement = _Statement(tx)
    for view_id in builtins:
        statement.add_builtin(view_id)
    if views:
        statuses = await repository.statuses(tx)
        active = frozenset(status.id for status in statuses if status.category in ACTIVE)
        for view in views:
            await statement.add(view, active_statuses=active)
    row = await tx.db.fetchrow(statement.sql, *statement.args)
    if row is None:
        return 0, {}
    found = {
        key: Count(count if key in statement.own else count - exercises)
        for key, count, exercises in zip(
            statement.covered, row["covered"], row["exercises"], strict=True
        )
    }
    found |= dict(zip(statement.heap, map(Count, row["heap"]), strict=True))
    found |= dict(zip(statement.few, map(Count, row["few"]), strict=True))
    found |= {
        view_id: Count(min(count, MOST), count > MOST)
        for view_id, count in zip(statement.capped, row["capped"], strict=True)
    }
    drilled = row["drilled"]
    found |= {
        f"team:{team_id}": Count(count - drilled.get(team_id, 0))
        for team_id, count in row["teams"].items()
    }
    return row["active"], found
