"""What goes into a support bundle. Put together from names of ours, numbers and ids.

Nothing that a person wrote is read for it, so nothing has to be cleaned out: no ticket, no contact, no
setting of a workspace, no address, no text of an error. Where a part cannot be had, it says so.
"""

from __future__ import annotations

import io
import platform
import re
import zipfile
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from typing import Any, get_args, get_origin

import asyncpg
import msgspec

from yizhan.domains.system import advising, recording, repository
from yizhan.domains.system.service import viewing
from yizhan.domains.system.types import Check
from yizhan.kernel import clock, errors, logtail, migrate
from yizhan.kernel.config import Config
from yizhan.kernel.db import Database

_MOST_LINES = 2000
_ERROR_TYPE = re.compile(r"[A-Za-z_]{3,60}(?=: |$)")
_FAULTS = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, errors.YizhanError)
# Checks whose details are numbers and names of ours; those of the others may hold a path or an address.
_PLAIN_CHECKS = frozenset(
    {
        "python",
        "disk",
        "isolation",
        "clock",
        "queue",
        "readers",
        "models",
        "migrations",
        "advice",
        "promises",
        "telemetry",
    }
)

README = """Yizhan 支持包 / support bundle

本包不含客户、工单、消息、人员、地址、密钥或设置的文本,只有本软件自己的名称、数字和编号。
This bundle holds no text of customers, tickets, messages, people, addresses, keys or settings: only
names of this software's own, numbers and ids. Each file can be read with any editor before it is sent.

version.json     版本与运行环境 · release and platform
settings.json    设置:数字与开关如实,其余只说明是否设置 · numbers and switches; of others whether they are set
doctor.json      yizhan doctor 的结果 · what yizhan doctor says
migrations.json  已执行的迁移 · migrations applied and missing
health.json      服务目标 · objectives by window
advice.json      数据库建议及证据 · what slows the database, with figures
statements.json  最耗时的语句 · the costliest statements
database.json    表与索引的大小和使用 · sizes and use of tables and indexes
queue.json       任务、定时器与日志读取 · jobs, timers, readers of the log
channels.json    渠道状态,地址已隐去 · channels, addresses masked
log.jsonl        最近的日志行 · last lines of the logs
errors.json      每小时错误计数 · errors by hour
"""


class Bundle(msgspec.Struct):
    """A bundle as bytes of a zip."""

    content: bytes
    files: list[str]
    missing: list[str]


Part = Callable[[Database], Awaitable[Any]]


def settings(config: Config) -> dict[str, Any]:
    """Numbers, switches and choices as they are; of everything else whether it is set."""
    defaults = Config()
    return {
        field.name: _setting(field.type, getattr(config, field.name), getattr(defaults, field.name))
        for field in msgspec.structs.fields(Config)
    }


def _setting(kind: Any, value: Any, default: Any) -> Any:
    if kind in (int, float, bool) or (get_origin(kind) is not None and value in get_args(kind)):
        return value
    if isinstance(value, tuple):
        return {"set": bool(value), "entries": len(value)}
    return {"set": value != default}


