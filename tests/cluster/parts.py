"""What stands around a desk on several machines, as real programs on loopback: pooler, proxy, NATS, S3.

``make scale`` and ``make ha`` install them; each context manager starts one and ends it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import string
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.served import free_port, until
from yizhan.kernel.postgres import account

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PROGRAMS = Path("/var/lib/yizhan/clusters/bin")  # made by tools/clusters.sh
_PATH = f"{PROGRAMS}:{os.environ.get('PATH', '')}:/usr/sbin"


def missing(*programs: str) -> str:
    """Why this cannot run here, "" when it can."""
    if os.geteuid() != 0:
        return "needs root, to run servers as accounts of their own"
    absent = [name for name in programs if shutil.which(name, path=_PATH) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def program(name: str) -> str:
    found = shutil.which(name, path=_PATH)
    assert found, name
    return found


@contextlib.contextmanager
def place(name: str) -> Iterator[Path]:
    """A folder that accounts of servers can enter, as pytest's own cannot be."""
    folder = Path(tempfile.mkdtemp(prefix=f"yizhan-{name}-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if not os.environ.get("YIZHAN_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@dataclass
class Process:
    """One program, and how to start it again."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    as_account: bool = False
    running: subprocess.Popen[bytes] | None = None

    def start(self, ready: Callable[[], bool] | None = None, *, seconds: float = 60) -> None:
        if self.running is not None:
            self.running.wait(10)  # killed before; nobody has asked yet
        identity = account.service().identity() if self.as_account else {}
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                cwd="/",
                start_new_session=True,
                **identity,
            )
        if ready is not None:
            until(lambda: self._lives() and ready(), seconds=seconds, what=f"{self.name} starts")

    def _lives(self) -> bool:
        assert self.running
        assert self.running.poll() is None, f"{self.name}: {self.log.read_text()[-2000:]}"
        return True

    @property
    def pid(self) -> int:
        assert self.running
        return self.running.pid

    def signal_all(self, number: int) -> None:
        """To it and all that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def stop(self, *, seconds: float = 15) -> None:
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        try:
            self.running.wait(seconds)
        except subprocess.TimeoutExpired:
            self.signal_all(9)
            self.running.wait()


@contextlib.contextmanager
def started(
    process: Process, ready: Callable[[], bool], *, seconds: float = 60
) -> Iterator[Process]:
    try:
        process.start(ready, seconds=seconds)
        yield process
    finally:
        process.stop()


@contextlib.contextmanager
def nats(folder: Path) -> Iterator[tuple[Process, str]]:
    """The server and its address."""
    port = free_port()
    command = [program("nats-server"), "-a", "127.0.0.1", "-p", str(port)]
    process = Process("nats", command, folder / "nats.log")
    with started(process, lambda: answers(port)):
        yield process, f"nats://127.0.0.1:{port}/test"


@dataclass
class Bucket:
    """A bucket of a real S3 server."""

    endpoint: str
    key: str = "desk"
    secret: str = "a secret of the store"

    @property
    def settings(self) -> dict[str, str]:
        return {
            "YIZHAN_FILES_URL": "s3://desk/files",
            "YIZHAN_FILES_ENDPOINT": self.endpoint,
            "YIZHAN_FILES_REGION": "us-east-1",
            "YIZHAN_FILES_KEY": self.key,
            "YIZHAN_FILES_SECRET": self.secret,
        }


@contextlib.contextmanager
def seaweed(folder: Path) -> Iterator[Bucket]:
    """SeaweedFS with its S3 gateway."""
    ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    grpc = {name: free_port() for name in ("master", "volume", "filer", "s3")}
    bucket = Bucket(f"http://127.0.0.1:{ports['s3']}")
    keys = {"accessKey": bucket.key, "secretKey": bucket.secret}
    rights = ["Admin", "Read", "Write", "List"]
    config = folder / "s3.json"
    config.write_text(
        json.dumps({"identities": [{"name": "desk", "credentials": [keys], "actions": rights}]})
    )
    (folder / "seaweed").mkdir()
    command = [
        *(program("weed"), "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        *(f"-dir={folder / 'seaweed'}", "-filer", "-s3", f"-s3.config={config}"),
        *("-volume.max=30", "-master.volumeSizeLimitMB=64"),
        *(f"-{name}.port={port}" for name, port in ports.items()),
        *(f"-{name}.port.grpc={port}" for name, port in grpc.items()),
    ]
    process = Process("seaweed", command, folder / "seaweed.log")
    with started(process, lambda: answers(ports["s3"]) and answers(ports["filer"])):
        yield bucket


@contextlib.contextmanager
def pgbouncer(folder: Path, dsn: str) -> Iterator[str]:
    """PgBouncer by the file that we ship, in transaction mode. Gives the address through it."""
    direct, port = urlsplit(dsn), free_port()
    query = parse_qs(direct.query)
    host = query.get("host", [direct.hostname or "127.0.0.1"])[0]
    home = folder / "pgbouncer"
    home.mkdir()
    users = home / "users.txt"
    users.write_text(f'"{direct.username}" "{unquote(direct.password or "")}"\n')
    config = home / "pgbouncer.ini"
    template = string.Template((DEPLOY / "scale" / "pgbouncer.ini").read_text())
    config.write_text(
        template.substitute(
            DATABASE=direct.path.strip("/"),
            HOST=host,
            PORT=query.get("port", [str(direct.port or 5432)])[0],
            LISTEN="127.0.0.1",
            LISTEN_PORT=port,
            USERS=users,
        )
    )
    for path in (home, users, config):
        shutil.chown(path, account.service().uid, account.service().gid)
    command = [program("pgbouncer"), str(config)]
    process = Process("pgbouncer", command, folder / "pgbouncer.log", as_account=True)
    with started(process, lambda: answers(port)):
        yield (
            f"postgresql://{direct.username}:{direct.password}@127.0.0.1:{port}/"
            f"{direct.path.strip('/')}"
        )


@contextlib.contextmanager
def haproxy(
    folder: Path, config: Path, environment: Mapping[str, str], *, port: int
) -> Iterator[Process]:
    """HAProxy by a file that we ship."""
    command = [program("haproxy"), "-db", "-f", str(config)]
    process = Process("haproxy", command, folder / "haproxy.log", environment)
    with started(process, lambda: answers(port)):
        yield process
