"""The limit: pgbench sends what our own requests send, with as many clients.

Real requests run in this process against the same database with a recorder in between; each becomes
one pgbench script. New ids become random variables, so that a script can run again and again; all
other values stand as they were sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import httpx2
import msgspec

from yizhan.app import web
from yizhan.app.bench.workloads import Request
from yizhan.kernel import db, errors, numbers
from yizhan.kernel.db import APP_ROLE
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Db, Tx

_PLACE = re.compile(r"\$(\d+)")
_TEXT = re.compile(r"(?<![\w'])'((?:[^']|'')*)'")
_MOST_SCRIPTS = 60
_SMALL = 1 << 53  # below it a number may stand in a text by chance


class BenchFailed(errors.Unavailable):
    """A request of the workload, or pgbench, was refused."""


class Sent(msgspec.Struct):
    """One statement with its values."""

    sql: str
    args: tuple[Any, ...]


class _Recording(Db):
    """Writes down every statement that goes by."""

    __slots__ = ("sent",)

    def __init__(self, connection: Any, sent: list[Sent]) -> None:
        super().__init__(connection)
        self.sent = sent

    async def fetch(self, sql: str, *args: Any) -> Any:
        self.sent.append(Sent(sql, args))
        return await super().fetch(sql, *args)

    async def fetchrow(self, sql: str, *args: Any) -> Any:
        self.sent.append(Sent(sql, args))
        return await super().fetchrow(sql, *args)

    async def fetchval(self, sql: str, *args: Any) -> Any:
        self.sent.append(Sent(sql, args))
        return await super().fetchval(sql, *args)

    async def execute(self, sql: str, *args: Any) -> str:
        self.sent.append(Sent(sql, args))
        return await super().execute(sql, *args)


class _Numbers:
    """Writes down the numbers that a request was given: they are new, too."""

    def __init__(self, base: numbers.Numbers, fresh: list[int]) -> None:
        self.base = base
        self.fresh = fresh

    async def next(self, workspace_id: int, kind: str, *, first: int = 1) -> int:
        value = await self.base.next(workspace_id, kind, first=first)
        self.fresh.append(value)
        return value


class Recorder(db.Database):
    """A database that records transactions and the ids that they make."""

    def __init__(self, base: db.Database) -> None:
        super().__init__(base.pool, base.dsn)
        self.notifier = base.notifier  # one line for both
        base_new = base.new_id
        self.fresh: list[int] = []
        self.sent: list[Sent] = []

        def new_id(*, after: int | None = None) -> int:
            value = base_new(after=after)
            self.fresh.append(value)
            return value

        self.new_id = new_id  # type: ignore[assignment] # a generator that also writes down
        self.numbers = _Numbers(base.numbers, self.fresh)  # type: ignore[assignment] # writes down too

    @contextlib.asynccontextmanager
    async def begin(self, actor: Any) -> AsyncIterator[Tx]:
        async with super().begin(actor) as tx:
            tx.db = _Recording(tx.db.connection, self.sent)
            yield tx


def _literal(value: Any, fresh: dict[int, str]) -> str:
    """A value as pgbench sends it: a variable for a new id, else a literal."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return fresh.get(value, str(value))
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, list | tuple) and value and all(type(item) is int for item in value):
        return "ARRAY[" + ", ".join(_literal(item, fresh) for item in value) + "]::bigint[]"
    cast = "::jsonb" if isinstance(value, dict) else ""
    return _quote(_text(value), fresh) + cast


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    if isinstance(value, list | tuple):
        return "{" + ",".join(_element(item) for item in value) + "}"
    return str(value)


def _element(item: Any) -> str:
    if item is None:
        return "NULL"
    if isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    return '"' + _text(item).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _quote(raw: str, fresh: dict[int, str]) -> str:
    """A string literal; new ids within it (in arrays) are joined in from their variables."""
    escaped = raw.replace("'", "''")
    prefix = ""
    if "\\" in escaped or ":" in escaped:
        # pgbench would read ":true" within a text as one of its variables.
        prefix, escaped = "E", escaped.replace("\\", "\\\\").replace(":", "\\072")
    for number, name in fresh.items():
        if number > _SMALL and str(number) in escaped:
            escaped = escaped.replace(str(number), f"' || ({name})::text || {prefix}'")
    body = f"{prefix}'{escaped}'"
    return f"({body})" if " || " in body else body


