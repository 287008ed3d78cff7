"""Who is told of what: those it concerns and who may see it, never of their own doing."""

from __future__ import annotations

import time

import msgspec
import pytest

from tests.domains.identity.people import browser, sign_in
from tests.support import desk as support
from yizhan.domains.identity.permissions import DEFAULT_ROLES
from yizhan.domains.notifications import service
from yizhan.domains.notifications.types import Notification
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import personal
from yizhan.domains.tickets.types import Mention, Outgoing, Received
from yizhan.kernel import events, log
from yizhan.kernel.actor import Actor


class Place:
    """Two teams, one agent in each, and tickets."""

    def __init__(self, desk: support.Desk) -> None:
        self.desk = desk
        self.team = {"sale": 0, "care": 0}
        self.agent = {"lin": 0, "mia": 0}

    async def open(self) -> Place:
        async with self.desk.as_system() as tx:
            role = tx.new_id()
            await tx.db.execute(
                "INSERT INTO role (workspace_id, id, name, grants) VALUES ($1, $2, 'R', $3)",
                tx.workspace_id,
                role,
                msgspec.to_builtins(DEFAULT_ROLES["agent"][1]),
            )
            for name, team in (("lin", "sale"), ("mia", "care")):
                self.team[team], self.agent[name] = tx.new_id(), tx.new_id()
                args = tx.workspace_id, self.team[team], self.agent[name]
                await tx.db.execute(
                    "INSERT INTO team (workspace_id, id, name) VALUES ($1, $2, $3)",
                    *args[:2],
                    team,
                )
                await tx.db.execute(
                    "INSERT INTO agent (workspace_id, id, email, name) VALUES ($1, $2, $3, $4)",
                    tx.workspace_id,
                    self.agent[name],
                    f"{name}@desk.example",
                    name,
                )
                await tx.db.execute(
                    "INSERT INTO team_member (workspace_id, team_id, agent_id) VALUES ($1, $2, $3)",
                    *args,
                )
                await tx.db.execute(
                    "INSERT INTO agent_role (workspace_id, agent_id, role_id) VALUES ($1, $2, $3)",
                    tx.workspace_id,
                    self.agent[name],
                    role,
                )
        return self

    async def ticket(self, team: str | None) -> int:
        async with self.desk.as_system() as tx:
            receipt = await tickets.create(
                tx,
                requester=tickets.Requester(email="wang@shop.example", name="王芳"),
                incoming=Received(
                    channel="api",
                    contact_id=0,
                    author_name="",
                    subject="充电盒不充电",
                    text="充电盒充了一晚上还是没电",
                    team_id=self.team[team] if team else None,
                ),
            )
        return receipt.ticket_id

    async def told(self, name: str) -> list[Notification]:
        """What an agent's list shows once the log is read."""
        async with self.desk.as_system() as tx:
            last = await tx.db.fetchval(
                "SELECT max(id) FROM event WHERE type NOT LIKE 'notification%'"
            )
        consumer = next(one for one in events.consumers() if one.name == "notifications")
        deadline = time.monotonic() + 20
        while True:
            await log.catch_up(self.desk.database, consumer, self.desk.workspace_id)
            async with self.desk.as_system() as tx:
                seen = await tx.db.fetchval("SELECT id FROM consumer WHERE name = 'notifications'")
            if seen is not None and seen >= last:
                break
            assert time.monotonic() < deadline
        async with self.desk.begin(await self.actor(name)) as tx:
            return (await service.listing(tx))[0].items

    async def actor(self, name: str) -> Actor:
        return await support.agent_actor(
            self.desk.database, self.desk.workspace_id, self.agent[name]
        )

    async def note(self, ticket_id: int, *named: Mention) -> None:
        async with self.desk.begin() as tx:
            await tickets.reply(
                tx,
                ticket_id,
                outgoing=Outgoing(body="请看一下固件版本", visibility="internal", mentions=named),
            )


@pytest.fixture
async def place(desk: support.Desk) -> Place:
    return await Place(desk).open()


async def test_a_named_agent_is_told_once_also_when_the_team_is_named_too(place: Place) -> None:
    ticket_id = await place.ticket("sale")
    await place.note(
        ticket_id,
        Mention("agent", str(place.agent["lin"])),
        Mention("team", str(place.team["sale"])),
    )
    (one,) = await place.told("lin")
    assert (one.kind, one.ticket_id, one.text) == ("mention", ticket_id, "请看一下固件版本")
    assert one.actor["kind"] == "agent"
    said = await place.desk.events("notification.created")
    assert [event.data["notification_id"] for event in said] == [str(one.id)]


