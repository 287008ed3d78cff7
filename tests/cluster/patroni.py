"""A PostgreSQL of two servers kept by Patroni and etcd, by the files in ``deploy/ha``."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil

from tests.cluster import parts
from tests.cluster.parts import Process
from tests.support.served import free_port, until
from yizhan.kernel.postgres import account, binaries

PASSWORD = "a password of the cluster"


@dataclass
class Member:
    """One machine: its Patroni and the server that it keeps."""

    name: str
    process: Process
    port: int
    api: int
    data: Path

    def is_leader(self) -> bool:
        with contextlib.suppress(httpx2.TransportError):
            return httpx2.get(f"http://127.0.0.1:{self.api}/primary", timeout=3).status_code == 200
        return False

    def postgres(self) -> list[psutil.Process]:
        """The server and its processes."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
            server = psutil.Process(pid)
            return [server, *server.children(recursive=True)]
        except (OSError, ValueError, psutil.NoSuchProcess):
            return []

    def freeze(self) -> None:
        """The whole machine stops, as a paused virtual one does; its connections stay open."""
        for process in [psutil.Process(self.process.pid), *self.postgres()]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGSTOP)

    def stall_senders(self) -> None:
        """Nothing reaches the replica any more, as on a line that stalls; nobody knows yet.

        Freezing the replica would not do: what lies in its sockets reaches it when it thaws.
        """
        for process in self.postgres():
            with contextlib.suppress(psutil.NoSuchProcess):
                if "walsender" in " ".join(process.cmdline()):
                    process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        for process in [*self.postgres(), psutil.Process(self.process.pid)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """kill -9 of Patroni and the server: the machine is gone."""
        for process in [psutil.Process(self.process.pid), *self.postgres()]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        assert self.process.running
        self.process.running.wait()


@dataclass
class Cluster:
    """The members, and the one address that leads to the leader."""

    members: list[Member] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    @property
    def dsn(self) -> str:
        return (
            f"postgresql://postgres:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/postgres"
        )

    def leader(self) -> Member:
        found: Member = until(
            lambda: next((one for one in self.members if one.is_leader()), None),
            seconds=120,
            what="a leader",
        )
        return found

    def other(self, member: Member) -> Member:
        return next(one for one in self.members if one is not member)

    def state(self) -> list[dict[str, Any]]:
        """The members as the first one that answers sees them."""
        for one in self.members:
            with contextlib.suppress(httpx2.TransportError):
                found = httpx2.get(f"http://127.0.0.1:{one.api}/cluster", timeout=3).json()
                members: list[dict[str, Any]] = found["members"]
                return members
        return []

    def has_replica(self, *, synchronous: bool) -> bool:
        """Whether the other one follows, and is waited for where that is wished."""
        role = "sync_standby" if synchronous else "replica"
        return any(
            one.get("role") == role and one.get("state") == "streaming" for one in self.state()
        )


@contextlib.contextmanager
def cluster(folder: Path, *, synchronous: bool) -> Iterator[Cluster]:
    """etcd, two members, and HAProxy before them."""
    made = Cluster()
    with contextlib.ExitStack() as stack:
        etcd = stack.enter_context(_etcd(folder))
        for name in ("pg1", "pg2"):
            member = _member(folder, name, etcd=etcd, synchronous=synchronous)
            made.members.append(member)
            stack.callback(_end, member)
            member.process.start()
            if name == "pg1":
                until(member.is_leader, seconds=120, what="the first one leads")
        wanted = lambda: made.has_replica(synchronous=synchronous)  # noqa: E731 -- asked below only
        until(wanted, seconds=120, what="the second one follows")
        environment = {"PG_LISTEN": f"127.0.0.1:{made.port}"}
        for number in (1, 2, 3):  # the third machine of the shipped file is absent here
            one = made.members[min(number, 2) - 1]
            at = (one.port, one.api) if number < 3 else (free_port(), free_port())
            environment |= {
                f"PG{number}": f"127.0.0.1:{at[0]}",
                f"PG{number}_API_HOST": "127.0.0.1",
                f"PG{number}_API_PORT": str(at[1]),
            }
        config = parts.DEPLOY / "ha" / "haproxy.cfg"
        stack.enter_context(parts.haproxy(folder, config, environment, port=made.port))
        yield made


def _end(member: Member) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        member.thaw()
    member.process.stop(seconds=20)
    for process in member.postgres():
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


@contextlib.contextmanager
def _etcd(folder: Path) -> Iterator[str]:
    port, peers = free_port(), free_port()
    url, peer = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{peers}"
    command = [
        *(parts.program("etcd"), "--data-dir", str(folder / "etcd"), "--name", "one"),
        *("--listen-client-urls", url, "--advertise-client-urls", url),
        *("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer),
        *("--initial-cluster", f"one={peer}", "--enable-v2=false"),
    ]
    with parts.started(Process("etcd", command, folder / "etcd.log"), lambda: parts.answers(port)):
        yield f"127.0.0.1:{port}"


def _member(folder: Path, name: str, *, etcd: str, synchronous: bool) -> Member:
    port, api = free_port(), free_port()
    who = account.service()
    home = folder / name
    home.mkdir()
    config = home / "patroni.yml"
    text = (parts.DEPLOY / "ha" / "patroni.yml").read_text()
    if not synchronous:
        assert "synchronous_mode: true" in text
        text = text.replace("synchronous_mode: true", "synchronous_mode: false")
    config.write_text(text)
    for path in (home, config):
        shutil.chown(path, who.uid, who.gid)
    programs = binaries.find().usable_by(who)
    environment = {
        "PATRONI_NAME": name,
        "PATRONI_RESTAPI_LISTEN": f"127.0.0.1:{api}",
        "PATRONI_RESTAPI_CONNECT_ADDRESS": f"127.0.0.1:{api}",
        "PATRONI_POSTGRESQL_LISTEN": f"127.0.0.1:{port}",
        "PATRONI_POSTGRESQL_CONNECT_ADDRESS": f"127.0.0.1:{port}",
        "PATRONI_POSTGRESQL_DATA_DIR": str(home / "data"),
        "PATRONI_POSTGRESQL_BIN_DIR": str(programs.folder),
        "PATRONI_ETCD3_HOSTS": etcd,
        "PATRONI_SUPERUSER_PASSWORD": PASSWORD,
        "PATRONI_REPLICATION_PASSWORD": PASSWORD,
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "PGPASSFILE": str(home / "pgpass"),
    }
    kept = {key: "" for key in os.environ if key.startswith("PG")}
    command = [parts.program("patroni"), str(config)]
    log = folder / f"{name}.log"
    process = Process(name, command, log, {**kept, **environment}, as_account=True)
    return Member(name, process, port, api, home / "data")
