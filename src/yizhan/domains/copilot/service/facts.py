"""What the copilot knows of a ticket: what the asking agent may read of it, gathered in one transaction."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

import msgspec

from yizhan.domains.automation.service import using as macros
from yizhan.domains.copilot import drafting
from yizhan.domains.copilot.repository import reading, setup
from yizhan.domains.copilot.types import (
    FIELD_DEFAULTS,
    Allowed,
    Field,
    Place,
    Rule,
    Settings,
    Source,
    Turn,
    permits,
    strictest,
)
from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import audience
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.service import finding
from yizhan.domains.sla.service import risk
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.searching import vocabulary
from yizhan.domains.tickets.types import Ticket
from yizhan.domains.understanding import service as understanding
from yizhan.domains.understanding.types import Signals
from yizhan.kernel import text
from yizhan.kernel.tx import Tx
from yizhan.learning import privacy

_ARTICLES, _ANSWERS, _MACROS = 4, 4, 12
_LONGEST_SOURCE = 6_000
_LONGEST_TURN = 4_000
_MOST_CHARS = 24_000  # of a conversation, for a model


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as the copilot sees it. ``rules`` are those of fields, brands and customers."""

    ticket: Ticket
    settings: Settings
    rules: dict[tuple[str, str], Rule]
    turns: list[Turn]
    sources: list[Source]
    customer: str
    names: tuple[str, ...]
    locale: str
    due_at: datetime | None
    now: datetime
    known: Signals | None = None  # what was read in the customer's messages

    def field(self, name: Field) -> Allowed:
        """How far a field may go."""
        rule = self.rules.get(("field", name))
        return rule.allowed if rule else FIELD_DEFAULTS.get(name, "cloud")

    @property
    def allowed(self) -> Allowed:
        """How far this ticket's texts may go."""
        return strictest(
            self.settings.allowed,
            _of(self.rules, brand=self.ticket.brand_id, contact=self.ticket.requester_id),
        )

    @property
    def asked(self) -> str:
        """What the customer wrote since the last answer, or at all."""
        return drafting.asked(self.ticket.subject, self.turns)

    def veil_rules(self) -> privacy.Rules:
        """Who is known, and how order numbers look here."""
        return privacy.Rules(
            names=self.names,
            orders=tuple(msgspec.convert(self.settings.numbers, list[privacy.NumberRule])),
            skip=frozenset(self.settings.unhidden),
        )

    def sendable(self, place: Place) -> Facts:
        """Only what may go there."""
        said: list[Turn] = []
        size = 0
        for one in reversed(self.turns):
            field: Field = "notes" if one.who == "note" else "messages"
            cut = one.text[:_LONGEST_TURN]
            if permits(self.field(field), place) and size + len(cut) <= _MOST_CHARS:
                shown = one.name if permits(self.field("customer"), place) else ""
                said.append(msgspec.structs.replace(one, text=cut, name=shown))
                size += len(cut)
        subject = self.ticket.subject if permits(self.field("subject"), place) else ""
        return msgspec.structs.replace(
            self,
            turns=said[::-1],
            ticket=msgspec.structs.replace(self.ticket, subject=subject),
            sources=[one for one in self.sources if permits(one.allowed, place)],
        )


def _of(rules: dict[tuple[str, str], Rule], *, brand: int | None, contact: int) -> Allowed:
    found = [rules.get(("brand", str(brand))), rules.get(("contact", str(contact)))]
    return strictest("cloud", *(one.allowed for one in found if one is not None))


