"""What stands beside a ticket: all sources at once, a short wait, the rest later."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from yizhan.domains.channels import registry as channels
from yizhan.domains.identity import permissions
from yizhan.domains.panel import contract, errors, events, masking, registry, repository
from yizhan.domains.panel.contract import Content, Follower
from yizhan.domains.panel.service import asking, facts
from yizhan.domains.panel.service.asking import Means, Wanted
from yizhan.domains.panel.types import Health, Kept, PanelSource, State
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import clock
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

# Of the 300 ms that an agent does not notice, what is left for waiting after our own work.
SHORT = 0.24
_AFTER_FAILURE = timedelta(seconds=15)
_NO_SOONER = timedelta(seconds=2)
_BEYOND = 0.3  # for writing the answer down


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One source as it stands beside a ticket, for this reader."""

    source: PanelSource
    state: State
    asking: bool
    content: Content
    fetched_at: datetime | None
    error: str | None
    strength: int | None  # of the strongest identity that was given away; None: none was


class _Seen(msgspec.Struct, frozen=True):
    wanted: Wanted
    kept: Kept | None
    health: Health


async def _look(tx: Tx, ticket_id: int, *, only: int | None = None) -> list[_Seen]:
    """The sources that this reader may see, with what is kept of them.

    Errors: TicketNotFound, Forbidden, SourceNotFound.
    """
    ticket = await tickets.get(tx, ticket_id)
    permissions.require(tx.actor, "contact:read")
    known = await facts.of(tx, ticket)
    channel = channels.find(ticket.channel)
    exercise = channel is not None and channel.manifest.capabilities.practice
    mine = [
        one
        for one in await repository.sources(tx, active=True)
        if only in (None, one.id)
        and _may_ask(one, exercise=exercise)
        and masking.may_see(one.role_ids, tx.actor.roles)
    ]
    if only is not None and not mine:
        raise errors.SourceNotFound
    asks = [
        Wanted(tx.workspace_id, one, known.question(one, workspace_id=tx.workspace_id))
        for one in mine
    ]
    kept = await repository.kept(tx, {one.source.id: one.subject for one in asks}) if asks else {}
    health = await repository.health(tx) if asks else {}
    return [
        _Seen(one, kept.get(one.source.id), health.get(one.source.id, Health())) for one in asks
    ]


def _may_ask(source: PanelSource, *, exercise: bool) -> bool:
    """Of the invented customer of an exercise no other system is told."""
    kind = registry.find(source.kind)
    return kind is not None and (kind.manifest.local or not exercise)


async def overview(means: Means, actor: Actor, ticket_id: int) -> list[Item]:
    """Everything beside a ticket, within about 300 ms; what is late is on its way.

    Errors: TicketNotFound, Forbidden.
    """
    ends = time.monotonic() + SHORT
    async with means.database.begin(actor) as tx:
        seen = await _look(tx, ticket_id)
    return await _answers(means, actor, seen, ends=ends)


async def one(
    means: Means, actor: Actor, ticket_id: int, *, source_id: int, afresh: bool = False
) -> Item:
    """One source, waited for as long as it may take. ``afresh``: also if what is kept is fresh.

    Errors: TicketNotFound, SourceNotFound, Forbidden.
    """
    async with means.database.begin(actor) as tx:
        seen = await _look(tx, ticket_id, only=source_id)
    ends = time.monotonic() + seen[0].wanted.source.timeout_ms / 1000 + _BEYOND
    (found,) = await _answers(means, actor, seen, ends=ends, afresh=afresh)
    return found


async def _answers(
    means: Means, actor: Actor, seen: Sequence[_Seen], *, ends: float, afresh: bool = False
) -> list[Item]:
    now = clock.now()
    local = {id(one): await _local(means, one) for one in seen if _is_local(one)}
    tasks: dict[int, asyncio.Task[Kept | None]] = {}
    for one in seen:
        if id(one) not in local and _is_due(one, now, afresh=afresh):
            resting = one.health.resting_until is not None
            tasks[id(one)] = asking.begin(means, one.wanted, resting=resting)
    if tasks:
        await asyncio.wait(tasks.values(), timeout=max(0.0, ends - time.monotonic()))
    found = []
    for one in seen:
        task = tasks.get(id(one))
        if id(one) in local:
            found.append(_item(one, local[id(one)], actor, asked=False, now=now))
            continue
        is_late = task is not None and not task.done()
        kept = one.kept
        if task is not None and not is_late and task.exception() is None:
            kept = task.result() or kept
        found.append(_item(one, kept, actor, asked=is_late, now=clock.now()))
    return found


