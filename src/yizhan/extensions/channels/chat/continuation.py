"""The visitor has left: unread answers follow by mail, and the answer to that mail joins the ticket.

It is a conversation of its own on the same ticket, through an inbox that can write to an address:
order, retries, bounces and threading are those of every other mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from yizhan.domains.channels import service as channels
from yizhan.domains.channels.types import Inbox
from yizhan.domains.contacts import service as contacts
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import customer
from yizhan.domains.tickets.types import Conversation, Outgoing
from yizhan.extensions.channels.chat.settings import Settings
from yizhan.kernel import errors, timers
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

JOB = "chat.continue"
_TIMER = "chat_continue"
_MAILED = "mailed_up_to"
_WORDS = {
    "zh": ("您离开聊天后，我们回复了您：", "直接回复此邮件即可继续。", "{name}："),
    "en": (
        "We answered after you had left the chat:",
        "Just reply to this e-mail to go on.",
        "{name}:",
    ),
}


async def plan(tx: Tx, talk: Conversation, *, settings: Settings) -> None:
    """Look again in some minutes whether the answers were read."""
    if settings.email_continuation:
        await _at(tx, talk.id, minutes=settings.email_after_minutes)


async def _at(tx: Tx, conversation_id: int, *, minutes: int) -> None:
    await timers.schedule(
        tx,
        kind=_TIMER,
        key=str(conversation_id),
        due=tx.now + timedelta(minutes=minutes),
        job=JOB,
        payload={"conversation_id": str(conversation_id)},
    )


async def mail(tx: Tx, vault: Vault, *, conversation_id: int) -> int | None:
    """Mail what is unread. Returns the mail's message id; None when there is nothing to send."""
    talk = await customer.by_id(tx, conversation_id)
    if talk is None or talk.inbox_id is None or not talk.reply_to:
        return None
    settings = await _settings(tx, vault, talk.inbox_id)
    if settings is None or not settings.email_continuation:
        return None
    left = await customer.unread(tx, talk.id, after=int(talk.meta.get(_MAILED, 0)))
    if not left:
        return None
    if left[-1].created_at > tx.now - timedelta(minutes=settings.email_after_minutes):
        await plan(tx, talk, settings=settings)  # the agent still writes: one mail, not five
        return None
    inbox = await _carrier(tx, vault, wanted=settings.email_inbox_id, chat_inbox=talk.inbox_id)
    if inbox is None:
        return None
    mail_id = await customer.continuation(
        tx, talk, inbox_id=inbox.id, channel=inbox.channel, reply_to=talk.reply_to
    )
    locale = (await contacts.get(tx, talk.contact_id)).locale or "zh-CN"
    message_id = await tickets.reply(
        tx,
        talk.ticket_id,
        outgoing=Outgoing(
            body=body(left, locale=locale),
            conversation_id=mail_id,
            attachments=tuple(number for one in left for number in one.file_ids),
            # Two jobs at once write the same mail, which is one.
            client_id=f"mail-of-{talk.id}-{left[-1].id}",
        ),
    )
    await customer.note(tx, talk.id, **{_MAILED: str(left[-1].id)})
    return message_id


def body(left: Sequence[customer.Unread], *, locale: str) -> str:
    """The text of the mail. Pure."""
    head, tail, name = _WORDS["zh" if locale.lower().startswith("zh") else "en"]
    parts = [head]
    said_by = ""
    for one in left:
        if one.author_name != said_by:
            said_by = one.author_name
            parts.append(name.format(name=said_by))
        parts.append(one.text)
    return "\n\n".join([*(part for part in parts if part.strip()), tail])


async def _settings(tx: Tx, vault: Vault, inbox_id: int) -> Settings | None:
    try:
        inbox = await channels.get_inbox(tx, inbox_id)
        opened = channels.open_inbox(vault, inbox, workspace_id=tx.workspace_id)
    except (errors.NotFound, errors.Invalid):
        return None
    settings = opened.settings
    return settings if isinstance(settings, Settings) else None


async def _carrier(tx: Tx, vault: Vault, *, wanted: str, chat_inbox: int) -> Inbox | None:
    """The chosen inbox, else one of the same brand, else any that can write to an address."""
    everything = await channels.list_inboxes(tx)
    brand_id = next((one.brand_id for one in everything if one.id == chat_inbox), None)
    able = [one for one in everything if one.active and _can_write(tx, vault, one)]
    able.sort(key=lambda one: (str(one.id) != wanted, one.brand_id != brand_id, one.id))
    return able[0] if able else None


def _can_write(tx: Tx, vault: Vault, inbox: Inbox) -> bool:
    try:
        opened = channels.open_inbox(vault, inbox, workspace_id=tx.workspace_id)
    except (errors.NotFound, errors.Invalid, errors.Unavailable):
        return False
    capabilities = opened.channel.manifest.capabilities
    return capabilities.recipients and capabilities.can_start
