"""Cases taken from resolved tickets, by a button or by night: asked for in a request, done by a job.

Those of a skill are taken from the skill: an update of the program may bring new ones.
"""

from __future__ import annotations

from typing import Final

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import colleagues
from yizhan.domains.lab import errors
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import access, cases, skilled, tickets
from yizhan.domains.lab.types import MOST, Gathering, Set
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

JOB: Final = "lab.gather"


async def start(tx: Tx, set_id: int) -> Set:
    """Of tickets that the actor sees. Errors: SetNotFound, SetFull, GatheringRuns."""
    row = await access.golden_set(tx, set_id, lock=True)
    if row.gathering.state == "running":
        raise errors.GatheringRuns
    if (await sets.counts(tx)).get(set_id, (0, 0))[0] >= MOST:
        raise errors.SetFull
    now = Gathering(state="running", at=tx.now)
    await sets.change(tx, set_id, gathering=now)
    actor = tx.actor
    tx.defer(
        JOB,
        key=f"{JOB}:{set_id}",
        set_id=set_id,
        agent_id=actor.agent_id or (actor.id if actor.kind == "agent" else None),
        token_id=actor.id if actor.kind == "token" else None,
    )
    return msgspec.structs.replace(row, gathering=now)


async def on_behalf(tx: Tx, *, agent_id: int | None, token_id: int | None) -> Actor | None:
    """Whoever asked, with today's rights; nobody asked: the desk itself. None: they may no longer."""
    if agent_id is None and token_id is None:
        return tx.actor
    found = await colleagues.again(tx, agent_id=agent_id, token_id=token_id)
    return found if found is not None and permissions.can(found, access.PERMISSION) else None


async def run(tx: Tx, set_id: int, *, actor: Actor | None) -> None:
    """Take what there is, and note how it went."""
    row = await sets.get(tx, set_id, lock=True)
    if row is None:
        return
    if actor is None:
        await sets.change(tx, set_id, gathering=Gathering(state="stopped", at=tx.now))
        return
    if row.kind == "skill":
        taken = skilled.own(row)
        added, alike = await cases.take(tx, row, taken, source="import")
    else:
        found = await tickets.candidates(tx, row, actor=actor)
        taken = await tickets.hidden(tx, found)
        added, alike = await cases.take(tx, row, taken, source="ticket")
    is_full = (await sets.counts(tx)).get(set_id, (0, 0))[0] >= MOST
    done = Gathering(
        state="full" if is_full else "done",
        found=len(taken),
        added=len(added),
        alike=alike,
        at=tx.now,
    )
    await sets.change(tx, set_id, gathering=done)
