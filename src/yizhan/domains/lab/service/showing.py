"""What people see: sets with their last runs, outcomes with names of articles, changes with what broke."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge.service import measuring
from yizhan.domains.lab import schemas
from yizhan.domains.lab.repository import changes, runs, sets
from yizhan.domains.lab.service import access
from yizhan.domains.lab.service import cases as listing
from yizhan.domains.lab.service import changes as guarding
from yizhan.domains.lab.service import runs as running
from yizhan.domains.lab.types import Set
from yizhan.kernel.tx import Tx

_SHOWN: Final = 50
_MOST_OPEN: Final = 200


async def overview(tx: Tx) -> schemas.GoldenSets:
    """All sets."""
    access.require(tx)
    counts = await sets.counts(tx)
    last = await runs.latest(tx)
    waiting = await changes.listed(tx, only_open=True, limit=_MOST_OPEN)
    items = [
        schemas.set_out(row, counts=counts.get(row.id, (0, 0)), last=last.get(row.id))
        for row in await sets.sets(tx)
    ]
    return schemas.GoldenSets(items, len(waiting))


async def one_set(tx: Tx, row: Set) -> schemas.GoldenSet:
    counts = (await sets.counts(tx)).get(row.id, (0, 0))
    return schemas.set_out(row, counts=counts, last=(await runs.latest(tx)).get(row.id))


async def cases(
    tx: Tx, set_id: int, *, active: bool | None, q: str, limit: int | None, cursor: str | None
) -> schemas.GoldenCases:
    """Errors: SetNotFound."""
    page = await listing.listed(tx, set_id, active=active, q=q, limit=limit, cursor=cursor)
    items = [schemas.case_out(row) for row in page.items]
    articles = await _titles(tx, [name for one in items for name in one.expected])
    return schemas.GoldenCases(items=items, articles=articles, next_cursor=page.next_cursor)


async def outcomes(
    tx: Tx, run_id: int, *, which: runs.Which, limit: int | None, cursor: str | None
) -> schemas.LabOutcomes:
    """Errors: RunNotFound."""
    page = await running.outcomes(tx, run_id, which=which, limit=limit, cursor=cursor)
    items = [schemas.outcome_out(one, case) for one, case in page.items]
    return schemas.LabOutcomes(
        items=items, articles=await titles(tx, items), next_cursor=page.next_cursor
    )


async def titles(tx: Tx, items: Sequence[schemas.LabOutcome]) -> dict[str, str]:
    """Of the articles that outcomes name; labels are their own names."""
    named = [name for one in items for name in (*one.expected, *one.said, *(one.was or ()))]
    return await _titles(tx, named)


async def _titles(tx: Tx, names: Sequence[str]) -> dict[str, str]:
    named = {int(name) for name in names if name.isascii() and name.isdigit() and len(name) < 20}
    found = await measuring.published(tx, sorted(named))
    return {str(article): title for article, title in found.items()}


async def change(tx: Tx, change_id: int) -> schemas.LabChangeDetail:
    """With its runs and the first cases that it broke. Errors: ChangeNotFound, Forbidden."""
    row = await guarding.get(tx, change_id)
    names = {one.id: one.name for one in await sets.sets(tx)}
    broken = []
    for run in await runs.of_change(tx, change_id):
        found = await runs.outcomes(tx, run.id, which="broke", limit=_SHOWN)
        broken.append(
            schemas.LabBroken(
                set_id=str(run.set_id),
                set_name=names.get(run.set_id, ""),
                run=schemas.run_out(run),
                items=[
                    schemas.outcome_out(one, case)
                    for one, case in await running.with_cases(tx, run, found)
                ],
            )
        )
    return schemas.LabChangeDetail(
        change=schemas.change_out(row),
        sets=broken,
        articles=await titles(tx, [one for part in broken for one in part.items]),
        may_override=permissions.can(tx.actor, access.PERMISSION),
    )
