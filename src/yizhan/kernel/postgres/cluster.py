"""The user's side: take part in a running server, or have one started."""

from __future__ import annotations

import asyncio
import fcntl
import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from yizhan.kernel import errors
from yizhan.kernel.postgres.home import Paths

POLL = 0.03
TIMEOUT = 120.0  # seconds; recovery after a crash can take most of it
STOP_TIMEOUT = 45.0
_PROTOCOL = 3 << 16
_HELLO = b"user\0yizhan\0database\0yizhan\0\0"


class ClusterFailed(errors.Unavailable):
    """The embedded PostgreSQL did not start."""


class Cluster:
    """Our share in the server of one data directory."""

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.paths = Paths(data_dir.expanduser().resolve())
        self.settings = dict(settings or {})
        self._users: IO[str] | None = None
        self._info: dict[str, Any] = {}

    @property
    def dsn(self) -> str:
        """Connects as the owner. It stays the same over restarts of the server."""
        return str(self._info["dsn"])

    @property
    def pid(self) -> int:
        """The server's process at this moment."""
        return int(self._read()["pid"])

    @property
    def binaries(self) -> Path:
        """The folder with psql, pg_dump and pgbench of the running version."""
        return Path(str(self._info["binaries"]))

    def start(self, *, timeout: float = TIMEOUT) -> None:
        """Returns when the server answers, whoever started it; again after its keeper died."""
        deadline = time.monotonic() + timeout
        if self._users is not None:
            self._info = self._await_server(deadline)
            return
        _make_private(self.paths.root)
        users = _open(self.paths.users)
        try:
            self._share(users, deadline)
            self._info = self._await_server(deadline)
        except BaseException:
            users.close()
            raise
        self._users = users

    def stop(self) -> bool:
        """Gives the share back; True when it was the last one and the server is stopped."""
        users, self._users = self._users, None
        if users is None:
            return False
        with users:
            last = self._was_last(users)
        if last:
            self._await_end()
        return last

    def alive(self) -> bool:
        """Whether a keeper is at work; it brings a killed server back by itself."""
        return self._keeper_lives() and bool(self._read())

    # ------------------------------------------------------------------------------ inside

    def _share(self, users: IO[str], deadline: float) -> None:
        while not _try_lock(users, fcntl.LOCK_SH):  # a keeper is stopping its server
            if time.monotonic() > deadline:
                raise ClusterFailed("an earlier server does not stop", log=str(self.paths.log))
            time.sleep(POLL)

    def _await_server(self, deadline: float) -> dict[str, Any]:
        spawned = False
        while time.monotonic() < deadline:
            if not self._keeper_lives():
                if spawned and (reason := self.paths.keeper.read_text()):
                    raise ClusterFailed(reason, log=str(self.paths.log))
                self._spawn_keeper()
                spawned = True
            elif (info := self._read()) and _answers(str(info["socket"])):
                return info
            time.sleep(POLL)
        raise ClusterFailed("the server does not answer in time", log=str(self.paths.log))

    def _spawn_keeper(self) -> None:
        self.paths.info.unlink(missing_ok=True)  # of a keeper that was killed
        done = subprocess.run(  # noqa: S603 -- our own module
            [
                *(sys.executable, "-m", "yizhan.kernel.postgres.keeper"),
                *(str(self.paths.root), json.dumps(self.settings)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            start_new_session=True,
        )
        if done.returncode != 0:
            raise ClusterFailed(done.stderr.strip()[-2000:])

    def _keeper_lives(self) -> bool:
        with _open(self.paths.keeper) as lock:
            return not _try_lock(lock, fcntl.LOCK_SH)

    def _read(self) -> dict[str, Any]:
        try:
            info: dict[str, Any] = json.loads(self.paths.info.read_text())
        except FileNotFoundError:
            return {}
        return info

    def _was_last(self, users: IO[str]) -> bool:
        # The exclusive lock is granted to us or to the waiting keeper when nobody else shares;
        # the keeper never gives it back, so a failing shared lock means that it has it.
        if _try_lock(users, fcntl.LOCK_EX):
            return True
        return not _try_lock(users, fcntl.LOCK_SH)

    def _await_end(self) -> None:
        deadline = time.monotonic() + STOP_TIMEOUT
        while self._keeper_lives() and time.monotonic() < deadline:
            time.sleep(POLL)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self.start)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.stop)


def ensure(data_dir: Path, *, settings: Mapping[str, str] | None = None) -> Cluster:
    """A share in the running server of this data directory; started when none runs."""
    cluster = Cluster(data_dir, settings=settings)
    cluster.start()
    return cluster


def _answers(path: str) -> bool:
    """Whether a server takes connections at this socket: it asks for the password.

    The file that names it proves nothing. A killed server is not gone at once: its socket takes
    connections that nobody will ever serve. Message formats: PostgreSQL manual, 54.7.
    """
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(5)
        try:
            asking.connect(path)
            asking.sendall(struct.pack("!ii", len(_HELLO) + 8, _PROTOCOL) + _HELLO)
            return asking.recv(1) == b"R"
        except OSError:
            return False


def _make_private(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _open(path: Path) -> IO[str]:
    path.touch(mode=0o600, exist_ok=True)
    return path.open("r+")


def _try_lock(file: IO[str], mode: int) -> bool:
    try:
        fcntl.flock(file, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
