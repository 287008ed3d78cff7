"""After a restore nothing goes out by itself until somebody says so.

What waited when the backup was made was perhaps sent since by the desk that is gone. So it is held; so is
what the desk writes of its own accord, because alarms that were due meanwhile ring late. What people write
now goes out at once. Each domain that sends keeps its own (:class:`Keeper`); jobs are kept here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final, Literal

import msgspec

from yizhan.kernel import ids
from yizhan.kernel.tx import Tx

State = Literal["hold", "send", "discard"]
Decision = Literal["send", "discard"]
Kind = Literal["messages", "webhooks", "others"]
REASON = "restored"  # why something was not sent

_OF = "SELECT at, state FROM restored WHERE workspace_id = $1"
_SET = """
INSERT INTO restored (workspace_id, at, state) SELECT workspace_id, now(), 'hold' FROM workspace
ON CONFLICT (workspace_id) DO UPDATE SET at = excluded.at, state = 'hold', decided_at = NULL, decided_by = NULL
"""
_WAITING = """
SELECT (SELECT count(*) FROM delivery WHERE state IN ('queued', 'sending', 'held')) AS messages,
       (SELECT count(*) FROM webhook_delivery WHERE state IN ('pending', 'held')) AS webhooks
"""


class Hold(msgspec.Struct, frozen=True):
    """When a workspace was restored, and what is done with what is older."""

    at: datetime
    state: State

    def covers(self, moment: datetime) -> bool:
        """Whether something of a moment does not go out."""
        return self.state != "send" and moment <= self.at

    def covers_id(self, number: int) -> bool:
        """The same of an event, a message: ids grow with time."""
        return self.state != "send" and number < ids.first_at(int(self.at.timestamp() * 1000) + 1)


class Count(msgspec.Struct, frozen=True):
    """How many are held, and since when the oldest waits."""

    count: int
    oldest: datetime | None = None


class Keeper(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds one kind. ``release`` and ``discard`` take up to so many and say how many they took;
    both may be called again and again."""

    kind: Kind
    count: Callable[[Tx, Hold | None], Awaitable[Count]]
    release: Callable[[Tx, int], Awaitable[int]]
    discard: Callable[[Tx, Hold, int], Awaitable[int]]


_keepers: Final[dict[Kind, Keeper]] = {}


def provide(keeper: Keeper) -> None:
    """Register who holds a kind."""
    _keepers[keeper.kind] = keeper


def keepers() -> list[Keeper]:
    """All, by name."""
    return [_keepers[kind] for kind in sorted(_keepers)]


async def of(tx: Tx) -> Hold | None:
    """What holds for a workspace; None where nothing was ever restored."""
    return await tx.db.fetchrow_as(Hold, _OF, tx.workspace_id)


async def begin(connection: Any) -> dict[str, int]:
    """From now on, in every workspace. For the owner of the database. Returns what waits."""
    await connection.execute(_SET)
    return dict(await connection.fetchrow(_WAITING))


async def decide(tx: Tx, decision: Decision) -> None:
    """What becomes of all that is held. Also where nothing was restored but something is held, because
    the backup was of a place that held it."""
    await tx.db.execute(
        "INSERT INTO restored (workspace_id, at, state, decided_at, decided_by)"
        " VALUES ($1, 'epoch', $2, $3, $4) ON CONFLICT (workspace_id) DO UPDATE"
        " SET state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by",
        tx.workspace_id,
        decision,
        tx.now,
        tx.actor.stamp(),
    )


# ----------------------------------------------------------------------------------------- jobs


async def put_aside(tx: Tx, name: str, *, payload: dict[str, Any], queued_at: datetime) -> bool:
    """Whether a job that would go out does not run now: it is kept, or was decided against."""
    hold = await of(tx)
    if hold is None or not hold.covers(queued_at):
        return False
    if hold.state == "hold":
        await tx.db.execute(
            "INSERT INTO held_job (workspace_id, id, name, payload, queued_at) VALUES ($1, $2, $3, $4, $5)",
            *(tx.workspace_id, tx.new_id(), name, payload, queued_at),
        )
    return True


async def _count(tx: Tx, _hold: Hold | None) -> Count:
    (found,) = await tx.db.fetch_as(
        Count,
        "SELECT count(*) AS count, min(queued_at) AS oldest FROM held_job WHERE workspace_id = $1",
        tx.workspace_id,
    )
    return found


async def _take(tx: Tx, most: int) -> list[Any]:
    return await tx.db.fetch(
        "DELETE FROM held_job WHERE workspace_id = $1 AND id IN (SELECT id FROM held_job"
        " WHERE workspace_id = $1 ORDER BY id LIMIT $2) RETURNING name, payload",
        tx.workspace_id,
        most,
    )


async def _release(tx: Tx, most: int) -> int:
    rows = await _take(tx, most)
    for row in rows:
        payload = {name: value for name, value in row["payload"].items() if name != "workspace_id"}
        tx.defer(row["name"], **payload)
    return len(rows)


async def _discard(tx: Tx, _hold: Hold, most: int) -> int:
    return len(await _take(tx, most))


provide(Keeper(kind="others", count=_count, release=_release, discard=_discard))