def _is_local(one: _Seen) -> bool:
    return registry.get(one.wanted.source.kind).manifest.local


async def _local(means: Means, one: _Seen) -> Kept:
    """Made of what we know ourselves: nothing to wait for, nothing to keep."""
    now = clock.now()
    content, error = None, None
    try:
        content = await asking.ask_as_stored(means, one.wanted)
    except contract.LookupFailed as failed:
        error = failed.code
    return Kept(
        asked=one.wanted.asked,
        content=content,
        fetched_at=now if content else None,
        error=error,
        tried_at=now,
        asking_until=None,
    )


def _is_due(one: _Seen, now: datetime, *, afresh: bool) -> bool:
    """Whether to ask: nothing fresh is kept, it did not fail a moment ago, and it does not rest."""
    rests = one.health.resting_until
    if rests is not None and now < rests:
        return False
    kept = one.kept
    if kept is None or kept.asked != one.wanted.asked:
        return True
    if kept.asking_until is not None and now < kept.asking_until:
        return True  # to wait with the one who asks
    if afresh:
        return now >= kept.tried_at + _NO_SOONER
    if kept.error is not None:
        return now >= kept.tried_at + _AFTER_FAILURE
    return not _is_fresh(one.wanted.source, kept, now)


def _is_fresh(source: PanelSource, kept: Kept, now: datetime) -> bool:
    if kept.fetched_at is None:
        return False
    return now < kept.fetched_at + timedelta(seconds=source.fresh_seconds)


def _item(one: _Seen, kept: Kept | None, actor: Actor, *, asked: bool, now: datetime) -> Item:
    source = one.wanted.source
    if kept is not None and kept.asked != one.wanted.asked:
        kept = None  # what was asked before is not what would be asked now
    content = kept.content if kept else None
    at = kept.fetched_at if kept else None
    if at is not None and now >= at + timedelta(
        seconds=max(source.kept_seconds, source.fresh_seconds)
    ):
        content = None
    identities = one.wanted.question.customer.identities
    return Item(
        source=source,
        state=_state(one, kept, has=content is not None, asked=asked, now=now),
        asking=asked,
        content=masking.masked(content or Content(), source.masks, roles=actor.roles),
        fetched_at=at if content is not None else None,
        error=kept.error if kept else None,
        strength=max((each.strength for each in identities), default=None),
    )


def _state(one: _Seen, kept: Kept | None, *, has: bool, asked: bool, now: datetime) -> State:
    if has and kept is not None:
        whole = kept.error is None and (_is_local(one) or _is_fresh(one.wanted.source, kept, now))
        return "fresh" if whole else "stale"
    if asked:
        return "late"
    rests = one.health.resting_until
    return "resting" if rests is not None and now < rests else "failed"


async def follow(means: Means, actor: Actor, ticket_id: int, *, source_id: int, link: str) -> str:
    """The address behind a link, made for this agent now; that it was followed is in the log.

    Errors: TicketNotFound, SourceNotFound, PanelLinkNotFound, Forbidden.
    """
    async with means.database.begin(actor) as tx:
        seen = await _look(tx, ticket_id, only=source_id)
        source = seen[0].wanted.source
        kind = registry.get(source.kind)
        if not kind.offers("open"):
            raise errors.PanelLinkNotFound
        try:
            url = kind.source.open(
                asking.open_settings(means.vault, source, workspace_id=tx.workspace_id),
                link,
                question=seen[0].wanted.question,
                follower=Follower(str(actor.agent_id or actor.id or ""), actor.name),
                host=asking.SourceHost(means, source, workspace_id=tx.workspace_id),
            )
        except contract.LookupFailed as error:
            raise errors.PanelLinkNotFound from error
        tx.emit(
            events.PanelLinkOpened(
                ticket_id=ticket_id,
                panel_source_id=source.id,
                source=source.name,
                link=link,
                host=urlsplit(url).hostname or "",
            )
        )
    return url
