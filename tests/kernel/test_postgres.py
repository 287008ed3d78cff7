"""The embedded PostgreSQL, with real servers: started, shared, killed and started again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import asyncpg
import psutil
import pytest

from yizhan.kernel import postgres
from yizhan.kernel.postgres import account, home
from yizhan.kernel.postgres.testing import FAST

DURABLE = {**FAST, "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    """Waits for something that another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data directory whose server is gone at the end."""
    yield tmp_path / "data"
    kill(servers_of(tmp_path / "data"))


HOLD = """
import sys
from pathlib import Path
from yizhan.kernel import postgres
cluster = postgres.ensure(Path(sys.argv[1]))
print(cluster.pid, flush=True)
sys.stdin.read()
"""
WRITE = """
import asyncio, json, sys
from pathlib import Path
import asyncpg
from yizhan.kernel import postgres

async def main():
    cluster = postgres.ensure(Path(sys.argv[1]), settings=json.loads(sys.argv[2]))
    connection = await asyncpg.connect(cluster.dsn)
    await connection.execute("create table kept (n int)")
    for n in range(10**9):
        await connection.execute("insert into kept values ($1)", n)
        print(n, flush=True)

asyncio.run(main())
"""


@contextmanager
def running(program: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process of ours; the end of its input is its sign to leave."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def keeper_of(data: Path) -> int:
    return int(json.loads((data / "postgres.json").read_text())["keeper"])


def servers_of(data: Path) -> list[psutil.Process]:
    """The keeper and every PostgreSQL process of a data directory."""
    if not (data / "postgres.json").exists():
        return []
    info = json.loads((data / "postgres.json").read_text())
    return [
        process
        for process in psutil.process_iter(["cwd", "pid"])
        if process.info["pid"] == info["keeper"] or process.info["cwd"] == info["data"]
    ]


def kill(processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


async def query(cluster: postgres.Cluster, sql: str) -> object:
    connection = await asyncpg.connect(cluster.dsn)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_speaks_chinese(data: Path) -> None:
    """Trigrams of Chinese words exist only with the right locale; the order is by code point."""
    with postgres.ensure(data, settings=FAST) as cluster:
        assert await query(cluster, "select 'Ä' ~ '\\w' and lower('Ä') = 'ä'")
        assert await query(cluster, "select '你' ~ '^\\w$'")
        available = "select count(*) from pg_available_extensions where name = 'pg_trgm'"
        if await query(cluster, available):
            await query(cluster, "create extension pg_trgm")
            assert await query(cluster, "select cardinality(show_trgm('你好世界'))") == 5
        assert await query(cluster, "show listen_addresses") == ""
        assert await query(cluster, "show log_error_verbosity") == "terse"


async def test_needs_the_password(data: Path) -> None:
    with postgres.ensure(data, settings=FAST) as cluster:
        open_to_all = cluster.dsn.replace(cluster.dsn.split(":")[2].split("@")[0], "guess")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(open_to_all)
        assert stat.S_IMODE((data / "postgres.json").stat().st_mode) == 0o600


async def test_the_last_user_stops_it(data: Path) -> None:
    first = postgres.ensure(data, settings=FAST)
    second = postgres.ensure(data)
    pid = first.pid
    assert second.dsn == first.dsn
    assert not first.stop()
    assert await query(second, "select 1") == 1
    assert second.stop()
    assert not psutil.pid_exists(pid)
    assert not (data / "postgres.json").exists()


def test_many_starters_get_one_server(data: Path) -> None:
    with ExitStack() as stack:
        starters = [stack.enter_context(running(HOLD, data)) for _ in range(4)]
        pids = {int(line_of(one)) for one in starters}
    assert len(pids) == 1
    until(lambda: not psutil.pid_exists(next(iter(pids))))


async def test_two_data_directories_side_by_side(tmp_path: Path) -> None:
    with (
        postgres.ensure(tmp_path / "a", settings=FAST) as a,
        postgres.ensure(tmp_path / "b", settings=FAST) as b,
    ):
        await query(a, "create table only_a ()")
        assert await query(b, "select to_regclass('only_a')") is None
        assert a.pid != b.pid


async def test_kill_everything_and_start_again(data: Path) -> None:
    """What was committed is there after kill -9 of all processes, at once and without a pause, each time."""
    for attempt in range(1, 4):
        with running(WRITE, data, json.dumps(DURABLE)) as writer:
            while (last := int(line_of(writer))) < 100 * attempt:
                pass
            kill([psutil.Process(writer.pid), *servers_of(data)])
            assert writer.stdout
            last = max([last, *(int(line) for line in writer.stdout if line.endswith("\n"))])
        with postgres.ensure(data, settings=DURABLE) as cluster:
            kept = await query(cluster, "select max(n) from kept")
            assert kept in {last, last + 1}, "the last commit may not have been reported"
            await query(cluster, "drop table kept")


async def test_a_killed_server_comes_back(data: Path) -> None:
    with postgres.ensure(data, settings=DURABLE) as cluster:
        await query(cluster, "create table kept ()")
        dsn, pid = cluster.dsn, cluster.pid
        started = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        until(lambda: cluster.pid != pid, seconds=10)
        assert await query(cluster, "select to_regclass('kept')") == "kept"
        assert time.monotonic() - started < 10
        assert cluster.dsn == dsn


async def test_a_killed_keeper_is_replaced(data: Path) -> None:
    with postgres.ensure(data, settings=DURABLE) as cluster:
        await query(cluster, "create table kept ()")
        os.kill(keeper_of(data), signal.SIGKILL)
        until(lambda: not cluster.alive())
        cluster.start()
        assert await query(cluster, "select to_regclass('kept')") == "kept"


def test_a_killed_user_stops_it(data: Path) -> None:
    """Nothing is left running after kill -9 of the only user."""
    with running(HOLD, data) as user:
        pid = int(line_of(user))
        user.kill()
    until(lambda: not psutil.pid_exists(pid))


async def test_starts_in_any_thread(data: Path) -> None:
    """The end of the thread that started the server is not the end of the server."""
    cluster = postgres.Cluster(data, settings=FAST)
    starter = threading.Thread(target=cluster.start)
    starter.start()
    starter.join()
    try:
        assert await query(cluster, "select 1") == 1
    finally:
        cluster.stop()


async def test_works_as_context_manager(data: Path) -> None:
    async with postgres.Cluster(data, settings=FAST) as cluster:
        assert await query(cluster, "select 1") == 1


async def test_long_paths(tmp_path: Path) -> None:
    """A Unix socket's path holds about a hundred bytes; a data directory's may be longer."""
    deep = tmp_path / ("驿站" * 12) / ("d" * 60)
    with postgres.ensure(deep, settings=FAST) as cluster:
        assert await query(cluster, "select 1") == 1


def test_says_why_it_cannot_start(data: Path) -> None:
    with pytest.raises(postgres.ClusterFailed, match="shared_buffers"):
        postgres.ensure(data, settings={**FAST, "shared_buffers": "nonsense"})


def test_closes_what_a_copy_has_opened(data: Path) -> None:
    """PostgreSQL would refuse a folder that others may read, at the next start of all."""
    with postgres.ensure(data, settings=FAST):
        home = json.loads((data / "postgres.json").read_text())["data"]
    Path(home).chmod(0o755)
    with postgres.ensure(data, settings=FAST):
        assert Path(home).stat().st_mode & 0o077 == 0


def test_an_interrupted_creation_is_repeated(data: Path) -> None:
    with postgres.ensure(data, settings=FAST) as cluster:
        folder = Path(json.loads((data / "postgres.json").read_text())["data"])
        assert cluster.alive()
    folder.rename(folder.with_name("data.new"))
    (folder.with_name("data.new") / "PG_VERSION").unlink()
    with postgres.ensure(data, settings=FAST) as cluster:
        assert cluster.alive()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to a service account")
class TestAsRoot:
    async def test_closed_parents_stay_closed(self, tmp_path: Path) -> None:
        """A folder above the data directory is never opened; the cluster moves instead."""
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        before = {p: p.stat().st_mode for p in (closed, *closed.parents)}
        with postgres.ensure(closed / "data", settings=FAST) as cluster:
            assert await query(cluster, "select 1") == 1
            assert psutil.Process(cluster.pid).uids().effective != 0
        assert {p: p.stat().st_mode for p in before} == before

    async def test_reachable_data_stays_in_place(self, tmp_path: Path) -> None:
        """As ``mkdtemp`` makes it: 0700 and below a folder that everybody may pass."""
        reachable = Path("/var/tmp") / f"yizhan-{os.getpid()}-{tmp_path.name}"
        reachable.mkdir(mode=0o700)
        try:
            with postgres.ensure(reachable, settings=FAST) as cluster:
                assert await query(cluster, "select 1") == 1
                assert (reachable / "postgres" / "data").is_dir()
                assert stat.S_IMODE(reachable.stat().st_mode) == 0o711
        finally:
            shutil.rmtree(reachable)

    def test_a_copied_data_directory_is_refused(self, tmp_path: Path) -> None:
        """Two servers on the same files would destroy them."""
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        with postgres.ensure(closed / "data", settings=FAST):
            pass
        assert home.Paths(closed / "data").location.exists()
        subprocess.run(["cp", "-a", str(closed / "data"), str(closed / "copy")], check=True)
        with pytest.raises(postgres.ClusterFailed, match="copy of"):
            postgres.ensure(closed / "copy", settings=FAST)

    def test_closed_programs_are_copied(self, tmp_path: Path) -> None:
        """A virtual environment below a 0700 home cannot be entered by the account."""
        service = account.service()
        found = postgres.find()
        if not found.folder.is_relative_to(sys.prefix):
            pytest.skip("the programs are the system's")
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o700)
        package = found.folder.parent.parent
        for part in (package, package.with_name(f"{package.name}.libs")):
            shutil.copytree(part, closed / part.name, symlinks=True)
        hidden = postgres.Binaries(closed / package.name / "pginstall" / "bin")
        assert not service.can_run(hidden["postgres"])
        state = Path("/var/tmp") / f"yizhan-state-{os.getpid()}"
        try:
            copy = hidden.usable_by(service, state=state)
            assert service.can_run(copy["postgres"])
            assert copy == hidden.usable_by(service, state=state)
        finally:
            shutil.rmtree(state)
