"""Golden sets: made, changed, removed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.identity.service import brands, changing
from yizhan.domains.lab import errors, events, schemas
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import access, cases, skilled
from yizhan.domains.lab.types import Gathering, GoldenFilters, Set
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

TIMER: Final = "lab"
NIGHTLY: Final = "lab.nightly"
_HOUR: Final = 3
_FIELDS = ("name", "filters", "tolerance", "guards", "nightly")


async def create(tx: Tx, data: schemas.GoldenSetIn) -> Set:
    """A set of a skill has the skill's own cases. Errors: NotFound for the brand, SetUnfit, UnknownSkill."""
    access.require(tx)
    row = Set(
        id=tx.new_id(),
        name=data.name.strip(),
        kind=data.kind,
        filters=data.filters,
        tolerance=data.tolerance,
        guards=data.guards,
        nightly=data.nightly,
        gathering=Gathering(),
        created_at=tx.now,
        updated_at=tx.now,
    )
    await _check(tx, row, row.filters)
    await sets.add(tx, row)
    if row.kind == "skill":
        await cases.take(tx, row, skilled.own(row), source="import")
    changes = changing.differences(None, row, "kind", *_FIELDS)
    tx.emit(events.GoldenSetChanged(golden_set_id=row.id, changes=changing.said(changes)))
    await tonight(tx)
    return row


async def change(tx: Tx, set_id: int, *, data: schemas.GoldenSetChange) -> Set:
    """Absent fields stay. Errors: SetNotFound, NotFound for the brand."""
    old = await access.golden_set(tx, set_id, lock=True)
    values: dict[str, Any] = {
        name: given for name in _FIELDS if (given := getattr(data, name)) is not msgspec.UNSET
    }
    if "name" in values:
        values["name"] = values["name"].strip()
    new = msgspec.structs.replace(old, **values)
    changes = changing.differences(old, new, *_FIELDS)
    if not changes:
        return old
    await _check(tx, old, new.filters)
    await sets.change(tx, set_id, **{name: getattr(new, name) for name in changes})
    tx.emit(events.GoldenSetChanged(golden_set_id=set_id, changes=changing.said(changes)))
    await tonight(tx)
    return new


async def remove(tx: Tx, set_id: int) -> None:
    """With its cases and runs; from then on they may be learned from. Errors: SetNotFound."""
    row = await access.golden_set(tx, set_id, lock=True)
    await sets.remove(tx, set_id)
    tx.emit(events.GoldenSetChanged(golden_set_id=set_id, changes={"name": [row.name, None]}))


async def _check(tx: Tx, row: Set, filters: GoldenFilters) -> None:
    if row.kind == "skill":
        skilled.of_set(row)
    if (row.kind == "skill") != (filters.skill is not None) or filters.skill != row.filters.skill:
        raise errors.SetUnfit("A set is of the skill that it was made for.")
    if filters.brand_id is not None:
        await brands.get(tx, int(filters.brand_id))


async def tonight(tx: Tx) -> None:
    """Measure again in the small hours of the workspace, if a set wants that."""
    if not any(row.nightly for row in await sets.sets(tx)):
        await timers.cancel(tx, kind=TIMER, key="nightly")
        return
    zone = await tx.db.fetchval(
        "SELECT time_zone FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    due = next_night(tx.now, zone=zone or "UTC")
    await timers.schedule(tx, kind=TIMER, key="nightly", due=due, job=NIGHTLY)


def next_night(now: datetime, *, zone: str) -> datetime:
    """Three in the morning there, today or tomorrow. Pure."""
    local = now.astimezone(ZoneInfo(zone))
    due = local.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return due if due > local else due + timedelta(days=1)
