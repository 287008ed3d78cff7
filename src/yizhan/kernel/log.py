"""The log's readers: one loop that drives every registered consumer, workspace by workspace."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Sequence
from datetime import datetime

import asyncpg
import structlog

from yizhan.kernel import errors, events, ids, metrics, notify, telemetry
from yizhan.kernel.actor import system
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

_SWEEP_SECONDS = 3.0
# Between two looks of one reader, and between two sweeps at least: what is written meanwhile comes together.
_FOLD_SECONDS = 0.2

# Rows of a transaction that still runs, and of every later one, wait: none can slip in behind us. In order by
# the column of the table and not by the number that is made of it, which no index knows.
_READ = """
SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data
FROM event
WHERE workspace_id = $1 AND (xid, id) > ($2::text::xid8, $3) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY event.xid, id LIMIT $4
"""
# A reader's place, held, and what lies behind it. A place without news gives one row of NULLs.
_TAKE = """
WITH place AS MATERIALIZED (
  SELECT xid, id, failures FROM consumer WHERE workspace_id = $1 AND name = $2 FOR UPDATE SKIP LOCKED
)
SELECT p.failures, e.* FROM place p LEFT JOIN LATERAL (
  SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data FROM event
  WHERE workspace_id = $1 AND (xid, id) > (p.xid, p.id) AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY event.xid, id LIMIT $3) AS e ON true ORDER BY e.xid, e.id
"""
_NEW = (
    "INSERT INTO consumer (workspace_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1"
)
_END = """
SELECT coalesce((SELECT xid::text::bigint FROM event WHERE workspace_id = $1
                   AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY event.xid DESC, id DESC LIMIT 1), 0),
       coalesce((SELECT id FROM event WHERE workspace_id = $1
                   AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY event.xid DESC, id DESC LIMIT 1), 0)
"""
# Ids grow with time: the range is read by the primary key.
_FIRST = """
WITH late AS MATERIALIZED (SELECT xid, id FROM event WHERE workspace_id = $1 AND id >= $2)
SELECT xid::text::bigint, id FROM late ORDER BY xid, id LIMIT 1
"""
_FUTURE = "SELECT $1::text::xid8 >= pg_snapshot_xmax(pg_current_snapshot())"


_AWAY = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable)
_CURSOR = re.compile(r"([0-9]{1,19})-([0-9]{1,19})")
_LARGEST = (1 << 63) - 1  # of the database's whole numbers


class BadCursor(errors.BadRequest):
    """This is not a cursor of the event log."""


class Position(tuple[int, int]):
    """A place in a workspace's log: the writing transaction, then the id."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str | None) -> Position:
        """Read ``xid-id``; nothing and ``0`` are the beginning. Errors: :class:`BadCursor`."""
        if not text or text == "0":
            return cls((0, 0))
        found = _CURSOR.fullmatch(text)
        place = (int(found[1]), int(found[2])) if found else (_LARGEST + 1, 0)
        if max(place) > _LARGEST:
            raise BadCursor
        return cls(place)

    def __str__(self) -> str:
        return f"{self[0]}-{self[1]}"


async def read(tx: Tx, *, after: Position, limit: int = 200) -> list[events.Logged]:
    """Events behind a position, oldest first, without gaps: later calls never show an earlier event."""
    return await tx.db.fetch_as(
        events.Logged, _READ, tx.workspace_id, str(after[0]), after[1], limit
    )


async def end(tx: Tx) -> Position:
    """The last readable position of the log."""
    row = await tx.db.fetchrow(_END, tx.workspace_id)
    return Position((row[0], row[1])) if row else Position((0, 0))


async def found_again(tx: Tx, position: Position) -> Position | None:
    """Where a position of another server's life is in this one; None when it is of this one.

    Transactions are numbered by the server. After a restore whoever read the log before holds a number
    that is yet to come, and would hear nothing until then. Ids only grow, so the events with larger ones
    are those that were not read, and a few that were.
    """
    if not await tx.db.fetchval(_FUTURE, str(position[0])):
        return None
    row = await tx.db.fetchrow(_FIRST, tx.workspace_id, position[1] + 1)
    return Position((row[0], row[1] - 1)) if row else await end(tx)


async def before(tx: Tx, moment: datetime) -> Position:
    """The position behind which everything lies that happened from a moment on."""
    row = await tx.db.fetchrow(
        _FIRST, tx.workspace_id, ids.first_at(int(moment.timestamp() * 1000))
    )
    return Position((row[0], row[1] - 1)) if row else await end(tx)


