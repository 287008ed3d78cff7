"""One PostgreSQL server as a child process: made, started past what a crash left, stopped."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from yizhan.kernel.postgres import settings as configuration
from yizhan.kernel.postgres.binaries import Binaries
from yizhan.kernel.postgres.home import PORT, Home

OWNER = "yizhan"
DATABASE = "yizhan"
PATIENCE = 15.0  # seconds in which leftovers of a crash may still hold the shared memory
POLL = 0.05
PR_SET_PDEATHSIG = 1


class StartFailed(Exception):
    """PostgreSQL did not start; the end of its log says why."""


class Server:
    """The server of one home. All methods block; only the keeper calls them."""

    def __init__(self, home: Home, binaries: Binaries, extra: Mapping[str, str]) -> None:
        self.home = home
        self.binaries = binaries.usable_by(home.account)
        self.extra = dict(extra)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the caller's PG* variables reaches the programs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "LC_ALL": "C", "LANG": "C"}

    @property
    def identity(self) -> dict[str, Any]:
        return self.home.account.identity() if self.home.account else {}

    def start(self) -> subprocess.Popen[bytes]:
        """Starts and waits until queries are answered; tries again while leftovers go away."""
        self.initialise()
        self._close_doors()
        configuration.write(self.home, self.binaries, self.extra)
        deadline = time.monotonic() + PATIENCE
        while True:
            self.end_leftovers()
            process = self._spawn()
            if self._becomes_ready(process):
                break
            if time.monotonic() > deadline:
                raise StartFailed(self.last_words())
            time.sleep(0.3)
        self.process = process
        self._create_database()
        return process

    def stop(self) -> None:
        """Fast shutdown: transactions are rolled back, a checkpoint is written."""
        process, self.process = self.process, None
        if process is None:
            return
        for sign, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0)):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                return
        process.kill()
        process.wait()

    def initialise(self) -> None:
        """Creates the cluster once; an interrupted attempt leaves nothing that counts."""
        if (self.home.data / "PG_VERSION").is_file():
            self._check_version()
            return
        self.home.password()
        fresh = self.home.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        command = [self.binaries["initdb"], "-D", str(fresh), "-U", OWNER, "-E", "UTF8"]
        command += ["--auth=scram-sha-256", f"--pwfile={self.home.password_file}"]
        # Words: with lc_ctype C, trigram search would silently drop every Chinese character.
        # Order: by code point, so that no update of a system library can break an index.
        if self.binaries.major >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += ["--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C"]
        if self.extra.get("fsync") == "off":
            command.append("--no-sync")
        done = self._run(command)
        if done.returncode != 0:
            raise StartFailed(done.stderr.strip() or done.stdout.strip())
        with (fresh / "postgresql.conf").open("a") as file:
            file.write("\ninclude_if_exists 'yizhan.conf'\ninclude_if_exists 'operator.conf'\n")
        fresh.rename(self.home.data)

    def end_leftovers(self) -> None:
        """Ends processes of an earlier life: we hold the keeper's lock, so none has a right."""
        for sign, patience in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 5.0)):
            deadline = time.monotonic() + patience
            signalled: set[int] = set()
            while (found := set(self._processes())) and time.monotonic() < deadline:
                postmaster = found & {self._recorded_pid()}
                # Backends without a postmaster cannot finish anything: they may go at once.
                chosen = sign if postmaster else max(sign, signal.SIGQUIT)
                for pid in (postmaster or found) - signalled:
                    signalled.add(pid)
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, chosen)
                time.sleep(POLL)
            if not found:
                break
        self._drop_stale_pid_file()

    def answers(self) -> bool:
        """Whether the server takes connections."""
        command = [self.binaries["pg_isready"], "-q", "-h", str(self.home.sockets)]
        return self._run([*command, "-p", str(PORT), "-d", "postgres", "-t", "5"]).returncode == 0

    def last_words(self) -> str:
        """The end of what the server wrote before it gave up."""
        parts = [
            self.home.logs / "start.log",
            *sorted(self.home.logs.glob("postgresql-*.log"))[-1:],
        ]
        lines = [line for path in parts if path.is_file() for line in _tail(path)]
        return "\n".join(lines) or "PostgreSQL said nothing"

    # ------------------------------------------------------------------------------ inside

    def _close_doors(self) -> None:
        """What a copy or a well-meant chmod has opened: PostgreSQL refuses a folder that others read."""
        for folder in (self.home.data, self.home.sockets, self.home.logs):
            if folder.is_dir():
                folder.chmod(0o700)
        self.home.password_file.chmod(0o600)

    def _check_version(self) -> None:
        made_by = (self.home.data / "PG_VERSION").read_text().strip()
        if made_by != str(self.binaries.major):
            message = (
                f"the database was made by PostgreSQL {made_by}, the programs are "
                f"{self.binaries.version}: back up with the old ones, restore with these"
            )
            raise StartFailed(message)

    def _spawn(self) -> subprocess.Popen[bytes]:
        start_log = self.home.logs / "start.log"
        start_log.touch()
        self.home.give(start_log)
        with start_log.open("wb") as output:
            return subprocess.Popen(  # noqa: S603 -- a program of the found installation
                [self.binaries["postgres"], "-D", str(self.home.data), "-p", str(PORT)],
                cwd="/",
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 -- the keeper has one thread here
                **self.identity,
            )

    def _becomes_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """True when it answers, False when it ended. Recovery after a crash may take minutes."""
        while process.poll() is None:
            if self.answers():
                return True
            time.sleep(POLL)
        return False

    def _create_database(self) -> None:
        look = f"select 1 from pg_database where datname = '{DATABASE}'"
        if self._psql(look).stdout.strip() == "1":
            return
        made = self._psql(f"create database {DATABASE}")
        if made.returncode != 0 and self._psql(look).stdout.strip() != "1":
            raise StartFailed(made.stderr.strip())

    def _psql(self, query: str) -> subprocess.CompletedProcess[str]:
        command = [self.binaries["psql"], "-XAtq", "-h", str(self.home.sockets), "-p", str(PORT)]
        command += ["-U", OWNER, "-d", "postgres", "-c", query]
        return self._run(command, PGPASSWORD=self.home.password())

    def _run(self, command: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 -- programs of the found installation
            command,
            cwd="/",
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.identity,
        )

    def _processes(self) -> Iterator[int]:
        """PostgreSQL processes that work in our data folder."""
        if sys.platform == "linux":
            folder = self.home.data.resolve()
            for entry in Path("/proc").iterdir():
                if entry.name.isdigit() and _works_in(entry, folder):
                    yield int(entry.name)
        elif (pid := self._recorded_pid()) is not None and _is_postgres(pid):
            yield pid

    def _recorded_pid(self) -> int | None:
        try:
            first = (self.home.data / "postmaster.pid").read_text().split("\n", 1)[0]
        except OSError:
            return None
        return int(first) if first.isdigit() else None

    def _drop_stale_pid_file(self) -> None:
        """After a restart of the machine the recorded number may belong to any other process."""
        pid = self._recorded_pid()
        if pid is None or not _is_postgres(pid):
            (self.home.data / "postmaster.pid").unlink(missing_ok=True)


def _works_in(process: Path, folder: Path) -> bool:
    try:
        if (process / "cwd").readlink() != folder:
            return False
        return (process / "comm").read_text().strip().startswith("postgres")
    except OSError:  # it ended, or is not ours to look at
        return False


def _is_postgres(pid: int) -> bool:
    said = subprocess.run(  # noqa: S603 -- a system program, a number
        ["/bin/ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in said.stdout


def _die_with(parent: int) -> Callable[[], None] | None:
    """Makes the child get SIGINT (fast shutdown) when its parent dies, even by kill -9.

    It runs after the change of user, which would clear the request.
    """
    if sys.platform != "linux":
        return None  # the next keeper ends what is left over
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(signal.SIGINT))
        if os.getppid() != parent:
            os._exit(1)

    return ask


def _tail(path: Path, lines: int = 15) -> list[str]:
    return path.read_text(errors="replace").splitlines()[-lines:]
