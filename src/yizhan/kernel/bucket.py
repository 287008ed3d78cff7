"""Files in object storage: one bucket for all processes, whichever machine they run on."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import structlog

from yizhan.kernel import errors, storage

logger = structlog.get_logger(__name__)

_ATTEMPT = timedelta(seconds=15)
_CONNECT = timedelta(seconds=3)
_TRIES = 2  # again after a failure, within the whole time below
_ALTOGETHER = timedelta(seconds=20)
_CHECKED = b"yizhan storage check"


class StorageDown(errors.Unavailable):
    """The file store cannot be reached right now; try again soon."""


class ExtraMissing(errors.Invalid):
    """YIZHAN_FILES_URL needs the extra: pip install 'yizhan[scale]'."""


class Bucket:
    """Objects ``<prefix>/<workspace>/<ab>/<sha256>``. A put that returned is durable as the store promises."""

    def __init__(self, url: str, *, options: Mapping[str, str] | None = None) -> None:
        """``options``: endpoint, region, access_key_id, secret_access_key; what is empty is left to
        the machine's own credentials. Errors: ExtraMissing, BadAddress."""
        try:
            import obstore  # noqa: PLC0415 -- an extra, and no part of the start
            from obstore import store  # noqa: PLC0415 -- the same
        except ImportError as error:
            raise ExtraMissing from error
        self._api: Any = obstore
        known = obstore.exceptions
        self._refusals = (known.PermissionDeniedError, known.UnauthenticatedError)
        given = {name: value for name, value in (options or {}).items() if value}
        plain = given.get("endpoint", "").startswith("http://")
        try:
            make: Any = store.from_url  # typed for each provider apart; the address chooses
            self._store: Any = make(
                url,
                config=given,
                client_options={
                    "timeout": _ATTEMPT,
                    "connect_timeout": _CONNECT,
                    "allow_http": plain,
                },
                retry_config={"max_retries": _TRIES, "retry_timeout": _ALTOGETHER},
            )
        except (obstore.exceptions.BaseError, ValueError, TypeError) as error:
            raise storage.BadAddress(f"YIZHAN_FILES_URL: {_short(error)}") from error
        self.url = url

    async def put(self, workspace_id: int, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        key = storage.key(workspace_id, sha256)
        with self._faults():
            if await self._size(key) != len(content):
                await self._api.put_async(self._store, key, content)
        return sha256

    async def get(self, workspace_id: int, sha256: str) -> bytes:
        with self._faults():
            found = await self._api.get_async(self._store, storage.key(workspace_id, sha256))
            return bytes(await found.bytes_async())

    async def check(self) -> None:
        """Writes, reads and compares: a store that only seems to take files is found out."""
        with self._faults():
            key = storage.key(0, hashlib.sha256(_CHECKED).hexdigest())
            await self._api.put_async(self._store, key, _CHECKED)
            found = await self._api.get_async(self._store, key)
            if bytes(await found.bytes_async()) != _CHECKED:
                raise StorageDown("The file store gives back something else than it was given.")

    async def _size(self, key: str) -> int | None:
        try:
            found: int = (await self._api.head_async(self._store, key))["size"]
        except (self._api.exceptions.NotFoundError, FileNotFoundError):
            return None
        return found

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (self._api.exceptions.NotFoundError, FileNotFoundError) as error:
            raise storage.FileMissing from error
        except (PermissionError, *self._refusals) as error:
            logger.warning("file_store_refused", error=_short(error))
            raise StorageDown("The file store refuses the key of this desk.") from error
        except (self._api.exceptions.BaseError, OSError) as error:
            logger.warning("file_store_failed", error=_short(error))
            raise StorageDown from error  # the address is nobody's business who asks for a file


def _short(error: Exception) -> str:
    """The first line, without what the client adds to find its own bugs."""
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__
