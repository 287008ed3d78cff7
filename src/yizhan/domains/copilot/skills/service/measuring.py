"""Skills on cases as they are set, or as they would be: with a workspace's threshold, words and models.

Without a model nothing but the case is looked at. A model is asked as it would be of a customer's message,
through the gateway; where none can be asked, nothing is measured.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from yizhan.domains.copilot.contract import Case, Decided
from yizhan.domains.copilot.repository import setup
from yizhan.domains.copilot.service import gateway
from yizhan.domains.copilot.service.gateway import Means, NotAsked, Route
from yizhan.domains.copilot.skills import registry, repository
from yizhan.domains.copilot.skills.registry import Asked, Folder, Loaded
from yizhan.domains.copilot.skills.service import deciding, evaluating, helping
from yizhan.domains.copilot.skills.service.evaluating import CaseOutcome
from yizhan.domains.copilot.skills.types import Deciding
from yizhan.domains.copilot.skills.types import deciding as deciding_of
from yizhan.domains.copilot.types import ModelServer
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx
from yizhan.learning import privacy

_BETWEEN: Final = 2.0
_TRIES: Final = 120
"""Questions wait for their turn in a minute; four minutes are enough for any rate."""
_AT_HOME: Final = frozenset({"nonsense", "policy", "empty"})
"""Reasons for which a message is decided without a model as well."""


class CannotMeasure(Exception):
    """No model can be asked; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How a skill decides, with the model that is asked; ``asks`` without ``route``: none can be."""

    loaded: Folder
    least: float
    asks: bool
    route: Route | None
    reason: str
    rules: privacy.Rules

    @property
    def fingerprint(self) -> str:
        """The same one decides the same, as far as models do."""
        server = None if self.route is None else (self.route.server.url, self.route.server.model)
        parts = [self.loaded.id, self.loaded.manifest.version, self.least, self.asks]
        parts += [self.loaded.prompt_version, server] if self.asks else []
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()

    @property
    def measured(self) -> dict[str, Any]:
        """The same for people."""
        return {
            "version": self.loaded.manifest.version,
            "threshold": self.least,
            "model": "" if self.route is None else self.route.server.model,
        }


async def way(
    tx: Tx, skill_id: str, *, instead: Deciding | None = None, server: ModelServer | None = None
) -> Way:
    """How a skill decides now, or would with other settings or another server. Errors: UnknownSkill."""
    loaded = registry.folder(skill_id)
    how = instead or deciding_of(await repository.setting(tx, skill_id))
    loaded = loaded.told(how.prompts)
    asks = (how.asks_model or isinstance(loaded, Asked)) and loaded.manifest.may_ask_model
    route, reason = None, ""
    if asks:
        try:
            route = await gateway.route(tx, "cloud", instead=server)
        except NotAsked as why:
            reason = why.reason
    settings = await setup.settings(tx)
    return Way(
        loaded=loaded,
        least=loaded.manifest.confidence if how.confidence is None else how.confidence,
        asks=asks and reason != "no_server",  # without a server it decides at home, and so it is
        route=route,
        reason=reason,
        rules=privacy.Rules(
            orders=tuple(msgspec.convert(settings.numbers, list[privacy.NumberRule])),
            skip=frozenset(settings.unhidden),
        ),
    )


async def evaluate(
    means: Means, who: Actor, *, way: Way, cases: Sequence[Case]
) -> list[CaseOutcome]:
    """One outcome a case. No transaction is open meanwhile. Errors: CannotMeasure."""
    if not way.asks:
        return (await _evaluated(way, cases, ask=_at_home(way))).outcomes
    route = way.route
    if route is None:
        raise CannotMeasure(way.reason)
    failed: list[str] = []

    async def ask(_: Folder, seen: Any) -> Decided | None:
        if failed:
            return None
        try:
            return await _asked(means, who, way=way, route=route, seen=seen)
        except NotAsked as why:
            if why.reason not in _AT_HOME:
                failed.append(why.reason)
            return way.loaded.alone(seen)

    found = await _evaluated(way, cases, ask=ask)
    if failed:
        raise CannotMeasure(failed[0])
    return found.outcomes


def _at_home(way: Way) -> evaluating.Ask:
    async def decide(_: Folder, seen: Any) -> Decided | None:
        return await asyncio.to_thread(way.loaded.alone, seen)

    return decide


async def _evaluated(
    way: Way, cases: Sequence[Case], *, ask: evaluating.Ask
) -> evaluating.Evaluation:
    return await evaluating.evaluate(way.loaded.id, cases, threshold=way.least, ask=ask)


async def _asked(means: Means, who: Actor, *, way: Way, route: Route, seen: Any) -> Decided | None:
    """A model's answer, once it is its turn. Errors: NotAsked."""
    for _ in range(_TRIES):
        try:
            return await _answer(means, who, way=way, route=route, seen=seen)
        except NotAsked as why:
            if why.reason != "rate":
                raise
        await asyncio.sleep(_BETWEEN)
    raise NotAsked("rate")


async def _answer(means: Means, who: Actor, *, way: Way, route: Route, seen: Any) -> Decided | None:
    """Errors: NotAsked."""
    loaded = way.loaded
    name = getattr(getattr(seen, "customer", None), "name", "")
    rules = msgspec.structs.replace(way.rules, names=(name,)) if name else way.rules
    if isinstance(loaded, Asked):
        earlier = tuple(one.text for one in getattr(seen, "turns", ()))
        asking = helping.Asking(skill=loaded, seen=seen, sent=seen, rules=rules, earlier=earlier)
        output = await helping.output(means, who, route=route, asking=asking)
        return Decided(output=output, confidence=1.0)
    if not isinstance(loaded, Loaded) or not loaded.skill.applies(seen):
        return None
    said = getattr(seen, "messages", ())
    words = said[-1].text if said else getattr(seen, "subject", "")
    question = deciding.question(loaded, seen, words=words, rules=rules)
    return await deciding.ask(means, who, route=route, loaded=loaded, seen=seen, question=question)
