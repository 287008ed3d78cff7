"""A backup on the disk: a folder with a manifest that is written last.

It is written beside its place under another name and renamed when all of it is on the disk, so what
bears the name is whole.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO

import msgspec

from yizhan.app.backups import errors

FORMAT = "yizhan-backup"
VERSION = 1
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"  # of the manifest's bytes
FILE_LIST = "files.list"
CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class TablePart(msgspec.Struct, frozen=True):
    """The rows of one table: gzip of COPY's text form."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str  # of the rows
    file_sha256: str  # of the compressed file

    @property
    def path(self) -> str:
        return f"tables/{self.name}.copy.gz"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds."""

    format: str
    version: int
    release: str
    made_at: str
    migrations: tuple[int, ...]
    sha256: str
    rows: int
    tables: tuple[TablePart, ...]
    sequences: dict[str, int]
    file_list_sha256: str
    files: int
    missing: tuple[str, ...]  # named by rows, but not in the store when the backup was made
    key: str  # plain | sealed | none
    key_sha256: str


class Writer:
    """Writes one folder. Use it with :func:`writing`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes, *, mode: int = 0o600) -> None:
        """A whole small file, flushed to the disk."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
            out.write(content)
            _flush(out)

    @contextlib.contextmanager
    def packed(self, name: str) -> Iterator[Packed]:
        """A compressed file that is written piece by piece."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            packed = Packed(out)
            yield packed
            packed.end()
            _flush(out)


class Packed:
    """gzip, with the hash of what lies on the disk."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._squeeze = zlib.compressobj(level=1, wbits=31)
        self._hash = hashlib.sha256()
        self.size = 0

    async def write(self, data: bytes) -> None:
        self._put(self._squeeze.compress(data))

    def end(self) -> None:
        self._put(self._squeeze.flush())

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def _put(self, data: bytes) -> None:
        self._hash.update(data)
        self.size += len(data)
        self._out.write(data)


def require_free(path: Path) -> None:
    """Makes the folders above a new file or folder. Errors: :class:`.BackupPathTaken`."""
    if path.exists():
        raise errors.BackupPathTaken(f"{path} exists already; choose another path.")
    path.parent.mkdir(parents=True, exist_ok=True)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """The folder of a new backup; it gets its name when the block ends well, else it goes.

    Errors: :class:`.BackupPathTaken`, :class:`.BackupRunning`, :class:`.BackupPathFull`.
    """
    require_free(path)
    part = path.with_name(f".{path.name}.part")
    with full_disk(path), _alone(path, part):
        part.mkdir(mode=0o700)
        try:
            yield Writer(part)
            flush_folders(part)
            part.rename(path)
            flush_folder(path.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


@contextlib.contextmanager
def full_disk(path: Path) -> Iterator[None]:
    """Says in words that a disk is full. Errors: :class:`.BackupPathFull`."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        free = shutil.disk_usage(next(p for p in path.parents if p.exists())).free
        message = f"No room at {path.parent} ({free // 1024**2} MB free); nothing was left behind."
        raise errors.BackupPathFull(message) from error


@contextlib.contextmanager
def _alone(path: Path, part: Path) -> Iterator[None]:
    lock = path.with_name(f".{path.name}.lock")
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise errors.BackupRunning from error
        try:
            if part.exists():  # of one that was killed: nobody holds its lock
                shutil.rmtree(part)
            yield
        finally:
            lock.unlink(missing_ok=True)


def _flush(out: IO[bytes]) -> None:
    out.flush()
    os.fsync(out.fileno())


def flush_folder(folder: Path) -> None:
    """Makes names in a folder survive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def flush_folders(root: Path) -> None:
    """The same for a folder and all below it."""
    for folder, _, _ in os.walk(root):
        flush_folder(Path(folder))


def pretty(manifest: msgspec.Struct) -> bytes:
    """A manifest that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def seal(writer: Writer, manifest: Manifest) -> None:
    """The manifest, last of all."""
    content = pretty(manifest)
    writer.put(MANIFEST, content)
    writer.put(SEAL, f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n".encode())


def load(path: Path) -> Manifest:
    """The manifest of a backup. Errors: NotABackup, BackupDamaged, BackupTooNew."""
    try:
        content = (path / MANIFEST).read_bytes()
        sealed = (path / SEAL).read_text().split()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise errors.NotABackup(f"{path} holds no complete backup.") from error
    if hashlib.sha256(content).hexdigest() != sealed:
        raise errors.BackupDamaged(f"{MANIFEST} was changed; nothing was restored.")
    head = msgspec.json.decode(content)
    if head.get("format") != FORMAT:
        raise errors.NotABackup(f"{path} is not a backup of an installation.")
    if head.get("version") != VERSION:
        raise errors.BackupTooNew
    try:
        return msgspec.convert(head, Manifest)
    except msgspec.ValidationError as error:
        raise errors.BackupDamaged(f"{MANIFEST}: {error}") from error


def check(path: Path, manifest: Manifest) -> list[tuple[int, str]]:
    """Every hash of every part, before anything is touched. Returns the files that it holds.

    Errors: :class:`.BackupDamaged` with the names of what is wrong.
    """
    wrong = [part.path for part in manifest.tables if hash_of(path / part.path) != part.file_sha256]
    if hash_of(path / FILE_LIST) != manifest.file_list_sha256:
        wrong.append(FILE_LIST)
    if manifest.key != "none" and hash_of(path / "key") != manifest.key_sha256:
        wrong.append("key")
    found = [] if FILE_LIST in wrong else file_list(path)
    wrong += [f"files/{ws}/{sha}" for ws, sha in found if hash_of(file_path(path, ws, sha)) != sha]
    if wrong:
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        message = f"Damaged or missing: {', '.join(wrong[:5])}{more}. Nothing was changed."
        raise errors.BackupDamaged(message)
    return found


def file_list(path: Path) -> list[tuple[int, str]]:
    """Workspace and name of each file in a backup whose list is sound."""
    lines = (path / FILE_LIST).read_text().splitlines()
    return [(int(workspace), sha256) for workspace, sha256 in map(str.split, lines)]


def file_path(path: Path, workspace_id: int, sha256: str) -> Path:
    """Where the bytes of a file lie."""
    return path / "files" / str(workspace_id) / sha256[:2] / sha256


def hash_of(path: Path) -> str:
    """SHA-256 of a file in hex; empty when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


async def unpacked(path: Path) -> AsyncIterator[bytes]:
    """A compressed part, piece by piece."""
    squeezed = zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            while data:
                yield squeezed.decompress(data, CHUNK)
                data = squeezed.unconsumed_tail
    if not squeezed.eof:
        raise errors.BackupDamaged(f"{path.name} ends too early.")
