"""The archive of a workspace: a zip with a manifest, a JSON Lines file a kind, and the files by hash.

What comes in is a stranger's: names are compared, never followed; nothing is unpacked before every
hash was checked, and nothing grows beyond what the manifest said and a zip of text can come to.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from yizhan.app.moving import errors

FORMAT = "yizhan-workspace"
VERSION = 1
MANIFEST = "manifest.json"
FILE_LIST = "files.list"
CHUNK = 1 << 20
LARGEST_MANIFEST = 4 << 20
LONGEST_LINE = 256 << 20
# Text of JSON comes to a tenth or a twentieth. What grows hundreds of times was made to do harm.
MOST_GROWTH = 300
FREE_GROWTH = 64 << 20
_SHA = re.compile(r"[0-9a-f]{64}")


class KindPart(msgspec.Struct, frozen=True):
    """The rows of one kind."""

    name: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str

    @property
    def path(self) -> str:
        return f"data/{self.name}.jsonl"


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds. ``sha256`` is the content's: rows and files, whatever the zip is like."""

    format: str
    version: int
    release: str
    made_at: str
    migrations: tuple[int, ...]
    workspace_id: str
    slug: str
    name: str
    kinds: tuple[KindPart, ...]
    files: int
    file_list_sha256: str
    missing: tuple[str, ...]
    sha256: str


class FilePart(msgspec.Struct, frozen=True):
    """One file: its hash and size."""

    sha256: str
    size: int

    @property
    def path(self) -> str:
        return f"files/{self.sha256[:2]}/{self.sha256}"


def combined(parts: dict[str, tuple[str, int]], files: list[str]) -> str:
    """The content hash: name to (hash, rows) of each kind, and the names of the files."""
    lines = [f"kind {name} {sha256} {rows}" for name, (sha256, rows) in parts.items() if rows]
    lines += [f"file {sha256}" for sha256 in files]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def file_lines(files: list[FilePart]) -> bytes:
    """The list of files as it lies in the archive."""
    return "".join(f"{one.sha256} {one.size}\n" for one in files).encode()


class Reader:
    """An archive that was checked as a whole. Make it with :func:`checked`."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, files: list[FilePart]) -> None:
        self.archive = archive
        self.manifest = manifest
        self.files = files

    def lines(self, part: KindPart) -> Iterator[bytes]:
        """The rows of a kind, one by one. Errors: :class:`.ArchiveRefused`."""
        rest = b""
        for data in _pieces(self.archive, part.path, size=part.size):
            *whole, rest = (rest + data).split(b"\n")
            yield from whole
            if len(rest) > LONGEST_LINE:
                raise errors.ArchiveRefused(f"{part.path}: a line without an end")
        if rest:
            raise errors.ArchiveRefused(f"{part.path}: the last line has no end")

    def content(self, file: FilePart) -> bytes:
        return b"".join(_pieces(self.archive, file.path, size=file.size))


def checked(archive: zipfile.ZipFile, path: Path) -> Reader:
    """Every name, size and hash of an archive that was opened.

    Errors: ArchiveRefused, ArchiveTooLarge, ArchiveTooNew.
    """
    names, size = archive.namelist(), path.stat().st_size
    if len(names) != len(set(names)):
        raise errors.ArchiveRefused("The archive names a part twice.")
    manifest = _manifest(archive)
    listed = _read_small(archive, FILE_LIST, largest=max(LARGEST_MANIFEST, size * 4))
    if hashlib.sha256(listed).hexdigest() != manifest.file_list_sha256:
        raise errors.ArchiveRefused(f"{FILE_LIST} was changed.")
    files = [_file(line) for line in listed.decode("ascii", "replace").splitlines()]
    if len(files) != manifest.files:
        raise errors.ArchiveRefused(f"{FILE_LIST} does not name as many files as it should.")
    wanted = {MANIFEST, FILE_LIST, *(p.path for p in manifest.kinds), *(f.path for f in files)}
    if strange := set(names) ^ wanted:
        raise errors.ArchiveRefused(f"Not as the manifest says: {min(strange)!r}.")
    grown = sum(p.size for p in manifest.kinds) + sum(f.size for f in files)
    if grown > FREE_GROWTH and grown > size * MOST_GROWTH:
        raise errors.ArchiveTooLarge
    parts: list[KindPart | FilePart] = [*manifest.kinds, *files]
    for part in parts:
        hashed = hashlib.sha256()
        for data in _pieces(archive, part.path, size=part.size):
            hashed.update(data)
        if hashed.hexdigest() != part.sha256:
            raise errors.ArchiveRefused(f"{part.path} was changed.")
    content = {part.name: (part.sha256, part.rows) for part in manifest.kinds}
    if combined(content, [file.sha256 for file in files]) != manifest.sha256:
        raise errors.ArchiveRefused(f"{MANIFEST} was changed.")
    return Reader(archive, manifest, files)


def opened(path: Path) -> zipfile.ZipFile:
    """The zip itself. Errors: :class:`.ArchiveRefused`."""
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise errors.ArchiveRefused(f"{path.name} is not a whole archive: {error}") from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    raw = _read_small(archive, MANIFEST, largest=LARGEST_MANIFEST)
    try:
        head = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        mark, number = msgspec.json.decode(head["format"]), msgspec.json.decode(head["version"])
    except (msgspec.MsgspecError, KeyError, UnicodeDecodeError) as error:
        raise errors.ArchiveRefused from error
    if mark != FORMAT:
        raise errors.ArchiveRefused
    if number != VERSION:
        raise errors.ArchiveTooNew
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise errors.ArchiveRefused(f"{MANIFEST}: {error}") from error
    if not manifest.workspace_id.isdigit() or not 0 < int(manifest.workspace_id) < 1 << 63:
        raise errors.ArchiveRefused(f"{MANIFEST}: this is no workspace.")
    return manifest


def _file(line: str) -> FilePart:
    sha256, _, size = line.partition(" ")
    if not _SHA.fullmatch(sha256) or not size.isdigit() or len(size) > 15:
        raise errors.ArchiveRefused(f"{FILE_LIST} names something that is no file.")
    return FilePart(sha256, int(size))


def _read_small(archive: zipfile.ZipFile, name: str, *, largest: int) -> bytes:
    if name not in archive.namelist():
        raise errors.ArchiveRefused(f"There is no {name} in the archive.")
    data = b""
    for piece in _raw(archive, name):
        data += piece
        if len(data) > largest:
            raise errors.ArchiveTooLarge
    return data


def _pieces(archive: zipfile.ZipFile, name: str, *, size: int) -> Iterator[bytes]:
    """A part, piece by piece, as long as it was said to be and no longer."""
    seen = 0
    for data in _raw(archive, name):
        seen += len(data)
        if seen > size:
            raise errors.ArchiveRefused(f"{name} is longer than the manifest says.")
        yield data
    if seen != size:
        raise errors.ArchiveRefused(f"{name} is shorter than the manifest says.")


def _raw(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as part:
            while data := part.read(CHUNK):
                yield data
    # A zip that was tampered with fails in many ways of zlib and zipfile.
    except (OSError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise errors.ArchiveRefused(f"{name}: {error}") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise errors.ArchiveRefused(f"{name}: {error}") from error
        raise
