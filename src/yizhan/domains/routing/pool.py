"""Keeping the list of agents: who is at work, what they can do, how much they have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import colleagues
from yizhan.domains.routing import needs, shifts
from yizhan.domains.routing.repository import agents, config
from yizhan.domains.routing.repository.agents import Row, Truth
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

_AT_ONCE = 1000
_LOOK_BACK = timedelta(days=2)  # no zone is further from UTC


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An agent as of now, with all that may keep them from work."""

    truth: Truth
    standing: shifts.Standing
    teams: frozenset[int]  # in which they may answer
    load: int

    @property
    def available(self) -> bool:
        return self.truth.active and self.truth.state == "online" and self.standing.working

    @property
    def abilities(self) -> frozenset[str]:
        return needs.abilities(
            teams=self.teams, languages=self.truth.languages, skills=self.truth.skills
        )


async def refresh(tx: Tx, agent_ids: Collection[int], *, mark: bool = True) -> None:
    """Write anew what the list says of some agents; who is marked will be looked at."""
    ids = sorted(set(agent_ids))
    for first in range(0, len(ids), _AT_ONCE):
        rows = [_row(one) for one in await look(tx, ids[first : first + _AT_ONCE])]
        if rows:
            await agents.put(tx, rows, mark=mark)


async def look(tx: Tx, agent_ids: Collection[int], *, rights_of_all: bool = False) -> list[Seen]:
    """Some agents as of now. Rights cost a query each, so they are asked only of who is at work."""
    truths = await agents.truths(tx, agent_ids)
    leave: dict[int, list[shifts.Leave]] = {}
    since = tx.now.replace(tzinfo=None) - _LOOK_BACK
    for one in await config.leave(tx, list(agent_ids), since=since):
        leave.setdefault(one.agent_id, []).append((one.begins, one.ends))
    weights = await config.costs(tx)
    asked = [o.agent_id for o in truths if o.active and (rights_of_all or o.state == "online")]
    actors = await colleagues.actors(tx, asked)
    return [
        Seen(
            truth=truth,
            standing=shifts.standing(
                truth.time_zone, truth.shifts, leave=leave.get(truth.agent_id, ()), now=tx.now
            ),
            teams=_teams(truth, actors.get(truth.agent_id)),
            load=weight(truth.counts, weights),
        )
        for truth in truths
    ]


def weight(counts: Mapping[str, int], weights: Mapping[str, int]) -> int:
    """What so many tickets of these channels cost."""
    return sum(weights.get(channel, 1) * count for channel, count in counts.items())


def _teams(truth: Truth, actor: Actor | None) -> frozenset[int]:
    if actor is None:
        return frozenset()
    return frozenset(
        team_id
        for team_id, unit_id in truth.teams.items()
        if permissions.can(
            actor, "ticket:reply", permissions.Resource(team_id=team_id, unit_id=unit_id)
        )
    )


def _row(seen: Seen) -> Row:
    truth = seen.truth
    at_work = truth.active and truth.state == "online"
    return Row(
        agent_id=truth.agent_id,
        available=seen.available,
        abilities=seen.abilities,
        capacity=truth.capacity,
        load=seen.load,
        counts=truth.counts,
        limits=truth.limits,
        # Of those who are not here nothing can turn; when they come they are looked at anyway.
        next_change_at=seen.standing.next_change_at if at_work else None,
    )
