"""Presence: what agents say of themselves, and what their connections tell.

A person chooses online, away or offline. The live stream says that a connection is alive; when it
has said nothing for three minutes, an online agent becomes away by itself, and online again with
the next sign of life. What a person chose is never undone by a connection.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from yizhan.domains.identity import permissions, registry
from yizhan.domains.identity.types import Presence as IdentityPresence
from yizhan.domains.routing.events import PresenceChanged
from yizhan.domains.routing.repository import presence as repository
from yizhan.domains.routing.types import Presence, State
from yizhan.domains.tickets.service import personal
from yizhan.kernel import errors, timers
from yizhan.kernel.tx import Tx

GRACE = timedelta(minutes=3)
HEARTBEAT = timedelta(seconds=60)  # how often a living connection should call seen()
AWAY_JOB = "routing.away"


async def _change(tx: Tx, agent_id: int, *, old: State, new: State, automatic: bool) -> None:
    await repository.set_state(tx, agent_id, state=new, automatic=automatic)
    if old != new:
        tx.emit(PresenceChanged(agent_id=agent_id, state=new, previous=old, automatic=automatic))


async def _watch(tx: Tx, agent_id: int, *, due: datetime) -> None:
    await timers.schedule(
        tx,
        kind=AWAY_JOB,
        key=str(agent_id),
        due=due,
        job=AWAY_JOB,
        payload={"agent_id": str(agent_id)},
    )


async def choose(tx: Tx, *, state: State) -> Presence:
    """The acting agent says whether they take work. Errors: NeedsAgent for a token of nobody."""
    agent_id = personal.agent_of(tx)
    found = await repository.lock(tx, agent_id)
    await _change(tx, agent_id, old=found[0] if found else "offline", new=state, automatic=False)
    if state == "online":
        await _watch(tx, agent_id, due=tx.now + GRACE)
    else:
        await timers.cancel(tx, kind=AWAY_JOB, key=str(agent_id))
    current = await repository.presence(tx, agent_id)
    if current is None:
        raise errors.NotFound
    return current


async def seen(tx: Tx, agent_id: int) -> None:
    """A connection of this agent is alive: on connecting and each :data:`HEARTBEAT`.

    Who was never here before comes online; who was set away by us comes back.
    """
    found = await repository.lock(tx, agent_id)
    state, automatic = (found[0], found[1]) if found else ("offline", True)
    if state != "online" and automatic:
        await _change(tx, agent_id, old=state, new="online", automatic=False)
        state = "online"
    else:
        await repository.touch(tx, agent_id)
    if state == "online":
        await _watch(tx, agent_id, due=tx.now + GRACE)


async def lapse(tx: Tx, agent_id: int) -> None:
    """The timer behind the last sign of life: away, unless there was one since."""
    found = await repository.lock(tx, agent_id)
    if found is None or found[0] != "online":
        return
    due = found[2] + GRACE
    if due > tx.now:
        await _watch(tx, agent_id, due=due)
    else:
        await _change(tx, agent_id, old="online", new="away", automatic=True)


async def everybody(tx: Tx) -> list[Presence]:
    """State, capacity and load of all active agents."""
    permissions.require_staff(tx.actor)
    return await repository.presences(tx)


async def of(tx: Tx, agent_id: int) -> IdentityPresence:
    """For ``Me``: the presence of one agent."""
    found = await repository.presence(tx, agent_id)
    if found is None:
        return IdentityPresence(state="offline", capacity=0, load=0)
    return IdentityPresence(state=found.state, capacity=found.capacity, load=found.load)


async def states(tx: Tx) -> dict[int, State]:
    """For the directory: everybody's state."""
    rows = await tx.db.fetch(
        "SELECT agent_id, state FROM agent_presence WHERE workspace_id = $1", tx.workspace_id
    )
    return {row["agent_id"]: row["state"] for row in rows}


async def last_seen(tx: Tx) -> dict[int, datetime]:
    """For the directory: the last sign of life of everybody's pages."""
    rows = await tx.db.fetch(
        "SELECT agent_id, last_seen_at FROM agent_presence WHERE workspace_id = $1",
        tx.workspace_id,
    )
    return {row["agent_id"]: row["last_seen_at"] for row in rows}


registry.provide_presence(registry.PresenceProvider(of=of, states=states, seen=last_seen))
