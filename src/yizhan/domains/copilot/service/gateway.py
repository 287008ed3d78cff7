"""The gateway: nothing leaves for a model server but through here.

In this order: may it leave at all (workspace, brand, customer), is there a server where it may go, is
one question more allowed this minute and is there something left of the month; personal data replaced;
written down with the budget taken; sent with no transaction open; the answer filled in again; what it
took put right. A crash in between leaves a row that says "sending" and a budget that was taken.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Protocol, TypeVar

import httpx2
import msgspec
import structlog

from yizhan.domains.copilot.repository import sent, setup
from yizhan.domains.copilot.types import Allowed, ModelServer, Place, Sent, Settings, permits
from yizhan.kernel import clock, errors, ids, llm, ratelimit
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.config import Config
from yizhan.kernel.crypto import Vault
from yizhan.kernel.db import Database
from yizhan.kernel.tx import Tx
from yizhan.learning import privacy

T = TypeVar("T")
logger = structlog.get_logger(__name__)
_rests = llm.Rests()
_settling: set[asyncio.Task[None]] = set()
PLACES: tuple[Place, ...] = ("cloud", "local")


class Means(Protocol):
    """What a process has."""

    @property
    def database(self) -> Database: ...
    @property
    def vault(self) -> Vault: ...
    @property
    def config(self) -> Config: ...


class NotAsked(Exception):
    """No model was asked, or none gave a usable answer; ``reason`` is told to whoever asked."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class Route(msgspec.Struct, frozen=True):
    """The server that may be asked, and what holds for it."""

    server: ModelServer
    settings: Settings

    @property
    def place(self) -> Place:
        return self.server.place


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, in plain words: nothing is hidden yet."""

    task: str
    said: list[llm.Said]
    rules: privacy.Rules
    earlier: tuple[
        str, ...
    ] = ()  # texts of the conversation, oldest first: their tokens come first
    ticket_id: int | None = None
    most_tokens: int = 1200


class _Call(msgspec.Struct, frozen=True, kw_only=True):
    """A question on its way."""

    id: int
    route: Route
    server: llm.Server
    said: list[llm.Said]
    options: llm.Options
    veil: privacy.Veil
    taken: int
    taken_cost: float
    month: date
    began: float
    who: Actor


def place_of(place: Place) -> str:
    """What a server's key is bound to."""
    return f"copilot_server.key.{place}"


async def route(tx: Tx, allowed: Allowed, *, instead: ModelServer | None = None) -> Route:
    """The server for what may go that far; ``instead`` is tried in its place. Errors: NotAsked."""
    settings = await setup.settings(tx)
    known = {one.place: one for one in await setup.servers(tx)}
    if instead is not None:
        known[instead.place] = instead
    servers = {place: one for place, one in known.items() if one.active}
    if not servers:
        raise NotAsked("no_server")
    for place in PLACES:
        if place in servers and permits(allowed, place) and permits(settings.allowed, place):
            return Route(servers[place], settings)
    raise NotAsked("policy")


def target(means: Means, route: Route, *, workspace_id: int) -> llm.Server:
    """A server as the client wants it. Errors: CannotDecrypt."""
    row = route.server
    key = ""
    if row.key:
        raw = means.vault.decrypt(row.key, workspace_id=workspace_id, place=place_of(row.place))
        key = raw.decode()
    return llm.Server(
        url=row.url,
        model=row.model,
        key=key,
        allow=(*means.config.egress_allow, *means.config.model_allow),
        quiet_seconds=row.quiet_seconds,
        whole_seconds=row.whole_seconds,
    )


def cost_of(row: ModelServer, *, asked: int, answered: int) -> float:
    """What so many tokens cost."""
    return (asked * row.price_in + answered * row.price_out) / 1_000_000


def _hidden(question: Question, *, hides: bool) -> tuple[list[llm.Said], privacy.Veil]:
    """The words that may leave. Runs on a thread of its own."""
    veil = privacy.Veil(question.rules)
    if not hides:
        return question.said, veil
    for text in question.earlier:
        veil.hide(text)
    return [llm.Said(one.role, veil.hide(one.content)) for one in question.said], veil


async def _begin(means: Means, who: Actor, route: Route, question: Question) -> _Call:
    """Everything before the network. Errors: NotAsked."""
    row = route.server
    key = (who.workspace_id, row.place, row.version)
    try:
        server = target(means, route, workspace_id=who.workspace_id)
        if row.resting_until is not None and row.resting_until > clock.now():
            raise NotAsked("resting")  # another process found out
        _rests.check(key)
        rate = ratelimit.Rate("model", route.settings.per_minute)
        await ratelimit.take(means.database, rate, str(who.workspace_id))
    except ratelimit.RateLimited as error:
        raise NotAsked("rate") from error
    except llm.ModelFailed as error:
        raise NotAsked(error.reason, error.detail) from error
    except errors.YizhanError as error:
        raise NotAsked("key", error.detail) from error
    try:
        said, veil = await asyncio.to_thread(_hidden, question, hides=row.hides)
    except ValueError as error:
        raise NotAsked("too_large", str(error)) from error
    asked = sum(llm.guess(one.content) for one in said)
    tokens = asked + question.most_tokens
    cost = cost_of(row, asked=asked, answered=question.most_tokens)
    async with means.database.begin(who) as tx:
        if not await sent.take(tx, row.place, tokens=tokens, cost=cost, within=route.settings):
            raise NotAsked("budget")
        call = _Call(
            id=tx.new_id(),
            route=route,
            server=server,
            said=said,
            options=llm.Options(most_tokens=question.most_tokens),
            veil=veil,
            taken=tokens,
            taken_cost=cost,
            month=sent.month_of(tx.now),
            began=time.monotonic(),
            who=who,
        )
        await sent.add(tx, _row(tx, call, question))
    return call


