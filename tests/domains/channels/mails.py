"""A mailbox without a mail server: raw mails come in by the way that fetched ones take."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

from tests.domains.channels import fakes
from tests.support.desk import Desk
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.types import Inbox
from yizhan.extensions.channels.email import connector

TRUSTED = "mx.desk.test"


class Mailbox:
    """One inbox of the e-mail channel."""

    def __init__(self, desk: Desk, inbox: Inbox) -> None:
        self.desk = desk
        self.inbox = inbox
        self._count = 0

    async def get(
        self,
        text: str = "hello",
        *,
        sender: str = "ann@example.com",
        to: str = "support@desk.test",
        dmarc: str = "",
        **headers: str,
    ) -> str:
        """A mail comes in and is worked on. Returns its Message-ID. ``_`` in names is ``-``."""
        self._count += 1
        mail = EmailMessage()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        number = given.pop("Message-ID", f"<m{self._count}.{self.inbox.id}@example.com>")
        if dmarc:
            domain = sender.rpartition("@")[2].rstrip(">")
            mail["Authentication-Results"] = f"{TRUSTED}; dmarc={dmarc} header.from={domain}"
        mail["From"] = sender
        mail["To"] = to
        mail["Message-ID"] = number
        mail["Subject"] = given.pop("Subject", "Question")
        mail["Date"] = "Sun, 22 Nov 2026 10:00:00 +0000"
        for name, value in given.items():
            mail[name] = value
        mail.set_content(text)
        await self.take(mail.as_bytes())
        return number

    async def take(self, raw: bytes) -> None:
        """A raw mail comes in."""
        ready = await channels.load(self.desk.edge, self.desk.workspace_id, inbox_id=self.inbox.id)
        stored = await channels.keep(
            self.desk.edge.store, self.desk.workspace_id, items=[connector.item(raw)]
        )
        async with self.desk.database.begin(channels.actor_of(ready)) as tx:
            await channels.accept(tx, self.inbox.id, stored=stored)
        await self.desk.run_jobs()

    async def rendered(self, message_id: str) -> EmailMessage:
        """One of our answers as it would be sent."""
        raw = await channels.rendered(
            self.desk.edge, self.desk.workspace_id, message_id=int(message_id)
        )
        found = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(found, EmailMessage)
        return found


async def add_mailbox(desk: Desk, address: str = "support@desk.test", **settings: Any) -> Mailbox:
    """An inbox of the e-mail channel."""
    async with desk.begin() as tx:
        brand_id = await tx.db.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 LIMIT 1", tx.workspace_id
        )
        inbox = await channels.create_inbox(
            tx,
            desk.edge.vault,
            name="Support",
            channel_id="email",
            brand_id=brand_id,
            settings={"address": address, "trusted_authserv_id": TRUSTED, **settings},
        )
    return Mailbox(desk, inbox)


__all__ = ["Mailbox", "add_mailbox", "fakes"]
