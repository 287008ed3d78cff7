"""News of mail that comes at the worst moment: a server with a script, to the byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from tests.extensions.channels.email import build
from yizhan.domains.channels.contract import Pulled
from yizhan.extensions.channels.email import connector
from yizhan.extensions.channels.email.idle import Refused

MAIL = build.mail("it came while you turned round")


class Server:
    """An empty mailbox, into which a mail falls just as the client begins to idle."""

    def __init__(self, *packets: bytes) -> None:
        self.packets = packets  # the answer to IDLE
        self.mails: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := (await reader.readline()).decode().strip():
            tag, _, command = line.partition(" ")
            if command == "IDLE":
                self.mails = [MAIL]
                for packet in self.packets:
                    writer.write(packet)
                    await writer.drain()
                await reader.readline()  # DONE
            else:
                writer.write(self.answer(command))
            writer.write(f"{tag} OK done\r\n".encode())
        writer.close()

    def answer(self, command: str) -> bytes:
        count = len(self.mails)
        if command == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1 IDLE\r\n"
        if command.startswith("SELECT"):
            numbers = f"* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT {count + 1}] x\r\n"
            return f"* {count} EXISTS\r\n{numbers}".encode()
        if command.startswith("UID SEARCH"):
            return b"* SEARCH 1\r\n"
        if "BODY.PEEK" in command:
            return f"* 1 FETCH (UID 1 BODY[] {{{len(MAIL)}}}\r\n".encode() + MAIL + b")\r\n"
        if command.startswith("UID FETCH"):
            return f"* 1 FETCH (UID 1 RFC822.SIZE {len(MAIL)})\r\n".encode()
        return b""


async def second_batch(*packets: bytes) -> Pulled:
    """What the stream gives after its first look into the empty mailbox."""
    listening = await asyncio.start_server(Server(*packets).talk, "127.0.0.1", 0)
    async with listening:
        settings = build.settings(
            {"address": "a@b.example", "imap_host": "127.0.0.1", "imap_security": "none",
             "imap_port": listening.sockets[0].getsockname()[1], "imap_password": "p",
             "smtp_host": "127.0.0.1", "poll_seconds": 3600}
        )  # fmt: skip
        stream = connector.stream(settings, {}, build.Host())
        stream = cast("AsyncGenerator[Pulled, None]", stream)
        try:
            async with asyncio.timeout(10):
                assert (await anext(stream)).items == ()
                return await anext(stream)
        finally:
            await stream.aclose()


@pytest.mark.parametrize(
    "packets",
    [
        (b"+ idling\r\n* 1 EXISTS\r\n",),
        (b"* 1 EXISTS\r\n+ idling\r\n",),
        (b"* 1 EXI", b"STS\r\n+ idl", b"ing\r\n"),
        (b"+ idling\r\n", b"* 1 EX", b"ISTS\r\n"),
    ],
    ids=["behind the plus", "before the plus", "in pieces", "half of it late"],
)
async def test_mail_that_comes_with_the_beginning_of_idle_is_seen(packets: tuple[bytes]) -> None:
    (item,) = (await second_batch(*packets)).items
    assert item.body == MAIL


async def test_a_server_that_will_not_idle_says_why() -> None:
    with pytest.raises(Refused, match="not now"):
        await second_batch(b"IDLE1 NO not now\r\n")
