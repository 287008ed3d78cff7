"""Runs: asked for in a transaction, measured by a job, compared with what was before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from yizhan.domains.lab import errors, events, grading
from yizhan.domains.lab.repository import runs, sets
from yizhan.domains.lab.service import access
from yizhan.domains.lab.types import CONCERNED, Asked, Cause, Outcome, Run, Said, Set
from yizhan.domains.understanding.service import measuring
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

JOB: Final = "lab.run"
OPEN: Final = frozenset({"waiting", "running"})


async def start(
    tx: Tx, set_id: int, *, version_id: int | None = None, cause: Cause = "button"
) -> Run:
    """Measure a set, also with a version that is not in use. Errors: SetNotFound, SetEmpty, VersionUnfit."""
    row = await access.golden_set(tx, set_id, lock=True)
    if not (await sets.counts(tx)).get(set_id, (0, 0))[0]:
        raise errors.SetEmpty
    if version_id is not None:
        version = await measuring.usable(tx, version_id)
        if version is None or row.kind not in CONCERNED.get(version.head, ()):
            raise errors.VersionUnfit
    made = await add(tx, row, cause=cause, version_id=version_id)
    tx.defer(JOB, key=f"{JOB}:{made.id}", run_id=made.id)
    return made


async def add(
    tx: Tx,
    row: Set,
    *,
    cause: Cause,
    version_id: int | None = None,
    change_id: int | None = None,
) -> Run:
    """A run that waits. The caller holds the set."""
    made = Run(
        id=tx.new_id(),
        set_id=row.id,
        number=await runs.next_number(tx, row.id),
        cause=cause,
        state="waiting",
        reason="",
        change_id=change_id,
        version_id=version_id,
        base_id=None,
        snapshot="",
        fingerprint="",
        measured={},
        done=0,
        total=0,
        report={},
        started_by=tx.actor.stamp(),
        created_at=tx.now,
        finished_at=None,
    )
    await runs.add(tx, made)
    return made


async def add_base(tx: Tx, row: Set, *, snapshot: str, total: int) -> Run:
    """A run of what is in use now, with the cases of another. The caller holds the set."""
    made = await add(tx, row, cause="base")
    values: dict[str, Any] = {"state": "running", "snapshot": snapshot, "total": total}
    await runs.change(tx, made.id, **values)
    return msgspec.structs.replace(made, **values)


async def get(tx: Tx, run_id: int) -> Run:
    """Errors: RunNotFound."""
    access.require(tx)
    found = await runs.get(tx, run_id)
    if found is None:
        raise errors.RunNotFound
    return found


async def listed(tx: Tx, set_id: int) -> list[Run]:
    """The newest sixty. Errors: SetNotFound."""
    await access.golden_set(tx, set_id)
    return await runs.of_set(tx, set_id)


async def cancel(tx: Tx, run_id: int) -> Run:
    """A run of a change is taken back with the change. Errors: RunNotFound, RunOver."""
    access.require(tx)
    row = await runs.get(tx, run_id, lock=True)
    if row is None:
        raise errors.RunNotFound
    if row.state not in OPEN or row.change_id is not None:
        raise errors.RunOver
    return await end(tx, row, state="cancelled", reason="cancelled")


async def outcomes(
    tx: Tx, run_id: int, *, which: runs.Which, limit: int | None, cursor: str | None
) -> pagination.Page[tuple[Outcome, Asked]]:
    """With the cases as they were then. Errors: RunNotFound."""
    row = await get(tx, run_id)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    found = await runs.outcomes(
        tx, run_id, which=which, after=key[0] if key else None, limit=size + 1
    )
    page = pagination.page(found, size, lambda one: (one.case_id,))
    return pagination.Page(await with_cases(tx, row, page.items), page.next_cursor)


async def with_cases(tx: Tx, row: Run, found: Sequence[Outcome]) -> list[tuple[Outcome, Asked]]:
    asked = {one.id: one for one in await sets.frozen(tx, row.set_id, row.snapshot)}
    return [(one, asked[one.case_id]) for one in found if one.case_id in asked]


# ------------------------------------------------------------------------------------- the worker


async def begin(tx: Tx, run_id: int) -> tuple[Run, Set, list[Asked]] | None:
    """Freeze the cases. None when there is nothing to do any more."""
    row = await runs.get(tx, run_id, lock=True)
    golden = None if row is None else await sets.get(tx, row.set_id)
    if row is None or golden is None or row.state not in OPEN:
        return None
    snapshot, asked = await sets.freeze(tx, golden)
    values: dict[str, Any] = {"state": "running", "snapshot": snapshot, "total": len(asked)}
    await runs.change(tx, run_id, **values, done=0)
    return msgspec.structs.replace(row, **values, done=0), golden, asked


async def progress(tx: Tx, run_id: int, *, done: int) -> bool:
    """Note how far it is. False when it was cancelled meanwhile."""
    row = await runs.get(tx, run_id, lock=True)
    if row is None or row.state != "running":
        return False
    await runs.change(tx, run_id, done=done)
    return True


async def finish(
    tx: Tx,
    run: Run,
    *,
    golden: Set,
    asked: Sequence[Asked],
    said: Sequence[Said],
    base: Run | None,
) -> Run | None:
    """Keep what was said, beside what the base said. None when it was cancelled meanwhile."""
    row = await runs.get(tx, run.id, lock=True)
    if row is None or row.state != "running":
        return None
    by_case = {case.id: one for case, one in zip(asked, said, strict=True)}
    before = {} if base is None else await _before(tx, base, asked)
    compared = grading.compared(by_case, before, tolerance=golden.tolerance)
    rows = [
        Outcome(
            case_id=case,
            said=list(one.answer),
            confidence=one.confidence,
            worth=one.worth,
            learned=one.learned,
            was=list(before[case].answer) if case in before else None,
            was_worth=before[case].worth if case in before else None,
            turned=compared.turned.get(case),
        )
        for case, one in by_case.items()
    ]
    await runs.keep(tx, run.id, rows)
    report = grading.figures(asked, said)
    if base is not None:
        report["comparison"] = {**compared.report, "against": base.number}
    return await end(
        tx,
        row,
        state="done",
        reason="",
        report=report,
        base_id=None if base is None else base.id,
        fingerprint=run.fingerprint,
        measured=run.measured,
        done=len(asked),
    )


async def _before(tx: Tx, base: Run, asked: Sequence[Asked]) -> dict[int, Said]:
    """What the base said of the same cases; one that was corrected since is another case."""
    known = {one.id: one for one in await sets.frozen(tx, base.set_id, base.snapshot)}
    said = await runs.said(tx, base.id)
    return {
        case.id: said[case.id]
        for case in asked
        if case.id in said
        and case.id in known
        and (known[case.id].text, known[case.id].expected) == (case.text, case.expected)
    }


async def fail(tx: Tx, run_id: int, *, reason: str) -> None:
    """It could not be measured."""
    row = await runs.get(tx, run_id, lock=True)
    if row is not None and row.state in OPEN:
        await end(tx, row, state="failed", reason=reason)


async def end(tx: Tx, row: Run, *, state: str, reason: str, **values: Any) -> Run:
    """A run is over."""
    values |= {"state": state, "reason": reason, "finished_at": tx.now}
    await runs.change(tx, row.id, **values)
    new = msgspec.structs.replace(row, **values)
    if new.cause != "base":
        compared = new.report.get("comparison") or {}
        told = await _told(tx, new) if grading.is_alarming(new.report) else {}
        tx.emit(
            events.LabRunEnded(
                run_id=row.id,
                golden_set_id=row.set_id,
                number=row.number,
                state=state,
                cause=row.cause,
                verdict=compared.get("verdict", "nothing"),
                broke=compared.get("broke", 0),
                mended=compared.get("mended", 0),
                **told,
            )
        )
    return new


async def _told(tx: Tx, row: Run) -> dict[str, Any]:
    """Whoever waits for a run looks at it; of one by night somebody has to be told."""
    golden = await sets.get(tx, row.set_id)
    if row.cause != "nightly" or golden is None:
        return {}
    value = row.report["comparison"]["difference"]["value"]
    return {"agent_ids": await access.keepers(tx), "text": f"{golden.name} {value:+.1%}"}
