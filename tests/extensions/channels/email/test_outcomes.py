"""How a send ends when the server misbehaves at each step: a server of our own plays the parts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.extensions.channels.email import build
from yizhan.domains.channels.contract import DeliveryState, SendReceipt
from yizhan.extensions.channels.email import connector, smtp


@asynccontextmanager
async def server(answers: dict[str, str]) -> AsyncIterator[int]:
    """Speaks just enough SMTP. ``answers`` maps a step to what is said there.

    "drop" cuts the line, "hang" says nothing more.
    """

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(step: str, usual: str) -> bool:
            said = answers.get(step, usual)
            if said == "hang":
                await reader.read()
            if said in ("drop", "hang"):
                writer.close()
                return False
            writer.write(said.encode() + b"\r\n")
            await writer.drain()
            return True

        going = await say("greet", "220 test")
        while going and (line := (await reader.readline()).decode().strip()):
            verb = line.split(":")[0].split(" ")[0].upper()
            going = await say(verb, "354 go" if verb == "DATA" else "250 ok")
            if going and verb == "DATA" and answers.get("DATA", "354").startswith("354"):
                while (await reader.readline()).strip() != b".":
                    pass
                going = await say("content", "250 2.0.0 queued as 1")
            going = going and verb != "QUIT"
        writer.close()

    listening = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()


async def outcome(answers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> SendReceipt:
    monkeypatch.setattr(smtp, "OUTCOME_SECONDS", 2.0)
    async with server(answers) as port:
        settings = build.settings(
            {"address": "support@brand.example", "smtp_host": "127.0.0.1", "smtp_port": port,
             "smtp_security": "none", "timeout_seconds": 2}
        )  # fmt: skip
        return await connector.send(settings, build.outgoing(), build.Host())


@pytest.mark.parametrize("step", ["greet", "EHLO", "MAIL", "RCPT"])
@pytest.mark.parametrize("trouble", ["drop", "hang", "451 4.3.0 try later"])
async def test_before_the_content_it_is_safe_to_try_again(
    step: str, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if step == "EHLO" and trouble.startswith("451"):
        pytest.skip("then HELO is tried, and goes through")
    found = await outcome({step: trouble}, monkeypatch)
    assert found.state is DeliveryState.FAILED
    assert found.retry_after


@pytest.mark.parametrize("trouble", ["drop", "hang"])
async def test_after_the_content_the_outcome_is_unknown(
    trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await outcome({"content": trouble}, monkeypatch)
    assert found.state is DeliveryState.UNKNOWN
    assert found.retry_after is None


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "content"])
async def test_a_refusal_is_final_and_in_the_servers_words(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await outcome({step: "550 5.7.1 not from you"}, monkeypatch)
    assert (found.state, found.retry_after) == (DeliveryState.FAILED, None)
    assert "550 5.7.1 not from you" in found.detail


@pytest.mark.parametrize("step", ["DATA", "content"])
async def test_a_temporary_refusal_is_tried_again(
    step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = await outcome({step: "452 4.2.2 mailbox full"}, monkeypatch)
    assert found.state is DeliveryState.FAILED
    assert found.retry_after


async def test_a_good_end(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await outcome({"QUIT": "drop"}, monkeypatch)
    assert found.state is DeliveryState.SENT
    assert found.detail == "2.0.0 queued as 1"


async def test_nobody_listens() -> None:
    settings = build.settings({"address": "a@b.example", "smtp_host": "127.0.0.1", "smtp_port": 9,
                               "smtp_security": "none"})  # fmt: skip
    found = await connector.send(settings, build.outgoing(), build.Host())
    assert found.state is DeliveryState.FAILED
    assert found.retry_after
