"""The guard: changes wait for runs of the sets that they concern, and are then made or held back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import msgspec

from yizhan.domains.copilot.service import setup as servers
from yizhan.domains.copilot.skills import repository as skill_rows
from yizhan.domains.copilot.skills import service as skills
from yizhan.domains.copilot.skills.service import settings as skill_settings
from yizhan.domains.copilot.skills.types import Deciding
from yizhan.domains.knowledge.service import questions, writing
from yizhan.domains.lab import errors, events
from yizhan.domains.lab.repository import changes, runs, sets
from yizhan.domains.lab.service import access
from yizhan.domains.lab.service import runs as running
from yizhan.domains.lab.types import CONCERNED, Change, ChangeState, Kind, Run, Set
from yizhan.domains.understanding.service import settings
from yizhan.domains.understanding.training.service import versions
from yizhan.domains.understanding.types import HeadSettings, Judged
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import guards, pagination
from yizhan.kernel.tx import Tx

JOB: Final = "lab.check"
_OPEN: Final = frozenset({"checking", "blocked"})


def kinds_of(kind: guards.Kind, subject: str) -> tuple[Kind, ...]:
    """Which sets a change concerns. Pure."""
    if kind in ("article", "questions"):
        return ("retrieval",)
    if kind in ("skill", "server"):
        return ("skill",)
    if kind == "threshold":  # each head has its own
        return tuple(one for one in CONCERNED.get(subject, ()) if one == subject)
    return CONCERNED.get(subject, ())


async def _guarding(tx: Tx, kind: guards.Kind, subject: str) -> list[Set]:
    """The sets that a change waits for."""
    kinds = kinds_of(kind, subject)
    found = await sets.guarding(tx, kinds) if kinds else []
    if kind == "skill":
        return [row for row in found if row.filters.skill == subject]
    if kind == "server":
        asking = {one.skill for one in (await skill_rows.settings(tx)).values() if one.asks_model}
        asking |= {one.id for one in skills.asked() if one.manifest.may_ask_model}
        return [row for row in found if row.filters.skill in asking]
    return found


class Guard:
    """What the domains below ask, see :mod:`yizhan.kernel.guards`."""

    async def hold(self, tx: Tx, change: guards.Change) -> bool:
        """Without a set that guards it a change is made at once. The same change twice is held once."""
        if not await _guarding(tx, change.kind, change.subject):
            return False
        await changes.hold(tx, change.kind, change.subject)
        for old in await changes.waiting(tx, change.kind, [change.subject]):
            same = (old.variant, old.detail) == (change.variant, change.detail)
            if same and old.state == "checking":
                return True
            await settle(tx, old, state="withdrawn", reason="superseded")
        row = Change(
            id=tx.new_id(),
            kind=change.kind,
            subject=change.subject,
            variant=change.variant,
            title=change.title,
            detail=change.detail,
            state="checking",
            reason="",
            asked_by=tx.actor.stamp(),
            settled_by=None,
            created_at=tx.now,
            settled_at=None,
        )
        await changes.add(tx, row)
        for one in await _guarding(tx, change.kind, change.subject):
            if await sets.get(tx, one.id, lock=True) is not None:
                await running.add(tx, one, cause="change", change_id=row.id)
        tx.defer(JOB, key=f"{JOB}:{row.id}", change_id=row.id)
        tx.emit(events.ChangeHeld(**_said(row)))
        return True

    async def waiting(
        self, tx: Tx, kind: guards.Kind, subjects: Collection[str]
    ) -> dict[str, guards.HeldChange]:
        return {
            row.subject: guards.HeldChange(
                id=str(row.id),
                kind=row.kind,
                state="blocked" if row.state == "blocked" else "checking",
                variant=row.variant,
            )
            for row in await changes.waiting(tx, kind, subjects)
        }

    async def overtake(self, tx: Tx, kind: guards.Kind, subject: str) -> None:
        for row in await changes.waiting(tx, kind, [subject]):
            await settle(tx, row, state="withdrawn", reason="overtaken")


def _said(row: Change) -> dict[str, Any]:
    return {
        "change_id": row.id,
        "kind": row.kind,
        "subject": row.subject,
        "variant": row.variant,
        "title": row.title,
    }


# ------------------------------------------------------------------------------------- for people


async def get(tx: Tx, change_id: int) -> Change:
    """Errors: ChangeNotFound, Forbidden."""
    found = await changes.get(tx, change_id)
    if found is None:
        raise errors.ChangeNotFound
    access.may_see(tx, found)
    return found


async def listed(
    tx: Tx, *, only_open: bool, limit: int | None, cursor: str | None
) -> pagination.Page[Change]:
    """The newest first."""
    access.require(tx)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await changes.listed(
        tx, only_open=only_open, before=key[0] if key else None, limit=size + 1
    )
    return pagination.page(rows, size, lambda row: (row.id,))


async def override(tx: Tx, change_id: int, *, reason: str) -> Change:
    """Make a change although it is worse, or unchecked. Errors: ChangeNotFound, ChangeOver, Forbidden."""
    row = await _open(tx, change_id)
    access.require(tx)
    row = await settle(tx, row, state="overridden", reason=reason.strip())
    await make(tx, row)
    return row


async def withdraw(tx: Tx, change_id: int) -> Change:
    """It is not wanted any more. Errors: ChangeNotFound, ChangeOver, Forbidden."""
    row = await _open(tx, change_id)
    access.may_decide(tx, row)
    return await settle(tx, row, state="withdrawn", reason="taken_back")


async def _open(tx: Tx, change_id: int) -> Change:
    row = await changes.get(tx, change_id, lock=True)
    if row is None:
        raise errors.ChangeNotFound
    access.may_see(tx, row)
    if row.state not in _OPEN:
        raise errors.ChangeOver
    return row


async def settle(tx: Tx, row: Change, *, state: ChangeState, reason: str) -> Change:
    """It is decided; runs that were still to be measured for it are not."""
    values = {
        "state": state,
        "reason": reason,
        "settled_by": tx.actor.stamp(),
        "settled_at": tx.now,
    }
    await changes.change(tx, row.id, **values)
    for run in await runs.of_change(tx, row.id):
        if run.state in running.OPEN:
            await running.end(tx, run, state="cancelled", reason=state)
    tx.emit(events.ChangeSettled(**_said(row), state=state, reason=reason))
    return msgspec.structs.replace(row, **values)


async def make(tx: Tx, row: Change) -> None:
    """Make a change that was let pass, through the domain that it belongs to."""
    detail = row.detail
    if row.kind == "model":
        await versions.promote_checked(
            tx, int(row.variant), by_itself=bool(detail.get("by_itself"))
        )
    elif row.kind == "skill":
        await skill_settings.put_checked(tx, row.subject, msgspec.convert(detail, Deciding))
    elif row.kind == "server":
        await servers.put_checked(tx, servers.wanted(detail))
    elif row.kind == "threshold":
        wanted = HeadSettings(on=detail["on"], threshold=detail["threshold"])
        await settings.set_checked(tx, msgspec.convert(row.subject, Judged), wanted)
    elif row.kind == "article":
        await writing.publish_checked(
            tx, detail["article_id"], locale=detail["locale"], number=detail["version"]
        )
    else:
        await questions.change_checked(
            tx, detail["article_id"], locale=detail["locale"], questions=detail["questions"]
        )


# ------------------------------------------------------------------------------------- the worker


async def again(tx: Tx, row: Change) -> None:
    """What it was measured beside is in use no longer: measure it once more, beside what is now."""
    for run in await runs.of_change(tx, row.id):
        golden = await sets.get(tx, run.set_id)
        if golden is not None:
            await running.add(tx, golden, cause="change", change_id=row.id)
    tx.defer(JOB, key=f"{JOB}:{row.id}:{tx.new_id()}", change_id=row.id)


async def decide(tx: Tx, change_id: int) -> Change | None:
    """All its runs are over: make it or hold it back. None when that was decided meanwhile."""
    row = await changes.get(tx, change_id, lock=True)
    if row is None or row.state != "checking":
        return None
    measured = await runs.of_change(tx, change_id)
    if any(run.state in running.OPEN for run in measured):
        return None
    if any(run.state != "done" for run in measured):
        return await settle(tx, row, state="blocked", reason="not_measured")
    if any(is_worse(run) for run in measured):
        return await settle(tx, row, state="blocked", reason="worse")
    passed = await settle(tx, row, state="passed", reason="")
    try:
        async with tx.attempt():
            await make(tx, passed)
    except kernel_errors.YizhanError as error:
        # What it was about is gone or was changed so that this makes no sense any more.
        return await settle(tx, passed, state="failed", reason=error.code)
    return passed


def is_worse(run: Run) -> bool:
    """Beyond what its set tolerates. Pure."""
    return bool((run.report.get("comparison") or {}).get("verdict") == "worse")
