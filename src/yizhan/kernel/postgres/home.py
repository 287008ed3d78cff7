"""Where the files of one cluster live. No folder above the data directory is ever changed."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from yizhan.kernel.postgres import account as accounts
from yizhan.kernel.postgres.binaries import STATE

PORT = 5432  # names the socket only: nothing listens on the network
LONGEST_SOCKET_FOLDER = 90  # sun_path holds 107 bytes with "/.s.PGSQL.5432.lock"


@dataclass(frozen=True)
class Paths:
    """The names of our files in a data directory."""

    root: Path

    @property
    def info(self) -> Path:
        """How to connect; exists while a server is meant to run."""
        return self.root / "postgres.json"

    @property
    def users(self) -> Path:
        """Locked shared by each process that uses the server."""
        return self.root / "postgres.users"

    @property
    def keeper(self) -> Path:
        """Locked by the one process that keeps the server."""
        return self.root / "postgres.keeper"

    @property
    def log(self) -> Path:
        """What the keeper says, and why a server could not start."""
        return self.root / "postgres.log"

    @property
    def location(self) -> Path:
        """Points to the cluster when it cannot live here."""
        return self.root / "postgres.location"


@dataclass(frozen=True)
class Home:
    """The folder of one cluster, owned by the account that runs it."""

    folder: Path
    account: accounts.Account | None
    sockets: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    def password(self) -> str:
        """The random password of the owner, made at the first call."""
        if not self.password_file.exists():
            fresh = self.password_file.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(32))
            self.give(fresh)
            fresh.rename(self.password_file)
        return self.password_file.read_text().strip()

    def give(self, path: Path) -> None:
        """Hands a file that we made over to the account."""
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def make(self, folder: Path) -> None:
        """Creates a private folder of the account's."""
        folder.mkdir(mode=0o700, exist_ok=True)
        self.give(folder)


def settle(paths: Paths) -> Home:
    """Finds or makes the home of a data directory's cluster."""
    folder = _folder(paths)
    account = accounts.current(owner_of=folder)
    home = Home(folder, account, _socket_folder(folder))
    for made in (folder, home.logs, home.sockets):
        home.make(made)
        if made.stat().st_uid != (account.uid if account else os.geteuid()):
            message = f"{made} belongs to somebody else"
            raise PermissionError(message)
    return home


def _folder(paths: Paths) -> Path:
    here = paths.root / "postgres"
    if os.geteuid() != 0 or (here / "data").is_dir():
        return here
    if paths.location.is_file():
        return _elsewhere(paths)
    # Passing through is all that the account needs, and only through the data directory itself.
    mode = stat.S_IMODE(paths.root.stat().st_mode)
    paths.root.chmod(mode | 0o011)
    account = accounts.service()
    if account.can_enter(paths.root):
        return here
    paths.root.chmod(mode)
    return _elsewhere(paths)


def _elsewhere(paths: Paths) -> Path:
    """A folder below /var/lib for a data directory that the account cannot reach."""
    clusters = STATE / "clusters"
    clusters.mkdir(mode=0o755, parents=True, exist_ok=True)
    if not paths.location.is_file():
        _collect(clusters)
        paths.location.write_text(secrets.token_hex(6))
    name = paths.location.read_text().strip()
    origin = clusters / f"{name}.origin"
    if origin.is_file():
        other = Path(json.loads(origin.read_text()))
        if other != paths.root and _points_to(other, name):
            # The data directory was copied: two servers on the same files would destroy them.
            message = (
                f"{paths.root} is a copy of {other}, whose database lives in {clusters / name}"
            )
            raise PermissionError(message)
    origin.write_text(json.dumps(str(paths.root)))
    return clusters / name


def _collect(clusters: Path) -> None:
    """Removes clusters whose data directory was deleted."""
    for origin in clusters.glob("*.origin"):
        name = origin.stem
        root = Path(json.loads(origin.read_text()))
        if not _runs(clusters / name / "data") and not _points_to(root, name):
            shutil.rmtree(clusters / name, ignore_errors=True)
            origin.unlink(missing_ok=True)


def _runs(data: Path) -> bool:
    try:
        os.kill(int((data / "postmaster.pid").read_text().split("\n", 1)[0]), 0)
    except (OSError, ValueError):
        return False
    return True


def _points_to(root: Path, name: str) -> bool:
    location = Paths(root).location
    return location.is_file() and location.read_text().strip() == name


def _socket_folder(folder: Path) -> Path:
    near = folder / "run"
    if len(os.fsencode(near)) < LONGEST_SOCKET_FOLDER:
        return near
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    if os.geteuid() == 0:
        root = STATE / "run"
        root.mkdir(mode=0o755, parents=True, exist_ok=True)
        return root / name
    return Path("/tmp") / f"yizhan-{os.geteuid()}-{name}"  # noqa: S108 -- 0700, its owner is checked
