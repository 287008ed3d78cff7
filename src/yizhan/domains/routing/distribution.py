"""Giving waiting tickets to agents, now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import colleagues
from yizhan.domains.routing import repository, types
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

SWEEP_JOB = "routing.sweep"
SWEEP = timedelta(seconds=30)
_MOST_AT_ONCE = 200


async def distribute(tx: Tx) -> int:
    """Give out what waits in round-robin teams, as far as there is room. Returns how many.

    While something waits and somebody is online, a sweep follows: an event that would have called
    us may have no name here, and a ticket that was being changed was left out. With nobody online
    the first who comes calls us. Runs in the worker only: it holds the workspace's lock.
    """
    if not await repository.teams_with_waiting(tx):
        return 0
    await repository.hold(tx)
    count, online = 0, False
    # Read again: whoever held the lock before us has probably given everything out.
    for team_id in await repository.teams_with_waiting(tx):
        candidates = await repository.candidates(tx, team_id)
        online = online or bool(candidates)
        count += await _give(tx, team_id, candidates=await _fitting(tx, team_id, candidates))
    if online and await repository.teams_with_waiting(tx):
        await timers.schedule(tx, kind=SWEEP_JOB, key="", due=tx.now + SWEEP, job=SWEEP_JOB)
    return count


async def _fitting(
    tx: Tx, team_id: int, online: Sequence[types.Candidate]
) -> list[types.Candidate]:
    """Those who have room and may answer in this team."""
    free = [one for one in online if one.load < one.capacity]
    actors = await colleagues.actors(tx, [one.agent_id for one in free])
    place = permissions.Resource(team_id=team_id)
    return [
        one
        for one in free
        if one.agent_id in actors and permissions.can(actors[one.agent_id], "ticket:reply", place)
    ]


async def _give(tx: Tx, team_id: int, *, candidates: Sequence[types.Candidate]) -> int:
    room = sum(one.capacity - one.load for one in candidates)
    if room <= 0:
        return 0
    waiting = await repository.waiting(tx, team_id, most=min(room, _MOST_AT_ONCE))
    # A microsecond apart, so that "who is next" has an answer within one transaction too.
    moments = [tx.now + timedelta(microseconds=place) for place in range(len(waiting))]
    decisions = types.decide(waiting, candidates, moments=moments)
    for decision in decisions:
        await tickets.assign(tx, decision.ticket_id, to=decision.agent_id, cause=decision.cause())
    if decisions:
        agents = [decision.agent_id for decision in decisions]
        await repository.given(tx, agents, moments[: len(decisions)])
    return len(decisions)
