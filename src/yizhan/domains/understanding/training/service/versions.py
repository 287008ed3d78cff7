"""Versions: seen, taken into use, taken back. What decides about it by itself is pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.identity import permissions
from yizhan.domains.understanding.training import errors, events, repository
from yizhan.domains.understanding.training.types import Head, Settings, Version
from yizhan.kernel import guards
from yizhan.kernel.tx import Tx

PERMISSION = "learning:manage"


def may_read(tx: Tx) -> None:
    """Figures, no customer's words: for who reads reports or looks after learning. Errors: Forbidden."""
    if not permissions.can(tx.actor, PERMISSION):
        permissions.require(tx.actor, "report:read")


async def listed(tx: Tx, *, head: Head | None = None) -> list[Version]:
    """Newest first."""
    may_read(tx)
    return await repository.versions(tx, head=head)


async def get(tx: Tx, version_id: int) -> Version:
    """Errors: VersionNotFound."""
    may_read(tx)
    found = await repository.version(tx, version_id)
    if found is None:
        raise errors.VersionNotFound
    return found


async def waiting(tx: Tx, rows: Sequence[Version]) -> dict[int, guards.HeldChange]:
    """Which of some versions wait for a check, or were found worse by it."""
    found = await guards.waiting(tx, "model", {row.head for row in rows})
    return {int(one.variant): one for one in found.values()}


def verdict(report: dict[str, Any], settings: Settings) -> tuple[bool, str]:
    """Whether a new version comes into use by itself, and why or why not."""
    compared = report["comparison"]
    more = compared["difference"]
    if not compared["enough"]:
        return False, "too_few_to_compare"
    if more["low"] > 0:
        better = (
            "better"
            if compared["against"].startswith("version:")
            else f"better_than_{compared['against']}"
        )
        return (True, better) if settings.promote else (False, "waits")
    if more["high"] < 0:
        return False, "worse"
    return False, "not_better" if more["value"] <= 0 else "perhaps_better"


async def promote(tx: Tx, version_id: int) -> Version:
    """Take a version into use, also an earlier one again, unless a guard holds it.

    Errors: VersionNotFound, NotUsable.
    """
    row = await _usable(tx, version_id)
    if row.state == "in_use" or await held(tx, row, by_itself=False):
        return row
    return await put_into_use(tx, row, reason="by_hand", by_itself=False)


async def promote_checked(tx: Tx, version_id: int, *, by_itself: bool) -> Version:
    """The same for what the guard that held it lets pass."""
    row = await _usable(tx, version_id)
    reason = row.reason if by_itself else "by_hand"
    if row.state == "in_use":
        return row
    return await put_into_use(tx, row, reason=reason, by_itself=by_itself)


async def held(tx: Tx, row: Version, *, by_itself: bool) -> bool:
    """Whether a version has to wait for a check."""
    change = guards.Change(
        kind="model",
        subject=row.head,
        variant=str(row.id),
        title=str(row.number),
        detail={"by_itself": by_itself},
    )
    return await guards.hold(tx, change)


async def _usable(tx: Tx, version_id: int) -> Version:
    """Held for a decision about its head. Errors: VersionNotFound, NotUsable."""
    permissions.require(tx.actor, PERMISSION)
    row = await get(tx, version_id)
    await repository.hold(tx, row.head)
    row = await get(tx, version_id)
    if row.state not in ("in_use", "candidate", "retired") or row.sha256 is None:
        raise errors.NotUsable
    return row


async def put_into_use(tx: Tx, row: Version, *, reason: str, by_itself: bool) -> Version:
    """The caller holds the head."""
    await guards.overtake(tx, "model", row.head)
    current = await repository.in_state(tx, row.head, state="in_use")
    if current is not None:
        await repository.change(tx, current.id, state="retired")
    await repository.change(tx, row.id, state="in_use", reason=reason, promoted_at=tx.now)
    tx.emit(
        events.ModelPromoted(
            model_id=row.id,
            head=row.head,
            number=row.number,
            before=None if current is None else current.id,
            by_itself=by_itself,
        )
    )
    return await get(tx, row.id)


async def roll_back(tx: Tx, head: Head) -> Version | None:
    """What was in use before is again; without one, what came with the program. Errors: NothingBefore."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, head)
    await guards.overtake(tx, "model", head)
    current = await repository.in_state(tx, head, state="in_use")
    if current is None:
        raise errors.NothingBefore
    earlier = await repository.before(tx, current)
    if earlier is not None:
        # It steps back behind the one that it brings back, or the next roll back would return it.
        await repository.change(tx, current.id, state="retired", promoted_at=None)
        return await put_into_use(tx, earlier, reason="rolled_back", by_itself=False)
    await repository.change(tx, current.id, state="retired", reason="withdrawn", promoted_at=None)
    tx.emit(events.ModelWithdrawn(model_id=current.id, head=head, number=current.number))
    return None


async def cancel(tx: Tx, version_id: int) -> Version:
    """Errors: VersionNotFound, TrainingOver."""
    permissions.require(tx.actor, PERMISSION)
    row = await repository.version(tx, version_id, lock=True)
    if row is None:
        raise errors.VersionNotFound
    if row.state != "training":
        raise errors.TrainingOver
    return await end(tx, row, state="cancelled", reason="cancelled")


async def end(tx: Tx, row: Version, *, state: str, reason: str, **values: Any) -> Version:
    """A training is over."""
    await repository.change(
        tx, row.id, state=state, reason=reason, stage="done", finished_at=tx.now, **values
    )
    tx.emit(
        events.TrainingEnded(
            model_id=row.id, head=row.head, number=row.number, state=state, reason=reason
        )
    )
    return await get(tx, row.id)