async def _taken(tx: Tx, consumer: events.Consumer) -> tuple[list[events.Logged], bool]:
    """What a consumer has not read yet, its place held, and whether there may be more; nothing when another
    process reads. After a failure one event at a time, so that all before the one that fails is done."""
    values = (tx.workspace_id, consumer.name, consumer.batch)
    rows = await tx.db.fetch(_TAKE, *values)
    if not rows and await tx.db.fetchval(_NEW, *values[:2]):
        rows = await tx.db.fetch(_TAKE, *values)
    found = [events.Logged(*row[1:]) for row in rows if row["id"] is not None]
    if found and rows[0]["failures"]:
        return found[:1], True
    return found, len(found) == consumer.batch


async def _step(database: Database, consumer: events.Consumer, workspace_id: int) -> bool:
    """Hand one batch to a consumer. Returns whether there may be more for it."""
    async with database.begin(system(workspace_id, name=consumer.name)) as tx:
        batch, more = await _taken(tx, consumer)
        if not batch:
            return False
        with telemetry.work(
            f"consumer {consumer.name}", workspace_id=workspace_id, events=len(batch)
        ):
            await consumer.run(tx, batch)
        await tx.db.execute(
            "UPDATE consumer SET xid = $3::text::xid8, id = $4, failures = 0, error = NULL, updated_at = now()"
            " WHERE workspace_id = $1 AND name = $2",
            workspace_id,
            consumer.name,
            str(batch[-1].xid),
            batch[-1].id,
        )
        metrics.consumer_events.labels(consumer.name).inc(len(batch))
        await tx.settle()
        return more or bool(tx.emitted)


async def catch_up(database: Database, consumer: events.Consumer, workspace_id: int) -> None:
    """Hand everything readable to a consumer."""
    while await _step(database, consumer, workspace_id):
        pass


class Reader:
    """Drives the consumers of this process: woken by notices, with a sweep behind them."""

    def __init__(self, database: Database, consumers: Sequence[events.Consumer]) -> None:
        self.database = database
        self.consumers = consumers
        self._due: dict[str, set[int]] = {consumer.name: set() for consumer in consumers}
        self._wake = {consumer.name: asyncio.Event() for consumer in consumers}
        self._not_before: dict[tuple[str, int], float] = {}

    def attach(self, listener: notify.Listener) -> None:
        listener.hear(notify.EVENTS, self._heard)

    def _heard(self, payload: str) -> None:
        workspaces = {int(part) for part in payload.split(",") if part}
        for name, due in self._due.items():
            due.update(workspaces)
            self._wake[name].set()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep())
            for consumer in self.consumers:
                group.create_task(self._drive(consumer))

    async def _sweep(self) -> None:
        """Find what no notice told of: lost ones, and what a transaction before it kept from being read."""
        names = list(self._due)
        while True:
            with contextlib.suppress(*_AWAY):
                for row in await self.database.lookup(
                    "SELECT * FROM yizhan_readers_behind($1::text[])", names
                ):
                    self._due[row["name"]].add(row["workspace_id"])
                    self._wake[row["name"]].set()
            await asyncio.sleep(_SWEEP_SECONDS)

    async def _drive(self, consumer: events.Consumer) -> None:
        wake = self._wake[consumer.name]
        while True:
            await wake.wait()
            wake.clear()
            due, self._due[consumer.name] = self._due[consumer.name], set()
            try:
                for workspace_id in due:
                    await self._serve(consumer, workspace_id)
            except _AWAY:
                await asyncio.sleep(0.5)  # the sweep finds again what was due
            await asyncio.sleep(_FOLD_SECONDS)

    async def _serve(self, consumer: events.Consumer, workspace_id: int) -> None:
        place = (consumer.name, workspace_id)
        if time.monotonic() < self._not_before.get(place, 0):
            return
        try:
            await catch_up(self.database, consumer, workspace_id)
            self._not_before.pop(place, None)
        except (OSError, asyncpg.PostgresConnectionError, errors.Unavailable):
            raise
        except Exception as error:
            metrics.consumer_failures.labels(consumer.name).inc()
            logger.exception("consumer_failed", consumer=consumer.name, workspace_id=workspace_id)
            self._not_before[place] = time.monotonic() + await self._note(
                consumer, workspace_id, error
            )

    async def _note(self, consumer: events.Consumer, workspace_id: int, error: Exception) -> float:
        """Keep the failure where `doctor` finds it. Returns the seconds to wait."""
        async with self.database.begin(system(workspace_id)) as tx:
            failures: int = await tx.db.fetchval(
                "UPDATE consumer SET failures = failures + 1, error = $3, updated_at = now()"
                " WHERE workspace_id = $1 AND name = $2 RETURNING failures",
                workspace_id,
                consumer.name,
                f"{type(error).__name__}: {error}"[:500],
            )
        return float(min(2 ** min(failures, 8), 120))
