"""`yizhan serve` as people run it: one command, real processes, killed in every way."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.slow


class Desk:
    """A running desk and what is known of its processes."""

    def __init__(self, process: subprocess.Popen[str], data: Path, port: int) -> None:
        self.process = process
        self.data = data
        self.port = port

    def status(self, path: str = "/readyz") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def ready(self) -> bool:
        return self.status() == 200

    def part(self, name: str) -> int:
        """The process of a part, 0 while there is none."""
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                if child.cmdline()[-1:] == [name]:
                    return int(child.pid)
        return 0

    def replaced(self, name: str, old: int) -> bool:
        return self.part(name) not in {0, old}

    def family(self) -> list[psutil.Process]:
        """Every process that works for this desk."""
        own = psutil.Process(self.process.pid)
        info = json.loads((self.data / "postgres.json").read_text())
        keeper = psutil.Process(info["keeper"])
        return [own, *own.children(recursive=True), keeper, *keeper.children(recursive=True)]

    def postmaster(self) -> int:
        return int(json.loads((self.data / "postgres.json").read_text())["pid"])


def until(condition: Callable[[], object], *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def gone(processes: list[psutil.Process]) -> bool:
    return not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "yizhan.app.cli", *map(str, arguments)]


@contextmanager
def serving(data: Path, port: int) -> Iterator[Desk]:
    arguments = command("serve", "--json", "--data", data, "--port", port)
    with (data.parent / "serve.log").open("ab") as log:
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert line, (data.parent / "serve.log").read_text()[-3000:]
        assert json.loads(line) == {"url": f"http://127.0.0.1:{port}", "pid": process.pid}
        yield Desk(process, data, port)
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One desk for all of them, as one that is killed again and again has to live with it."""
    return tmp_path_factory.mktemp("serve") / "data"


def test_every_part_comes_back(data: Path) -> None:
    """kill -9 of web, of worker, of the database and of who keeps it: ready again."""
    with serving(data, free_port()) as desk:
        for name in ("web", "worker"):
            old = desk.part(name)
            os.kill(old, signal.SIGKILL)
            until(partial(desk.replaced, name, old))
            until(desk.ready)
        old_postmaster = desk.postmaster()
        os.kill(old_postmaster, signal.SIGKILL)
        until(lambda: desk.postmaster() != old_postmaster)
        until(desk.ready)
        keeper = int(json.loads((data / "postgres.json").read_text())["keeper"])
        os.kill(keeper, signal.SIGKILL)
        until(lambda: not psutil.pid_exists(keeper))
        until(lambda: (data / "postgres.json").exists() and desk.status() == 200)


def test_nothing_outlives_the_supervisor(data: Path) -> None:
    """After kill -9 the same data directory and port serve again at once; also when all are killed."""
    port = free_port()
    with serving(data, port) as desk:
        family = desk.family()
        desk.process.kill()
        until(lambda: gone(family))
    with serving(data, port) as desk:
        assert desk.status() == 200
        for process in desk.family():
            with suppress(psutil.NoSuchProcess):  # it went with its parent
                process.kill()
    with serving(data, port) as desk:
        assert desk.status() == 200


def test_a_second_terminal_shares_the_database_and_all_ends_when_told(data: Path) -> None:
    with serving(data, free_port()) as desk:
        postmaster = desk.postmaster()
        done = subprocess.run(
            command("doctor", "--json", "--data", data),
            env={**os.environ, "YIZHAN_PORT": str(desk.port)},
            stdout=subprocess.PIPE,
            check=False,
            text=True,
        )
        report = json.loads(done.stdout)
        assert report["ok"], report
        assert done.returncode == 0
        assert desk.postmaster() == postmaster
        assert desk.status() == 200
        family = desk.family()
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(30) == 0
        until(lambda: gone(family))


def test_a_taken_port_is_said(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = subprocess.run(
            command("serve", "--json", "--data", data, "--port", port),
            stdout=subprocess.PIPE,
            check=False,
            text=True,
        )
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "port_taken"


def test_who_looks_after_the_others_stays_small() -> None:
    """It holds no desk: that would cost each start seconds, and memory for as long as it runs."""
    looked = (
        "import sys, yizhan.app.cli, yizhan.app.commands.serve\n"
        "print([name for name in sys.modules if name.startswith('yizhan.domains')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", looked], stdout=subprocess.PIPE, check=True, text=True
    )
    assert found.stdout.strip() == "[]"
