"""Versions: seen, taken into use, taken back. What decides about it by itself is pure."""

from __future__ import annotations

from typing import Any

from yizhan.domains.identity import permissions
from yizhan.domains.understanding.training import errors, events, repository
from yizhan.domains.understanding.training.types import Head, Settings, Version
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
    """Take a version into use, also an earlier one again. Errors: VersionNotFound, NotUsable."""
    permissions.require(tx.actor, PERMISSION)
    row = await get(tx, version_id)
    await repository.hold(tx, row.head)
    row = await get(tx, version_id)
    if row.state == "in_use":
        return row
    if row.state not in ("candidate", "retired") or row.sha256 is None:
        raise errors.NotUsable
    return await put_into_use(tx, row, reason="by_hand", by_itself=False)


async def put_into_use(tx: Tx, row: Version, *, reason: str, by_itself: bool) -> Version:
    """The caller holds the head."""
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