def doctor(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Names, verdicts and cures; details only where they cannot hold a path or an address."""
    return [
        {
            "name": check.name,
            "ok": check.ok,
            "cure": check.cure.en if check.cure and check.name != "advice" else None,
            **({"detail": check.detail} if check.name in _PLAIN_CHECKS else {}),
        }
        for check in checks
    ]


def _version() -> dict[str, Any]:
    return {
        "yizhan": viewing.version(),
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release().split("-")[0],
        "machine": platform.machine(),
        "made_at": clock.text(clock.now()),
    }


async def _migrations(database: Database) -> Any:
    rows = await database.lookup("SELECT * FROM yizhan_health_migrations()")
    known = {one.number: one.name for one in migrate.available()}
    seen = {row["number"] for row in rows}
    return {
        "applied": [row["name"] for row in rows],
        "missing": [name for number, name in sorted(known.items()) if number not in seen],
        "unknown": sorted(seen - set(known)),
    }


async def _health(database: Database) -> Any:
    counts = await repository.counts(database)
    return {
        "objectives": {
            name: {"target": one.target, "within": one.within}
            for name, one in (await recording.current(database)).items()
        },
        "windows": {
            window: {name: msgspec.to_builtins(count) for name, count in sorted(found.items())}
            for window, found in counts.items()
        },
    }


async def _database(database: Database) -> Any:
    return {
        "server": await repository.server(database),
        "tables": await repository.tables(database),
        "indexes": await repository.indexes(database),
        "transactions": await repository.transactions(database),
    }


async def _queue(database: Database) -> Any:
    jobs = await database.lookup(
        "SELECT entrypoint, status::text, count(*) AS count, max(attempts) AS attempts,"
        " min(execute_after) AS oldest FROM pgqueuer GROUP BY entrypoint, status ORDER BY 1, 2"
    )
    timers = await database.lookup("SELECT * FROM yizhan_health_timers()")
    readers = await database.lookup("SELECT * FROM yizhan_health_readers()")
    return {
        "jobs": [dict(row) for row in jobs],
        "timers": [dict(row) for row in timers],
        "readers": [dict(row) for row in readers],
    }


async def _channels(database: Database) -> Any:
    now = clock.now()
    return [
        {
            "workspace_id": str(row["workspace_id"]),
            "inbox_id": str(row["id"]),
            "channel": row["channel"],
            "address": "•••",
            "active": row["active"],
            "fetches": recording.fetches(row["channel"]),
            "fetched": recording.fetched(row, now, within=330),
            "last_in_at": row["last_in_at"],
            "last_out_at": row["last_out_at"],
            "last_error": error_type(row["last_error"]),
            "last_error_at": row["last_error_at"],
            "waiting": row["waiting"],
        }
        for row in await repository.inboxes(database)
    ]


def error_type(text: str | None) -> str | None:
    """The type of an error, that stands before its text; never the text."""
    if not text:
        return None
    found = _ERROR_TYPE.match(text)
    known = found and (found[0].endswith(("Error", "Exception", "Timeout")) or "_" in found[0])
    return found[0] if found and known else "?"


async def _log(database: Database) -> bytes:
    rows = await database.lookup(
        "SELECT at, process, line FROM log_line ORDER BY at DESC LIMIT $1", _MOST_LINES
    )
    return b"".join(
        msgspec.json.encode({"process": row["process"], **logtail.safe_again(row["line"])}) + b"\n"
        for row in reversed(rows)
    )


async def _errors(database: Database) -> Any:
    rows = await database.lookup(
        "SELECT slot, event, error, count FROM log_count WHERE slot > now() - interval '30 days'"
        " ORDER BY slot DESC, count DESC LIMIT 5000"
    )
    return [dict(row) for row in rows]


async def collect(database: Database | None, config: Config, *, checks: Iterable[Check]) -> Bundle:
    """Everything, as a zip. Without a database there is less in it."""
    files: dict[str, bytes] = {
        "README.txt": README.encode(),
        "version.json": _json(_version()),
        "settings.json": _json(settings(config)),
        "doctor.json": _json(doctor(checks)),
    }
    missing: list[str] = []

    async def advice(found: Database) -> Any:
        evidence = await viewing.gather(found, config, now=clock.now())
        files["statements.json"] = _json(
            {
                "source": evidence.source,
                "since": evidence.since,
                "statements": [viewing.statement(one) for one in evidence.statements],
            }
        )
        return advising.findings(evidence)

    parts: dict[str, Part] = {
        "migrations.json": _migrations,
        "health.json": _health,
        "advice.json": advice,
        "database.json": _database,
        "queue.json": _queue,
        "channels.json": _channels,
        "log.jsonl": _log,
        "errors.json": _errors,
    }
    for name, part in parts.items():
        try:
            if database is None:
                raise errors.Unavailable
            found = await part(database)
        except _FAULTS as error:
            found = {"unavailable": type(error).__name__}
            missing.append(name)
        files[name] = found if isinstance(found, bytes) else _json(found)
    return Bundle(_zipped(files, clock.now()), sorted(files), missing)


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2)


def _zipped(files: dict[str, bytes], now: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"yizhan-support/{name}", now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
