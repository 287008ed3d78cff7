"""How a conversation can be answered now: by its own channel, or by one that can write to it."""

from __future__ import annotations

from yizhan.domains.channels import outbox, registry, repository, windows
from yizhan.domains.channels.contract import Capabilities, Manifest
from yizhan.domains.channels.types import WindowState
from yizhan.domains.tickets.registry import Reach
from yizhan.domains.tickets.types import Conversation
from yizhan.kernel.tx import Tx


async def of(tx: Tx, conversation: Conversation) -> Reach:
    """The way of an answer. Decided by what channels can do, never by their names."""
    channel = registry.find(conversation.channel)
    if channel is None or not channel.sends or conversation.inbox_id is None:
        found = await _by_address(tx, conversation)
        if not found.can_reply and channel is not None and channel.manifest.capabilities.fetched:
            return Reach(immediate=True)
        return found
    inbox = await repository.inbox(tx, conversation.inbox_id)
    if inbox is None or not inbox.active:
        reason = "inbox_gone" if inbox is None else "inbox_inactive"
        if channel.manifest.capabilities.recipients:
            return await _by_address(tx, conversation, reason=reason)
        return Reach(can_reply=False, inbox_id=conversation.inbox_id, reason=reason)
    capabilities = channel.manifest.capabilities
    window = await window_state(tx, conversation, manifest=channel.manifest)
    return Reach(
        can_reply=window.open,
        inbox_id=conversation.inbox_id,
        closes_at=window.closes_at,
        immediate=capabilities.immediate,
        max_text=capabilities.max_text,
        reason="" if window.open else "reply_window_closed",
    )


async def carrier_of(tx: Tx, conversation: Conversation) -> Capabilities | None:
    """What the inbox by which an answer would leave now can do; None where none of ours would."""
    way = await of(tx, conversation)
    if not way.can_reply or way.inbox_id is None:
        return None
    inbox = await repository.inbox(tx, way.inbox_id)
    channel = registry.find(inbox.channel) if inbox is not None else None
    return None if channel is None else channel.manifest.capabilities


async def window_state(tx: Tx, conversation: Conversation, *, manifest: Manifest) -> WindowState:
    """Open or closed, until when, how many more."""
    rules = manifest.capabilities.windows
    if not rules:
        return WindowState()
    last = conversation.last_inbound_at
    counts = any(rule.max_messages is not None for rule in rules)
    sent = await outbox.sent_since(tx, conversation.id, moment=last) if counts and last else 0
    return windows.state(rules, last_inbound_at=last, sent_since=sent, now=tx.now)


async def _by_address(tx: Tx, conversation: Conversation, *, reason: str = "no_route") -> Reach:
    """By the first inbox that can write to an address, of the ticket's brand if there is one."""
    if not conversation.reply_to or "@" not in conversation.reply_to:
        return Reach(can_reply=False, inbox_id=conversation.inbox_id, reason=reason)
    able = [
        channel.id
        for channel in registry.known()
        if channel.offers("send")
        and channel.manifest.capabilities.recipients
        and channel.manifest.capabilities.can_start
    ]
    brand_id = await outbox.brand_of(tx, conversation.ticket_id)
    inbox_id = await outbox.carriers(tx, channels=able, brand_id=brand_id)
    if inbox_id is None:
        return Reach(can_reply=False, inbox_id=conversation.inbox_id, reason=reason)
    return Reach(inbox_id=inbox_id)
