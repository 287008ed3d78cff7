"""Reads the log: an answer in a chat may have to follow its reader by mail."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.channels import service as channels
from yizhan.domains.tickets.service import customer
from yizhan.extensions.channels.chat import continuation
from yizhan.extensions.channels.chat.chats import CHANNEL
from yizhan.extensions.channels.chat.settings import Settings
from yizhan.kernel import errors, events
from yizhan.kernel.tx import Tx


@events.consumer("chat_continuation")
async def plan_mails(tx: Tx, batch: Sequence[events.Logged]) -> None:
    """Off the agent's way: the timer is set behind the answer, not with it."""
    answered = {
        int(event.data["conversation_id"]) for event in batch if event.type == "message.queued"
    }
    for conversation_id in sorted(answered):
        talk = await customer.by_id(tx, conversation_id)
        if talk is None or talk.channel != CHANNEL or not talk.reply_to or not talk.inbox_id:
            continue
        try:
            inbox = await channels.get_inbox(tx, talk.inbox_id)
        except errors.NotFound:
            continue
        settings = msgspec.convert(inbox.settings, Settings)
        await continuation.plan(tx, talk, settings=settings)
