"""The rows of a database in one canonical form: what is backed up is what is hashed.

Tables are found in the schema, so none is forgotten. Each is read in the order of its primary key, in
COPY's text form under fixed settings. Two things mean something in one server only and are written in
a form that means the same in any other: the transaction that wrote an event (only the order of the log
matters) and how far a reader of the log has come (the last event that it has seen).
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import asyncpg
import msgspec

# Rows that say nothing to another place: who runs now, who tries passwords, what was backed up.
PASSING = frozenset(
    {"archive_state", "backup_log", "login_failure", "migration", "node_lease", "rate_window"}
    | {"restored"}
)

SETTINGS = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0
"""
_TABLES = """
SELECT c.relname AS name,
    (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT array_agg(quote_ident(a.attname) || CASE WHEN a.attcollation = 0 THEN '' ELSE ' COLLATE "C"' END
                      ORDER BY k.place)
     FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k (number, place)
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
     WHERE i.indrelid = c.oid AND i.indisprimary) AS key
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname COLLATE "C"
"""
_SEQUENCES = """
SELECT sequencename::text AS name, last_value FROM pg_sequences
WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1
"""
# In the order of the log; a new number wherever the ids go back, and one for the rest between.
_LOG = """(SELECT l.*, 3 + count(*) FILTER (WHERE l.back) OVER (
    PARTITION BY l.workspace_id ORDER BY l.xid, l.id ROWS UNBOUNDED PRECEDING) AS place
  FROM (SELECT *, lag(id) OVER (PARTITION BY workspace_id ORDER BY xid, id) > id AS back FROM event) l) t"""
_SEEN = """(SELECT e.id FROM event e WHERE e.workspace_id = t.workspace_id AND (e.xid, e.id) <= (t.xid, t.id)
  ORDER BY e.xid DESC, e.id DESC LIMIT 1)"""

_SOURCES = {"event": _LOG}
_ORDERS = {"event": "t.workspace_id, t.xid, t.id"}
_VALUES = {
    ("event", "xid"): "t.place",
    ("consumer", "xid"): "0",
    ("consumer", "id"): f"coalesce({_SEEN}, 0)",
}


class Table(msgspec.Struct, frozen=True):
    """One table: what is read of it, in which order."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def query(self) -> str:
        """Reads it in its canonical form. All names come from the catalogue of the database."""
        values = ", ".join(
            _VALUES.get((self.name, column), f't."{column}"') for column in self.columns
        )
        source = _SOURCES.get(self.name, f'"{self.name}" t')
        order = _ORDERS.get(self.name) or ", ".join(self.key) or "t::text"
        return f"SELECT {values} FROM {source} ORDER BY {order}"


class Digest(msgspec.Struct, frozen=True):
    """What a stream of rows came to."""

    sha256: str
    rows: int


Sink = Callable[[bytes], Awaitable[None]]


async def begin_reading(connection: Any) -> Any:
    """A transaction that sees one moment of the database and writes nothing, with fixed settings."""
    transaction = connection.transaction(isolation="repeatable_read", readonly=True)
    await transaction.start()
    await connection.execute(SETTINGS)
    return transaction


async def tables(connection: Any, *, without: frozenset[str] = PASSING) -> list[Table]:
    """All tables but the passing ones."""
    return [
        Table(row["name"], tuple(row["columns"]), tuple(row["key"] or ()))
        for row in await connection.fetch(_TABLES)
        if row["name"] not in without
    ]


async def sequences(connection: Any) -> dict[str, int]:
    """How far each sequence has come."""
    return {row["name"]: row["last_value"] for row in await connection.fetch(_SEQUENCES)}


async def read(
    connection: asyncpg.Connection[Any], query: str, *, into: Sink | None = None
) -> Digest:
    """Stream a query's rows in COPY's text form, one line a row. Nothing is kept in memory."""
    hashed = hashlib.sha256()
    rows = 0

    async def take(data: bytes) -> None:
        nonlocal rows
        hashed.update(data)
        rows += data.count(b"\n")  # within a value it is written as \n
        if into is not None:
            await into(data)

    await connection.copy_from_query(query, output=take)
    return Digest(hashed.hexdigest(), rows)


def combined(found: Mapping[str, Digest], files: Iterable[tuple[int, str]]) -> str:
    """One hash of all rows and all files."""
    lines = [f"rows {name} {one.sha256} {one.rows}" for name, one in found.items() if one.rows]
    lines += [f"file {workspace_id} {sha256}" for workspace_id, sha256 in files]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


async def digest(connection: Any) -> tuple[str, int]:
    """The content hash of a database and the files that it names, and the number of rows."""
    transaction = await begin_reading(connection)
    try:
        found = {t.name: await read(connection, t.query) for t in await tables(connection)}
        named = await files(connection)
    finally:
        await transaction.rollback()
    return combined(found, named), sum(one.rows for one in found.values())


# Columns with the name of a file in the store. A test looks for further ones in the schema.
FILES = (
    ("file", "sha256"),
    ("envelope", "sha256"),
    ("model_version", "sha256"),
    ("model_version", "measured"),
)
NOT_FILES = frozenset(
    {("article_learning", "sha256"), ("backup_log", "sha256"), ("migration", "sha256")}
)


async def files(connection: Any, *, workspace_id: int | None = None) -> list[tuple[int, str]]:
    """Workspace and name of every file that a row names."""
    there = {row["name"] for row in await connection.fetch(_TABLES)}  # an older release has fewer
    parts = [
        f"SELECT workspace_id, {column} AS sha256 FROM {table}"
        f" WHERE {column} IS NOT NULL AND $1::bigint IN (0, workspace_id)"
        for table, column in FILES
        if table in there
    ]
    rows = await connection.fetch(" UNION ".join(parts) + " ORDER BY 1, 2", workspace_id or 0)
    return [(row["workspace_id"], row["sha256"]) for row in rows]
