"""Deliveries between the log and the network: enqueue, claim, settle.

Whoever claims or settles holds the webhook's row for that short transaction, so that two senders
never take the same lane and the wake-up timer always tells the truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.tickets import registry
from yizhan.domains.webhooks import events as happened
from yizhan.domains.webhooks import matching, repository
from yizhan.domains.webhooks.types import Delivery, NewDelivery, Outcome, State, Webhook
from yizhan.kernel import events, holding, timers
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

JOB = "webhooks.send"
LEASE = timedelta(seconds=60)
PATIENCE = timedelta(hours=24)
KEPT = timedelta(days=30)  # how long the delivery log goes back
MOST_AT_ONCE = 10
_GONE = 410
_WAITS = (5, 15, 60, 300, 900, 1800, 3600, 7200)


def wait(attempts: int, *, spread: int) -> timedelta:
    """The pause after a failed attempt. ``spread`` moves it by up to a tenth, so that a receiver
    that comes back is not met by everything in one second."""
    base = _WAITS[min(attempts, len(_WAITS)) - 1]
    return timedelta(seconds=base * (1 + (spread % 101) / 1000))


async def enqueue(
    tx: Tx,
    hooks: Sequence[Webhook],
    batch: Sequence[events.Logged],
    *,
    state: State = "pending",
) -> set[int]:
    """Write a delivery for each event and webhook that match. Returns the webhooks with work."""
    wanted = [
        (hook, event)
        for event in batch
        for hook in hooks
        if matching.matches(hook.events, event.type)
    ]
    if not wanted:
        return set()
    wanted = await _without_secrets(tx, await _without_exercises(tx, wanted))
    tickets = {event.ticket_id for _, event in wanted if event.ticket_id is not None}
    facts = await repository.tickets(tx, sorted(tickets)) if tickets else {}
    await repository.add_deliveries(
        tx,
        [
            NewDelivery(
                hook.id,
                event.id,
                event.ticket_id,
                event.type,
                matching.body_of(event, facts.get(event.ticket_id or 0)),
            )
            for hook, event in wanted
        ],
        state=state,
    )
    return {hook.id for hook, _ in wanted}


async def _without_exercises(
    tx: Tx, wanted: list[tuple[Webhook, events.Logged]]
) -> list[tuple[Webhook, events.Logged]]:
    """What agents do for practice is no other system's business."""
    about = {event.id: _about(event) for _, event in wanted}
    exercises = await registry.exercises(tx, sorted(set().union(*about.values())))
    return [(hook, event) for hook, event in wanted if not about[event.id] & exercises]


def _about(event: events.Logged) -> set[int]:
    """The ticket and the customer that an event names."""
    named = (event.ticket_id, event.data.get("contact_id"))
    return {int(number) for number in named if number is not None}


async def _without_secrets(
    tx: Tx, wanted: list[tuple[Webhook, events.Logged]]
) -> list[tuple[Webhook, events.Logged]]:
    """A webhook has no role: fields that are for some roles only are not sent."""
    fields = await catalog.load(tx)
    nobody = Actor(kind="agent", workspace_id=tx.workspace_id)
    return [
        (
            hook,
            msgspec.structs.replace(
                event, data=catalog.redacted(fields, nobody, kind=event.type, data=event.data)
            ),
        )
        for hook, event in wanted
    ]


async def wake(tx: Tx, webhook_id: int) -> None:
    """Send what is due now, in the background. Without a key: a queued twin would only find
    nothing to do, while a running one with the same key would swallow this one."""
    tx.defer(JOB, webhook_id=webhook_id)


async def _plan(tx: Tx, webhook_id: int) -> None:
    due = await repository.next_due(tx, webhook_id)
    if due is None:
        await timers.cancel(tx, kind=JOB, key=str(webhook_id))
    else:
        await timers.schedule(
            tx,
            kind=JOB,
            key=str(webhook_id),
            due=due,
            job=JOB,
            payload={"webhook_id": str(webhook_id)},
        )


