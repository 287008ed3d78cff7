"""One thing asked of the copilot: with a model where one may be asked, without one otherwise.

What happens is told as a row of steps: it begins, text arrives, perhaps all of it is taken back because
the server failed, it is done.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import msgspec

from yizhan.domains.copilot import errors, events
from yizhan.domains.copilot.repository import answers
from yizhan.domains.copilot.service import facts, gateway
from yizhan.domains.copilot.service.facts import Facts
from yizhan.domains.copilot.service.gateway import Means, NotAsked, Route
from yizhan.domains.copilot.skills import registry, repository
from yizhan.domains.copilot.skills.registry import Asked as Skill
from yizhan.domains.copilot.skills.service import helping
from yizhan.domains.copilot.types import Answer, MadeBy, Task, Tone, strictest
from yizhan.domains.identity import permissions
from yizhan.domains.tickets.service import access
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

_WRITES: frozenset[Task] = frozenset({"draft", "rewrite", "translate"})
_LONGEST = 20_000


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants of the copilot. ``text``: what is in the editor."""

    task: Task
    text: str = ""
    tone: Tone = "polite"
    locale: str = ""
    message_id: int | None = None  # of the customer's message that is to be translated


class Begun(msgspec.Struct, frozen=True, tag="begin"):
    """Who is at work."""

    made_by: MadeBy
    model: str
    reason: str | None


class Arrived(msgspec.Struct, frozen=True, tag="text"):
    """A further piece of text."""

    text: str


class TakenBack(msgspec.Struct, frozen=True, tag="reset"):
    """What arrived so far does not count: the server failed, and it goes on without it."""

    reason: str


class Done(msgspec.Struct, frozen=True, tag="done"):
    """All of it."""

    answer: Answer


Event = Begun | Arrived | TakenBack | Done


def _is_customers(asked: Asked) -> bool:
    """Whether it is the customer's own text that is to be worked on: one message's, or the newest."""
    return asked.task == "translate" and (asked.message_id is not None or not asked.text.strip())


async def _look(tx: Tx, ticket_id: int, asked: Asked, *, skill: Skill) -> tuple[Facts, str]:
    """The facts, and the text that is to be worked on. Errors: TicketNotFound, Forbidden."""
    known = await facts.gather(tx, ticket_id, with_sources="sources" in skill.needs)
    if asked.task in _WRITES:
        resource = access.resource(known.ticket)
        if not permissions.can(tx.actor, "ticket:note", resource):
            permissions.require(tx.actor, "ticket:reply", resource)
    text = asked.text[:_LONGEST]
    if _is_customers(asked):
        said = [one for one in known.turns if one.who == "customer"]
        wanted = [one.text for one in said if asked.message_id in (None, one.id)]
        text = wanted[-1] if wanted else ""
    if asked.task in ("rewrite", "translate") and not text.strip():
        raise errors.NothingToRewrite
    return known, text


async def _route(ready: Prepared) -> Route | NotAsked:
    if not ready.skill.manifest.may_ask_model:
        return NotAsked("rules")  # signals know it better than words, and at no cost
    allowed = ready.known.allowed
    if _is_customers(ready.asked):
        allowed = strictest(allowed, ready.known.field("messages"))
    try:
        async with ready.means.database.begin(ready.who) as tx:
            return await gateway.route(tx, allowed)
    except NotAsked as why:
        return why


class Prepared(msgspec.Struct, frozen=True):
    """What somebody may ask, looked up; nothing has left yet."""

    means: Means
    who: Actor
    skill: Skill
    known: Facts
    asked: Asked
    text: str
    answer_id: int

    @property
    def wish(self) -> helping.Wish:
        return helping.Wish(
            text=self.text,
            tone=self.asked.tone,
            locale=self.asked.locale,
            reader=self.who.locale,
        )


async def prepare(means: Means, who: Actor, *, ticket_id: int, asked: Asked) -> Prepared:
    """Errors: TicketNotFound, Forbidden, NothingToRewrite, UnknownSkill."""
    skill = registry.for_task(asked.task)
    async with means.database.begin(who) as tx:
        known, text = await _look(tx, ticket_id, asked, skill=skill)
        skill = skill.told((await repository.setting(tx, skill.id)).prompts)
        return Prepared(means, who, skill, known, asked, text, tx.new_id())


async def run(ready: Prepared) -> AsyncIterator[Event]:
    """What happens, step by step; no transaction is open between two. Errors: NeedsModel."""
    means, who = ready.means, ready.who
    route = await _route(ready)
    why = route if isinstance(route, NotAsked) else None
    made: Answer | None = None
    if isinstance(route, Route):
        yield Begun("model", route.server.model, None)
        try:
            asking = helping.asking(ready.skill, ready.known, ready.wish, place=route.place)
            async for piece in helping.ask(means, who, route=route, asking=asking):
                if isinstance(piece, str):
                    yield Arrived(piece)
                else:
                    made = _answer(ready, piece, made_by="model", model=route.server.model)
        except NotAsked as failed:
            why = failed
            yield TakenBack(failed.reason)
    if made is None:
        why = why or NotAsked("nonsense")
        made = await _alone(ready, why)
        yield Begun("embedded", "", why.reason)
    await _keep(means, who, made, ticket_id=ready.known.ticket.id)
    yield Done(made)


async def _alone(ready: Prepared, why: NotAsked) -> Answer:
    """Without a model. Errors: NeedsModel for what only one can do."""
    mine = helping.seen(ready.skill, ready.known, ready.wish)
    if not ready.skill.helper.can(mine):
        raise errors.NeedsModel(reason=why.reason, why=why.detail)
    output = await helping.alone(ready.skill, mine)
    return _answer(ready, output, made_by="embedded", why=why)


def _answer(
    ready: Prepared, output: Any, *, made_by: MadeBy, model: str = "", why: NotAsked | None = None
) -> Answer:
    """An output as it is shown; of None there is nothing to show."""
    fields = () if output is None else output.__struct_fields__
    answer = Answer(
        id=ready.answer_id,
        task=ready.asked.task,
        made_by=made_by,
        reason=why.reason if why else None,
        detail=(why.detail or None) if why else None,
        model=model,
        text="",
    )
    return msgspec.structs.replace(answer, **{name: getattr(output, name) for name in fields})


async def _keep(means: Means, who: Actor, made: Answer, *, ticket_id: int) -> None:
    async with means.database.begin(who) as tx:
        await answers.add(tx, made, ticket_id=ticket_id, agent_id=who.agent_id or who.id)
        tx.emit(
            events.CopilotAnswered(
                answer_id=made.id,
                ticket_id=ticket_id,
                task=made.task,
                made_by=made.made_by,
                reason=made.reason,
            )
        )


async def whole(means: Means, who: Actor, *, ticket_id: int, asked: Asked) -> Answer:
    """Only what it comes to. Errors: those of preparing and running."""
    async for event in run(await prepare(means, who, ticket_id=ticket_id, asked=asked)):
        if isinstance(event, Done):
            return event.answer
    raise LookupError("the copilot ended without an answer")
