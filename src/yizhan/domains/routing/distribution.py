"""Giving waiting tickets to agents, now.

Before each event no ticket waits that an agent with room fits. So after it only tickets that changed
and agents that changed can form a pair: they are *dirty*, are looked at against the others' heads of
line, and are clean again. Nothing walks all agents or all tickets for an event. The marks are rows
written with the reader's place in the log, so that a crash forgets none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.routing import decided, intake, matching, needs, pool, ranking
from yizhan.domains.routing.events import AssignmentDecided
from yizhan.domains.routing.matching import Decision, Waiting, Worker
from yizhan.domains.routing.repository import agents, config, places, queue
from yizhan.domains.routing.types import RULE
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import clock, timers
from yizhan.kernel.tx import Tx

SWEEP_JOB = "routing.sweep"
TICK_JOB = "routing.tick"
SWEEP = timedelta(seconds=30)
_LOOK_AGAIN = timedelta(minutes=5)  # what a condition asks may change without an event we know
_LOOK_AGAIN_MOST = 500
_MOST_AT_ONCE = 200
_HEADS = 20  # of each kind of ticket in one round
_CANDIDATES = 20  # for each kind of ticket in one round
_AGENTS = 200
_VAIN = 5  # rounds in which everybody turned out to be busy after all


async def distribute(tx: Tx) -> int:
    """Compare the lists with the desk's tables, then give out what waits. Returns how many.

    Runs in the worker only: it holds the workspace's lock.
    """
    await config.hold(tx)
    if await config.begin(tx):
        await start(tx)
    else:
        before = tx.now - _LOOK_AGAIN
        await intake.refresh(tx, await queue.astray(tx, before=before, most=_LOOK_AGAIN_MOST))
        await pool.refresh(tx, await agents.astray(tx))
    return await run(tx)


async def turn(tx: Tx) -> int:
    """Give out what a turned shift, loosened needs or an earlier go left to do."""
    await config.hold(tx)
    return await run(tx)


async def start(tx: Tx) -> None:
    """Make the lists of a workspace that has none yet."""
    await intake.refresh(tx, await queue.everything(tx))
    await pool.refresh(tx, await agents.everybody(tx))


async def run(tx: Tx) -> int:
    """Give out all that changed agents and changed tickets allow. The lock is held by the caller."""
    await ranking.due(tx)
    await pool.refresh(tx, await agents.due(tx))
    await intake.refresh(tx, await queue.due(tx))
    await agents.clean(tx)
    given, left = 0, set[int]()
    while given < _MOST_AT_ONCE:
        kinds = await queue.dirty(tx)
        people = await agents.dirty(tx, most=_AGENTS)
        if not kinds and not people:
            break
        ids = [one.agent_id for one in people]
        given += await _settle(
            tx, kinds=kinds, agent_ids=ids, left=left, most=_MOST_AT_ONCE - given
        )
        if given < _MOST_AT_ONCE:
            await queue.clean(tx, kinds)
            await agents.clean(tx, ids)
    if left:
        await queue.soil(tx, left)
    await _wake(tx, more=given >= _MOST_AT_ONCE)
    return given


async def _settle(
    tx: Tx, *, kinds: Sequence[int], agent_ids: Sequence[int], left: set[int], most: int
) -> int:
    """Rounds for some kinds of tickets and some agents, until nothing fits any more."""
    given = vain = 0
    while given < most and vain < _VAIN:
        workers, waiting = await _snapshot(tx, kinds, agent_ids, left)
        moments = [tx.now + timedelta(microseconds=n) for n in range(len(waiting))]
        decisions = matching.assign(workers, waiting, moments=moments)[: most - given]
        if not decisions:
            break
        done = await _give(tx, decisions, left)
        given += done
        vain = 0 if done else vain + 1
    return given


async def _snapshot(
    tx: Tx, kinds: Sequence[int], agent_ids: Sequence[int], left: set[int]
) -> tuple[list[Worker], list[Waiting]]:
    """Changed agents with the heads of their teams' lines, changed tickets with who is next."""
    found = {one.agent_id: one for one in await agents.some(tx, agent_ids)} if agent_ids else {}
    teams = {int(w[2:]) for o in found.values() for w in o.abilities if w.startswith("t:")}
    waiting = await queue.heads(tx, kinds=kinds, teams=teams, without=left, most=_HEADS)
    await _candidates(tx, waiting, found)
    # Those at 100 may have room kept for them, also where only others changed.
    teams = {int(w[2:]) for o in found.values() for w in o.abilities if w.startswith("t:")}
    known = left | {one.ticket_id for one in waiting}
    full = await queue.full(tx, teams, without=known, most=_HEADS)
    await _candidates(tx, full, found)
    waiting += full
    last = {one.sticky_id for one in waiting if one.sticky_id is not None} - set(found)
    if last:
        found |= {one.agent_id: one for one in await agents.some(tx, last)}
    return list(found.values()), waiting


