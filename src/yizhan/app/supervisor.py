"""``yizhan serve``: database, web and worker as one, restarted when they fall, gone when told."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import structlog

from yizhan.app.backups import place, slots
from yizhan.kernel import errors, migrate, postgres, process
from yizhan.kernel.config import Config

logger = structlog.get_logger(__name__)

TICK = 0.2  # seconds between two looks at the children
QUICK = 5.0  # a child that lived shorter than this is restarted with a growing pause
LONGEST_PAUSE = 5.0
READY_TIMEOUT = 90.0
DATABASE_PATIENCE = (
    60.0  # for one start after the first; web and worker are looked after again then
)
STOP_TIMEOUT = 20.0
TRIES_BEFORE_READY = 5


class PortTaken(errors.Conflict):
    """Another program listens on this port; choose another one with --port."""


class NotReady(errors.Unavailable):
    """The desk did not become ready; the log above says why."""


class Child:
    """One part of the desk as a process of its own."""

    def __init__(self, name: str, environment: Mapping[str, str]) -> None:
        self.name = name
        self.environment = dict(environment)
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.started = 0.0
        self.due = 0.0  # not before this moment

    def look(self, now: float) -> None:
        """Starts it when it does not run and its pause is over."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            code = self.process.returncode
            self.end_group()  # its own children must not keep the port
            self.process = None
            self.failures = self.failures + 1 if now - self.started < QUICK else 0
            pause = min(0.1 * 2**self.failures, LONGEST_PAUSE) if self.failures else 0.0
            self.due = now + pause
            logger.warning("part_ended", part=self.name, code=code, again_in=pause)
        if now >= self.due:
            self.started = now
            self.process = subprocess.Popen(  # noqa: S603 -- our own program
                [sys.executable, "-m", "yizhan.app.cli", self.name],
                env={**self.environment, process.PARENT: str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,  # standard output belongs to the one JSON object of `serve`
                start_new_session=True,  # Ctrl-C reaches us, and we stop them in order
            )

    def ask(self) -> None:
        """Asks it to finish what it does and end."""
        if self.process is not None:
            self.process.terminate()

    def end_group(self) -> None:
        """Ends it and all that it started, now."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def wait(self, seconds: float) -> bool:
        """Whether it is gone within so many seconds."""
        if self.process is None:
            return True
        try:
            self.process.wait(max(seconds, 0))
        except subprocess.TimeoutExpired:
            return False
        return True


class Supervisor:
    """Keeps the parts of one desk running until SIGTERM or Ctrl-C."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.asked = threading.Event()
        self.cluster: postgres.Cluster | None = None
        self.children: list[Child] = []
        self.announced = False
        self.database_due = 0.0  # it is not started again before this moment

    def run(
        self,
        *,
        announce: Callable[[], None],
        prepare: Callable[[Mapping[str, str]], None] | None = None,
    ) -> None:
        """Returns after a clean stop. ``prepare`` gets the parts' environment before they start.

        Errors: :class:`PortTaken`, :class:`NotReady`.
        """
        require_free(self.config.host, self.config.port)
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: self.asked.set())
        try:
            dsn = self._open_database()
            asyncio.run(migrate.run(dsn))
            if self.cluster and not self.config.wal_archive:
                asyncio.run(slots.drop(dsn))
            environment = environment_of(self.config, dsn=dsn)
            if prepare and not self.asked.is_set():
                prepare(environment)
            self.children = [Child(name, environment) for name in self._parts()]
            self._await_ready()
            if not self.asked.is_set():
                announce()
                self.announced = True
            while not self.asked.wait(TICK):
                self._look()
        finally:
            self._stop()

    # ------------------------------------------------------------------------------ inside

    def _parts(self) -> list[str]:
        archived = bool(self.cluster and self.config.wal_archive)
        return ["web", "worker", *(["archive"] if archived else [])]

    def _open_database(self) -> str:
        if self.config.database_url:
            return self.config.database_direct_url or self.config.database_url
        place.require_whole(self.config.data)
        self.cluster = postgres.ensure(self.config.data)
        return self.cluster.dsn

    def _look(self) -> None:
        self._look_at_database()
        now = time.monotonic()
        for child in self.children:
            child.look(now)

    def _look_at_database(self) -> None:
        """Has it started again where its keeper is gone; the address stays, so the parts connect again."""
        if not self.cluster or time.monotonic() < self.database_due:
            return
        try:
            if not self.cluster.alive():
                logger.warning("database_keeper_gone")
                self.cluster.start(timeout=DATABASE_PATIENCE)
        except (postgres.ClusterFailed, OSError) as error:
            if not self.announced:
                raise
            # A full disk, say: somebody frees it, and nobody should have to start us again as well.
            logger.error("database_not_started", again_in=LONGEST_PAUSE, exc_info=error)
            self.database_due = time.monotonic() + LONGEST_PAUSE

    def _await_ready(self) -> None:
        deadline = time.monotonic() + READY_TIMEOUT
        while not self.asked.is_set():
            self._look()
            if answers(self.config.host, self.config.port, path="/readyz"):
                return
            hopeless = max(child.failures for child in self.children) >= TRIES_BEFORE_READY
            if hopeless or time.monotonic() > deadline:
                raise NotReady
            self.asked.wait(0.05)

    def _stop(self) -> None:
        deadline = time.monotonic() + STOP_TIMEOUT
        for child in self.children:
            child.ask()
        for child in self.children:
            if not child.wait(deadline - time.monotonic()):
                logger.warning("part_killed", part=child.name)
            child.end_group()
            child.wait(5)
        if self.cluster:
            self.cluster.stop()


def environment_of(config: Config, *, dsn: str) -> dict[str, str]:
    """The settings as variables, so that each part has the same ones, whatever they came from."""
    settings: dict[str, Any] = msgspec.structs.asdict(config)
    if not config.database_direct_url:
        settings["database_url"] = dsn
    settings["public_url"] = config.url
    own = {
        f"YIZHAN_{name.upper()}": ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in settings.items()
    }
    kept = {k: v for k, v in os.environ.items() if k != "YIZHAN_CONFIG"}
    return {**kept, **own}


def require_free(host: str, port: int) -> None:
    """Errors: :class:`PortTaken`."""
    try:
        with socket.create_server((host, port), family=_family(host), reuse_port=False):
            pass
    except OSError as error:
        raise PortTaken(f"{host}:{port}: {error.strerror}") from error


def answers(host: str, port: int, *, path: str) -> bool:
    """Whether GET gives 200."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 -- compared, not bound
    connection = http.client.HTTPConnection(local, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_ready(host: str, port: int, *, seconds: float) -> None:
    """Blocks until a desk is ready. Errors: :class:`NotReady`."""
    deadline = time.monotonic() + seconds
    while not answers(host, port, path="/readyz"):
        if time.monotonic() > deadline:
            raise NotReady
        time.sleep(0.1)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
