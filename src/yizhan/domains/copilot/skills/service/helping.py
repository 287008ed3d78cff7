"""What agents ask for: their skills see what they declare, and answer with a model or without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from yizhan.domains.copilot import prompts
from yizhan.domains.copilot.contract import Customer
from yizhan.domains.copilot.service import gateway
from yizhan.domains.copilot.service.facts import Facts
from yizhan.domains.copilot.service.gateway import Means, NotAsked, Question, Route
from yizhan.domains.copilot.skills.registry import Asked
from yizhan.domains.copilot.skills.service import deciding, seeing
from yizhan.domains.copilot.types import Place, Tone, permits
from yizhan.kernel.actor import Actor
from yizhan.learning import privacy


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How it is wanted. ``text``: what the agent wrote, or what is to be worked on."""

    text: str
    tone: Tone
    locale: str
    reader: str


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """What a model is asked: of ``seen`` it gets ``sent``."""

    skill: Asked
    seen: Any
    sent: Any
    rules: privacy.Rules
    earlier: tuple[str, ...] = ()
    ticket_id: int | None = None


def seen(skill: Asked, known: Facts, wish: Wish, *, place: Place | None = None) -> Any:
    """The skill's input: what it declares and nothing else; for a server only what may go there."""
    values = _values(known if place is None else known.sendable(place), wish)
    if place is not None and not permits(known.field("customer"), place):
        values["customer"] = Customer()
    return skill.seen(**{name: values[name] for name in skill.needs})


def _values(known: Facts, wish: Wish) -> dict[str, Any]:
    return {
        "subject": known.ticket.subject,
        "customer": Customer(name=known.customer, locale=known.locale),
        "signals": seeing.known_of(known.known),
        "ticket": seeing.state_of(known),
        "turns": tuple(known.turns),
        "sources": tuple(known.sources),
        "text": wish.text,
        "tone": wish.tone,
        "locale": wish.locale,
        "reader": wish.reader,
        "due_at": known.due_at,
        "now": known.now,
    }


def asking(skill: Asked, known: Facts, wish: Wish, *, place: Place) -> Asking:
    """Errors: NotAsked where nothing of the conversation may go there."""
    sent = seen(skill, known, wish, place=place)
    said = known.sendable(place).turns
    if "turns" in skill.needs and not said:
        raise NotAsked("policy")
    return Asking(
        skill=skill,
        seen=seen(skill, known, wish),
        sent=sent,
        rules=known.veil_rules(),
        earlier=tuple(one.text for one in said),
        ticket_id=known.ticket.id,
    )


async def ask(means: Means, who: Actor, *, route: Route, asking: Asking) -> AsyncIterator[Any]:
    """Text as it comes, then the output. Errors: NotAsked, also where nothing is left of the answer."""
    helper = asking.skill.helper
    told = await asyncio.to_thread(helper.tell, asking.sent)
    question = Question(
        task=asking.skill.task,
        said=prompts.task(asking.skill.prompt(told.language), told),
        rules=asking.rules,
        earlier=asking.earlier,
        ticket_id=asking.ticket_id,
    )
    given: Any
    if helper.Form is None:
        parts: list[str] = []
        async for piece in gateway.stream(means, who, route=route, question=question):
            parts.append(piece)
            yield piece
        given = "".join(parts)
    else:
        answer, veil = await gateway.shaped(
            means, who, route=route, question=question, kind=helper.Form
        )
        given = deciding.filled(answer, veil)
    output = await asyncio.to_thread(helper.read, asking.seen, asking.sent, given)
    if output is None:
        raise NotAsked("empty")
    yield output


async def output(means: Means, who: Actor, *, route: Route, asking: Asking) -> Any:
    """Only what it comes to. Errors: NotAsked."""
    async for piece in ask(means, who, route=route, asking=asking):
        if not isinstance(piece, str):
            return piece
    raise NotAsked("empty")


async def alone(skill: Asked, mine: Any) -> Any | None:
    """The way without a model."""
    return await asyncio.to_thread(skill.helper.make, mine)
