"""The two clients."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any, Self

import httpx2

from yizhan_client.operations.awaited import AsyncOperations
from yizhan_client.operations.blocking import Operations
from yizhan_client.retry import Retries
from yizhan_client.stream import Frame
from yizhan_client.transport import AsyncTransport, SyncTransport

_TIMEOUT = 30.0


def _settings(url: str, token: str, given: dict[str, Any]) -> dict[str, Any]:
    headers = {"User-Agent": "yizhan-client", **given.pop("headers", {})}
    headers["Authorization"] = f"Bearer {token}"
    return {"base_url": url, "timeout": _TIMEOUT, **given, "headers": headers}


class AsyncClient(AsyncOperations):
    """The API with ``await``. Further settings (``timeout``, ``transport``, ``verify``, ``proxy``)
    are httpx2's.
    """

    def __init__(
        self, url: str, *, token: str, retries: Retries | None = None, **settings: Any
    ) -> None:
        self._http = httpx2.AsyncClient(**_settings(url, token, settings))
        super().__init__(AsyncTransport(self._http, retries or Retries()))

    def stream(self, after: str | None = None) -> AsyncIterator[Frame]:
        """What happens, as it happens, for ever: connected again whenever it breaks off.

        Begins behind ``after``, a frame's cursor that was kept, else now. Raises ConnectionFailed
        when the server stays away.
        """
        return self._transport.follow(after)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()


class Client(Operations):
    """The API without ``await``. Further settings are httpx2's."""

    def __init__(
        self, url: str, *, token: str, retries: Retries | None = None, **settings: Any
    ) -> None:
        self._http = httpx2.Client(**_settings(url, token, settings))
        super().__init__(SyncTransport(self._http, retries or Retries()))

    def stream(self, after: str | None = None) -> Iterator[Frame]:
        """What happens, as it happens; as that of :class:`AsyncClient`."""
        return self._transport.follow(after)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