async def _candidates(tx: Tx, waiting: Sequence[Waiting], found: dict[int, Worker]) -> None:
    """Add those who are next for each kind of ticket."""
    asked = {
        (need, one.channel, one.cost)
        for one in waiting
        for need in (one.need, one.need | one.preferred)
    }
    if asked:
        order = sorted(asked, key=lambda one: (sorted(one[0]), one[1], one[2]))
        for one in await agents.candidates(tx, order, most=_CANDIDATES):
            found[one.agent_id] = one


async def _give(tx: Tx, decisions: Sequence[Decision], left: set[int]) -> int:
    """Carry decisions out, as far as agents and tickets still are what the lists say."""
    chosen = {one.worker.agent_id for one in decisions}
    before = {one.agent_id: one for one in await agents.some(tx, chosen)}
    await pool.refresh(tx, chosen, mark=False)
    now = {one.agent_id: one for one in await agents.some(tx, chosen)}
    sure = [one for one in decisions if now.get(one.worker.agent_id) == before[one.worker.agent_id]]
    held = await queue.hold(tx, [one.ticket.ticket_id for one in sure])
    left |= {one.ticket.ticket_id for one in sure} - held
    done = [one for one in sure if one.ticket.ticket_id in held]
    # A microsecond apart, so that "who is next" has an answer within one transaction too.
    for number, one in enumerate(done):
        ticket, who = one.ticket, one.worker.agent_id
        await tickets.assign(tx, ticket.ticket_id, to=who, cause=await cause(tx, one))
        now[who] = now[who].given(
            channel=ticket.channel, cost=ticket.cost, at=tx.now + timedelta(microseconds=number)
        )
    if done:
        await _keep(tx, done)
        await agents.given(tx, [now[key] for key in {one.worker.agent_id for one in done}])
        await queue.remove(tx, [one.ticket.ticket_id for one in done])
        await config.drop_wishes(tx, [one.ticket.ticket_id for one in done])
    return len(done)


async def _keep(tx: Tx, decisions: Sequence[Decision]) -> None:
    """What each decision was made from, so that it can be explained and made again."""
    weights, _, _ = await places.settings(tx)
    ids = {one.ticket_id for made in decisions for one in (made.ticket, *made.passed)}
    known = {key: (row.shares, row.facts) for key, row in (await places.of(tx, ids)).items()}
    for made in decisions:
        kept = decided.record(made, weights, known, at=tx.now)
        outcome = decided.again(kept)
        if outcome is not None:
            tx.emit(
                AssignmentDecided(
                    ticket_id=made.ticket.ticket_id,
                    agent_id=made.worker.agent_id,
                    record=msgspec.to_builtins(kept),
                    outcome=msgspec.to_builtins(outcome),
                    changes=msgspec.to_builtins(decided.changes(kept, outcome)),
                )
            )


async def cause(tx: Tx, decision: Decision) -> dict[str, Any]:
    """The reason as the event log keeps it."""
    place = await queue.place(tx, decision.ticket.ticket_id)
    basis = msgspec.convert(place.basis, needs.Basis) if place else None
    return {
        "rule": RULE,
        "why": "sticky" if decision.sticky else "turn",
        "since": clock.text(decision.ticket.since),
        "fitting": decision.fitting,
        "preferred_met": decision.ticket.preferred <= decision.worker.abilities,
        "loosened": list(needs.loosened_of(place.step)) if place else [],
        "language": basis.language if basis else None,
        "skills": [
            {
                "skill_id": str(one.skill_id),
                "level": one.level,
                "required": one.required,
                "has": needs.level_of(decision.worker.abilities, one.skill_id),
            }
            for one in (basis.skills if basis else ())
        ],
        "cost": decision.ticket.cost,
        "candidates": [_candidate(one) for one in decision.candidates],
    }


def _candidate(one: Worker) -> dict[str, Any]:
    return {
        "agent_id": str(one.agent_id),
        "load": one.load,
        "capacity": one.capacity,
        "last_given_at": one.last_given_at,
    }


async def _wake(tx: Tx, *, more: bool) -> None:
    """Ring when the next shift turns, needs loosen or a score steps, at once when there is more to do; and sweep
    while something waits and somebody is at work: an event that would have called us may have no
    name here, and a ticket that was being changed was left out."""
    moments = [
        await agents.next_change(tx),
        await queue.next_step(tx),
        await places.next_step(tx),
    ]
    if more:
        tx.defer(TICK_JOB)  # a timer would wait until timers are looked at
    due: datetime | None = min((one for one in moments if one is not None), default=None)
    if due is not None:
        await timers.advance(tx, kind=TICK_JOB, key="", due=due, job=TICK_JOB)
    if await queue.anything(tx) and await agents.anybody_at_work(tx):
        await timers.advance(tx, kind=SWEEP_JOB, key="", due=tx.now + SWEEP, job=SWEEP_JOB)
