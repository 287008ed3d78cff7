"""Requests to the outside, with a guard: only public addresses, checked when connecting.

A host name is resolved once per connection, every address is checked, and the socket is opened to
exactly the address that passed. A name that answers differently a second later (DNS rebinding) is
therefore checked again, and never reached unchecked. Proxies of the environment are not used.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import http.cookiejar
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import TracebackType
from typing import Any

import httpcore2
import httpx2
import msgspec

from yizhan.kernel import errors, telemetry

# It writes every address at "info", and an address may hold somebody's token.
logging.getLogger("httpx2").setLevel(logging.WARNING)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Awaitable[list[str]]]

SECONDS = 15.0
MOST_BYTES = 10 * 1024 * 1024

# IANA's special-purpose registries, spelled out: `is_global` differs between Python versions.
_REFUSED_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a public number that is a cloud's host
    )
)  # fmt: skip
# Everything outside of 2000::/3 is refused; these are the holes inside of it.
_GLOBAL_6 = IPv6Network("2000::/3")
_REFUSED_6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# An IPv4 address inside an IPv6 one: (network, bits to the right of it).
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("::ffff:0:0:0/96"), 0),
    (IPv6Network("::/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
_HOP = (301, 302, 303, 307, 308)


class EgressRefused(errors.Invalid):
    """This address is not on the public internet, or not an http address; nothing was sent."""


class EgressFailed(errors.Unavailable):
    """The other side cannot be reached or did not answer in time."""


class AnswerTooLarge(errors.TooLarge):
    """The answer is larger than what is accepted here."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the other side said. ``cut``: there was more than was asked for."""

    status: int
    headers: dict[str, str]
    body: bytes
    cut: bool = False


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """An answer whose body is still arriving."""

    status: int
    headers: dict[str, str]
    chunks: AsyncIterator[bytes]


@contextlib.contextmanager
def _told(seconds: float) -> Iterator[None]:
    """What goes wrong underneath, as our own errors."""
    try:
        yield
    except TimeoutError as error:
        raise EgressFailed(f"No answer within {seconds:g} seconds.") from error
    except httpx2.TimeoutException as error:
        raise EgressFailed("The other side did not answer in time.") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ssl.SSLError, OSError) as error:
        raise EgressFailed(str(error) or type(error).__name__) from error


def _carried(address: IPv6Address) -> IPv4Address | None:
    for network, shift in _CARRIERS:
        if address in network:
            return IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, also the one that it may carry inside."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_4)
    if address.scope_id is not None:
        return False
    carried = _carried(address)
    if carried is not None:
        return is_public(carried)
    return address in _GLOBAL_6 and not any(address in network for network in _REFUSED_6)


async def resolve(host: str, port: int) -> list[str]:
    """The system's resolver. It also reads odd spellings such as ``0x7f.1`` or ``2130706433``."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Guard:
    """Decides which addresses may be reached: public ones, and those of the allowed networks."""

    def __init__(self, allow: Iterable[str] = (), *, resolver: Resolve = resolve) -> None:
        self.allow: tuple[Network, ...] = tuple(ip_network(text, strict=False) for text in allow)
        self._resolve = resolver

    def permits(self, text: str) -> bool:
        """Whether a numeric address may be reached."""
        try:
            address = ip_address(text)
        except ValueError:
            return False
        inner = _carried(address) if isinstance(address, IPv6Address) else None
        mine = [address] if inner is None else [address, inner]
        if any(one in network for one in mine for network in self.allow):
            return True
        return is_public(address)

    def parse(self, url: str) -> httpx2.URL:
        """An address as it may be stored and called. Errors: :class:`EgressRefused`."""
        try:
            parsed = httpx2.URL(url)
        except (httpx2.InvalidURL, ValueError, TypeError) as error:
            raise EgressRefused("This is not an address.") from error
        if parsed.scheme not in ("http", "https") or not parsed.host:
            raise EgressRefused("An address must begin with http:// or https://.")
        if parsed.userinfo:
            raise EgressRefused("An address must not hold a user name or password.")
        host = parsed.host
        try:
            ip_address(host)
        except ValueError:
            if host.lower().rstrip(".").endswith("localhost") and not self.permits("127.0.0.1"):
                raise EgressRefused from None
            return parsed
        if not self.permits(host):
            raise EgressRefused
        return parsed

    async def addresses(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of which passed. One bad address refuses the host."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise EgressFailed(f"The name {host} cannot be resolved.") from error
        if not found:
            raise EgressFailed(f"The name {host} has no address.")
        if not all(self.permits(text) for text in found):
            raise EgressRefused
        return found


class _Backend(httpcore2.AsyncNetworkBackend):
    """Opens sockets only to addresses that the guard has just checked."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._plain = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        failure: Exception | None = None
        for address in await self._guard.addresses(host, port):
            try:
                return await self._plain.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or EgressFailed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@functools.lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


