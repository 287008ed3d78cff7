"""The same work on many tickets in few statements: read and held at once, written at once.

For actions that change nothing but fields of the ticket. A refusal before anything was done to a ticket
passes that ticket over; whatever else goes wrong leaves nothing behind, and the tickets are then worked
on one by one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

from yizhan.domains.automation import registry, repository
from yizhan.domains.automation.contract import Why
from yizhan.domains.automation.service import actions
from yizhan.domains.automation.types import Handled, Item, Run, Step
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import errors
from yizhan.kernel.tx import Tx


class Apart(Exception):
    """A ticket was refused when half of it was done: only one by one can tell it from the others."""


def can(steps: Sequence[Step]) -> bool:
    """Whether all steps are of that kind."""
    for step in steps:
        action = registry.get(step.action)
        if not action.offers("together"):
            return False
        if not action.action.together(registry.convert(action, step.params)):
            return False
    return True


async def run(tx: Tx, items: Sequence[Item], *, steps: Sequence[Step], why: Why) -> list[Handled]:
    """What became of each ticket. Errors: Apart, and whatever breaks; then nothing has happened."""
    outcomes: list[Handled] = []
    done: list[Run] = []
    async with tx.attempt():
        async with tickets.together(tx, [item.ticket_id for item in items]):
            for item in items:
                work = actions.change_set(tx, item.ticket_id, steps=steps, why=why)
                outcomes.append(await _outcome(tx, item, work, done))
        await repository.add_runs(tx, done)
    return outcomes


async def undo(tx: Tx, items: Sequence[Item], *, why: Why) -> list[Handled]:
    """The same for taking change sets back."""
    outcomes: list[Handled] = []
    undone: list[Run] = []
    async with tx.attempt():
        rows = await repository.lock_runs(tx, [item.run_id for item in items if item.run_id])
        async with tickets.together(tx, [item.ticket_id for item in items]):
            for item in items:
                work = actions.take_back(tx, rows.get(item.run_id or 0), why=why)
                outcomes.append(await _outcome(tx, item, work, undone))
        await repository.set_undone(tx, undone)
    return outcomes


async def _outcome(tx: Tx, item: Item, work: Awaitable[Run], kept: list[Run]) -> Handled:
    before = len(tx.emitted)
    try:
        found = await work
    except errors.YizhanError as error:
        if len(tx.emitted) > before:
            raise Apart from error
        return Handled(item.ticket_id, "skipped", error.code)
    kept.append(found)
    return Handled(item.ticket_id, "done", run_id=found.id)
