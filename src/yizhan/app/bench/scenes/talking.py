"""A chat to write in: its inbox, and visitors with their tokens."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.app.bench.stage import Stage
from yizhan.domains.channels import service as channels
from yizhan.domains.identity.service import brands
from yizhan.extensions.channels.chat import chats, talk, visitor, wire
from yizhan.extensions.channels.chat.chats import Chat
from yizhan.extensions.channels.chat.visitor import Visitor
from yizhan.kernel import clock
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge


async def opened(stage: Stage) -> Chat:
    """A chat inbox of the measured workspace: the one that is there, or a new one."""
    workspace_id = stage.world.workspace_id
    key = await stage.owner.fetchval(
        "SELECT public_key FROM inbox WHERE workspace_id = $1 AND channel = 'chat' LIMIT 1",
        workspace_id,
    )
    if key is None:
        async with stage.edge.database.begin(system(workspace_id)) as tx:
            brand = (await brands.listed(tx))[0]
            inbox = await channels.create_inbox(
                tx, stage.edge.vault, name="Bench chat", channel_id="chat", brand_id=brand.id
            )
        key = inbox.public_key
    return await chats.Chats(stage.edge).get(key)


def newcomers(chat: Chat, count: int) -> list[Visitor]:
    """Visitors whom the desk has never seen."""
    return [visitor.fresh(chat.inbox_id) for _ in range(count)]


def token(stage: Stage, chat: Chat, who: Visitor) -> str:
    """What a visitor's browser shows."""
    return visitor.seal(stage.edge.vault, who, workspace_id=chat.workspace_id, now=clock.now())


def address(number: int) -> dict[str, str]:
    """A network of one's own for each visitor, as limits count by network."""
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


async def say(edge: Edge, chat: Chat, *, who: Visitor, text: str, client_id: str) -> int:
    """A visitor's message, stored by this process as another web process would. Gives its id."""
    ack = await talk.say(edge, chat, who=who, said=wire.Say(client_id=client_id, text=text))
    return int(ack.id)


async def tickets_of(stage: Stage, message_ids: Sequence[int]) -> list[int]:
    """The tickets of messages, in their order."""
    rows = await stage.owner.fetch(
        "SELECT m.ticket_id FROM unnest($2::bigint[]) WITH ORDINALITY AS u (id, place)"
        " JOIN message m ON m.workspace_id = $1 AND m.id = u.id ORDER BY u.place",
        stage.world.workspace_id,
        list(message_ids),
    )
    return [row[0] for row in rows]
