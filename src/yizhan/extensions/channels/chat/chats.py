"""An open chat: its inbox, settings and brand, found by the public key."""

from __future__ import annotations

import asyncio
import time

import msgspec

from yizhan.domains.channels import service as channels
from yizhan.domains.identity.service import brands
from yizhan.domains.identity.types import Brand
from yizhan.domains.routing import presence
from yizhan.extensions.channels.chat import colors, visitor, wire
from yizhan.extensions.channels.chat.settings import Settings
from yizhan.kernel import clock
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.http import Edge

CHANNEL = "chat"
_FRESH_SECONDS = 3.0  # a changed setting shows within this time
_KEPT = 2000


class Chat(msgspec.Struct, frozen=True):
    """One chat inbox, ready to work with."""

    key: str
    ready: channels.Ready
    settings: Settings
    brand: Brand

    @property
    def workspace_id(self) -> int:
        return self.ready.workspace_id

    @property
    def inbox_id(self) -> int:
        return self.ready.inbox.id

    @property
    def actor(self) -> Actor:
        """Who stores what visitors write."""
        return channels.actor_of(self.ready)


class Chats:
    """The chats that this process has looked up lately."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._found: dict[str, tuple[float, Chat]] = {}
        self._looking: dict[str, asyncio.Task[Chat]] = {}

    async def get(self, key: str) -> Chat:
        """Errors: InboxNotFound for what is no chat, or not switched on."""
        known = self._found.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        task = self._looking.get(key)
        if task is None:  # of many who ask at once one looks
            task = self._looking[key] = asyncio.create_task(self._look(key))
            task.add_done_callback(lambda _: self._looking.pop(key, None))
        chat = await asyncio.shield(task)
        if len(self._found) >= _KEPT:
            self._found.clear()
        self._found[key] = (time.monotonic() + _FRESH_SECONDS, chat)
        return chat

    async def _look(self, key: str) -> Chat:
        ready = await channels.load_by_key(self._edge, key, channel=CHANNEL)
        async with self._edge.database.begin(system(ready.workspace_id)) as tx:
            brand = await brands.get(tx, ready.inbox.brand_id)
        return Chat(key, ready, ready.settings, brand)


def admit(edge: Edge, chat: Chat, token: str) -> visitor.Visitor:
    """The visitor of a token. Errors: VisitorTokenInvalid, IdentityRequired."""
    found = visitor.unseal(
        edge.vault,
        token,
        workspace_id=chat.workspace_id,
        inbox_id=chat.inbox_id,
        now=clock.now(),
    )
    if chat.settings.require_identity and not found.verified:
        raise visitor.IdentityRequired
    return found


async def online(edge: Edge, chat: Chat) -> bool:
    """Whether anybody is there to answer."""
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        return "online" in (await presence.states(tx)).values()


def config(chat: Chat, *, most_bytes: int, is_online: bool) -> wire.ConfigOut:
    """How the widget looks and what it asks."""
    settings, brand = chat.settings, chat.brand
    palette = colors.palette(settings.color or brand.color)
    logo = f"logo?v={brand.logo_file_id}" if brand.logo_file_id else None
    asked = (("name", settings.ask_name), ("email", settings.ask_email))
    return wire.ConfigOut(
        name=settings.title or brand.name,
        brand=wire.BrandOut(
            name=brand.name,
            color=palette.color,
            on=palette.on,
            light=palette.light,
            dark=palette.dark,
            logo=logo,
        ),
        greeting=settings.greeting,
        proactive_seconds=settings.proactive_seconds or None,
        locale=None if settings.locale == "auto" else settings.locale,
        position=settings.position,
        pre_chat=tuple(
            wire.FieldOut(name, required=ask == "required") for name, ask in asked if ask != "off"
        ),
        offline=settings.offline_text,
        require_identity=settings.require_identity,
        email_continuation=settings.email_continuation,
        max_file_bytes=most_bytes,
        online=is_online,
        articles=settings.suggest_articles,
    )