def _row(tx: Tx, call: _Call, question: Question) -> Sent:
    row = call.route.server
    return Sent(
        id=call.id,
        at=tx.now,
        place=row.place,
        host=httpx2.URL(llm.endpoint(row.url)).host,
        model=row.model,
        task=question.task,
        agent_id=tx.actor.agent_id or tx.actor.id,
        agent_name=tx.actor.name,
        ticket_id=question.ticket_id,
        said=[{"role": one.role, "content": one.content} for one in call.said],
        hidden=call.veil.counts,
        outcome="sending",
        reason=None,
        detail=None,
        answer="",
        tokens_in=0,
        tokens_out=0,
        cost=0.0,
        took_ms=None,
    )


async def _settle(
    means: Means, call: _Call, usage: llm.Usage, text: str, *, outcome: str, failed: NotAsked | None
) -> None:
    row = call.route.server
    cost = cost_of(row, asked=usage.asked, answered=usage.answered)
    async with means.database.begin(system(call.who.workspace_id, name="copilot")) as tx:
        await sent.settle(
            tx,
            call.id,
            outcome=outcome,
            reason=failed.reason if failed else None,
            detail=failed.detail[:500] if failed and failed.detail else None,
            answer=text.replace("\0", "")[:50_000],
            tokens_in=usage.asked,
            tokens_out=usage.answered,
            cost=cost,
            took_ms=round((time.monotonic() - call.began) * 1000),
        )
        await _rest(tx, call, outcome=outcome)
        await sent.correct(
            tx,
            row.place,
            month=call.month,
            tokens=usage.asked + usage.answered - call.taken,
            cost=cost - call.taken_cost,
        )
        kept = timedelta(days=call.route.settings.kept_days)
        await sent.forget(tx, before=ids.first_at(int((tx.now - kept).timestamp() * 1000)), most=50)


async def _rest(tx: Tx, call: _Call, *, outcome: str) -> None:
    """Tell other processes that a server has to be left alone, or that it is well again."""
    row = call.route.server
    left = _rests.left((tx.workspace_id, row.place, row.version))
    if outcome == "failed" and left > 0:
        await setup.put_rest(tx, row, until=tx.now + timedelta(seconds=left))
    elif outcome == "answered" and row.resting_until is not None:
        await setup.put_rest(tx, row, until=None)


def _finish(
    means: Means,
    call: _Call,
    usage: llm.Usage,
    text: str,
    *,
    outcome: str,
    failed: NotAsked | None = None,
) -> asyncio.Task[None]:
    """Write down what became of it, also if whoever asked has gone."""
    task = asyncio.create_task(_settle(means, call, usage, text, outcome=outcome, failed=failed))
    _settling.add(task)

    def over(done: asyncio.Task[None]) -> None:
        _settling.discard(done)
        if not done.cancelled() and (error := done.exception()) is not None:
            logger.error("copilot_not_settled", exc_info=error)

    task.add_done_callback(over)
    return task


async def settle() -> None:
    """Wait until everything is written down: in tests, and before a process ends."""
    while _settling:
        await asyncio.gather(*_settling, return_exceptions=True)


def _guessed(call: _Call, text: str) -> llm.Usage:
    return llm.Usage(sum(llm.guess(one.content) for one in call.said), llm.guess(text))


async def stream(
    means: Means, who: Actor, *, route: Route, question: Question
) -> AsyncIterator[str]:
    """The answer as it comes, filled in. Closing it hangs up. Errors: NotAsked."""
    call = await _begin(means, who, route, question)
    key = (who.workspace_id, route.place, route.server.version)
    filling = privacy.Filling(call.veil)
    parts: list[str] = []
    usage: llm.Usage | None = None
    outcome, failed = "cancelled", None
    try:
        async for piece in llm.stream(call.server, call.said, call.options):
            usage = piece.usage or usage
            parts.append(piece.text)
            if shown := filling.feed(piece.text):
                yield shown
        if rest := filling.end():
            yield rest
        _rests.well(key)
        outcome = "answered"
    except llm.ModelFailed as error:
        _rests.ill(key, error)
        outcome, failed = "failed", NotAsked(error.reason, error.detail)
        raise failed from error
    finally:
        text = "".join(parts)
        task = _finish(
            means, call, usage or _guessed(call, text), text, outcome=outcome, failed=failed
        )
    await task


async def shaped(
    means: Means, who: Actor, *, route: Route, question: Question, kind: type[T]
) -> tuple[T, privacy.Veil]:
    """An answer of a form, with the veil that fills its texts in. Errors: NotAsked."""
    call = await _begin(means, who, route, question)
    key = (who.workspace_id, route.place, route.server.version)
    outcome, failed = "cancelled", None
    usage, text = _guessed(call, ""), ""
    try:
        value, usage = await llm.shaped(call.server, call.said, kind, options=call.options)
        text = msgspec.json.encode(value).decode()
        _rests.well(key)
        outcome = "answered"
    except llm.ModelFailed as error:
        _rests.ill(key, error)
        outcome, failed = "failed", NotAsked(error.reason, error.detail)
        raise failed from error
    finally:
        task = _finish(means, call, usage, text, outcome=outcome, failed=failed)
    await task
    return value, call.veil