class _Transport(httpx2.AsyncHTTPTransport):
    def __init__(self, guard: Guard) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(), max_connections=50, network_backend=_Backend(guard)
        )


class Client:
    """An HTTP client behind the guard: ``async with egress.Client(allow=config.egress_allow)``."""

    def __init__(self, allow: Iterable[str] = (), *, resolver: Resolve = resolve) -> None:
        self.guard = Guard(allow, resolver=resolver)
        self._client = httpx2.AsyncClient(
            transport=_Transport(self.guard),
            trust_env=False,
            follow_redirects=False,
            # Compressed answers could unpack to any size.
            headers={"Accept-Encoding": "identity", "User-Agent": "Yizhan"},
        )
        # One answer's cookies never travel with another request.
        self._client.cookies.jar.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))

    async def __aenter__(self) -> Client:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        seconds: float = SECONDS,
        most_bytes: int = MOST_BYTES,
        hops: int = 0,
        cut: bool = False,
    ) -> Answer:
        """Send one request; ``seconds`` bounds all of it, name look-up and every hop included.

        ``hops``: how many redirects of a GET to follow; each is checked anew and carries none of
        the headers. ``cut``: an answer over ``most_bytes`` is cut instead of refused.
        Errors: :class:`EgressRefused`, :class:`EgressFailed`, :class:`AnswerTooLarge`.
        """
        with _told(seconds):
            async with asyncio.timeout(seconds):
                answer = await self._once(method, url, headers, content, most_bytes)
                while hops > 0 and method == "GET" and answer.status in _HOP:
                    target = answer.headers.get("location")
                    if not target:
                        break
                    url = str(httpx2.URL(url).join(target))
                    hops -= 1
                    answer = await self._once("GET", url, None, None, most_bytes)
        if answer.cut and not cut:
            raise AnswerTooLarge
        return answer

    @contextlib.asynccontextmanager
    async def flow(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        seconds: float,
        quiet_seconds: float,
    ) -> AsyncIterator[Flow]:
        """An answer as it arrives; no redirect is followed. Enter and leave it in one task.

        ``seconds`` bounds all of it, ``quiet_seconds`` each wait for the next piece. How much is
        read is the reader's business. Errors: :class:`EgressRefused`, :class:`EgressFailed`.
        """
        target = self.guard.parse(url)
        sent = {**telemetry.headers(), **(headers or {})}
        with _told(seconds), telemetry.outgoing(method) as span:
            async with (
                asyncio.timeout(seconds),
                self._client.stream(
                    method, target, headers=sent, content=content, timeout=quiet_seconds
                ) as response,
            ):
                if span is not None:
                    span.say(status=response.status_code)
                named = {name.lower(): value for name, value in response.headers.items()}
                yield Flow(status=response.status_code, headers=named, chunks=response.aiter_raw())

    async def _once(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        content: bytes | None,
        most_bytes: int,
    ) -> Answer:
        target = self.guard.parse(url)
        with telemetry.outgoing(method) as span:
            sent = {**telemetry.headers(), **(headers or {})}
            answer = await self._exchange(method, target, sent, content, most_bytes)
            if span is not None:
                span.say(status=answer.status)
            return answer

    async def _exchange(
        self,
        method: str,
        target: httpx2.URL,
        headers: dict[str, str],
        content: bytes | None,
        most_bytes: int,
    ) -> Answer:
        async with self._client.stream(
            method, target, headers=headers, content=content, timeout=SECONDS
        ) as response:
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > most_bytes:
                    break
            return Answer(
                status=response.status_code,
                headers={name.lower(): value for name, value in response.headers.items()},
                body=bytes(body[:most_bytes]),
                cut=len(body) > most_bytes,
            )
