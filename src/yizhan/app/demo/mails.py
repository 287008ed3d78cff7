"""A few mails that a person must look at, taken in by the way of any other mail."""

from __future__ import annotations

import msgspec

from yizhan.app.demo import hours, people
from yizhan.app.demo.ground import Ground
from yizhan.domains.channels import service as channels
from yizhan.domains.channels.contract import RawItem
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Identity
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_SPAMMER = "growth@rank-first.example"


class Mail(msgspec.Struct, frozen=True):
    """A raw mail and how long ago it came."""

    ago: float
    head: str
    body: str

    def raw(self, place: int) -> bytes:
        text = f"{self.head}\nMessage-ID: <demo-{place}@elsewhere.example>\nMIME-Version: 1.0\n"
        text += f"Content-Type: text/plain; charset=utf-8\n\n{self.body}\n"
        return text.replace("\n", "\r\n").encode()


BLOCKED = 3000.0  # how long ago the spammer was blocked
MAILS = (
    Mail(
        640,
        f"From: Rank First <{_SPAMMER}>\nTo: support@{people.DOMAIN}\n"
        "Subject: Your site is not on page one",
        "Hello, we noticed that your web site is not on page one. We can put it there in 14 days,\n"
        "guaranteed. Just answer YES and we will call you.",
    ),
    Mail(
        210,
        f"To: support@{people.DOMAIN}\nSubject: Account will be closed today",
        "Dear user, your mailbox is full. Please confirm your password within two hours.",
    ),
    Mail(
        95,
        f"From: Rank First <{_SPAMMER}>\nTo: support@{people.DOMAIN}\nSubject: Re: page one",
        "Hello again, did you see our last mail? Only three places are left this week.",
    ),
)


async def take_in(edge: Edge, ground: Ground) -> None:
    """Store the mails and let the pipeline judge them. What came before is passed over."""
    inbox_id = ground.inboxes.get("email")
    if inbox_id is None:
        return
    for place, mail in enumerate(MAILS):
        item = RawItem(
            dedupe_key=f"demo-{place}", body=mail.raw(place), content_type="message/rfc822"
        )
        stored = await channels.keep(edge.store, ground.workspace_id, items=[item])
        async with edge.database.begin(system(ground.workspace_id)) as tx:
            tx.now = hours.back(ground.base, mail.ago)
            fresh = await channels.accept(tx, inbox_id, stored=stored)
        for envelope_id in fresh:
            await channels.process(edge, ground.workspace_id, envelope_id=envelope_id)


async def block(tx: Tx) -> None:
    """Somebody had enough of this sender."""
    contact = await contacts.resolve(
        tx,
        [Identity(kind="email", value=_SPAMMER, strength=KNOWN, source="email")],
        name="Rank First",
        source="email",
    )
    await contacts.change(tx, contact.id, values={"blocked": True})
