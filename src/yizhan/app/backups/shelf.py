"""The folder of an archive: bases (copies of the database's files), the log written since, files, key."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from yizhan.app.backups import errors, folder

FORMAT = "yizhan-archive"
VERSION = 1
_BEFORE = "before-"
_SEGMENT = 24  # digits in the name of a piece of the log


class Mark(msgspec.Struct, frozen=True):
    """Whose archive this is."""

    format: str
    version: int
    system: str  # the database's own number, made with it
    timeline: int
    major: int
    key: str  # plain | sealed | none


class Base(msgspec.Struct, frozen=True):
    """A copy of the database's files. With the log behind it, it becomes any moment from ``end_at`` on."""

    name: str
    begin_at: datetime
    end_at: datetime
    begin_wal: str  # name of the first piece of the log that it needs


class Reach(msgspec.Struct, frozen=True):
    """All that was committed before this moment is in the archive, and the files that it names."""

    at: datetime


class Shelf:
    """One archive."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.wal = root / "wal"
        self.bases = root / "bases"
        self.files = root / "files"
        self.key = root / "key"

    def mark(self) -> Mark | None:
        """None where there is no archive."""
        try:
            found = msgspec.json.decode((self.root / "archive.json").read_bytes(), type=Mark)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise errors.NotABackup(f"{self.root} holds no archive.") from error
        if found.format != FORMAT:
            raise errors.NotABackup(f"{self.root} holds no archive.")
        if found.version != VERSION:
            raise errors.BackupTooNew
        return found

    def begin(self, mark: Mark) -> None:
        """A new archive in an empty folder. Errors: :class:`.BackupPathTaken`."""
        if self.root.exists() and any(self.root.iterdir()):
            raise errors.BackupPathTaken(f"{self.root} is not empty; name another folder.")
        for made in (self.root, self.wal, self.bases, self.files):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.write("archive.json", mark)

    def set_aside(self, now: datetime) -> None:
        """What was kept so far becomes an archive of its own below this one: a piece is missing behind it."""
        if not any(self.bases.iterdir()) and not any(self.wal.iterdir()):
            return
        old = self.root / f"{_BEFORE}{now:%Y%m%dT%H%M%S}"
        old.mkdir(mode=0o700)
        (old / "files").symlink_to(Path("..") / "files")
        for name in ("archive.json", "key"):
            if (self.root / name).exists():
                shutil.copy2(self.root / name, old / name)
        for name in ("reach.json", "bases", "wal"):
            if (self.root / name).exists():
                (self.root / name).rename(old / name)
        self.wal.mkdir(mode=0o700)
        self.bases.mkdir(mode=0o700)

    def write(self, name: str, what: msgspec.Struct) -> None:
        """A small file, whole or not at all."""
        place = self.root / name
        fresh = place.with_name(f".{place.name}.new")
        with fresh.open("wb") as out:
            out.write(folder.pretty(what))
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(place)

    def reach(self) -> Reach | None:
        """How far it goes."""
        try:
            return msgspec.json.decode((self.root / "reach.json").read_bytes(), type=Reach)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def all_bases(self) -> list[Base]:
        """The whole ones, oldest first."""
        found = [
            msgspec.json.decode(place.read_bytes(), type=Base)
            for place in self.bases.glob("*/base.json")
            if not place.parent.name.startswith(".")
        ]
        return sorted(found, key=lambda base: base.end_at)

    def base_for(self, until: datetime | None) -> Base:
        """The newest base from which a moment can be reached. Errors: :class:`.MomentOutside`."""
        bases, reach = self.all_bases(), self.reach()
        if not bases or reach is None:
            raise errors.MomentOutside("The archive holds no finished base yet.")
        if until is not None and until > reach.at:
            raise errors.MomentOutside(f"The archive reaches until {_said(reach.at)}.")
        fit = [b for b in bases if b.end_at <= (until or reach.at)]
        if not fit:
            raise errors.MomentOutside(f"The archive begins with {_said(bases[0].end_at)}.")
        return fit[-1]

    def segments(self, first: str) -> Iterator[tuple[str, Path]]:
        """Pieces of the log from a name on, and the histories of timelines: (name, file)."""
        for place in sorted(self.wal.iterdir()):
            name = place.name.removesuffix(".partial")
            if place.name != name and (self.wal / name).exists():
                continue
            if name.endswith(".history") or (len(name) == _SEGMENT and name[8:] >= first[8:]):
                yield name, place

    def prune(self, *, keep: timedelta, now: datetime) -> None:
        """Forget what is needed for no moment of the last days."""
        for aside in self.root.glob(f"{_BEFORE}*"):
            reach = Shelf(aside).reach()
            if reach is None or reach.at < now - keep:
                shutil.rmtree(aside)
        bases = self.all_bases()
        old = [base for base in bases if base.end_at < now - keep]
        for base in old[:-1]:  # the newest of the old ones leads to the first moment that is kept
            shutil.rmtree(self.bases / base.name)
            bases.remove(base)
        if not bases:
            return
        for place in self.wal.iterdir():
            name = place.name
            if len(name) == _SEGMENT and name[8:] < bases[0].begin_wal[8:]:
                place.unlink()

    def keep_files(self, store: Path, *, since: float) -> float:
        """Copy files that came into the store; those there are never change. Returns when it looked.

        A folder's time changes with its entries, so only folders that got a file are listed.
        """
        newest = since
        for inner in store.glob("*/??"):
            changed = inner.stat().st_mtime
            if changed + 2 < since:  # coarse clocks of file systems
                continue
            newest = max(newest, changed)
            for file in inner.iterdir():
                target = self.files / inner.parent.name / inner.name / file.name
                if file.name.startswith(".") or target.exists():
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                fresh = target.with_name(f".{target.name}")
                shutil.copyfile(file, fresh)
                with fresh.open("rb") as written:
                    os.fsync(written.fileno())
                fresh.rename(target)
        return newest

    def content(self, workspace_id: int, sha256: str) -> bytes | None:
        """A kept file; None when it is missing or was changed."""
        try:
            data = (self.files / str(workspace_id) / sha256[:2] / sha256).read_bytes()
        except FileNotFoundError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