async def claim(tx: Tx, webhook_id: int, *, now: datetime) -> tuple[Webhook | None, list[Delivery]]:
    """Take what may be sent now. A timer behind the lease takes over if the sender dies."""
    hook = await repository.webhook(tx, webhook_id, lock=True)
    if hook is None or not hook.active:
        await timers.cancel(tx, kind=JOB, key=str(webhook_id))
        return None, []
    restored = await holding.of(tx)
    if restored is not None and restored.state != "send":
        await repository.hold(tx, webhook_id, before=restored.at)
    work = await repository.claim(tx, webhook_id, now=now, lease=LEASE, most=MOST_AT_ONCE)
    await _plan(tx, webhook_id)
    return hook, work


def settled(row: Delivery, outcome: Outcome, *, now: datetime) -> Delivery:
    """A delivery after an attempt: delivered, to be tried again, or given up. Pure."""
    attempts = row.attempts + 1
    fields = {"attempts": attempts, **msgspec.structs.asdict(outcome)}
    if outcome.good:
        return msgspec.structs.replace(row, state="delivered", done_at=now, **fields)
    again = now + wait(attempts, spread=row.id)
    if again > row.created_at + PATIENCE:
        return msgspec.structs.replace(row, state="failed", done_at=now, **fields)
    return msgspec.structs.replace(row, next_at=again, **fields)


async def settle(
    tx: Tx, webhook_id: int, *, results: Sequence[tuple[Delivery, Outcome]], now: datetime
) -> None:
    """Write the attempts down and judge the webhook by them."""
    hook = await repository.webhook(tx, webhook_id, lock=True)
    if hook is None:
        return
    rows = [settled(row, outcome, now=now) for row, outcome in results]
    for row in rows:
        await repository.save(tx, row)
    await repository.forget(tx, webhook_id, before=now - KEPT)
    if any(outcome.status == _GONE for _, outcome in results):
        await _disable(tx, hook, now=now)
    else:
        await _judge(tx, hook, rows, now=now)
        await _plan(tx, webhook_id)


async def _disable(tx: Tx, hook: Webhook, *, now: datetime) -> None:
    await repository.update(tx, hook.id, active=False, disabled_reason="gone")
    await repository.give_up_open(tx, hook.id, error="gone", now=now)
    await timers.cancel(tx, kind=JOB, key=str(hook.id))
    tx.emit(happened.WebhookDisabled(webhook_id=hook.id, reason="gone"))


async def _judge(tx: Tx, hook: Webhook, rows: Sequence[Delivery], *, now: datetime) -> None:
    given_up = [row for row in rows if row.state == "failed"]
    if any(row.state == "delivered" for row in rows):
        if hook.failing_since is not None or hook.failed_at is not None:
            await repository.update(tx, hook.id, failing_since=None, failed_at=None)
    elif given_up:
        await repository.update(tx, hook.id, failing_since=hook.failing_since or now, failed_at=now)
        if hook.failed_at is None:
            tx.emit(happened.WebhookFailed(webhook_id=hook.id, delivery_id=given_up[0].id))
    elif hook.failing_since is None:
        await repository.update(tx, hook.id, failing_since=now)


# ------------------------------------------------------------------------- held since a restore


async def _count(tx: Tx, hold: holding.Hold | None) -> holding.Count:
    before = hold.at if hold is not None and hold.state != "send" else None
    return await repository.held(tx, before=before)


async def _release(tx: Tx, most: int) -> int:
    released = await repository.release_held(tx, most=most)
    for webhook_id in sorted(set(released)):
        await wake(tx, webhook_id)
    return len(released)


async def _discard(tx: Tx, hold: holding.Hold, most: int) -> int:
    return await repository.discard_held(tx, before=hold.at, reason=holding.REASON, most=most)


holding.provide(holding.Keeper(kind="webhooks", count=_count, release=_release, discard=_discard))