async def gather(tx: Tx, ticket_id: int, *, with_sources: bool) -> Facts:
    """Errors: TicketNotFound."""
    ticket = await tickets.get(tx, ticket_id)
    turns = await reading.turns(tx, ticket_id)
    customer = await reading.person(tx, ticket.requester_id)
    asked = drafting.asked(ticket.subject, turns)
    earlier: list[reading.Earlier] = []
    if with_sources:
        earlier = await _earlier(tx, ticket, asked)
    rules = await setup.rules_about(
        tx,
        brands=[one for one in {ticket.brand_id, *(e.brand_id for e in earlier)} if one],
        contacts=list({ticket.requester_id, *(e.requester_id for e in earlier)}),
    )
    locale = (customer.locale if customer else None) or tx.actor.locale
    found: list[Source] = []
    if with_sources:
        found = await _articles(tx, ticket, asked, locale=locale)
        found += await _macros(tx, ticket_id)
        found += [_answer(one, rules) for one in earlier]
    promise = (await risk.of_tickets(tx, [ticket_id])).get(ticket_id)
    names = [customer.name if customer else "", *(one.name for one in turns)]
    names += [one.requester_name for one in earlier] + [one.author_name for one in earlier]
    facts = Facts(
        ticket=ticket,
        settings=await setup.settings(tx),
        rules=rules,
        turns=turns,
        sources=found,
        customer=customer.name if customer else "",
        names=tuple(dict.fromkeys([*names, *await reading.colleagues(tx)])),
        locale=locale,
        due_at=promise.due_at if promise else None,
        now=tx.now,
        known=(await understanding.signals(tx, [ticket_id])).get(ticket_id),
    )
    return msgspec.structs.replace(facts, sources=[_ruled(facts, one) for one in facts.sources])


def _ruled(facts: Facts, source: Source) -> Source:
    """A source goes no further than its kind may."""
    fields: dict[str, Field] = {"article": "articles", "answer": "answers", "macro": "macros"}
    allowed = strictest(source.allowed, facts.field(fields[source.kind]))
    return msgspec.structs.replace(source, allowed=allowed)


async def _articles(tx: Tx, ticket: Ticket, asked: str, *, locale: str) -> list[Source]:
    if not permissions.can(tx.actor, "knowledge:read"):
        return []
    viewer = audience.agent(tx.actor)
    if ticket.brand_id is not None:
        viewer = audience.within(viewer, ticket.brand_id)
    found = []
    for one in await knowledge.suggest(tx, viewer, words=asked, locale=locale, most=_ARTICLES):
        # An article for colleagues is nothing to quote to a customer.
        if one.teaser.audience == "agents":
            continue
        shown, _ = await knowledge.read(
            tx, viewer, article_id=one.teaser.article_id, locale=one.teaser.locale
        )
        found.append(
            Source(
                kind="article",
                id=str(shown.article_id),
                title=shown.title,
                text=shown.plain[:_LONGEST_SOURCE],
                locale=shown.locale,
                meant=one.score if one.near else 0.0,
            )
        )
    return found


async def _macros(tx: Tx, ticket_id: int) -> list[Source]:
    return [
        Source(
            kind="macro",
            id=str(one.macro.id),
            title=one.macro.title,
            text=one.filled.text[:_LONGEST_SOURCE],
        )
        for one in (await macros.offered(tx, ticket_id))[:_MACROS]
        if one.filled.text.strip() and not one.filled.missing
    ]


async def _earlier(tx: Tx, ticket: Ticket, asked: str) -> list[reading.Earlier]:
    """Answers on resolved tickets whose customers used the same rare words."""
    words = finding.telling(asked)
    known = await vocabulary.counts(tx, words)
    rare = sorted((one for one in words if known.get(one)), key=lambda one: known[one])[:5]
    pairs = [f"({text.lexeme(a)} & {text.lexeme(b)})" for a, b in combinations(rare, 2)]
    if not pairs:
        return []
    ids = await reading.asked_alike(tx, " | ".join(pairs), most=200)
    return await reading.answers_of(tx, ids[:100], but=ticket.id, most=_ANSWERS)


def _answer(one: reading.Earlier, rules: dict[tuple[str, str], Rule]) -> Source:
    return Source(
        kind="answer",
        id=str(one.id),
        title=one.subject,
        text=one.text,
        ticket_id=str(one.ticket_id),
        ticket_number=one.number,
        allowed=_of(rules, brand=one.brand_id, contact=one.requester_id),
    )
