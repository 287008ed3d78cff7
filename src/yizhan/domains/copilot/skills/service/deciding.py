"""A skill decides: with a model where a workspace wants that and one may be asked, without one otherwise."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import msgspec

from yizhan.domains.copilot import drafting, prompts
from yizhan.domains.copilot.contract import Decided
from yizhan.domains.copilot.service import gateway
from yizhan.domains.copilot.service.gateway import Means, NotAsked, Question, Route
from yizhan.domains.copilot.skills.registry import Loaded
from yizhan.domains.copilot.skills.service import seeing
from yizhan.domains.copilot.skills.service.seeing import Looked
from yizhan.domains.copilot.types import MadeBy
from yizhan.kernel.actor import Actor
from yizhan.learning.privacy import Rules, Veil

_MOST_TOKENS = 800
_SUREST = 0.99  # no model is surer than that


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """What a skill came to, and how. ``found`` None: it says nothing."""

    found: Decided | None
    steps: list[dict[str, Any]] = []
    made_by: MadeBy = "embedded"
    model: str = ""
    reason: str | None = None
    took_ms: float = 0.0


async def reach(
    means: Means, who: Actor, *, loaded: Loaded, looked: Looked, least: float, asks_model: bool
) -> Reached:
    """No transaction is open meanwhile. What a model gives that cannot be is as if it had given nothing."""
    began = time.perf_counter()
    mine = seeing.seen(loaded, looked)
    reason: str | None = None
    found: Decided | None = None
    model = ""
    if asks_model and loaded.manifest.may_ask_model and loaded.skill.applies(mine):
        try:
            found, model = await _asked(means, who, loaded=loaded, looked=looked)
        except NotAsked as why:
            reason = why.reason
    if not model:
        found = await asyncio.to_thread(loaded.alone, mine)
    if found is not None and not loaded.counts(mine, found, least=least):
        found = None
    return Reached(
        found=found,
        steps=msgspec.to_builtins(loaded.skill.steps(mine, found.output)) if found else [],
        made_by="model" if model else "embedded",
        model=model,
        reason=reason,
        took_ms=round((time.perf_counter() - began) * 1000, 1),
    )


async def _asked(
    means: Means, who: Actor, *, loaded: Loaded, looked: Looked
) -> tuple[Decided | None, str]:
    """What a model says, and which. Errors: NotAsked, also where its output cannot be."""
    async with means.database.begin(who) as tx:
        route = await gateway.route(tx, looked.facts.allowed)
    sendable = seeing.seen(loaded, looked, place=route.place)
    if not loaded.skill.applies(sendable):
        raise NotAsked("policy")
    found = await ask(
        means,
        who,
        route=route,
        loaded=loaded,
        seen=seeing.seen(loaded, looked),
        question=_question(loaded, looked, sendable),
    )
    return found, route.server.model


async def ask(
    means: Means, who: Actor, *, route: Route, loaded: Loaded, seen: Any, question: Question
) -> Decided:
    """What a model says of what a skill sees. Errors: NotAsked, also where its output cannot be."""
    answer, veil = await gateway.shaped(
        means, who, route=route, question=question, kind=_form(loaded)
    )
    found = _decided(answer, veil)
    if not loaded.skill.holds(seen, found.output):
        raise NotAsked("nonsense")
    return found


def _form(loaded: Loaded) -> type[Any]:
    """The skill's output with how sure the model is of it."""
    return msgspec.defstruct(
        "Answer", [("output", loaded.skill.Output), ("confidence", float)], frozen=True
    )


def _question(loaded: Loaded, looked: Looked, sendable: Any) -> Question:
    said = question(
        loaded, sendable, words=looked.facts.turns[-1].text, rules=looked.facts.veil_rules()
    )
    return msgspec.structs.replace(
        said,
        earlier=tuple(one.text for one in looked.facts.turns),
        ticket_id=looked.facts.ticket.id,
    )


def question(loaded: Loaded, sendable: Any, *, words: str, rules: Rules) -> Question:
    """What a model is asked of what a skill sees, in the language of somebody's words."""
    language = "zh" if drafting.speaks_chinese(words) else "en"
    material = msgspec.json.format(msgspec.json.encode(sendable), indent=1).decode()
    return Question(
        task=f"skill.{loaded.id}",
        said=prompts.skill(loaded.prompt(language), material),
        rules=rules,
        most_tokens=_MOST_TOKENS,
    )


def _decided(answer: Any, veil: Veil) -> Decided:
    """With the values that were hidden. Errors: NotAsked."""
    typed = filled(answer.output, veil)
    sure = min(_SUREST, max(0.0, answer.confidence))
    return Decided(output=typed, confidence=sure, why="model")


def filled(answer: Any, veil: Veil) -> Any:
    """The same with the values that were hidden. Errors: NotAsked."""
    try:
        return msgspec.convert(_fill(msgspec.to_builtins(answer), veil), type(answer))
    except msgspec.ValidationError as error:
        raise NotAsked("nonsense", str(error)) from error


def _fill(value: Any, veil: Veil) -> Any:
    if isinstance(value, str):
        return veil.fill(value)
    if isinstance(value, list):
        return [_fill(one, veil) for one in value]
    if isinstance(value, dict):
        return {key: _fill(one, veil) for key, one in value.items()}
    return value
