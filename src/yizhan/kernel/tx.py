"""A transaction as services see it: a connection, an actor, a moment, and what follows from it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import asyncpg
import msgspec

from yizhan.kernel import clock, events, telemetry, timing
from yizhan.kernel.actor import Actor

T = TypeVar("T")

_WRITE_EVENTS = """
INSERT INTO event (workspace_id, id, type, at, actor, ticket_id, data, ip)
SELECT $1, u.id, u.type, $2, $3, u.ticket_id, u.data, $8
FROM unnest($4::bigint[], $5::text[], $6::bigint[], $7::jsonb[]) AS u (id, type, ticket_id, data)
"""

_WRITE_JOBS = """
INSERT INTO pgqueuer (priority, status, entrypoint, payload, dedupe_key, execute_after, headers)
SELECT u.priority, 'queued', u.entrypoint, u.payload, u.key, coalesce(u.at, now()), u.headers
FROM unnest($1::int[], $2::text[], $3::bytea[], $4::text[], $5::timestamptz[], $6::jsonb[])
     AS u (priority, entrypoint, payload, key, at, headers)
ON CONFLICT DO NOTHING
"""


class Db:
    """The connection of a transaction: asyncpg's calls, and rows as typed structs."""

    __slots__ = ("connection", "statements")

    def __init__(self, connection: Any) -> None:
        self.connection: asyncpg.Connection[asyncpg.Record] = connection
        self.statements = 0

    async def fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        rows: list[asyncpg.Record] = await self._timed(sql, self.connection.fetch(sql, *args))
        return rows

    async def fetchrow(self, sql: str, *args: Any) -> asyncpg.Record | None:
        return await self._timed(sql, self.connection.fetchrow(sql, *args))

    async def fetchval(self, sql: str, *args: Any) -> Any:
        return await self._timed(sql, self.connection.fetchval(sql, *args))

    async def execute(self, sql: str, *args: Any) -> str:
        tag: str = await self._timed(sql, self.connection.execute(sql, *args))
        return tag

    async def executemany(self, sql: str, args: Sequence[Sequence[Any]]) -> None:
        await self._timed(sql, self.connection.executemany(sql, args))

    async def _timed(self, sql: str, answer: Awaitable[T]) -> T:
        self.statements += 1
        began = timing.clock()
        try:
            found = await answer
        except BaseException:
            timing.note(sql, began, failed=True)
            raise
        timing.note(sql, began)
        return found

    async def fetch_as(self, kind: type[T], sql: str, *args: Any) -> list[T]:
        """Rows as structs; columns are named like the struct's fields."""
        return [kind(**row) for row in await self.fetch(sql, *args)]

    async def fetchrow_as(self, kind: type[T], sql: str, *args: Any) -> T | None:
        """One row as a struct, or None."""
        row = await self.fetchrow(sql, *args)
        return None if row is None else kind(**row)

    async def returned_as(self, kind: type[T], sql: str, *args: Any) -> T:
        """The row that a statement always gives: of an INSERT, or an UPDATE of a row locked before.

        Errors: LookupError when it gave none, which is a mistake of ours.
        """
        row = await self.fetchrow_as(kind, sql, *args)
        if row is None:
            raise LookupError(f"{kind.__name__}: the statement gave no row")
        return row


class Job(msgspec.Struct, frozen=True):
    """A job waiting to be written with its transaction."""

    name: str
    payload: dict[str, Any]
    key: str | None
    at: datetime | None
    priority: int
    headers: dict[str, Any] | None  # the trace that it belongs to


class Tx:
    """All that a service sees of the outside. Only the edge begins, commits or rolls back."""

    __slots__ = (
        "_after",
        "_events",
        "_jobs",
        "_reacted",
        "actor",
        "db",
        "new_id",
        "now",
        "numbers",
    )

    def __init__(
        self, connection: Any, *, actor: Actor, new_id: Callable[..., int], numbers: Any = None
    ) -> None:
        self.db = Db(connection)
        self.actor = actor
        self.now = clock.now()
        self.new_id = new_id
        self.numbers = numbers
        self._events: list[tuple[int, events.Event]] = []
        self._jobs: list[Job] = []
        self._after: list[Callable[[], None]] = []
        self._reacted = 0

    @property
    def workspace_id(self) -> int:
        return self.actor.workspace_id

    def emit(self, event: events.Event) -> None:
        """Write an event with this transaction."""
        self._events.append((self.new_id(), event))

    def defer(
        self,
        job: str,
        *,
        key: str | None = None,
        at: datetime | None = None,
        priority: int = 0,
        **payload: Any,
    ) -> None:
        """Queue a job with this transaction. A ``key`` that is queued or running already is not queued again."""
        full = {"workspace_id": self.workspace_id, **payload}
        self._jobs.append(Job(job, full, key, at, priority, telemetry.carried()))

    def after_commit(self, run: Callable[[], None]) -> None:
        """Call a plain function in this process after the commit: for caches, never for work."""
        self._after.append(run)

    async def settle(self) -> None:
        """Run the reactors of everything emitted so far, also of what they emit themselves."""
        while self._reacted < len(self._events):
            _, event = self._events[self._reacted]
            self._reacted += 1
            for react in events.reactors_of(event):
                await react(self, event)

    @contextlib.asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """A part that fails alone: its rows, events and jobs go, the rest of the transaction stays."""
        await self.settle()
        emitted, queued, after = len(self._events), len(self._jobs), len(self._after)
        await self.db.execute("SAVEPOINT attempt")
        try:
            yield
            await self.settle()
        except BaseException:
            await self.db.execute("ROLLBACK TO SAVEPOINT attempt; RELEASE SAVEPOINT attempt")
            del self._events[emitted:], self._jobs[queued:], self._after[after:]
            self._reacted = emitted
            raise
        await self.db.execute("RELEASE SAVEPOINT attempt")

    async def flush(self) -> tuple[bool, bool]:
        """Write events and jobs. Returns whether there were any of each. For the edge only."""
        await self.settle()
        emitted, jobs = self._events, self._jobs
        if emitted:
            await self.db.execute(
                _WRITE_EVENTS,
                self.workspace_id,
                self.now,
                self.actor.stamp(),
                [number for number, _ in emitted],
                [events.tag_of(type(event)) for _, event in emitted],
                [getattr(event, "ticket_id", None) for _, event in emitted],
                [events.data_of(event) for _, event in emitted],
                # For the audit log; where a customer writes from is nobody's business.
                self.actor.ip or None if self.actor.kind in ("agent", "token") else None,
            )
        if jobs:
            await self.db.execute(
                _WRITE_JOBS,
                [job.priority for job in jobs],
                [job.name for job in jobs],
                [msgspec.json.encode(job.payload) for job in jobs],
                [job.key for job in jobs],
                [job.at for job in jobs],
                [job.headers for job in jobs],
            )
        return bool(emitted), bool(jobs)

    def done(self) -> None:
        """Call what waits for the commit. For the edge only."""
        for run in self._after:
            run()

    @property
    def emitted(self) -> list[events.Event]:
        """What this transaction has emitted so far, in order."""
        return [event for _, event in self._events]
