"""What skills see of a ticket: the facts by name, from which each gets only those that it declares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from yizhan.domains.copilot import drafting
from yizhan.domains.copilot.contract import Article, Customer, Known, Message, State
from yizhan.domains.copilot.service import facts
from yizhan.domains.copilot.service.facts import Facts
from yizhan.domains.copilot.skills.registry import Loaded
from yizhan.domains.copilot.types import Place, permits
from yizhan.domains.knowledge import audience
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Ticket
from yizhan.domains.understanding import repository as understanding
from yizhan.domains.understanding import service as signals
from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.service import filling
from yizhan.domains.understanding.types import Signals
from yizhan.kernel.tx import Tx

_MOST_MESSAGES = 20
_MOST_ARTICLES = 4
_LONGEST = 4_000
_LONGEST_ARTICLE = 6_000


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket at the moment of one customer's message. ``field`` is that of categories."""

    facts: Facts
    message_id: int
    known: Known
    state: State
    articles: tuple[Article, ...] = ()
    field: str = ""

    @property
    def intent(self) -> str:
        return self.known.intent or ""

    def references(self, loaded: Loaded) -> dict[str, Any]:
        """Which things a skill saw, by id; no words of anybody."""
        found: dict[str, Any] = {"needs": list(loaded.needs)}
        if "messages" in loaded.needs:
            found["messages"] = [str(one.id) for one in _turns(self.facts)]
        if "articles" in loaded.needs:
            found["articles"] = [one.id for one in self.articles]
        return found


async def look(tx: Tx, ticket_id: int, *, message_id: int) -> Looked | None:
    """None where the message is not a customer's, or is on another ticket by now. Errors: TicketNotFound."""
    gathered = await facts.gather(tx, ticket_id, with_sources=False)
    turns = [one for one in gathered.turns if one.id <= message_id]
    if not turns or turns[-1].id != message_id or turns[-1].who != "customer":
        return None
    gathered = msgspec.structs.replace(gathered, turns=turns)
    known = (await signals.signals(tx, [ticket_id])).get(ticket_id)
    settings, _ = await understanding.settings(tx)
    field = settings.filling.field or ""
    return Looked(
        facts=gathered,
        message_id=message_id,
        known=await _known(tx, known, field=field),
        state=await _state(tx, gathered, message_id=message_id, field=field),
        field=field,
    )


def known_of(found: Signals | None) -> Known:
    """What was read, as skills see it."""
    if found is None:
        return Known()
    intent = found.label("intent")
    return Known(
        intent=intent,
        intent_confidence=found.readings["intent"].confidence if intent else 0.0,
        category=found.label("category"),
        emotion=found.label("emotion"),
        negative=found.negative,
        urgency=found.label("urgency"),
        complexity=found.label("complexity"),
        grave=found.grave,
        turned=found.turned_at is not None,
        slots={one.name: one.value for one in found.slots},
    )


async def _known(tx: Tx, found: Signals | None, *, field: str) -> Known:
    """With names as this workspace has them."""
    known = known_of(found)
    titles = shipped.titles().get(known.intent or "", {})
    locale = await tx.db.fetchval(
        "SELECT locale FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    title = titles.get("zh-CN" if str(locale).startswith("zh") else "en") or known.intent or ""
    value = None
    if field and known.category:
        value = await filling.option_of(tx, field, known.category)
    return msgspec.structs.replace(
        known,
        intent_title=title,
        category_field=field if value else "",
        category_value=value or "",
    )


def state_of(known: Facts) -> State:
    """The ticket, as skills see it."""
    ticket: Ticket = known.ticket
    return State(
        status=ticket.status,
        category=ticket.status_category,
        priority=ticket.priority,
        type=ticket.type,
        tags=tuple(ticket.tags),
        answered=any(one.who == "agent" for one in known.turns),
    )


async def _state(tx: Tx, known: Facts, *, message_id: int, field: str) -> State:
    before = await _before(tx, known.ticket.id, message_id=message_id)
    statuses = await tickets.statuses(tx)
    by_id = {one.id: one for one in statuses}
    resolved = next((one.id for one in statuses if one.category == "resolved"), "resolved")
    return msgspec.structs.replace(
        state_of(known),
        before=before,
        before_category=by_id[before].category if before in by_id else "",
        resolved=resolved,
        field=str(known.ticket.fields.get(field) or "") if field else "",
    )


async def _before(tx: Tx, ticket_id: int, *, message_id: int) -> str:
    """The status that a message ended. Uses event_ticket; ids follow time."""
    found = await tx.db.fetchval(
        "SELECT data->'changes'->'status'->>0 FROM event WHERE workspace_id = $1 AND ticket_id = $2"
        " AND id >= $3 AND type = 'ticket.status_changed' AND data->'cause'->>'message_id' = $3::text"
        " LIMIT 1",
        tx.workspace_id,
        ticket_id,
        message_id,
    )
    return str(found or "")


async def with_articles(tx: Tx, looked: Looked) -> Looked:
    """Articles that everybody may read and that fit what was asked."""
    known = looked.facts
    viewer = audience.Viewer(brand_id=known.ticket.brand_id)
    locale = "zh-CN" if drafting.speaks_chinese(known.turns[-1].text) else known.locale
    found = []
    for one in await knowledge.suggest(
        tx, viewer, words=known.asked, locale=locale, most=_MOST_ARTICLES
    ):
        shown, _ = await knowledge.read(
            tx, viewer, article_id=one.teaser.article_id, locale=one.teaser.locale
        )
        found.append(
            Article(
                id=str(shown.article_id),
                title=shown.title,
                text=shown.plain[:_LONGEST_ARTICLE],
                locale=shown.locale,
                score=one.score if one.near else 0.0,
                words=tuple(one.words),
                in_title=tuple(one.in_title),
                near=one.near,
            )
        )
    return msgspec.structs.replace(looked, articles=tuple(found))


def _turns(known: Facts) -> list[Any]:
    return [one for one in known.turns if one.who != "note"][-_MOST_MESSAGES:]


def seen(loaded: Loaded, looked: Looked, *, place: Place | None = None) -> Any:
    """The skill's input: what it declares and nothing else; for a server only what may go there."""
    known = looked.facts if place is None else looked.facts.sendable(place)
    values = _values(looked, known, _articles(looked, place=place))
    if place is not None and not permits(looked.facts.field("customer"), place):
        values["customer"] = Customer()
    return loaded.skill.Input(**{name: values[name] for name in loaded.needs})


def _articles(looked: Looked, *, place: Place | None) -> tuple[Article, ...]:
    if place is None or permits(looked.facts.field("articles"), place):
        return looked.articles
    return ()


def _values(looked: Looked, known: Facts, articles: Sequence[Article]) -> dict[str, Any]:
    messages = tuple(
        Message(who="customer" if one.who == "customer" else "agent", text=one.text[:_LONGEST], id=one.id)
        for one in _turns(known)
    )  # fmt: skip
    said = messages[-1].text if messages else known.ticket.subject
    return {
        "language": "zh" if drafting.speaks_chinese(said) else "en",
        "subject": known.ticket.subject,
        "messages": messages,
        "customer": Customer(name=known.customer, locale=known.locale),
        "articles": tuple(articles),
        "signals": looked.known,
        "ticket": looked.state,
    }
