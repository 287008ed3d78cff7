"""Work on many tickets: counted before, done in chunks, ticket by ticket by the rights of whoever asked.

A chunk is one transaction: what happened to its tickets and the note that it happened commit
together, so whatever is killed, no ticket is worked on twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import asyncpg
import msgspec
import structlog

from yizhan.domains.automation import errors, events, repository
from yizhan.domains.automation.contract import Why
from yizhan.domains.automation.service import actions, many
from yizhan.domains.automation.types import (
    MOST_TICKETS,
    WITHOUT_RIGHT,
    Bulk,
    Handled,
    Item,
    Step,
)
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import colleagues
from yizhan.domains.tickets import listing
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

logger = structlog.get_logger(__name__)

JOB = "automation.bulk"
CHUNK = 50
_LOST = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError)


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which tickets: some by id, or all of a list."""

    ids: tuple[int, ...] | None = None
    wanted: listing.Filter = listing.Filter()


async def find(tx: Tx, selection: Selection) -> list[int]:
    """The tickets of a selection that the actor may see. Errors: BulkTooLarge, ConditionInvalid."""
    if selection.ids is not None and len(selection.ids) > MOST_TICKETS:
        raise errors.BulkTooLarge(most=MOST_TICKETS)
    found = await listing.ids(tx, selection.wanted, only=selection.ids, most=MOST_TICKETS)
    if len(found) > MOST_TICKETS:
        raise errors.BulkTooLarge(most=MOST_TICKETS)
    return found


async def start(
    tx: Tx,
    selection: Selection,
    *,
    steps: Sequence[Step],
    name: str = "",
    despite: Collection[str] = (),
) -> Bulk:
    """Begin to run actions on a selection; ``despite``: also where that is open.

    Errors: BulkEmpty, BulkTooLarge, Forbidden for many tickets without ``bulk:run``, those of
    :func:`actions.check`.
    """
    if not steps:
        raise errors.BulkEmpty
    await actions.check(tx, steps)
    steps = actions.despite(steps, despite)
    found = await find(tx, selection)
    if not found:
        raise errors.BulkEmpty
    if len(found) > WITHOUT_RIGHT:
        permissions.require(tx.actor, "bulk:run")
    row = _row(tx, name=name, total=len(found), steps=list(msgspec.to_builtins(steps)))
    await repository.add_bulk(tx, row)
    await repository.add_items(tx, row.id, tickets=found)
    _begin(tx, row)
    return row


def _row(
    tx: Tx,
    *,
    name: str,
    total: int,
    steps: list[dict[str, Any]],
    undo_of: int | None = None,
) -> Bulk:
    return Bulk(
        id=tx.new_id(),
        kind="run" if undo_of is None else "undo",
        undo_of=undo_of,
        state="queued",
        actor=tx.actor.stamp(),
        agent_id=tx.actor.agent_id,
        token_id=tx.actor.id if tx.actor.kind == "token" else None,
        name=name,
        actions=steps,
        total=total,
        done=0,
        skipped=0,
        failed=0,
        created_at=tx.now,
        started_at=None,
        finished_at=None,
    )


def _begin(tx: Tx, row: Bulk) -> None:
    tx.defer(JOB, key=f"{JOB}:{row.id}", bulk_id=row.id)
    tx.emit(
        events.BulkStarted(
            bulk_id=row.id,
            kind=row.kind,
            total=row.total,
            actions=[step.action for step in row.steps],
            undo_of=row.undo_of,
        )
    )


async def get(tx: Tx, bulk_id: int, *, lock: bool = False) -> Bulk:
    """One's own run, or anybody's for who may run large ones. Errors: BulkNotFound."""
    row = await repository.bulk(tx, bulk_id, lock=lock)
    if row is None or not (_own(tx, row) or permissions.can(tx.actor, "bulk:run")):
        raise errors.BulkNotFound
    return row


def _own(tx: Tx, row: Bulk) -> bool:
    if row.agent_id is not None:
        return row.agent_id == tx.actor.agent_id
    return row.token_id is not None and (tx.actor.kind, tx.actor.id) == ("token", row.token_id)


async def listed(tx: Tx) -> list[Bulk]:
    """The newest runs that the actor may see."""
    permissions.require_staff(tx.actor)
    return await repository.bulks(
        tx,
        agent_id=tx.actor.agent_id,
        token_id=tx.actor.id,
        everybody=permissions.can(tx.actor, "bulk:run"),
    )


async def cancel(tx: Tx, bulk_id: int) -> Bulk:
    """Work on no further ticket. What is done stays done and can be undone. Errors: BulkOver."""
    row = await get(tx, bulk_id, lock=True)
    if not row.running:
        raise errors.BulkOver
    left = await repository.give_up_items(tx, bulk_id, state="skipped", reason="cancelled")
    return await _end(tx, row, state="cancelled", skipped=row.skipped + left)


