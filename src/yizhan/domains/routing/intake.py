"""Keeping the list of waiting tickets: what each needs of an agent, now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from yizhan.domains.routing import needs, ranking
from yizhan.domains.routing.events import AssignmentLoosened
from yizhan.domains.routing.repository import agents, asked, config, queue
from yizhan.domains.routing.repository.asked import Truth
from yizhan.domains.routing.repository.queue import Row
from yizhan.domains.routing.types import AssignmentSettings
from yizhan.domains.understanding import service as understanding
from yizhan.kernel.tx import Tx

_AT_ONCE = 1000
_USUAL = AssignmentSettings()


async def refresh(tx: Tx, ticket_ids: Collection[int]) -> None:
    """Write anew how much some tickets deserve and what the list says of them; those that wait will be
    looked at."""
    ids = sorted(set(ticket_ids))
    for first in range(0, len(ids), _AT_ONCE):
        part = ids[first : first + _AT_ONCE]
        places = await ranking.refresh(tx, part)
        truths = await asked.truths(tx, part)
        waiting = {one.ticket_id for one in truths}
        gone = [ticket_id for ticket_id in part if ticket_id not in waiting]
        if gone:
            if teams := await queue.remove(tx, gone):
                await agents.soil(tx, teams)
            await config.drop_wishes(tx, gone)
        if truths:
            await _put(tx, truths, places)


async def _put(tx: Tx, truths: Sequence[Truth], places: Mapping[int, datetime]) -> None:
    settings = await config.team_settings(tx)
    weights = await config.costs(tx)
    rules = {rule.id: rule for rule in await config.rules(tx) if rule.active and rule.needs}
    ids = [one.ticket_id for one in truths]
    conditions = {rule.id: rule.condition for rule in rules.values()}
    holding = await asked.holding(tx, ids, conditions) if rules else {}
    kept = await queue.kept(tx, ids)
    last = await _last_agents(tx, truths, settings)
    spoken = await understanding.languages(tx, ids)
    rows = []
    for truth in truths:
        own = settings.get(truth.team_id, _USUAL)
        said = needs.basis(
            truth.team_id,
            own,
            # What the customer writes says more than what their browser was set to.
            locale=spoken.get(truth.ticket_id, truth.locale),
            rules=[(key, rules[key].needs) for key in holding.get(truth.ticket_id, ())],
        )
        old = kept.get(truth.ticket_id)
        entered = old.entered_at if old and old.team_id == truth.team_id else tx.now
        now = needs.at(said, entered=entered, now=tx.now)
        step = needs.step_of(now.loosened)
        if step & ~(old.step if old else 0):
            _tell(tx, truth, loosened=now.loosened, entered=entered)
        cost = weights.get(truth.channel, 1)
        rows.append(
            Row(
                ticket_id=truth.ticket_id,
                team_id=truth.team_id,
                kind=needs.class_of(now, channel=truth.channel, cost=cost),
                since=truth.since,
                entered_at=entered,
                channel=truth.channel,
                cost=cost,
                need=now.need,
                preferred=now.preferred,
                basis=msgspec.to_builtins(said),
                step=step,
                next_step_at=now.next_at,
                requester_id=truth.requester_id,
                sticky_id=last.get(truth.ticket_id),
                place=places.get(truth.ticket_id, truth.since),
            )
        )
    await queue.put(tx, rows)


async def _last_agents(
    tx: Tx, truths: Sequence[Truth], settings: dict[int, AssignmentSettings]
) -> dict[int, int]:
    wanted: list[tuple[int, int, datetime]] = []
    for truth in truths:
        days = settings.get(truth.team_id, _USUAL).sticky_days
        if days:
            wanted.append((truth.ticket_id, truth.requester_id, tx.now - timedelta(days=days)))
    return await asked.last_agents(tx, wanted) if wanted else {}


def _tell(tx: Tx, truth: Truth, *, loosened: tuple[str, ...], entered: datetime) -> None:
    """Needs never become less in silence."""
    tx.emit(
        AssignmentLoosened(
            ticket_id=truth.ticket_id,
            team_id=truth.team_id,
            loosened=list(loosened),
            minutes=int((tx.now - entered).total_seconds() // 60),
        )
    )
