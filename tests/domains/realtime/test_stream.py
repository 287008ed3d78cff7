"""A snapshot of the inbox plus the stream equals a fresh snapshot, for everything that can happen."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from tests.support.desk import Desk, agent_actor, api_token, client, eventually
from yizhan.domains.identity.service import authentication
from yizhan.domains.realtime.hub import Connection, Hub
from yizhan.domains.tickets import events as ticket_events
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.schemas import MessageOut, TicketRow
from yizhan.domains.tickets.types import Outgoing, Received
from yizhan.domains.understanding.reading import heads
from yizhan.domains.understanding.reading.heads import Asked
from yizhan.domains.understanding.service import knowing
from yizhan.domains.understanding.types import Settings
from yizhan.kernel import events, log
from yizhan.learning import lexicon

NEW = {
    "subject": "Broken screen",
    "body": "It broke",
    "requester": {"email": "a@example.test", "name": "Ann"},
}


class Reader:
    """An agent's browser: a snapshot, then the stream applied to it."""

    def __init__(self, desk: Desk, hub: Hub, connection: Connection) -> None:
        self.desk = desk
        self.hub = hub
        self.connection = connection
        self.rows: dict[str, Any] = {}
        self.messages: dict[str, Any] = {}
        self.kinds: list[str] = []
        self.stale: set[str] = set()

    async def snapshot(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Everything afresh through the API."""
        api = self.desk.api
        listed = (await api.get("/api/v1/tickets?limit=200")).json()
        rows = {row["id"]: msgspec.convert(row, TicketRow) for row in listed["items"]}
        messages: dict[str, Any] = {}
        for ticket_id in rows:
            page = (await api.get(f"/api/v1/tickets/{ticket_id}/messages?limit=200")).json()
            messages |= {m["id"]: msgspec.convert(m, MessageOut) for m in page["items"]}
        return rows, messages

    def apply(self) -> None:
        """What a browser does with frames: put in what came, take out what is gone."""
        while self.connection.queue:
            frame = self.connection.queue.popleft()
            data = msgspec.json.decode(frame.data)
            self.kinds.append(frame.event)
            if frame.event == "ticket":
                self.rows[data["row"]["id"]] = msgspec.convert(data["row"], TicketRow)
            elif frame.event == "ticket.removed":
                self.rows.pop(data["id"], None)
            elif frame.event == "message":
                self.messages[data["message"]["id"]] = msgspec.convert(data["message"], MessageOut)
            elif frame.event == "message.removed":
                self.messages.pop(data["id"], None)
            elif frame.event == "moved":
                self.stale |= {data["ticket_id"], data["other_id"]}

    async def agrees(self) -> bool:
        self.apply()
        while self.stale:
            ticket_id = self.stale.pop()
            self.messages = {k: m for k, m in self.messages.items() if m.ticket_id != ticket_id}
            page = await self.desk.api.get(f"/api/v1/tickets/{ticket_id}/messages?limit=200")
            self.messages |= {m["id"]: msgspec.convert(m, MessageOut) for m in page.json()["items"]}
        return (self.rows, self.messages) == await self.snapshot()


@contextlib.asynccontextmanager
async def _reader(desk: Desk) -> AsyncIterator[Reader]:
    await desk.edge.feed.start()
    hub = Hub(desk.edge)
    token = desk.api.headers["authorization"].removeprefix("Bearer ")
    actor = await authentication.by_token(desk.database, token)
    connection = Connection(actor, lambda: authentication.by_token(desk.database, token))
    reader = Reader(desk, hub, connection)
    reader.rows, reader.messages = await reader.snapshot()
    await hub.join(connection)
    try:
        yield reader
    finally:
        hub.leave(connection)
        await desk.edge.feed.close()


async def _settled(reader: Reader) -> None:
    try:
        await eventually(reader.agrees)
    except AssertionError:
        rows, messages = await reader.snapshot()
        assert reader.rows == rows
        assert reader.messages == messages
        raise


async def _everything(desk: Desk, reader: Reader) -> None:
    """One of each kind of ticket event, checked step by step."""
    api = desk.api
    ticket = (await api.post("/api/v1/tickets", json=NEW)).json()
    path = f"/api/v1/tickets/{ticket['id']}"
    await _settled(reader)
    await api.patch(
        path, json={"subject": "Screen", "priority": "urgent", "tags": ["x"], "fields": {"a": 1}}
    )
    await _settled(reader)
    admin = desk.created.admin_id
    await api.post(f"{path}/assign", json={"agent_id": str(admin)})
    await _settled(reader)
    await api.post(
        f"{path}/messages",
        json={
            "body": "note",
            "visibility": "internal",
            "mentions": [{"kind": "agent", "id": str(admin)}],
        },
    )
    await _settled(reader)
    noted = (
        await api.post(f"{path}/messages", json={"body": "mistake", "visibility": "internal"})
    ).json()
    await _settled(reader)
    async with desk.begin() as tx:
        await tickets.retract_note(tx, int(noted["id"]))
    await _settled(reader)
    sent = (await api.post(f"{path}/messages", json={"body": "answer", "status": "pending"})).json()
    await _settled(reader)
    conversation = (await api.get(path)).json()["conversations"][0]
    async with desk.as_system() as tx:
        await tickets.receive(
            tx,
            Received(
                channel="api",
                contact_id=int(ticket["requester"]["id"]),
                author_name="Ann",
                text="Thanks",
                conversation_id=int(conversation["id"]),
            ),
        )
    await _settled(reader)
    await api.patch(path, json={"snoozed_until": "2031-01-01T00:00:00Z"})
    await _settled(reader)
    async with desk.begin() as tx:
        waiting = await tickets.reply(
            tx, int(ticket["id"]), outgoing=Outgoing(body="held", undo_seconds=30)
        )
    await _settled(reader)
    async with desk.as_system() as tx:
        tx.emit(
            ticket_events.ConversationRead(
                ticket_id=int(ticket["id"]),
                conversation_id=int(conversation["id"]),
                message_id=int(sent["id"]),
            )
        )
        await tx.db.execute(
            "UPDATE message SET delivery_state = 'queued', undo_until = now() + interval '1 minute'"
            " WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            waiting,
        )
    async with desk.begin() as tx:
        await tickets.cancel(tx, waiting)
    await _settled(reader)
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE message SET delivery_state = 'failed' WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            int(sent["id"]),
        )
    await api.post(f"/api/v1/messages/{sent['id']}/retry", json={})
    await _settled(reader)
    await api.patch(path, json={"status": "resolved"})
    await _settled(reader)
    await _beside(desk, reader, ticket["id"])
    await _understood(desk, reader, ticket["id"])
    await _relations(desk, reader, ticket["id"])


async def _beside(desk: Desk, reader: Reader, ticket_id: str) -> None:
    """Checklist, time, a reminder and a rating: the row says that something happened, and stays right."""
    path = f"/api/v1/tickets/{ticket_id}"
    survey = {"name": "S", "kind": "csat", "channels": ["link"], "active": True}
    assert (await desk.api.post("/api/v1/surveys", json=survey)).status_code == 201
    token = await api_token(desk.database, desk.workspace_id, agent_id=desk.created.admin_id)
    async with client(desk.app, token=token) as api:
        whom = {"agent_ids": [str(desk.created.admin_id)]}
        own = {"settings": {"own_approval": "allow"}}
        assert (await desk.api.patch("/api/v1/workspace", json=own)).status_code == 200
        lines = [{"text": "Call"}, {"text": "Refund", "approval": whom}]
        item = await api.post(f"{path}/checklist", json={"items": lines})
        approval = f"/api/v1/checklist-items/{item.json()['items'][1]['id']}"
        asked = await api.post(f"{path}/satisfaction/link")
        link = asked.json()["url"].partition("/rate/")[2]
        steps = [
            api.patch(
                f"/api/v1/checklist-items/{item.json()['items'][0]['id']}", json={"done": True}
            ),
            api.post(f"{approval}/answer", json={"approve": True}),
            api.delete(f"{approval}/answer"),
            api.post(f"{approval}/ask", json={}),
            api.post(f"{path}/time", json={"minutes": 5}),
            api.post(f"{path}/time/start", json={}),
            api.post("/api/v1/time/stop"),
            api.post(f"{path}/reminders", json={"at": "2031-01-01T09:00:00Z"}),
            api.post(f"/rate/{link}", data={"score": "5", "comment": "Good"}),
        ]
        for step in steps:
            done = await step
            assert done.status_code < 400, done.text
            await _settled(reader)
    seen = {event.type for event in await desk.events()}
    told = (
        "checklist.done", "approval.decided", "approval.taken_back", "time.stopped", "reminder.set",
        "survey.sent", "survey.answered",
    )  # fmt: skip
    assert seen.issuperset(told)
    assert "ticket" in reader.kinds


async def _understood(desk: Desk, reader: Reader, ticket_id: str) -> None:
    """The first message was read: it is an angry one."""
    page = (await desk.api.get(f"/api/v1/tickets/{ticket_id}/messages")).json()
    asked = Asked(
        message_id=int(page["items"][0]["id"]), ticket_id=int(ticket_id), text="I will sue you"
    )
    settings = Settings()
    words = lexicon.shipped()
    readings = heads.read(asked, None, heads.Heads(models={}, settings=settings, words=words))
    async with desk.as_system() as tx:
        await knowing.take_in(tx, asked, readings=readings, ms=1, settings=settings)
    await _settled(reader)
    assert reader.rows[ticket_id].mood == "grave"
    assert "signals" in reader.kinds
    label = f"/api/v1/learning/queue/{asked.message_id}"
    said = await desk.api.put(label, json={"head": "emotion", "label": "negative"})
    assert said.status_code == 204, said.text
    await _settled(reader)
    assert (await desk.api.delete(label, params={"head": "emotion"})).status_code == 204
    await _settled(reader)


async def _relations(desk: Desk, reader: Reader, ticket_id: str) -> None:
    """Split, link, answer to all, merge, and all of it taken back."""
    path = f"/api/v1/tickets/{ticket_id}"
    other = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    answer = {"body": "All is well", "key": "one"}
    messages = (await desk.api.get(f"{path}/messages")).json()["items"]
    steps = [
        (f"{path}/split", {"message_ids": [messages[0]["id"]]}),
        (f"{path}/links", {"role": "incident", "ticket_id": other["id"]}),
        (f"{path}/incidents/answer", answer),
        (f"{path}/merge", {"into_id": other["id"]}),
    ]
    done = []
    for step, body in steps:
        made = await desk.api.post(step, json=body)
        assert made.status_code == 200, made.text
        done.append(made.json())
        await _settled(reader)
    for made in (done[3], done[1], done[0]):
        undone = await desk.api.post(f"/api/v1/operations/{made['id']}/undo")
        assert undone.status_code == 200, undone.text
        await _settled(reader)


async def test_a_snapshot_and_the_stream_equal_a_fresh_snapshot(desk: Desk) -> None:
    async with _reader(desk) as reader:
        await _everything(desk, reader)
    seen = {event.type for event in await desk.events()}
    known = {
        tag
        for tag in events.registry()
        if tag.split(".")[0] in ("ticket", "message", "conversation")
    }
    assert known - seen == set(), "an event type that this test does not make happen"


async def test_who_loses_sight_of_a_ticket_is_told_only_that_it_is_gone(desk: Desk) -> None:
    made = await desk.api.post(
        "/api/v1/agents",
        json={
            "name": "Bo",
            "email": "bo@example.test",
            "role_ids": [str(desk.created.roles["agent"])],
            "team_ids": [],
        },
    )
    agent_id = int(made.json()["id"])
    team = (await desk.api.post("/api/v1/teams", json={"name": "Private", "members": []})).json()
    ticket = (await desk.api.post("/api/v1/tickets", json=NEW)).json()
    await desk.edge.feed.start()
    hub = Hub(desk.edge)
    actor = await agent_actor(desk.database, desk.workspace_id, agent_id)
    connection = Connection(actor, lambda: agent_actor(desk.database, desk.workspace_id, agent_id))
    await hub.join(connection)
    try:
        await desk.api.patch(f"/api/v1/tickets/{ticket['id']}", json={"subject": "seen"})
        await eventually(lambda: connection.queue)
        connection.queue.clear()
        await desk.api.patch(f"/api/v1/tickets/{ticket['id']}", json={"team_id": team["id"]})
        await eventually(lambda: any(f.event == "ticket.removed" for f in connection.queue))
        assert all(b"seen" not in frame.data for frame in connection.queue)
        await desk.api.delete(f"/api/v1/agents/{agent_id}")
    finally:
        hub.leave(connection)
        await desk.edge.feed.close()


async def test_a_slow_reader_is_told_to_load_again(desk: Desk) -> None:
    actor = await desk.admin()
    connection = Connection(actor, desk.admin)
    from yizhan.domains.realtime import frames

    for number in range(2000):
        connection.send(frames.frame("ticket", {"n": number}))
    assert len(connection.queue) <= 512
    assert connection.queue[0].event == "resync" or any(
        f.event == "resync" for f in connection.queue
    )


@pytest.mark.parametrize("writers", [20])
async def test_no_event_is_skipped_while_transactions_overlap(desk: Desk, writers: int) -> None:
    """Ids and commits come in different orders; the reader still gets each event once."""
    heard: list[int] = []
    await desk.edge.feed.start()
    subscription = await desk.edge.feed.subscribe(
        desk.workspace_id, on_events=lambda batch: heard.extend(event.id for event in batch)
    )

    async def write(number: int) -> None:
        async with desk.as_system() as tx:
            tx.emit(ticket_events.WatchersChanged(ticket_id=number, changes={}))
            await tx.db.execute("SELECT pg_sleep($1)", 0.01 * (number % 7))

    try:
        await asyncio.gather(*(write(number) for number in range(writers * 5)))
        await eventually(lambda: len(heard) >= writers * 5)
    finally:
        subscription.close()
        await desk.edge.feed.close()
    assert len(heard) == len(set(heard)) == writers * 5


async def test_a_token_of_another_workspace_gets_nothing_of_ours(desk: Desk) -> None:
    from tests.support.desk import make_workspace

    other = await make_workspace(desk.edge, name="Other", email="o@example.test")
    token = await api_token(desk.database, int(other.workspace.id))
    actor = await authentication.by_token(desk.database, token)
    await desk.edge.feed.start()
    hub = Hub(desk.edge)
    connection = Connection(actor, lambda: authentication.by_token(desk.database, token))
    await hub.join(connection)
    try:
        await desk.api.post("/api/v1/tickets", json=NEW)
        async with client(desk.app, token=token) as api:
            await api.post("/api/v1/tickets", json={**NEW, "subject": "own"})
        await eventually(lambda: any(b"own" in frame.data for frame in connection.queue))
        assert all(b"Broken screen" not in frame.data for frame in connection.queue)
    finally:
        hub.leave(connection)
        await desk.edge.feed.close()


async def test_a_cursor_that_is_none_is_refused(desk: Desk) -> None:
    whole = (await desk.api.get("/api/v1/events")).json()
    assert (await desk.api.get("/api/v1/events?after=0")).json()["items"] == whole["items"]
    for after in (
        "abc",
        "-1",
        "1-",
        "99999999999999999999-1",
        "1-9999999999999999999",
        "1-²",
        "1-2-3",
    ):
        answer = await desk.api.get("/api/v1/events", params={"after": after})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor"), after


async def test_a_cursor_from_before_a_restore_goes_on(desk: Desk) -> None:
    """The restored server numbers its transactions anew; ids of events stay what they were."""
    await desk.api.post("/api/v1/tickets", json=NEW)
    whole = (await desk.api.get("/api/v1/events?limit=100")).json()["items"]
    read = whole[len(whole) // 2]
    rest = [item["id"] for item in whole if int(item["id"]) > int(read["id"])]
    page = await desk.api.get(f"/api/v1/events?limit=100&after=4000000000-{read['id']}")
    assert set(rest) <= {item["id"] for item in page.json()["items"]}
    last = page.json()["next_cursor"]
    assert (await desk.api.get(f"/api/v1/events?after={last}")).json()["items"] == []
    late = await desk.api.get(f"/api/v1/events?after=4000000000-{whole[-1]['id']}")
    await desk.api.post("/api/v1/tickets", json=NEW)
    page = await desk.api.get(f"/api/v1/events?after={late.json()['next_cursor']}")
    assert "ticket.created" in {item["type"] for item in page.json()["items"]}


async def test_the_stream_outlives_a_fault_of_its_reader(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong once while the log is read, open browsers get what happened."""
    read = log.read
    failed: list[bool] = []

    async def once(*args: Any, **given: Any) -> Any:
        if not failed:
            failed.append(True)
            raise ZeroDivisionError
        return await read(*args, **given)

    async with _reader(desk) as reader:
        monkeypatch.setattr(log, "read", once)
        await desk.api.post("/api/v1/tickets", json=NEW)
        await eventually(reader.agrees)
        assert failed
