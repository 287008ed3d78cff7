"""Running actions on one ticket as one change set, looking ahead, and taking it back."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from yizhan.domains.automation import contract, errors, events, registry, repository
from yizhan.domains.automation.contract import Why
from yizhan.domains.automation.types import MOST_STEPS, Done, Run, Step
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import custom
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import access
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel.tx import Tx


class Foreseen(msgspec.Struct, kw_only=True):
    """What a step would do: changed fields, nothing, or why it would be refused."""

    action: str
    changes: dict[str, list[Any]] = {}
    nothing: bool = False
    refused: str | None = None
    detail: str = ""


class _Rehearsal(Exception):
    """Ends a look ahead: nothing of it stays."""


async def check(tx: Tx, steps: Sequence[Step]) -> None:
    """Whether these steps can be set up by this actor in this workspace.

    Errors: UnknownAction, ParamsInvalid, Forbidden, and those of the actions' own checks.
    """
    if len(steps) > MOST_STEPS:
        raise contract.ParamsInvalid(f"at most {MOST_STEPS} actions")
    for step in steps:
        action = registry.get(step.action)
        params = registry.convert(action, step.params)
        if action.manifest.set_up:
            permissions.require(tx.actor, action.manifest.set_up)
        if action.offers("check"):
            await action.action.check(tx, params)


def despite(steps: Sequence[Step], what: Collection[str]) -> list[Step]:
    """The same steps, of somebody who was asked about what is open and went on.

    ``what`` names parameters such as ``despite_children``; actions that know none of them stay.
    """
    return [_insisting(step, what) for step in steps]


def _insisting(step: Step, what: Collection[str]) -> Step:
    known = set(what) & set(registry.get(step.action).params.__struct_fields__)
    if not known:
        return step
    return msgspec.structs.replace(step, params={**step.params, **dict.fromkeys(known, True)})


async def run(tx: Tx, ticket_id: int, *, steps: Sequence[Step], why: Why) -> Run:
    """Run steps in order as one change set. A step with nothing to do is passed over.

    Callers that want to go on after a refusal put ``tx.attempt()`` around it.
    Errors: NothingToDo when no step changed anything, those of the actions and of access.
    """
    kept = await change_set(tx, ticket_id, steps=steps, why=why)
    await repository.add_runs(tx, [kept])
    return kept


async def change_set(tx: Tx, ticket_id: int, *, steps: Sequence[Step], why: Why) -> Run:
    """:func:`run`, but for keeping what was done."""
    why = msgspec.structs.replace(why, run_id=tx.new_id())
    done = [found for step in steps if (found := await _one(tx, ticket_id, step=step, why=why))]
    if not done:
        await access.ticket(tx, ticket_id)
        raise contract.NothingToDo
    cause = {key: value for key, value in why.cause().items() if key != "run_id"}
    tx.emit(
        events.ActionsRan(
            ticket_id=ticket_id,
            run_id=why.run_id,
            actions=[one.action for one in done],
            cause=cause,
        )
    )
    return Run(
        id=why.run_id,
        ticket_id=ticket_id,
        actor=tx.actor.stamp(),
        cause=cause,
        steps=msgspec.to_builtins(done),
        at=tx.now,
        undone_at=None,
        undone_by=None,
        left_alone=[],
    )


async def run_now(tx: Tx, ticket_id: int, *, steps: Sequence[Step]) -> Run:
    """Run steps that somebody just put together. Errors: as :func:`check` and :func:`run`."""
    await access.ticket(tx, ticket_id)
    await check(tx, steps)
    return await run(tx, ticket_id, steps=steps, why=Why("actions"))


async def _one(tx: Tx, ticket_id: int, *, step: Step, why: Why) -> Done | None:
    action = registry.get(step.action)
    params = registry.convert(action, step.params)
    ticket = await access.locked(tx, ticket_id, permission=action.manifest.permission)
    data = await action.action.run(tx, ticket, params=params, why=why)
    return None if data is None else Done(step.action, step.params, data)


async def foresee(tx: Tx, ticket_id: int, *, steps: Sequence[Step], why: Why) -> list[Foreseen]:
    """What the steps would do now, found by doing them and leaving nothing behind."""
    found: list[Foreseen] = []
    before = await access.ticket(tx, ticket_id)
    with contextlib.suppress(_Rehearsal):
        async with tx.attempt():
            for step in steps:
                try:
                    async with tx.attempt():
                        done = await _one(tx, ticket_id, step=step, why=why)
                except kernel_errors.YizhanError as error:
                    found.append(
                        Foreseen(action=step.action, refused=error.code, detail=error.detail)
                    )
                    continue
                after = await access.ticket(tx, ticket_id)
                changes = await _shown(tx, tickets.difference(before, after))
                found.append(Foreseen(action=step.action, changes=changes, nothing=done is None))
                before = after
            raise _Rehearsal
    return found


async def _shown(tx: Tx, changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Custom fields one by one, as far as the actor may see them."""
    plain = {name: pair for name, pair in changes.items() if name != "fields"}
    old, new = changes.get("fields", [{}, {}])
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            plain[f"field.{key}"] = [old.get(key), new.get(key)]
    return (await custom.shown_changes(tx, [plain]))[0]


async def of_ticket(tx: Tx, ticket_id: int) -> list[Run]:
    """The change sets of a ticket, the newest first."""
    await access.ticket(tx, ticket_id)
    return await repository.runs_of(tx, ticket_id)


async def undo(tx: Tx, run_id: int, *, why: Why | None = None) -> Run:
    """Take a change set back, its last step first. What cannot be taken back stays and is named.

    Errors: RunNotFound, AlreadyUndone, CannotBeUndone when nothing of it can be, those of access.
    """
    rows = await repository.lock_runs(tx, [run_id])
    undone = await take_back(tx, rows.get(run_id), why=why or Why("undo", str(run_id)))
    await repository.set_undone(tx, [undone])
    return undone


async def take_back(tx: Tx, row: Run | None, *, why: Why) -> Run:
    """:func:`undo` of a change set that is held, but for noting that it is undone."""
    if row is None:
        raise errors.RunNotFound
    await access.locked(tx, row.ticket_id, permission="ticket:read")
    if row.undone_at is not None:
        raise errors.AlreadyUndone
    left: list[str] = []
    taken = 0
    for done in reversed(row.done):
        action = registry.get(done.action)
        ticket = await access.locked(tx, row.ticket_id, permission=action.manifest.permission)
        try:
            left += await action.action.undo(tx, ticket, data=done.data, why=why)
            taken += 1
        except contract.CannotBeUndone:
            left.append(done.action)
    if not taken:
        raise contract.CannotBeUndone
    tx.emit(
        events.ActionsUndone(
            ticket_id=row.ticket_id, run_id=row.id, left_alone=left, cause=row.cause
        )
    )
    return msgspec.structs.replace(
        row, undone_at=tx.now, undone_by=tx.actor.stamp(), left_alone=left
    )