async def test_nobody_is_told_of_what_they_cannot_see(place: Place) -> None:
    hidden = await place.ticket("sale")
    await place.note(hidden, Mention("agent", str(place.agent["mia"])))
    assert await place.told("mia") == []


async def test_a_ticket_that_moves_out_of_sight_leaves_the_list(place: Place) -> None:
    ticket_id = await place.ticket("care")
    await place.note(ticket_id, Mention("agent", str(place.agent["mia"])))
    assert len(await place.told("mia")) == 1
    async with place.desk.as_system() as tx:
        await tickets.assign(tx, ticket_id, team_id=place.team["sale"])
    assert await place.told("mia") == []


async def test_being_given_a_ticket_is_told_taking_one_is_not(place: Place) -> None:
    first, second = await place.ticket("sale"), await place.ticket("sale")
    async with place.desk.begin() as tx:
        await tickets.assign(tx, first, to=place.agent["lin"])
    async with place.desk.begin(await place.actor("lin")) as tx:
        await tickets.assign(tx, second, to=place.agent["lin"])
    assert [(one.kind, one.ticket_id) for one in await place.told("lin")] == [("assigned", first)]


async def test_a_customers_answer_is_told_to_owner_and_watchers(place: Place) -> None:
    ticket_id = await place.ticket(None)
    assert await place.told("lin") == [], "a new ticket is seen in its list"
    async with place.desk.as_system() as tx:
        await tickets.assign(tx, ticket_id, to=place.agent["lin"])
        await tickets.watch(tx, ticket_id, agent_id=place.agent["mia"])
        row = await tx.db.fetchrow("SELECT id, contact_id FROM conversation")
        assert row is not None
        await tickets.receive(
            tx,
            Received(
                channel="api",
                contact_id=row["contact_id"],
                author_name="王芳",
                conversation_id=row["id"],
                text="换了线也不行",
            ),
        )
    assert [one.kind for one in await place.told("lin")] == ["reply", "assigned"]
    (watching,) = await place.told("mia")
    assert (watching.kind, watching.text) == ("reply", "换了线也不行")
    assert (watching.actor["kind"], watching.actor["name"]) == ("contact", "王芳")


async def test_reading_counts_down_and_is_only_ones_own(place: Place) -> None:
    for _ in range(3):
        await place.note(await place.ticket(None), Mention("agent", str(place.agent["lin"])))
    found = await place.told("lin")
    async with place.desk.begin(await place.actor("mia")) as tx:
        assert await service.read(tx, ids=[found[0].id]) == 0
    async with place.desk.begin(await place.actor("lin")) as tx:
        assert await service.read(tx, ids=[found[0].id]) == 1
        page, unread = await service.listing(tx, unread=True, limit=1)
        assert (unread, len(page.items), page.next_cursor is not None) == (2, 1, True)
        assert await service.read(tx, ids=None) == 2
        assert (await service.listing(tx))[1] == 0
    async with place.desk.as_system() as tx:
        with pytest.raises(personal.NeedsAgent):
            await service.listing(tx)


async def test_the_list_over_http(place: Place) -> None:
    async with browser(place.desk) as page:
        await sign_in(page)
        ticket_id = await place.ticket(None)
        async with place.desk.begin(await place.actor("lin")) as tx:
            admin = Mention("agent", str(place.desk.created.admin_id))
            await tickets.reply(
                tx,
                ticket_id,
                outgoing=Outgoing(body="@Ada 看一下", visibility="internal", mentions=(admin,)),
            )
        await place.told("lin")
        found = (await page.get("/api/v1/notifications")).json()
        (one,) = found["items"]
        assert (one["kind"], one["text"], one["read"], found["unread"]) == (
            "mention",
            "@Ada 看一下",
            False,
            1,
        )
        assert (one["ticket_id"], one["ticket_number"]) == (str(ticket_id), 1001)
        answer = await page.post("/api/v1/notifications/read", json={"ids": [one["id"]]})
        assert answer.json() == {"read": 1}
        left = (await page.get("/api/v1/notifications", params={"unread": "true"})).json()
        assert (left["items"], left["unread"]) == ([], 0)
