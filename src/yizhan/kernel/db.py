"""The database of this process: a pool, ids, and the one place where transactions begin and commit."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any

import asyncpg
import msgspec
import structlog

from yizhan.kernel import clock, errors, ids, notify, numbers, timing
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

APP_ROLE = "yizhan_app"
# Seconds. What a living server answers at once tells a dead line early; a look takes a little more.
_SOON = 10.0
_LOOK = 20.0
_LEASE_SECONDS = 60
_TAKE_NODE = """
UPDATE node_lease SET holder = $1, expires_at = now() + make_interval(secs => $2)
WHERE node = (SELECT node FROM node_lease WHERE expires_at < now() ORDER BY expires_at, node LIMIT 1
              FOR UPDATE SKIP LOCKED)
RETURNING node
"""
_KEEP_NODE = """
UPDATE node_lease SET expires_at = now() + make_interval(secs => $3) WHERE node = $1 AND holder = $2
RETURNING node
"""


# The server went away, or is no longer the one that takes writes.
_GONE = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.TooManyConnectionsError,
    TimeoutError,  # nothing within a transaction waits for anything but the database
)
# Where there is no transaction yet, the driver's own faults mean the same.
_NO_LINE = (OSError, asyncpg.InterfaceError, asyncpg.InternalClientError, *_GONE)


class DatabaseDown(errors.Unavailable):
    """The database cannot be reached right now; try again soon."""


class DatabaseBusy(errors.Unavailable):
    """Others changed the same at the same moment; nothing was changed, try again."""


async def _set_up(connection: Any) -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name, schema="pg_catalog", encoder=_encode, decoder=msgspec.json.decode, format="text"
        )


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


async def _keep(_connection: Any) -> None:
    """Nothing to reset: all that a transaction sets is local to it."""


class Database:
    """One process's way to the database. Make it with :func:`connect`."""

    def __init__(self, pool: Any, dsn: str, *, direct: str = "", nats: str = "") -> None:
        """``direct``: the address past a transaction pooler that ``dsn`` leads to."""
        self.pool = pool
        self.dsn = dsn
        self.direct = direct or dsn
        # Behind a pooler a session's settings are nobody's: each transaction begins with its own.
        self._begin = (
            f"BEGIN; SET LOCAL ROLE {APP_ROLE}; SET LOCAL jit = off" if direct else "BEGIN"
        )
        self._pooled = bool(direct)
        self.new_id = ids.Generator(0)
        self.numbers = numbers.Numbers(self._take_numbers)
        self.bus = _bus(nats, self.listen_connection)
        self.notifier = notify.Notifier(self.bus)
        self._holder = f"{socket.gethostname()}:{os.getpid()}"
        self._lease: asyncio.Task[None] | None = None
        self._side: Any = None
        self._side_lock = asyncio.Lock()

    async def listen_connection(self) -> Any:
        """A connection outside of the pool and of any pooler, for LISTEN and NOTIFY."""
        return await asyncpg.connect(
            self.direct,
            timeout=10,
            command_timeout=60,
            server_settings={"role": APP_ROLE, "application_name": "yizhan notify"},
        )

    async def open(self) -> None:
        """Take a node number and keep its lease while this process runs."""
        await self._set_clock()
        node = await self._value(_TAKE_NODE, self._holder, _LEASE_SECONDS)
        if node is None:
            raise errors.Unavailable("All 1024 node numbers are in use by running processes.")
        self.new_id = ids.Generator(node)
        self._lease = asyncio.create_task(self._keep_lease())

    async def _set_clock(self) -> None:
        """Ask what time it is at the database, and go by that."""
        believed = clock.now() - clock.own()
        asked = clock.own()
        theirs: datetime = await self._value("SELECT clock_timestamp()")
        ahead = clock.correct(theirs, asked=asked, answered=clock.own())
        if abs(ahead + believed) > clock.TOLERATED:
            logger.warning("clock_differs", ahead_seconds=round(ahead.total_seconds()))

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(_LEASE_SECONDS / 4)
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._set_clock()
                kept = await self._value(_KEEP_NODE, self.new_id.node, self._holder, _LEASE_SECONDS)
                if kept is None:  # frozen for over a minute, and somebody else has it now
                    node = await self._value(_TAKE_NODE, self._holder, _LEASE_SECONDS)
                    if node is not None:
                        self.new_id.node = node

    async def close(self) -> None:
        """Give back the node number and close all connections."""
        if self._lease is not None:
            self._lease.cancel()
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await self._fetch(
                    "UPDATE node_lease SET expires_at = '-infinity' WHERE node = $1 AND holder = $2",
                    self.new_id.node,
                    self._holder,
                )
        await self.notifier.close()
        await self.bus.close()
        if self._side is not None:
            await self._side.close()
        try:
            async with asyncio.timeout(5):
                await self.pool.close()
        except TimeoutError:
            self.pool.terminate()

    async def _take_numbers(
        self, workspace_id: int, kind: str, sql: str, size: int, first: int
    ) -> int:
        # Not from the pool: all of that may be held by transactions which wait for this very number.
        async with self._side_lock:
            try:
                async with asyncio.timeout(
                    _SOON
                ):  # everybody who wants a number waits for this one
                    start = await self._take(workspace_id, sql, kind, size, first)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                side, self._side = self._side, None
                if side is not None:
                    _end(side)
                raise
        return start

    async def _take(self, workspace_id: int, sql: str, *args: Any) -> int:
        if self._side is None or self._side.is_closed():
            self._side = await self.listen_connection()
            self._side.add_termination_listener(self._forget_numbers)
        async with self._side.transaction():
            await self._side.execute(f"SET LOCAL yizhan.workspace = '{workspace_id:d}'")
            start: int = await self._side.fetchval(sql, workspace_id, *args)
        return start

    def _forget_numbers(self, _connection: Any) -> None:
        self.numbers.forget()

    @contextlib.asynccontextmanager
    async def begin(self, actor: Actor) -> AsyncIterator[Tx]:
        """A transaction for an actor, in that actor's workspace. Commits when the block ends well.

        Errors: :class:`DatabaseDown` when there is no connection.
        """
        asked = timing.clock()
        try:
            connection = await self.pool.acquire(timeout=10)
        except _NO_LINE as error:
            raise DatabaseDown from error
        timing.pooled(timing.clock() - asked)
        try:
            # BEGIN and the tenant in one round trip; the setting ends with the transaction.
            await connection.execute(
                f"{self._begin}; SET LOCAL yizhan.workspace = '{actor.workspace_id:d}'",
                timeout=_SOON,
            )
            tx = Tx(connection, actor=actor, new_id=self.new_id, numbers=self.numbers)
            yield tx
            emitted, queued = await tx.flush()
            await connection.execute("COMMIT")
        except Exception as error:
            if _gone(error, connection):
                await self._lost(connection, error)
                raise DatabaseDown from error
            await self._roll_back(connection)
            if isinstance(error, asyncpg.TransactionRollbackError):  # deadlock, serialization
                raise DatabaseBusy from error
            raise
        except BaseException:
            await self._roll_back(connection)
            raise
        finally:
            await self.pool.release(connection)
        tx.done()
        if emitted or queued:
            self.notifier.poke(actor.workspace_id, emitted=emitted, queued=queued)

    async def _roll_back(self, connection: Any) -> None:
        try:
            await asyncio.shield(connection.execute("ROLLBACK", timeout=_SOON))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncio.CancelledError):
            _end(connection)

    async def _lost(self, connection: Any, error: Exception) -> None:
        """A connection is dead. Where it fell silent, the idle ones beside it are dead too, and none
        of them should cost the next request the same wait."""
        _end(connection)
        self.numbers.forget()
        if isinstance(error, TimeoutError):
            await self.pool.expire_connections()

    async def lookup(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        """A read before there is an actor: only SECURITY DEFINER functions answer it."""
        began = timing.clock()
        try:
            rows = await self._fetch(sql, *args)
        except _NO_LINE as error:
            raise DatabaseDown from error
        timing.note(sql, began)
        return rows

    async def _fetch(self, sql: str, *args: Any) -> list[asyncpg.Record]:
        """One statement without a tenant. Behind a pooler it takes a transaction: the two halves of a
        statement with arguments could reach two servers otherwise."""
        if not self._pooled:
            async with self.pool.acquire(timeout=10) as connection:
                try:
                    found: list[asyncpg.Record] = await connection.fetch(sql, *args, timeout=_LOOK)
                except TimeoutError as error:
                    await self._lost(connection, error)
                    raise
            return found
        async with self.pool.acquire(timeout=10) as connection:
            await connection.execute(self._begin)
            try:
                found = await connection.fetch(sql, *args)
                await connection.execute("COMMIT")
            except BaseException:
                await self._roll_back(connection)
                raise
            return found

    async def _value(self, sql: str, *args: Any) -> Any:
        rows = await self._fetch(sql, *args)
        return rows[0][0] if rows else None


def _gone(error: Exception, connection: Any) -> bool:
    """Whether a fault is the database's going away, not ours."""
    if isinstance(error, _GONE):
        return True
    if not isinstance(error, OSError | asyncpg.InterfaceError | asyncpg.InternalClientError):
        return False
    try:
        closed: bool = connection.is_closed()
    except asyncpg.InterfaceError:  # the pool took it back when its other end vanished
        return True
    return closed


def _end(connection: Any) -> None:
    """Close without a word to the other side; the pool may have done so already."""
    with contextlib.suppress(asyncpg.InterfaceError):
        connection.terminate()


def _bus(nats: str, connection: Callable[[], Awaitable[Any]]) -> notify.Bus:
    if not nats:
        return notify.PostgresBus(connection)
    from yizhan.kernel import nats_bus  # noqa: PLC0415 -- one machine needs none

    return nats_bus.NatsBus(nats)


async def connect(dsn: str, *, pool: int = 16, direct: str = "", nats: str = "") -> Database:
    """Open the pool of this process. All that runs in it runs as the role that row-level security binds.

    ``direct``: set where ``dsn`` leads to a transaction pooler; it leads past it. ``nats``: servers
    that carry wake-ups.
    """
    ours = {"application_name": "yizhan", "timezone": "UTC"}
    more: dict[str, Any] = {
        "init": _set_up,
        "server_settings": {**ours, "role": APP_ROLE, "jit": "off"},
    }
    if direct:
        # No prepared statements, no settings of a session: the next transaction has another server.
        more = {"init": _set_up_pooled, "server_settings": ours, "statement_cache_size": 0}
    opened = await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=pool,
        reset=_keep,
        max_inactive_connection_lifetime=300,
        command_timeout=60,
        **more,
    )
    database = Database(opened, dsn, direct=direct, nats=nats)
    await database.open()
    return database


async def _set_up_pooled(connection: Any) -> None:
    async with connection.transaction():
        await _set_up(connection)
