"""Performs the plan through the services, each step at its moment, in a transaction of its own."""

from __future__ import annotations

import re
from datetime import timedelta

import msgspec

from yizhan.app.demo import ground as grounds
from yizhan.app.demo import hours, mails, people, ratings
from yizhan.app.demo.corpus import Story
from yizhan.app.demo.ground import Ground
from yizhan.app.demo.people import Customer
from yizhan.app.demo.plan import Plan, Step
from yizhan.domains.channels import outbox
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Identity
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Mention, Outgoing, Received
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx

_APART = timedelta(seconds=7)  # what happens in the same minute still has an order
_NAMED = re.compile(r"@(\w+)", re.ASCII)


class Stage:
    """A run over the plan: what is known of the tickets so far, and the clock."""

    def __init__(self, database: Database, *, plan: Plan, ground: Ground, seed: int) -> None:
        self.database = database
        self.plan = plan
        self.ground = ground
        self.seed = seed
        self.actors: dict[str, Actor] = {}
        self.tickets: dict[int, tuple[int, int]] = {}  # story -> ticket, conversation
        self.clock = ground.base - timedelta(days=400)

    @property
    def system(self) -> Actor:
        return system(self.ground.workspace_id, name="demo")

    def key(self, story: int) -> str:
        """By which a story's conversation is known, also to a run that continues."""
        return f"demo-{self.seed}-{story}"

    async def run(self) -> None:
        """Do all steps that are not done yet."""
        self.actors = await grounds.actors(self.database, self.ground)
        await self._recall()
        is_blocked = False
        for place, step in enumerate(self.plan.steps):
            # In its place among the steps: the log is in the order in which things are written.
            is_due = not is_blocked and step.ago < mails.BLOCKED
            is_blocked = is_blocked or is_due
            if is_due:
                await self._block(is_done=place < self.ground.done)
            self.clock = max(hours.back(self.ground.base, step.ago), self.clock + _APART)
            if place < self.ground.done:
                continue
            self.ground = msgspec.structs.replace(self.ground, done=place + 1)
            await self._do(step)

    async def _block(self, *, is_done: bool) -> None:
        self.clock = max(hours.back(self.ground.base, mails.BLOCKED), self.clock + _APART)
        if is_done:
            return
        async with self.database.begin(self.system) as tx:
            tx.now = self.clock
            await mails.block(tx)

    async def _recall(self) -> None:
        prefix = f"demo-{self.seed}-"
        async with self.database.begin(self.system) as tx:
            rows = await tx.db.fetch(
                "SELECT external_key, ticket_id, id FROM conversation"
                " WHERE workspace_id = $1 AND starts_with(external_key, $2)",
                tx.workspace_id,
                prefix,
            )
        for row in rows:
            story = int(row["external_key"].removeprefix(prefix))
            self.tickets[story] = row["ticket_id"], row["id"]

    async def _do(self, step: Step) -> None:
        story = self.plan.stories[step.story]
        actor = await self._actor(step, story)
        async with self.database.begin(actor) as tx:
            tx.now = self.clock
            if step.act == "ask":
                await self._ask(tx, step, story)
            elif step.act in ("answer", "note"):
                await self._write(tx, step, story)
            elif step.act == "invite":
                await ratings.invite(tx, self.tickets[step.story][0], story)
            elif step.act == "rate":
                await ratings.rate(tx, self.tickets[step.story][0], step.text)
            else:
                await self._move(tx, step)
            await grounds.remember(tx, self.ground)

    async def _actor(self, step: Step, story: Story) -> Actor:
        if step.by:
            return self.actors[step.by]
        if step.act == "rate":
            name = self.plan.customers[step.story].name
            async with self.database.begin(self.system) as tx:
                return await ratings.customer(tx, self.tickets[step.story][0], name=name)
        return self.system if step.act == "invite" else self._channel(story)

    def _channel(self, story: Story) -> Actor:
        inbox_id = self.ground.inboxes.get(story.channel)
        if inbox_id is None:
            return self.system
        name = grounds.INBOX_NAMES[story.channel]
        return Actor(kind="channel", workspace_id=self.ground.workspace_id, id=inbox_id, name=name)

    async def _customer(self, tx: Tx, customer: Customer, *, source: str) -> int:
        contact = await contacts.resolve(
            tx,
            [Identity(kind="email", value=customer.email, strength=KNOWN, source=source)],
            name=customer.name,
            locale=customer.locale,
            source=source,
        )
        return contact.id

    async def _ask(self, tx: Tx, step: Step, story: Story) -> None:
        customer = self.plan.customers[step.story]
        contact_id = await self._customer(tx, customer, source=story.channel)
        known = self.tickets.get(step.story)
        receipt = await tickets.receive(
            tx,
            Received(
                channel=story.channel,
                contact_id=contact_id,
                author_name=customer.name,
                text=step.text,
                inbox_id=self.ground.inboxes.get(story.channel),
                brand_id=self.ground.brands[story.locale],
                team_id=self.ground.teams[story.team],
                conversation_id=None if known is None else known[1],
                conversation_key=self.key(step.story),
                reply_to=None if story.channel == "chat" else customer.email,
                subject=story.subject,
                priority=story.priority,
                tags=story.tags,
                sender_verdict="pass" if story.channel == "email" else None,
            ),
        )
        self.tickets[step.story] = receipt.ticket_id, receipt.conversation_id

    async def _move(self, tx: Tx, step: Step) -> None:
        ticket_id, _ = self.tickets[step.story]
        if step.act == "assign":
            await tickets.assign(tx, ticket_id, to=self.ground.agents[step.text])
        elif step.act == "status":
            await tickets.update(tx, ticket_id, status=step.text)
        else:
            until = hours.morning(self.ground.base, days=2 + step.story % 3)
            await tickets.update(tx, ticket_id, snoozed_until=until)

    async def _write(self, tx: Tx, step: Step, story: Story) -> None:
        """An answer or a note. Nothing really leaves: the outcome is written with the answer, so
        that no worker finds anything to send."""
        ticket_id, _ = self.tickets[step.story]
        text, named = self._mentions(step.text)
        visibility = "internal" if step.act == "note" else "public"
        message_id = await tickets.reply(
            tx,
            ticket_id,
            outgoing=Outgoing(body=text, visibility=visibility, mentions=tuple(named)),
        )
        if step.act == "answer":
            await tx.settle()
            state = "failed" if step.error else "read" if story.channel == "chat" else "sent"
            error = step.error or None
            await outbox.finish(tx, message_id, state=state, error=error)
            await tickets.set_delivery(tx, message_id, state=state, error=error)

    def _mentions(self, text: str) -> tuple[str, list[Mention]]:
        """``@key`` becomes the name of a colleague or a team."""
        names = {person.key: person.name for person in people.AGENTS}
        named: list[Mention] = []

        def put(match: re.Match[str]) -> str:
            key = match[1]
            if key in names:
                named.append(Mention("agent", str(self.ground.agents[key])))
                return f"@{names[key]}"
            if key in self.ground.teams:
                named.append(Mention("team", str(self.ground.teams[key])))
                return f"@{people.TEAM_NAMES[key][0]}"
            return match[0]

        return _NAMED.sub(put, text), named
