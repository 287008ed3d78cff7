"""What counts how much, what it would change, and why a ticket or a decision is as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.identity import permissions
from yizhan.domains.identity.errors import UnknownReference
from yizhan.domains.identity.service import changing
from yizhan.domains.routing import decided, errors, events, score
from yizhan.domains.routing.repository import config, lines, places, queue
from yizhan.domains.routing.schemas import priority
from yizhan.domains.routing.score import FACTORS, WHOLE, Weights
from yizhan.domains.tickets import service as tickets
from yizhan.kernel.tx import Tx

PERMISSION = "routing:manage"
_FIELDS = (*FACTORS, "waiting_minutes", "vip", "tier_field", "tiers")
_MINUTE = timedelta(minutes=1)


async def settings(tx: Tx) -> priority.PrioritySettingsOut:
    """How tickets are scored."""
    permissions.require_staff(tx.actor)
    weights, _, done = await places.settings(tx)
    return _shown(weights, updating=not done)


async def change(tx: Tx, wanted: priority.PriorityWeights) -> priority.PrioritySettingsOut:
    """All open tickets are ordered anew. Errors: PriorityInvalid, UnknownReference."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    new = await _checked(tx, wanted)
    old, _, done = await places.settings(tx)
    changes = changing.differences(old, new, *_FIELDS)
    if changes:
        await places.put_weights(tx, new)
        tx.emit(events.AssignmentPriorityChanged(changes=changes))
    return _shown(new, updating=bool(changes) or not done)


async def preview(tx: Tx, wanted: priority.PriorityPreviewIn) -> priority.PriorityPreview:
    """The line by other weights beside the line now. Errors: PriorityInvalid, UnknownReference."""
    permissions.require(tx.actor, PERMISSION)
    new = await _checked(tx, wanted.weights)
    old, _, _ = await places.settings(tx)
    found, total = await lines.compared(tx, new, most=wanted.limit, all_open=False)
    queue_empty = not found
    if queue_empty:  # where everything has somebody, open work shows what would change
        found, total = await lines.compared(tx, new, most=wanted.limit, all_open=True)
    items = [
        priority.PreviewTicket(
            ticket_id=str(one.ticket_id),
            number=one.number,
            subject=one.subject,
            before=one.before,
            after=one.after,
            score_before=round(score.score(old, one.old, now=tx.now), 1),
            score_after=round(score.score(new, one.new, now=tx.now), 1),
        )
        for one in found
    ]
    return priority.PriorityPreview(
        scope="open" if queue_empty else "queue",
        items=items,
        total=total,
        moved=sum(one.before != one.after for one in items),
        points=priority.points_of(new),
        reach_minutes=int(score.reach(new) / _MINUTE),
    )


async def of_ticket(tx: Tx, ticket_id: int) -> priority.TicketPriority:
    """Errors: TicketNotFound."""
    ticket = await tickets.get(tx, ticket_id)
    row = (await places.of(tx, [ticket_id])).get(ticket_id)
    if row is None:
        busy = ticket.status_category in ("new", "open") and ticket.snoozed_until is None
        return priority.TicketPriority(state="pending" if busy else "idle", at=tx.now)
    weights, _, _ = await places.settings(tx)
    place = None if ticket.assignee_id else await queue.place(tx, ticket_id)
    return priority.TicketPriority(
        state="scored",
        at=tx.now,
        score=round(score.score(weights, row.shares, now=tx.now), 1),
        since=row.shares.since,
        per_hour=round(timedelta(hours=1) / weights.point, 2),
        full_at=row.full_at,
        parts=_parts(weights, row, tx),
        facts=msgspec.convert(row.facts, priority.ScoreFacts),
        ahead=await queue.before(tx, place) if place else None,
    )


async def scores(tx: Tx, ticket_ids: list[int]) -> priority.TicketScores:
    """Of those that the actor sees and that somebody has to work on."""
    permissions.require_staff(tx.actor)
    weights, _, _ = await places.settings(tx)
    rows = await places.seen(tx, ticket_ids)
    return priority.TicketScores(
        [
            priority.TicketScore(str(key), round(score.score(weights, row.shares, now=tx.now), 1))
            for key, row in rows.items()
        ]
    )


def _parts(weights: Weights, row: places.Row, tx: Tx) -> list[priority.ScorePart]:
    each = decided.parts(weights, row.shares, now=tx.now)
    whole = sum(each.values())
    found = [
        priority.ScorePart(
            factor=factor,
            share=round(_share(weights, row, factor, points=points), 3),
            most=round(weights.points(factor), 1),
            points=round(points, 1),
            without=round(min(score.MOST, whole - points), 1),
        )
        for factor, points in each.items()
    ]
    return sorted(found, key=lambda one: -one.points)


def _share(weights: Weights, row: places.Row, factor: score.Factor, *, points: float) -> float:
    if factor == "waiting":
        return points / weights.points(factor)
    return row.shares.of(factor) / WHOLE


async def decisions(tx: Tx, ticket_id: int) -> priority.DecisionList:
    """Each made once more from what was kept of it. Errors: TicketNotFound."""
    await tickets.get(tx, ticket_id)
    rows = await lines.decisions(tx, ticket_id)
    kept = [msgspec.convert(row["data"]["record"], decided.Record) for row in rows]
    ids = {int(o.ticket_id) for one in kept for o in (one.ticket, *one.passed)}
    numbers = await lines.numbers(tx, ids)
    return priority.DecisionList(
        [_decision(row, one, numbers) for row, one in zip(rows, kept, strict=True)]
    )


def _decision(row: Any, kept: decided.Record, numbers: dict[str, int]) -> priority.DecisionOut:
    data: dict[str, Any] = row["data"]
    said = msgspec.convert(data["outcome"], decided.Outcome)
    again = decided.again(kept)
    line = {one.ticket_id: one for one in (kept.ticket, *kept.passed)}
    return priority.DecisionOut(
        id=str(row["id"]),
        at=kept.at,
        agent_id=said.agent_id,
        score=dict(said.scores)[said.ticket_id],
        sticky=said.sticky,
        line=[
            priority.ScoredTicket(
                ticket_id=key,
                number=numbers.get(key),
                score=value,
                parts={
                    str(factor): round(points, 1)
                    for factor, points in decided.parts(
                        kept.weights, line[key].shares, now=kept.at
                    ).items()
                },
            )
            for key, value in said.scores
        ],
        agents=[one.agent_id for one in kept.agents],
        changes=[
            priority.DecisionChange(**one, number=numbers.get(one.get("ticket_id", "")))
            for one in data["changes"]
        ],
        reproduced=again == said,
    )


async def _checked(tx: Tx, wanted: priority.PriorityWeights) -> Weights:
    new = priority.weights_of(wanted)
    if not new.allowed:
        raise errors.PriorityInvalid(
            f"waiting needs at least {-(-new.total // score.LEAST_WAITING) or 1} of {new.total}"
            " in all, so that nobody waits for ever",
            field="waiting",
        )
    if new.tier_field is not None:
        known = (await catalog.of(tx, "company")).all
        if new.tier_field not in known:
            raise UnknownReference(f"Companies have no field {new.tier_field}.")
    return new


def _shown(weights: Weights, *, updating: bool) -> priority.PrioritySettingsOut:
    return priority.PrioritySettingsOut(
        weights=priority.weights_out(weights),
        usual=priority.weights_out(Weights()),
        points=priority.points_of(weights),
        reach_minutes=int(score.reach(weights) / _MINUTE),
        updating=updating,
    )