async def undo(tx: Tx, bulk_id: int) -> Bulk:
    """Take back, in the background, what a run has done. Errors: BulkRunning, AlreadyUndone, BulkEmpty."""
    row = await get(tx, bulk_id, lock=True)
    if row.kind == "undo":
        raise errors.BulkOver("An undo is not undone; run the actions again.")
    if row.running:
        raise errors.BulkRunning
    if await repository.undone_by(tx, bulk_id):
        raise errors.AlreadyUndone
    if not row.done:
        raise errors.BulkEmpty
    fresh = _row(tx, name=row.name, total=row.done, steps=row.actions, undo_of=bulk_id)
    await repository.add_bulk(tx, fresh)
    await repository.add_undo_items(tx, fresh.id, undo_of=bulk_id)
    _begin(tx, fresh)
    return fresh


# ---------------------------------------------------------------------------- the work itself


async def actor(tx: Tx, bulk_id: int) -> Actor | None:
    """By whose rights the next chunk works: those of today. None when they are gone."""
    row = await repository.bulk(tx, bulk_id)
    if row is None:
        return None
    return await colleagues.again(tx, agent_id=row.agent_id, token_id=row.token_id)


async def chunk(tx: Tx, bulk_id: int) -> Bulk | None:
    """Work on the next tickets; the caller commits. None when there is nothing to work on any more."""
    row = await repository.bulk(tx, bulk_id, lock=True)
    if row is None or not row.running:
        return None
    items = await repository.waiting_items(tx, bulk_id, most=CHUNK)
    outcomes = await _handle_all(tx, row, items)
    await repository.settle_items(tx, bulk_id, outcomes=outcomes)
    counts = {
        state: getattr(row, state) + sum(one.state == state for one in outcomes)
        for state in ("done", "skipped", "failed")
    }
    if len(items) < CHUNK:
        return await _end(tx, row, state="done", **counts)
    values = {"state": "running", "started_at": row.started_at or tx.now, **counts}
    await repository.change_bulk(tx, bulk_id, **values)
    return msgspec.structs.replace(row, **values)


async def _handle_all(tx: Tx, row: Bulk, items: Sequence[Item]) -> list[Handled]:
    """Together, where the actions are of that kind and nothing breaks; else one by one."""
    if items and many.can(row.steps):
        try:
            if row.kind == "undo":
                return await many.undo(tx, items, why=_why(row))
            return await many.run(tx, items, steps=row.steps, why=_why(row))
        except _LOST:
            raise
        except Exception as error:
            logger.info("bulk_chunk_apart", bulk_id=row.id, error=repr(error))
    return [await _handle(tx, row, item) for item in items]


async def _handle(tx: Tx, row: Bulk, item: Item) -> Handled:
    try:
        async with tx.attempt():
            run_id = await _act(tx, row, item)
    except kernel_errors.YizhanError as error:
        return Handled(item.ticket_id, "skipped", error.code)
    except _LOST:
        raise
    except Exception:
        logger.exception("bulk_ticket_failed", bulk_id=row.id, ticket_id=item.ticket_id)
        return Handled(item.ticket_id, "failed", "internal_error")
    return Handled(item.ticket_id, "done", run_id=run_id)


def _why(row: Bulk) -> Why:
    return Why("bulk" if row.kind == "run" else "bulk_undo", str(row.id), name=row.name)


async def _act(tx: Tx, row: Bulk, item: Item) -> int | None:
    why = _why(row)
    if row.kind == "undo" and item.run_id is not None:
        return (await actions.undo(tx, item.run_id, why=why)).id
    return (await actions.run(tx, item.ticket_id, steps=row.steps, why=why)).id


async def give_up(tx: Tx, bulk_id: int) -> Bulk | None:
    """Nobody is left by whose rights to go on."""
    row = await repository.bulk(tx, bulk_id, lock=True)
    if row is None or not row.running:
        return None
    left = await repository.give_up_items(tx, bulk_id, state="skipped", reason="actor_gone")
    return await _end(tx, row, state="cancelled", skipped=row.skipped + left)


async def _end(tx: Tx, row: Bulk, *, state: str, **counts: int) -> Bulk:
    values = {
        "state": state,
        "started_at": row.started_at or tx.now,
        "finished_at": tx.now,
        **counts,
    }
    await repository.change_bulk(tx, row.id, **values)
    ended = msgspec.structs.replace(row, **values)
    tx.emit(
        events.BulkFinished(
            bulk_id=row.id,
            state=ended.state,
            done=ended.done,
            skipped=ended.skipped,
            failed=ended.failed,
        )
    )
    return ended