def script(sent: Iterable[Sent], fresh: list[int], workspace_id: int) -> str:
    """One request as a pgbench script."""
    names = {value: f":id{n}::bigint" for n, value in enumerate(fresh)}
    lines = [f"\\set id{n} random(1000000000000, 100000000000000000)" for n in range(len(fresh))]
    lines.append(f"BEGIN; SET LOCAL yizhan.workspace = '{workspace_id}';")
    lines += [_statement(item, names) for item in sent]
    lines.append("COMMIT;")
    return "\n".join(lines) + "\n"


def _statement(item: Sent, names: dict[int, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return _literal(item.args[int(match.group(1)) - 1], names)

    sql = _TEXT.sub(_plain, item.sql)
    return " ".join(_PLACE.sub(value, sql).split("\n")).strip() + ";"


def _plain(match: re.Match[str]) -> str:
    """A text of the statement itself, such as the pattern of a time."""
    return _quote(match.group(1).replace("''", "'"), {})


class Recorded(msgspec.Struct, frozen=True):
    """Scripts for pgbench, and how many statements one unit of work sent on average."""

    paths: list[Path]
    statements: float


Work = Callable[[Edge], Awaitable[None]]


async def record_work(
    edge: Edge, works: Iterable[Work], *, folder: Path, workspace_id: int
) -> Recorded:
    """Do some work in this process with an edge that writes down, one script for each."""
    recorder = Recorder(edge.database)
    recording = Edge(config=edge.config, database=recorder, store=edge.store, vault=edge.vault)
    paths, statements = [], 0
    for n, work in enumerate(works):
        recorder.fresh.clear()
        recorder.sent.clear()
        await work(recording)
        statements += len(recorder.sent)
        path = folder / f"{n}.sql"
        path.write_text(script(recorder.sent, list(recorder.fresh), workspace_id), "utf-8")
        paths.append(path)
    return Recorded(paths, statements / max(1, len(paths)))


async def record(
    edge: Edge, *, token: str, requests: list[Request], folder: Path, workspace_id: int
) -> Recorded:
    """Run requests in this process and write one script each."""
    clients: dict[int, httpx2.AsyncClient] = {}

    def work(request: Request) -> Work:
        async def ask(recording: Edge) -> None:
            if id(recording) not in clients:
                transport = httpx2.ASGITransport(cast(Any, web.create_app(recording)))
                clients[id(recording)] = httpx2.AsyncClient(
                    transport=transport, base_url="http://bench"
                )
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            answer = await clients[id(recording)].request(
                request.method, request.path, content=request.body, headers=headers
            )
            if answer.status_code >= 400:
                raise BenchFailed(answer.text)

        return ask

    try:
        works = [work(request) for request in requests[:_MOST_SCRIPTS]]
        return await record_work(edge, works, folder=folder, workspace_id=workspace_id)
    finally:
        for client in clients.values():
            await client.aclose()


async def run(binary: str, dsn: str, scripts: list[Path], *, clients: int, seconds: int) -> float:
    """Transactions a second that pgbench reaches with these scripts."""
    arguments = [
        binary,
        "-n",
        "-M",
        "prepared",
        "-c",
        str(clients),
        "-j",
        str(min(clients, 2)),
        "-T",
        str(seconds),
    ]
    for path in scripts:
        arguments += ["-f", str(path)]
    process = await asyncio.create_subprocess_exec(
        *arguments,
        dsn,
        env={"PGOPTIONS": f"-c role={APP_ROLE} -c jit=off"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, error = await process.communicate()
    found = re.search(rb"tps = ([0-9.]+)", out)
    if process.returncode or found is None:
        raise BenchFailed(f"pgbench: {error.decode()[-2000:]}")
    return float(found.group(1))
