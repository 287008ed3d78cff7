"""The service account that PostgreSQL runs under when we are root, which it refuses to run as."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "yizhan"
FALLBACKS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A system user, by number."""

    uid: int
    gid: int

    def identity(self) -> dict[str, Any]:
        """Arguments for :mod:`subprocess` that make a child run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Whether the account can reach the folder: tried for real, so that ACLs count too."""
        return self._succeeds(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)])

    def can_run(self, program: str) -> bool:
        """Whether the account can start a program."""
        return self._succeeds([program, "--version"])

    def _succeeds(self, command: Sequence[str]) -> bool:
        try:
            done = subprocess.run(  # noqa: S603 -- fixed programs of ours
                command, cwd="/", capture_output=True, check=False, **self.identity()
            )
        except OSError:
            return False
        return done.returncode == 0


def current(*, owner_of: Path) -> Account | None:
    """Who runs the server: ourselves (None) unless we are root; then whoever owns ``owner_of``."""
    if os.geteuid() != 0:
        return None
    try:
        status = owner_of.stat()
    except FileNotFoundError:
        return service()
    return Account(status.st_uid, status.st_gid) if status.st_uid else service()


def service(*, create: Callable[[], None] | None = None) -> Account:
    """The system user ``yizhan``, made when missing; else ``postgres``, else ``nobody``."""
    if _named(NAME) is None:
        (create or _create)()
    for name in (NAME, *FALLBACKS):
        if (account := _named(name)) is not None:
            return account
    message = "no account to run PostgreSQL under: create a system user named yizhan"
    raise LookupError(message)


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid)


def _create() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd:
        # It fails when another process is creating the same user: the look-up after it decides.
        subprocess.run(  # noqa: S603 -- a system program, fixed arguments
            [
                *(useradd, "--system", "--user-group", "--no-create-home"),
                *("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME),
            ],
            capture_output=True,
            check=False,
        )
