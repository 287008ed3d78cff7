"""The server's parent: starts it, restarts it when it dies, stops it when nobody uses it.

Run as ``python -m yizhan.kernel.postgres.keeper DATA SETTINGS``. It detaches itself and ends by
itself; nobody has to know its number.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

from yizhan.kernel.postgres import binaries
from yizhan.kernel.postgres.home import PORT, Home, Paths, settle
from yizhan.kernel.postgres.server import DATABASE, OWNER, Server

log = logging.getLogger("yizhan.postgres")

GRACE = 15.0  # seconds that users get to leave after somebody asked the keeper to end
QUICK = 10.0  # a server that lived shorter than this is started again more slowly
LONGEST_PAUSE = 5.0
LOOK = 0.1  # seconds in which a foreign look at the lock has ended


def main() -> int:
    """Takes the lock, detaches, keeps the server until it is not needed."""
    paths, extra = Paths(Path(sys.argv[1])), json.loads(sys.argv[2])
    with paths.keeper.open("r+") as lock:
        if not _lock(lock):
            return 0  # somebody else was faster
        lock.truncate()
        if os.fork():
            os._exit(0)  # the lock belongs to the open file, so the child has it
        os.dup2(0, 2)  # whoever started us waits for the end of our messages
        logging.basicConfig(
            filename=paths.log, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
        )
        try:
            home = settle(paths)
            Keeper(paths, home, Server(home, binaries.find(), extra)).run()
        except Exception as error:
            log.exception("the keeper gives up")
            lock.write(str(error) or type(error).__name__)
            return 1
        return 0


def _lock(file: IO[str]) -> bool:
    """Tries for a moment: those who only look hold the lock for microseconds."""
    deadline = time.monotonic() + LOOK
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.005)
        else:
            return True


class Keeper:
    """Waits for one of three things: nobody left, server gone, asked to end."""

    def __init__(self, paths: Paths, home: Home, server: Server) -> None:
        self.paths = paths
        self.home = home
        self.server = server
        self.happened: queue.SimpleQueue[str] = queue.SimpleQueue()

    def run(self) -> None:
        """Returns when the server is stopped for good."""
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.happened.put("asked"))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        users = self.paths.users.open("r+")
        process = self.server.start()
        self._watch_users(users)
        try:
            self._keep(process)
        finally:
            self.paths.info.unlink(missing_ok=True)
            self.server.stop()
            log.info("stopped")

    def _keep(self, process: subprocess.Popen[bytes]) -> None:
        failures = 0
        while True:
            self._announce(process.pid)
            started = time.monotonic()
            threading.Thread(target=self._watch_server, args=(process,), daemon=True).start()
            reason = self.happened.get()
            if reason == "asked":
                with contextlib.suppress(queue.Empty):
                    self.happened.get(timeout=GRACE)
            if reason != "gone" or not self.paths.root.is_dir():
                log.info("stopping: %s", reason)
                return
            failures = failures + 1 if time.monotonic() - started < QUICK else 0
            log.warning("the server ended with %s; starting it again", process.returncode)
            time.sleep(min(0.2 * failures, LONGEST_PAUSE))
            process = self.server.start()

    def _announce(self, pid: int) -> None:
        """Writes how to connect: readable by the starter alone, whole or not at all."""
        place = urlencode({"host": str(self.home.sockets), "port": PORT}, quote_via=quote)
        password = quote(self.home.password(), safe="")
        info = {
            "dsn": f"postgresql://{OWNER}:{password}@/{DATABASE}?{place}",
            "socket": str(self.home.sockets / f".s.PGSQL.{PORT}"),
            "pid": pid,
            "keeper": os.getpid(),
            "binaries": str(self.server.binaries.folder),
            "version": self.server.binaries.version,
            "data": str(self.home.data),
        }
        fresh = self.paths.info.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(info))
        fresh.rename(self.paths.info)
        log.info("ready: server %s", pid)

    def _watch_users(self, users: IO[str]) -> None:
        def wait() -> None:
            fcntl.flock(users, fcntl.LOCK_EX)  # granted when the last shared lock is gone
            self.happened.put("unused")

        threading.Thread(target=wait, daemon=True).start()

    def _watch_server(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        self.happened.put("gone")


if __name__ == "__main__":
    sys.exit(main())
