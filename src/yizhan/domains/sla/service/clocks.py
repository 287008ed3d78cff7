"""A ticket's clocks follow what happens to it, in the transaction in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yizhan.domains.sla import calendar, plan, repository, timeline
from yizhan.domains.sla.service import telling
from yizhan.domains.sla.types import Clock, Policy, Summary
from yizhan.domains.tickets import errors as ticket_errors
from yizhan.domains.tickets import filters, registry
from yizhan.kernel import events as kernel_events
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

TIMER = "sla"
TICK_JOB = "sla.tick"
_MOST_KEPT = 2000

# A revision never changes and belongs to one workspace, so what it says can be kept by the process.
_policies: dict[int, Policy] = {}
_calendars: dict[int, calendar.Calendar] = {}


async def tick(tx: Tx, ticket_ids: Sequence[int]) -> None:
    """Timers rang: say what is due. Again is harmless, because the clocks remember what was said."""
    held = await repository.hold_tickets(tx, ticket_ids)
    if not held:
        return
    heads, _ = await repository.heads(tx, held[0])
    exercises = await registry.exercises(tx, held)
    places = await repository.places(tx, [one for one in held if one not in exercises])
    logs = await repository.logs(tx, list(places))
    followed = [one for one, place in places.items() if place.summary]
    old = await repository.clocks_of(tx, followed)
    changes = []
    for ticket_id, place in places.items():
        if heads or place.summary:
            known = _Known(place, _completed(tx, ticket_id, place, logs[ticket_id]), old[ticket_id])
            changes.append(await _set(tx, ticket_id, heads, known=known, ring=True))
    await repository.save(tx, changes)


async def follow(tx: Tx, ticket_id: int) -> bool:
    """Set the clocks of a ticket by its log, and say what is new. Whoever calls holds the ticket."""
    heads, followed = await repository.heads(tx, ticket_id)
    if not heads and not followed:
        return False
    if await registry.exercises(tx, [ticket_id]):
        return False  # nobody is promised anything for practice
    place = await repository.place(tx, ticket_id)
    if place is None:
        return False
    happened = await log_of(tx, ticket_id, place=place)
    old = await repository.clocks(tx, ticket_id) if place.summary else {}
    change = await _set(tx, ticket_id, heads, known=_Known(place, happened, old), ring=False)
    await repository.save(tx, [change])
    return bool(change.changed or change.gone or change.summary)


class _Known(NamedTuple):
    """What there is of a ticket before its clocks are set."""

    place: repository.Place
    happened: list[timeline.Happened]
    old: dict[tuple[str, int], Clock]


async def _set(
    tx: Tx, ticket_id: int, heads: Sequence[repository.Head], *, known: _Known, ring: bool
) -> repository.Change:
    """What is to be saved. ``ring``: the timer is spent, so that the next one must be set in any case."""
    setting = await _setting(tx, ticket_id, heads)
    facts = timeline.facts(known.happened)
    place, old = known.place, known.old
    outcome = plan.plan(setting, facts, priority=place.priority, old=old, now=tx.now)
    summary = plan.summary(outcome, setting.policy if setting else None)
    await _set_timer(tx, ticket_id, place.summary, due=summary, ring=ring)
    for one in outcome.news:
        tx.emit(telling.event(ticket_id, place, news=one))
    return repository.Change(
        ticket_id,
        [one for one in outcome.clocks if old.get(one.id) != one],
        sorted(set(old) - {one.id for one in outcome.clocks}),
        summary if summary != place.summary else None,
    )


async def _set_timer(
    tx: Tx, ticket_id: int, old: Summary | None, *, due: Summary, ring: bool
) -> None:
    before = old.tick_at if old and not ring else None
    if due.tick_at == before:
        return
    if due.tick_at is None:
        await timers.cancel(tx, kind=TIMER, key=str(ticket_id))
        return
    await timers.schedule(
        tx,
        kind=TIMER,
        key=str(ticket_id),
        due=due.tick_at,
        job=TICK_JOB,
        payload={"ticket_id": str(ticket_id)},
    )


async def log_of(tx: Tx, ticket_id: int, *, place: repository.Place) -> list[timeline.Happened]:
    """The written log, and behind it what this very transaction says."""
    return _completed(tx, ticket_id, place, await repository.log(tx, ticket_id))


def _completed(
    tx: Tx, ticket_id: int, place: repository.Place, found: list[timeline.Happened]
) -> list[timeline.Happened]:
    for event in tx.emitted:
        tag = kernel_events.tag_of(type(event))
        if tag in timeline.TYPES and getattr(event, "ticket_id", None) == ticket_id:
            changes = getattr(event, "changes", {})
            message_id = getattr(event, "message_id", None)
            automatic = getattr(event, "automatic", False)
            cause = getattr(event, "cause", {})
            said = message_id and str(message_id)
            found.append(timeline.Happened(tag, tx.now, changes, said, automatic, cause))
    if not any(one.type == "ticket.created" for one in found):
        return [*_without_log(place), *found]
    return found


def _without_log(place: repository.Place) -> list[timeline.Happened]:
    """For a ticket that came with its columns only, as an import brings it."""
    row = place.columns
    changes = {name: [None, row[name]] for name in ("status", "status_category", "assignee_id")}
    found = [timeline.Happened("ticket.created", row["created_at"], changes)]
    if row["first_reply_at"] is not None:
        found.append(timeline.Happened("message.received", row["created_at"], {}))
        found.append(timeline.Happened("message.queued", row["first_reply_at"], {}))
    if row["waiting_since"] is not None:
        found.append(timeline.Happened("message.received", row["waiting_since"], {}))
    return found


async def _setting(tx: Tx, ticket_id: int, heads: Sequence[repository.Head]) -> plan.Setting | None:
    """The first policy whose condition holds, with its calendar."""
    await _load(tx, heads)
    chosen = await _first(tx, ticket_id, heads)
    if chosen is None:
        return None
    if chosen.calendar_revision is None:
        return plan.Setting(_policies[chosen.revision], calendar.always(), None)
    return plan.Setting(
        _policies[chosen.revision], _calendars[chosen.calendar_revision], chosen.calendar_revision
    )


async def _load(tx: Tx, heads: Sequence[repository.Head]) -> None:
    if len(_policies) + len(_calendars) > _MOST_KEPT:
        _policies.clear()
        _calendars.clear()
    if missing := [head.id for head in heads if head.revision not in _policies]:
        for policy in await repository.policies(tx, missing):
            _policies[policy.revision] = policy
    wanted = {head.calendar_revision: head.calendar_id for head in heads}
    ids = [key for revision, key in wanted.items() if revision and revision not in _calendars]
    if ids:
        for stored in await repository.calendars(tx, [key for key in ids if key is not None]):
            _calendars[stored.revision] = repository.ready(stored)


async def _first(
    tx: Tx, ticket_id: int, heads: Sequence[repository.Head]
) -> repository.Head | None:
    conditions = {
        number: _policies[head.revision].body.condition for number, head in enumerate(heads)
    }
    asked = {key: one for key, one in conditions.items() if one != filters.EVERYTHING}
    holding = set(conditions) - set(asked)
    if asked and min(asked) < min(holding, default=len(heads)):
        try:
            holding |= set(await filters.matching(tx, ticket_id, conditions=asked))
        except ticket_errors.ConditionInvalid:
            holding |= await _readable(tx, ticket_id, asked)
    return heads[min(holding)] if holding else None


async def _readable(tx: Tx, ticket_id: int, asked: dict[int, filters.Condition]) -> set[int]:
    """One by one, because a condition names a field that is gone: that policy holds for nothing."""
    found = set()
    for key, condition in asked.items():
        try:
            if await filters.matches(tx, ticket_id, condition=condition):
                found.add(key)
        except ticket_errors.ConditionInvalid:
            continue
    return found
