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

# Rows of a transaction that still runs, and of every later one, wait: none can slip in behind us.
_READ = """
SELECT workspace_id, id, xid::text::bigint AS xid, type, at, actor, ticket_id, data
FROM event
WHERE workspace_id = $1 AND (xid, id) > ($2::text::xid8, $3) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid, id LIMIT $4
"""
_END = """
SELECT coalesce((SELECT xid::text::bigint FROM event WHERE workspace_id = $1
                   AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid DESC, id DESC LIMIT 1), 0),
       coalesce((SELECT id FROM event WHERE workspace_id = $1
                   AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid DESC, id DESC LIMIT 1), 0)
"""
# Ids grow with time: the range is read by the primary key.
_FIRST = """
WITH late AS MATERIALIZED (SELECT xid, id FROM event WHERE workspace_id = $1 AND id >= $2)
SELECT xid::text::bigint, id FROM late ORDER BY xid, id LIMIT 1
"""
_FUTURE = "SELECT $1::text::xid8 >= pg_snapshot_xmax(pg_current_snapshot())"


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


async def _step(database: Database, consumer: events.Consumer, workspace_id: int) -> int:
    """Hand one batch to a consumer. Returns the number of events, -1 if another process reads."""
    async with database.begin(system(workspace_id, name=consumer.name)) as tx:
        await tx.db.execute(
            "INSERT INTO consumer (workspace_id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            workspace_id,
            consumer.name,
        )
        row = await tx.db.fetchrow(
            "SELECT xid::text::bigint AS xid, id, failures FROM consumer"
            " WHERE workspace_id = $1 AND name = $2 FOR UPDATE SKIP LOCKED",
            workspace_id,
            consumer.name,
        )
        if row is None:
            return -1
        limit = 1 if row["failures"] else consumer.batch
        batch = await read(tx, after=Position((row["xid"], row["id"])), limit=limit)
        if not batch:
            return 0
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
        return len(batch)


async def catch_up(database: Database, consumer: events.Consumer, workspace_id: int) -> None:
    """Hand everything readable to a consumer."""
    while await _step(database, consumer, workspace_id) > 0:
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
            for consumer in self.consumers:
                group.create_task(self._drive(consumer))

    async def _drive(self, consumer: events.Consumer) -> None:
        wake = self._wake[consumer.name]
        swept = 0.0
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_SWEEP_SECONDS):  # wait_for can swallow a cancellation
                    await wake.wait()
            wake.clear()
            due, self._due[consumer.name] = self._due[consumer.name], set()
            try:
                if time.monotonic() - swept >= _SWEEP_SECONDS:
                    rows = await self.database.lookup(
                        "SELECT * FROM yizhan_behind($1)", consumer.name
                    )
                    due |= {row[0] for row in rows}
                    swept = time.monotonic()
                for workspace_id in due:
                    await self._serve(consumer, workspace_id)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.Unavailable):
                await asyncio.sleep(0.5)  # the sweep finds again what was due

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
