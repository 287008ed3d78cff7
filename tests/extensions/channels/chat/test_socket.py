"""The live line: nothing lost, nothing doubled, nobody else's."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from tests.extensions.channels.chat import line
from tests.extensions.channels.chat.conftest import ChatDesk
from tests.support.desk import api_token, client, eventually


async def test_a_message_is_stored_before_it_is_acknowledged(chat: ChatDesk) -> None:
    socket = await chat.dial(await chat.visitor())
    await socket.send(t="msg", client_id="m-0000001", text="耳机左边没有声音")
    ack = await socket.until("ack", client_id="m-0000001")
    ticket = (await chat.tickets())[0]
    assert ticket["preview"] == "耳机左边没有声音"
    assert ticket["channel"] == "chat"
    pushed = await socket.until("msg", client_id="m-0000001")
    assert (pushed["seq"], pushed["from"]) == (ack["seq"], "visitor")
    await socket.close()


async def test_answers_arrive_live_and_reading_is_told_both_ways(chat: ChatDesk) -> None:
    token = await chat.visitor(profile={"name": "李雷"})
    socket = await chat.dial(token)
    await socket.send(t="msg", client_id="m-0000001", text="hello")
    await socket.until("ack")
    ticket = (await chat.tickets())[0]
    answer = await chat.answer(ticket["id"], "您好")
    pushed = await socket.until("msg", id=answer["id"])
    assert (pushed["from"], pushed["text"]) == ("agent", "您好")
    # The mark may come before the answer that it follows from.
    if not any(frame["t"] == "read" for frame in socket.frames):
        await socket.until("read")
    await socket.send(t="read", seq=pushed["seq"])

    async def is_read() -> bool:
        listed = await chat.desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages")
        return bool(listed.json()["items"][-1]["delivery"]["state"] == "read")

    await eventually(is_read)
    await socket.close()


async def test_agents_typing_reaches_the_visitor(chat: ChatDesk) -> None:
    socket = await chat.dial(await chat.visitor())
    await socket.send(t="msg", client_id="m-0000001", text="hello")
    await socket.until("ack")
    ticket = (await chat.tickets())[0]
    said = await chat.desk.api.post(
        f"/api/v1/tickets/{ticket['id']}/presence", json={"state": "typing"}
    )
    assert said.status_code == 204
    assert (await socket.until("typing"))["on"] is True
    await socket.close()


async def test_a_colleague_who_looks_on_does_not_end_the_typing(chat: ChatDesk) -> None:
    socket = await chat.dial(await chat.visitor())
    await socket.send(t="msg", client_id="m-0000001", text="hello")
    await socket.until("ack")
    ticket = (await chat.tickets())[0]

    async def says(api: Any, state: str) -> None:
        place = f"/api/v1/tickets/{ticket['id']}/presence"
        assert (await api.post(place, json={"state": state})).status_code == 204

    role = str(chat.desk.created.roles["admin"])
    made = await chat.desk.api.post(
        "/api/v1/agents",
        json={"name": "Li", "email": "li@example.test", "role_ids": [role]},
    )
    token = await api_token(
        chat.desk.database, chat.desk.workspace_id, agent_id=int(made.json()["id"])
    )
    async with client(chat.desk.app, token=token) as colleague:
        await says(chat.desk.api, "typing")
        assert (await socket.until("typing"))["on"] is True
        await says(colleague, "viewing")
        await says(chat.desk.api, "typing")
        assert (await socket.until("typing"))["on"] is True
        await says(colleague, "left")
        await says(chat.desk.api, "viewing")
        assert (await socket.until("typing"))["on"] is False
    await socket.close()


async def test_internal_notes_never_reach_the_visitor(chat: ChatDesk) -> None:
    token = await chat.visitor()
    socket = await chat.dial(token)
    await socket.send(t="msg", client_id="m-0000001", text="hello")
    await socket.until("ack")
    ticket = (await chat.tickets())[0]
    note = await chat.desk.api.post(
        f"/api/v1/tickets/{ticket['id']}/messages",
        json={"body": "secret note", "visibility": "internal"},
    )
    assert note.status_code == 201
    await chat.answer(ticket["id"], "public answer")
    await socket.until("msg", text="public answer")
    assert all(frame.get("text") != "secret note" for frame in socket.frames)
    session = (await chat.session(visitor=token)).json()
    assert [m["text"] for m in session["messages"]] == ["hello", "public answer"]
    await socket.close()


async def test_a_hundred_chats_at_once_of_one_visitor_are_one_conversation(
    chat: ChatDesk,
) -> None:
    token = await chat.visitor(profile={"name": "Ann"})

    async def one(number: int) -> None:
        socket = await chat.dial(token)
        await socket.send(t="msg", client_id=f"parallel-{number}", text=f"message {number}")
        await socket.until("ack", seconds=60)
        socket.cut()

    await asyncio.gather(*(one(number) for number in range(100)))
    tickets = await chat.tickets()
    assert len(tickets) == 1
    contacts = (await chat.desk.api.get("/api/v1/contacts")).json()["items"]
    assert [c["name"] for c in contacts] == ["Ann"]
    ticket = (await chat.desk.api.get(f"/api/v1/tickets/{tickets[0]['id']}")).json()
    assert len(ticket["conversations"]) == 1
    socket = await chat.dial(token)
    async with asyncio.timeout(20):
        while len([f for f in socket.frames if f["t"] == "msg"]) < 100:
            await socket.receive()
    assert len({f["client_id"] for f in socket.frames if f["t"] == "msg"}) == 100
    await socket.close()


class Phone:
    """A visitor on a bad network: keeps an outbox, resumes behind the last message it had."""

    def __init__(self, chat: ChatDesk, token: str, *, seed: int) -> None:
        self.chat = chat
        self.token = token
        self.random = random.Random(seed)
        self.after = "0"
        self.got: list[dict[str, Any]] = []
        self.outbox: dict[str, str] = {}

    async def online(self, *, frames: int) -> None:
        """Connect, flush, take some frames, and lose the network without a word."""
        socket = await self.chat.dial(self.token, after=self.after)
        for client_id, text in self.outbox.items():
            await socket.send(t="msg", client_id=client_id, text=text)
        try:
            async with asyncio.timeout(0.4):
                for _ in range(frames):
                    self._take(await socket.receive())
        except TimeoutError:
            pass
        socket.cut()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "ack":
            self.outbox.pop(frame["client_id"], None)
        elif frame["t"] == "msg":
            self.got.append(frame)
            self.after = frame["seq"]


@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_is_lost_or_doubled_on_a_network_that_keeps_breaking(
    chat: ChatDesk, seed: int
) -> None:
    phone = Phone(chat, await chat.visitor(), seed=seed)
    phone.outbox["begin-00"] = "begin"
    while phone.outbox:
        await phone.online(frames=3)
    ticket = (await chat.tickets())[0]
    mine, theirs = ["begin-00"], []
    for number in range(12):
        client_id = f"client-{number:02}"
        phone.outbox[client_id] = f"from visitor {number}"
        mine.append(client_id)
        answer, _ = await asyncio.gather(
            chat.answer(ticket["id"], f"from agent {number}"),
            phone.online(frames=phone.random.randint(0, 4)),
        )
        theirs.append(answer["id"])

    def complete() -> bool:
        return len(phone.got) >= len(mine) + len(theirs) and not phone.outbox

    for _ in range(60):
        if complete():
            break
        await phone.online(frames=50)
    ids = [m["id"] for m in phone.got]
    assert ids == sorted(set(ids), key=int), "a message came twice, or out of order"
    assert sorted(m["client_id"] for m in phone.got if m["from"] == "visitor") == sorted(mine)
    assert sorted(m["id"] for m in phone.got if m["from"] == "agent") == sorted(theirs)
    listed = await chat.desk.api.get(f"/api/v1/tickets/{ticket['id']}/messages?limit=100")
    assert len([m for m in listed.json()["items"] if m["direction"] == "in"]) == len(mine)


async def test_forged_and_foreign_tokens_are_refused(chat: ChatDesk) -> None:
    token = await chat.visitor()
    body, _, mac = token.partition(".")
    forged = f"{body[:-2]}{'AA' if body[-2:] != 'AA' else 'BB'}.{mac}"
    first = chat.key
    await chat.add_chat()
    for wrong in (forged, "", "x.y", token):  # the last one belongs to the other chat
        socket = await line.dial(chat.port, chat.key, visitor=wrong)
        with pytest.raises(line.Closed) as closed:
            await socket.receive()
        assert closed.value.code == 4401
        await socket.close()
        polled = await chat.http.get(f"/chat/{chat.key}/messages", params={"visitor": wrong})
        assert (polled.status_code, polled.json()["code"]) == (401, "visitor_token_invalid")
    assert first != chat.key


async def test_another_website_cannot_open_the_socket(chat: ChatDesk) -> None:
    await chat.add_chat(allowed_origins=["https://shop.example"])
    token = await chat.visitor()
    with pytest.raises(line.Refused) as refused:
        await line.dial(chat.port, chat.key, visitor=token, origin="https://evil.example")
    assert refused.value.status == 403
    opened = await line.dial(chat.port, chat.key, visitor=token, origin="https://shop.example")
    await opened.until("hello")
    await opened.close()


async def test_another_visitor_sees_nothing(chat: ChatDesk) -> None:
    first = await chat.dial(await chat.visitor())
    await first.send(t="msg", client_id="m-0000001", text="my order is 7731")
    await first.until("ack")
    token = await chat.visitor()
    second = await chat.dial(token)
    ticket = (await chat.tickets())[0]
    await chat.answer(ticket["id"], "for the first one only")
    await first.until("msg", text="for the first one only")
    await second.send(t="ping")
    await second.until("pong")
    assert [f["t"] for f in second.frames if f["t"] not in ("hello", "pong")] == []
    polled = (await chat.http.get(f"/chat/{chat.key}/messages", params={"visitor": token})).json()
    assert polled["messages"] == []
    await first.close()
    await second.close()


async def test_bad_frames_are_named_and_the_line_goes_on(chat: ChatDesk) -> None:
    socket = await chat.dial(await chat.visitor())
    await socket.send(t="msg", client_id="no", text="too short an id")
    assert (await socket.until("error"))["code"] == "invalid"
    await socket.send(t="msg", client_id="m-0000001", text="  ")
    refused = await socket.until("error")
    assert (refused["code"], refused["client_id"]) == ("nothing_said", "m-0000001")
    await socket.send(t="ping")
    await socket.until("pong")
    await socket.close()


async def test_a_flood_is_slowed_down(chat: ChatDesk) -> None:
    socket = await chat.dial(await chat.visitor())
    for _ in range(60):
        await socket.send(t="typing", on=True)
    assert (await socket.until("error"))["code"] == "too_many"
    await socket.close()
