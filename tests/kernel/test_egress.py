"""The guard on outgoing requests: nothing inside of a network is reached, however it is spelled."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from yizhan.kernel import egress

REFUSED = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.0.1.:80/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://0/",
    "http://0.0.0.0/",
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://app.localhost/",
    "http://10.0.0.1/",
    "http://10.255.255.255:8080/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://168.63.129.16/",
    "http://100.64.0.1/",
    "http://192.0.0.192/",
    "http://198.18.0.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250/",
    "http://255.255.255.255/",
    "http://240.0.0.1/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001:0:53aa:64c:0:fbff:80ff:fffe]/",
    "http://[2001:db8::1]/",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://user@127.0.0.1/",
    "http://example.com@127.0.0.1/",
    "http://example.com:80@10.0.0.1/",
    "https://admin:secret@example.com/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://example.com:70/_",
    "data:text/plain,hello",
    "javascript:alert(1)",
    "//example.com/",
    "http:///path",
    "http://",
    "",
    "http://[::1",
    "http://exa mple.com/",
]


@pytest.mark.parametrize("url", REFUSED)
async def test_nothing_inside_is_reached(url: str) -> None:
    async with egress.Client() as client:
        # An odd spelling that this resolver does not read is not reached either.
        with pytest.raises((egress.EgressRefused, egress.EgressFailed)):
            await client.request("GET", url, seconds=5)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("1.1.1.1", True),
        ("114.114.114.114", True),
        ("172.32.0.1", True),
        ("100.128.0.1", True),
        ("2606:4700:4700::1111", True),
        ("2400:3200::1", True),
        ("::ffff:1.1.1.1", True),
        ("64:ff9b::1.1.1.1", True),
        ("172.31.0.1", False),
        ("100.127.255.255", False),
        ("fe80::1%eth0", False),
        ("2606:4700:4700::1111%eth0", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address: str, *, public: bool) -> None:
    assert egress.Guard().permits(address) is public


def test_allowed_networks_are_reached_also_in_their_mapped_form() -> None:
    guard = egress.Guard(["10.1.0.0/16"])
    assert guard.permits("10.1.2.3")
    assert guard.permits("::ffff:10.1.2.3")
    assert not guard.permits("10.2.0.1")


class Server:
    """A small HTTP server that counts who came and answers what it was told."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.answers: list[bytes] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            self.seen.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(self.answers.pop(0) if self.answers else plain(b"hello"))
            await writer.drain()
        writer.close()


def plain(body: bytes, *, status: str = "200 OK", head: str = "") -> bytes:
    text = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{head}Connection: close\r\n\r\n"
    return text.encode() + body


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    mine = Server()
    listening = await asyncio.start_server(mine.serve, "127.0.0.1", 0)
    mine.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield mine


async def test_the_socket_goes_to_the_checked_address(server: Server) -> None:
    async def resolver(host: str, _port: int) -> list[str]:
        return ["127.0.0.1"] if host == "shop.example" else ["10.9.9.9"]

    async with egress.Client(["127.0.0.1/32"], resolver=resolver) as client:
        answer = await client.request("GET", f"http://shop.example:{server.port}/a?b=1")
        assert (answer.status, answer.body) == (200, b"hello")
        assert b"Host: shop.example" in server.seen[0]
        with pytest.raises(egress.EgressRefused):
            await client.request("GET", f"http://other.example:{server.port}/")
    assert len(server.seen) == 1


async def test_a_name_that_changes_its_answer_is_refused(server: Server) -> None:
    """The check's answer is public; were the name looked up again to connect, it would be ours."""
    answers = [["127.0.0.2"], ["127.0.0.1"]]
    asked = []

    async def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return answers.pop(0) if answers else ["127.0.0.1"]

    # 127.0.0.2 stands for the public address: allowed, and nobody listens there.
    async with egress.Client(["127.0.0.2/32"], resolver=rebinding) as client:
        with pytest.raises(egress.EgressFailed):
            await client.request("GET", f"http://evil.example:{server.port}/")
        assert asked == ["evil.example"]
        with pytest.raises(egress.EgressRefused):
            await client.request("GET", f"http://evil.example:{server.port}/")
    assert server.seen == []


async def test_one_private_address_among_public_ones_refuses_the_name(server: Server) -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        return ["1.1.1.1", "127.0.0.1"]

    async with egress.Client(resolver=mixed) as client:
        with pytest.raises(egress.EgressRefused):
            await client.request("GET", f"http://mixed.example:{server.port}/")
    assert server.seen == []


async def test_redirects_are_not_followed_unless_asked(server: Server) -> None:
    server.answers = [plain(b"", status="302 Found", head="Location: http://10.0.0.1/\r\n")]
    async with egress.Client(["127.0.0.1/32"]) as client:
        answer = await client.request("GET", f"http://127.0.0.1:{server.port}/")
    assert answer.status == 302


async def test_a_redirect_inside_is_refused_and_carries_no_credentials(server: Server) -> None:
    away = plain(
        b"", status="302 Found", head="Location: http://169.254.169.254/\r\nSet-Cookie: a=b\r\n"
    )
    here = plain(b"", status="302 Found", head="Location: /next\r\nSet-Cookie: a=b\r\n")
    server.answers = [here, plain(b"there"), away]
    async with egress.Client(["127.0.0.1/32"]) as client:
        url, secret = f"http://127.0.0.1:{server.port}/", {"Authorization": "Bearer x"}
        answer = await client.request("GET", url, headers=secret, hops=2)
        assert answer.body == b"there"
        assert b"Bearer x" in server.seen[0]
        assert b"Bearer" not in server.seen[1]
        assert b"Cookie" not in server.seen[1]
        with pytest.raises(egress.EgressRefused):
            await client.request("GET", url, headers=secret, hops=2)


async def test_answers_have_a_size_and_a_time(server: Server) -> None:
    server.answers = [plain(b"x" * 5000), plain(b"x" * 5000)]
    url = f"http://127.0.0.1:{server.port}/"
    async with egress.Client(["127.0.0.1/32"]) as client:
        with pytest.raises(egress.AnswerTooLarge):
            await client.request("GET", url, most_bytes=1000)
        answer = await client.request("GET", url, most_bytes=1000, cut=True)
        assert (len(answer.body), answer.cut) == (1000, True)

        async def slow(_host: str, _port: int) -> list[str]:
            await asyncio.Event().wait()
            return []

        async with egress.Client(resolver=slow) as patient:
            with pytest.raises(egress.EgressFailed):
                await patient.request("GET", "http://slow.example/", seconds=0.1)


async def test_the_environment_adds_no_proxy(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.port}")
    async with egress.Client() as client:
        with pytest.raises((egress.EgressRefused, egress.EgressFailed)):
            await client.request("GET", "http://10.0.0.1/")
    assert server.seen == []
