"""The way to the server and back, twice: with and without ``await``. Everything else is shared."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, TypeVar

import httpx2

from yizhan_client import answer, errors, request, stream
from yizhan_client.request import Id, Request
from yizhan_client.retry import Retries

T = TypeVar("T")
# Nothing of the request can have arrived.
_UNSENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)


def _arguments(asked: Request) -> dict[str, Any]:
    found: dict[str, Any] = {"params": asked.query, "headers": asked.headers}
    if asked.content is not None:
        found["content"] = asked.content
    if asked.file is not None:
        found["files"] = {"file": tuple(asked.file)}
    return found


class _Patience:
    """Counts the tries of one request."""

    def __init__(self, retries: Retries, asked: Request) -> None:
        self.retries = retries
        self.asked = asked
        self.tries = 0

    def failed(self, failure: httpx2.TransportError) -> float:
        pause = self.retries.after_failure(
            self.asked,
            tries=self.tries,
            sent=not isinstance(failure, _UNSENT),
            chance=random.random(),  # noqa: S311 # spreads clients out, keeps no secret
        )
        self.tries += 1
        if pause is None:
            raise errors.ConnectionFailed(str(failure) or type(failure).__name__) from failure
        return pause

    def answered(self, response: httpx2.Response) -> float | None:
        pause = self.retries.after_answer(
            response.status_code,
            response.headers,
            tries=self.tries,
            chance=random.random(),  # noqa: S311 # spreads clients out, keeps no secret
        )
        self.tries += 1
        return pause


class AsyncTransport:
    """Sends requests, again if need be."""

    def __init__(
        self,
        http: httpx2.AsyncClient,
        retries: Retries,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.http = http
        self.retries = retries
        self.sleep = sleep

    async def call(self, kind: type[T], method: str, path: str, *ids: Id, **given: Any) -> T:
        """The answer as a value."""
        return answer.read(kind, await self._exchange(method, path, ids, given))

    async def send(self, method: str, path: str, *ids: Id, **given: Any) -> None:
        """When nothing comes back."""
        answer.check(await self._exchange(method, path, ids, given))

    async def fetch(self, method: str, path: str, *ids: Id, **given: Any) -> bytes:
        """When a file comes back."""
        response = await self._exchange(method, path, ids, given)
        answer.check(response)
        return response.content

    async def _exchange(
        self, method: str, path: str, ids: tuple[Id, ...], given: dict[str, Any]
    ) -> httpx2.Response:
        asked = request.build(method, path, ids, **given)
        patience = _Patience(self.retries, asked)
        pause: float | None
        while True:
            try:
                response = await self.http.request(method, asked.path, **_arguments(asked))
            except httpx2.TransportError as failure:
                pause = patience.failed(failure)
            else:
                pause = patience.answered(response)
                if pause is None:
                    return response
            await self.sleep(pause)

    async def follow(self, after: str | None) -> AsyncIterator[stream.Frame]:
        """Frames of the live stream, for ever; see :meth:`AsyncClient.stream`."""
        reader = stream.Reader(self.retries, after)
        while True:
            pause: float | None
            try:
                async with self.http.stream(
                    "GET", stream.PATH, headers=reader.headers(), timeout=stream.TIMEOUT
                ) as response:
                    pause = reader.opened(response)
                    if pause is None:
                        if response.is_error:
                            await response.aread()
                            answer.check(response)
                        async for line in response.aiter_lines():
                            if (frame := reader.take(line)) is not None:
                                yield frame
                        pause = reader.lost(None)
            except httpx2.TransportError as failure:
                pause = reader.lost(failure)
            await self.sleep(pause)


class SyncTransport:
    """The same without ``await``."""

    def __init__(
        self,
        http: httpx2.Client,
        retries: Retries,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.http = http
        self.retries = retries
        self.sleep = sleep

    def call(self, kind: type[T], method: str, path: str, *ids: Id, **given: Any) -> T:
        """The answer as a value."""
        return answer.read(kind, self._exchange(method, path, ids, given))

    def send(self, method: str, path: str, *ids: Id, **given: Any) -> None:
        """When nothing comes back."""
        answer.check(self._exchange(method, path, ids, given))

    def fetch(self, method: str, path: str, *ids: Id, **given: Any) -> bytes:
        """When a file comes back."""
        response = self._exchange(method, path, ids, given)
        answer.check(response)
        return response.content

    def _exchange(
        self, method: str, path: str, ids: tuple[Id, ...], given: dict[str, Any]
    ) -> httpx2.Response:
        asked = request.build(method, path, ids, **given)
        patience = _Patience(self.retries, asked)
        pause: float | None
        while True:
            try:
                response = self.http.request(method, asked.path, **_arguments(asked))
            except httpx2.TransportError as failure:
                pause = patience.failed(failure)
            else:
                pause = patience.answered(response)
                if pause is None:
                    return response
            self.sleep(pause)

    def follow(self, after: str | None) -> Iterator[stream.Frame]:
        """Frames of the live stream, for ever; see :meth:`Client.stream`."""
        reader = stream.Reader(self.retries, after)
        while True:
            pause: float | None
            try:
                with self.http.stream(
                    "GET", stream.PATH, headers=reader.headers(), timeout=stream.TIMEOUT
                ) as response:
                    pause = reader.opened(response)
                    if pause is None:
                        if response.is_error:
                            response.read()
                            answer.check(response)
                        for line in response.iter_lines():
                            if (frame := reader.take(line)) is not None:
                                yield frame
                        pause = reader.lost(None)
            except httpx2.TransportError as failure:
                pause = reader.lost(failure)
            self.sleep(pause)
