"""Articles for what a visitor is writing, until a person answers: public ones of the brand only."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

import msgspec

from yizhan.domains.knowledge import links
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.tickets.service import customer
from yizhan.extensions.channels.chat.chats import Chat
from yizhan.extensions.channels.chat.visitor import Visitor
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_NEWEST = 20
_THERE = timedelta(hours=4)
_TEXT = 1200
_PURPOSE = "chat.visitor"
_Id = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,19}$")]


class AskIn(msgspec.Struct, frozen=True):
    """What stands in the field, or was just sent."""

    visitor: str
    text: Annotated[str, msgspec.Meta(max_length=2000)]
    locale: Annotated[str, msgspec.Meta(max_length=35)] = ""


class StepIn(msgspec.Struct, frozen=True):
    """What became of what was offered."""

    visitor: str
    step: Literal["opened", "solved", "person"]
    article: _Id | None = None


class ArticleOut(msgspec.Struct, frozen=True):
    """An article to be read on the spot; ``url`` where the brand has help pages."""

    id: str
    title: str
    text: str
    more: bool  # the text was cut
    url: str | None


class OfferOut(msgspec.Struct, frozen=True):
    """``ask`` null: nothing fits, or a person is there."""

    ask: str | None
    items: list[ArticleOut]


NOTHING = OfferOut(None, [])


def _visitor(edge: Edge, chat: Chat, who: Visitor) -> str:
    """Of this conversation, and of nobody's name."""
    text = f"{chat.inbox_id}|{who.key}"
    return edge.vault.sign(text, workspace_id=chat.workspace_id, purpose=_PURPOSE, size=24)


def language(chat: Chat, wanted: str) -> str:
    """The visitor's, as articles name it."""
    locale = wanted if chat.settings.locale == "auto" else chat.settings.locale
    name, _, more = (locale or "en").partition("-")
    if name.lower() != "zh":
        return name.lower()
    return "zh-TW" if more.lower() in ("tw", "hk", "mo", "hant") else "zh-CN"


async def offer(edge: Edge, chat: Chat, *, who: Visitor, data: AskIn) -> OfferOut:
    """Up to three; none once a person has answered."""
    if not chat.settings.suggest_articles or not data.text.strip():
        return NOTHING
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        found = await customer.conversation(tx, inbox_id=chat.inbox_id, key=who.key)
        if found is not None and await _answered(tx, found.id):
            return NOTHING
        place = await links.own_place_of(tx, chat.brand.id)
        viewer = Viewer(brand_id=chat.brand.id, categories=place.categories if place else None)
        locale = language(chat, data.locale)
        made = await knowledge.offer(
            tx,
            viewer,
            knowledge.Asked(
                place="chat",
                visitor=_visitor(edge, chat, who),
                brand_id=chat.brand.id,
                locale=locale,
                question=data.text,
                article_ids=(),
                ticket_id=found.ticket_id if found else None,
            ),
        )
    if made is None:
        return NOTHING
    return OfferOut(
        str(made.ask_id),
        [
            ArticleOut(
                id=str(one.article_id),
                title=one.title,
                text=one.plain[:_TEXT],
                more=len(one.plain) > _TEXT,
                url=links.address(
                    edge.config.url, place.slug, locale=one.locale, article_id=one.article_id
                )
                if place
                else None,
            )
            for one in made.articles
        ],
    )


async def _answered(tx: Tx, conversation_id: int) -> bool:
    """Whether a person has answered of late."""
    lines = await customer.newest(tx, conversation_id, most=_NEWEST)
    return any(not line.mine and tx.now - line.at < _THERE for line in lines)


async def step(edge: Edge, chat: Chat, *, who: Visitor, ask_id: int, data: StepIn) -> None:
    """Opened, solved, or a person is wanted. What is not this visitor's changes nothing."""
    visitor = _visitor(edge, chat, who)
    article_id = None if data.article is None else int(data.article)
    async with edge.database.begin(system(chat.workspace_id)) as tx:
        if data.step == "opened":
            if article_id is not None:
                await knowledge.opened(tx, ask_id, visitor=visitor, article_id=article_id)
            return
        await knowledge.settle(
            tx, ask_id, visitor=visitor, outcome=data.step, article_id=article_id
        )
