"""The protocol client against a real server on a socket, in all its moods."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator

import msgspec
import pytest

from tests.support.model_server import ModelServer, speaking
from yizhan.kernel import llm

SAID = [
    llm.Said("user", "[1] (article) Refunds\nA refund takes three days.\n\nSay hello to ‹NAME_1›")
]


@pytest.fixture
async def other() -> AsyncIterator[ModelServer]:
    async with speaking() as mine:
        yield mine


def server(other: ModelServer, **values: float) -> llm.Server:
    return llm.Server(url=other.url, model="m", key="k1", allow=("127.0.0.1/32",), **values)


async def reason_of(other: ModelServer, mode: str, **values: float) -> llm.ModelFailed:
    other.mode = mode
    with pytest.raises(llm.ModelFailed) as failed:
        async for _ in llm.stream(server(other, **values), SAID):
            pass
    return failed.value


async def test_an_answer_arrives_in_pieces_and_whole(other: ModelServer) -> None:
    pieces = [one async for one in llm.stream(server(other), SAID)]
    assert len(pieces) > 3
    assert pieces[-1].usage == llm.Usage(100, 20, counted=True)
    whole = await llm.ask(server(other), SAID)
    assert whole.text == "".join(one.text for one in pieces)
    assert other.keys == ["k1", "k1"]


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("cut", "broken"),
        ("error", "server_error"),
        ("page", "no_model"),
        ("huge", "too_large"),
        ("empty", "empty"),
        ("key", "key"),
    ],
)
async def test_every_failure_has_its_name(other: ModelServer, mode: str, reason: str) -> None:
    assert (await reason_of(other, mode)).reason == reason


async def test_half_a_stream_that_hangs_is_given_up(other: ModelServer) -> None:
    assert (await reason_of(other, "half", quiet_seconds=0.2)).reason == "timeout"
    assert (await reason_of(other, "slow", quiet_seconds=0.2)).reason == "timeout"
    other.release.set()
    other.pause = 0.2
    assert (await reason_of(other, "normal", whole_seconds=0.4)).reason == "timeout"


async def test_too_many_requests_say_when_to_come_back(other: ModelServer) -> None:
    failed = await reason_of(other, "limited")
    assert (failed.reason, failed.wait) == ("limited", 7.0)


async def test_nobody_there_and_a_forbidden_address(other: ModelServer) -> None:
    gone = msgspec.structs.replace(server(other), url="http://127.0.0.1:9")
    with pytest.raises(llm.ModelFailed) as failed:
        await llm.ask(gone, SAID)
    assert failed.value.reason == "unreachable"
    fenced = msgspec.structs.replace(server(other), allow=())
    with pytest.raises(llm.ModelFailed) as failed:
        await llm.ask(fenced, SAID)
    assert failed.value.reason == "refused"
    assert other.asked == []


async def test_whoever_stops_listening_hangs_up(other: ModelServer) -> None:
    other.pause = 0.02
    other.answer = lambda _asked: "word " * 20_000
    pieces = llm.stream(server(other), SAID)
    await anext(pieces)
    await pieces.aclose()
    await asyncio.wait_for(other.hung_up.wait(), 10)


class Point(msgspec.Struct):
    text: str
    messages: list[int] = []


class Wanted(msgspec.Struct):
    problem: list[Point]


async def test_a_form_is_asked_for_checked_and_repaired_once(other: ModelServer) -> None:
    found, _ = await llm.shaped(server(other), SAID, Wanted)
    assert found.problem[0].messages == [1]
    assert other.asked[0]["response_format"]["type"] == "json_schema"
    said = iter(['{"problem": "none"}', 'Here: ```json\n{"problem": [{"text": "late"}]}\n```'])
    other.answer = lambda _asked: next(said)
    found, usage = await llm.shaped(server(other), SAID, Wanted)
    assert found.problem[0].text == "late"
    assert usage.asked == 200
    other.mode = "nonsense"
    before = len(other.asked)
    with pytest.raises(llm.ModelFailed) as failed:
        await llm.shaped(server(other), SAID, Wanted)
    assert failed.value.reason == "nonsense"
    assert len(other.asked) - before == 2


async def test_a_server_without_forms_is_asked_in_words(other: ModelServer) -> None:
    other.mode = "no_forms"
    other.answer = lambda asked: '{"problem": []}' if "response_format" not in asked else "?"
    found, _ = await llm.shaped(server(other), SAID, Wanted)
    assert found.problem == []


def test_a_server_that_keeps_failing_rests_and_is_tried_by_one() -> None:
    now = [0.0]
    rests = llm.Rests(clock=lambda: now[0])
    for _ in range(4):
        rests.check("a")
        rests.ill("a", llm.ModelFailed("timeout"))
    with pytest.raises(llm.ModelFailed) as failed:
        rests.check("a")
    assert failed.value.reason == "resting"
    rests.check("b")
    now[0] = 31.0
    rests.check("a")  # one tries
    with pytest.raises(llm.ModelFailed):
        rests.check("a")
    rests.well("a")
    rests.check("a")
    rests.ill("a", llm.ModelFailed("limited", wait=5.0))
    with pytest.raises(llm.ModelFailed):
        rests.check("a")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
        ("https://api.example.com/v1/", "https://api.example.com/v1/chat/completions"),
        ("https://x.test/api/chat/completions?a=1", "https://x.test/api/chat/completions"),
    ],
)
def test_people_give_the_address_in_many_ways(given: str, asked: str) -> None:
    assert llm.endpoint(given) == asked


@pytest.mark.skipif(importlib.util.find_spec("openai") is None, reason="the SDK is not installed")
async def test_the_official_client_understands_our_server(other: ModelServer) -> None:
    openai = importlib.import_module("openai")
    client = openai.AsyncOpenAI(base_url=f"{other.url}/v1", api_key="k")
    said = [{"role": "user", "content": "hello"}]
    whole = await client.chat.completions.create(model="m", messages=said)
    assert whole.usage.total_tokens == 120
    flow = await client.chat.completions.create(model="m", messages=said, stream=True)
    text = "".join([one.choices[0].delta.content or "" async for one in flow if one.choices])
    assert text == whole.choices[0].message.content
