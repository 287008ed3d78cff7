"""Files by content: a file's name is the SHA-256 of its bytes, per workspace, so nothing is written twice."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from yizhan.kernel import errors
from yizhan.kernel.room import Room, StorageFull

if TYPE_CHECKING:
    from yizhan.kernel.config import Config


class FileMissing(errors.NotFound):
    """The file's content is not in the store."""


class BadAddress(errors.Invalid):
    """YIZHAN_FILES_URL is no address of a bucket, such as s3://bucket/folder."""


class Store(Protocol):
    """Where the bytes of files live."""

    async def put(self, workspace_id: int, content: bytes) -> str:
        """Store and return the SHA-256 in hex. It is durable when this returns."""
        ...

    async def get(self, workspace_id: int, sha256: str) -> bytes:
        """Errors: :class:`FileMissing`."""
        ...

    async def check(self) -> None:
        """Errors: :class:`StorageFull` when nothing can be written."""
        ...


def key(workspace_id: int, sha256: str) -> str:
    """A file's place within its store. Errors: :class:`FileMissing` where that is no hash."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise FileMissing
    return f"{workspace_id:d}/{sha256[:2]}/{sha256}"


def opened(config: Config) -> Store:
    """The store of this installation: a bucket where one is named, else the folder of its data."""
    if not config.files_url:
        return Disk(config.data / "files", reserve_mb=config.reserve_mb)
    from yizhan.kernel import bucket  # noqa: PLC0415 -- most installations have none

    return bucket.Bucket(
        config.files_url,
        options={
            "endpoint": config.files_endpoint,
            "region": config.files_region,
            "access_key_id": config.files_key,
            "secret_access_key": config.files_secret,
        },
    )


class Disk:
    """A folder: ``root/<workspace>/<ab>/<sha256>``, written beside and renamed, flushed to the disk."""

    def __init__(self, root: Path, *, reserve_mb: int = 0) -> None:
        self.root = root
        self.room = Room(root.parent, reserve_mb=reserve_mb)

    def path(self, workspace_id: int, sha256: str) -> Path:
        return self.root / key(workspace_id, sha256)

    async def put(self, workspace_id: int, content: bytes) -> str:
        self.room.require()
        return await asyncio.to_thread(self._put, workspace_id, content)

    def _put(self, workspace_id: int, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(workspace_id, sha256)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_size == len(content):
                os.utime(path)  # it is wanted again: nobody may clear it away now
                return sha256
        temporary = path.with_name(f".{sha256[:12]}.{secrets.token_hex(6)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise StorageFull(str(error.strerror or error)) from error
        return sha256

    def older(self, before: float) -> Iterator[tuple[int, str, int]]:
        """Workspace, hash and size of what nobody has put since a moment (seconds since 1970)."""
        for path in self.root.glob("*/??/*"):
            with contextlib.suppress(FileNotFoundError, ValueError):
                status = path.stat()
                if status.st_mtime < before and path.name[0] != ".":
                    yield int(path.parts[-3]), path.name, status.st_size

    def drop(self, workspace_id: int, sha256: str, *, before: float) -> bool:
        """Remove what nobody has put since a moment; whoever puts it now has it afterwards."""
        path = self.path(workspace_id, sha256)
        aside = path.with_name(f".{sha256[:12]}.{secrets.token_hex(6)}")
        try:
            path.rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= before:
            aside.replace(path)
            return False
        aside.unlink()
        return True

    async def get(self, workspace_id: int, sha256: str) -> bytes:
        try:
            return await asyncio.to_thread(self.path(workspace_id, sha256).read_bytes)
        except FileNotFoundError as error:
            raise FileMissing from error

    async def check(self) -> None:
        await self.put(0, b"yizhan storage check")
