"""Answers that do not go out by themselves because the place was restored."""

from __future__ import annotations

from yizhan.domains.channels import outbox
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import holding
from yizhan.kernel.holding import Count, Hold
from yizhan.kernel.tx import Tx


async def keep(tx: Tx, message_id: int, hold: Hold) -> None:
    """Not now, or not at all. Nobody knows whether the desk that is gone has sent it, so what is decided
    against is ``unknown``: a person may still send it, told that it may arrive twice."""
    state = "held" if hold.state == "hold" else "unknown"
    await outbox.finish(tx, message_id, state=state, error=holding.REASON)
    await tickets.set_delivery(tx, message_id, state=state, error=holding.REASON)


async def _count(tx: Tx, hold: Hold | None) -> Count:
    before = hold.at if hold is not None and hold.state != "send" else None
    return await outbox.held(tx, before=before)


async def _release(tx: Tx, most: int) -> int:
    rows = await outbox.take_held(tx, most=most)
    for row in rows:
        if row["delivery_state"] != "held":  # the customer's side told of it meanwhile
            await outbox.finish(tx, row["message_id"], state=row["delivery_state"])
            continue
        await tickets.set_delivery(tx, row["message_id"], state="queued")
        await outbox.add(
            tx,
            row["message_id"],
            conversation_id=row["conversation_id"],
            inbox_id=row["inbox_id"],
            not_before=tx.now,
        )
        tx.defer(
            outbox.JOB, key=f"deliver:{row['message_id']}", at=tx.now, message_id=row["message_id"]
        )
    return len(rows)


async def _discard(tx: Tx, hold: Hold, most: int) -> int:
    rows = await outbox.take_held(tx, most=most, before=hold.at)
    for row in rows:
        await keep(tx, row["message_id"], hold)
    return len(rows)


holding.provide(holding.Keeper(kind="messages", count=_count, release=_release, discard=_discard))
