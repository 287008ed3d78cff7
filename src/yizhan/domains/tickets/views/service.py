"""Making, sharing and finding views."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.tickets import errors, filters, orders
from yizhan.domains.tickets.views import builtin, events, repository, schemas
from yizhan.domains.tickets.views.types import View
from yizhan.kernel.tx import Tx

MOST_VIEWS = 200


async def get(tx: Tx, view_id: int, *, lock: bool = False) -> View:
    """A view that the actor may see. Errors: ViewNotFound."""
    found = await repository.view(tx, view_id, lock=lock)
    if found is None or not found.is_visible(tx.actor):
        raise errors.ViewNotFound
    return found


def may_change(tx: Tx, view: View) -> bool:
    """One's own; and what is shared with oneself, for those who share views."""
    return view.is_of(tx.actor) or permissions.can(tx.actor, "view:share")


async def checked(tx: Tx, raw: dict[str, Any]) -> filters.Condition:
    """A condition that can be asked. Errors: ConditionInvalid."""
    condition = filters.parse(raw)
    known = await filters.known(tx, filters.fields_of(condition))
    filters.clause(condition, known, who=filters.reader(tx), first=1)
    return condition


async def create(tx: Tx, data: schemas.ViewIn) -> View:
    """Keep a view. Errors: ConditionInvalid, UnknownValue, Forbidden, TooManyViews."""
    permissions.require(tx.actor, "ticket:read")
    await checked(tx, data.condition)
    orders.way(data.sort, group=data.group_by)
    if await repository.count_of(tx, tx.actor.agent_id) >= MOST_VIEWS:
        raise errors.TooManyViews
    view_id = tx.new_id()
    values = {
        "id": view_id,
        "name": data.name.strip(),
        "icon": data.icon,
        "condition": data.condition,
        "columns": list(dict.fromkeys(data.columns)),
        "sort": data.sort,
        "group_by": data.group_by,
        "owner_id": tx.actor.agent_id,
        "created_at": tx.now,
        "updated_at": tx.now,
        **await _sharing(tx, data.sharing or schemas.SharingIn()),
    }
    await repository.insert(tx, values)
    tx.emit(events.ViewCreated(view_id=view_id, name=values["name"]))
    return await get(tx, view_id)


async def _sharing(tx: Tx, data: schemas.SharingIn) -> dict[str, Any]:
    """The columns of sharing, if the actor may share. Errors: Forbidden, UnknownValue."""
    teams, agents = [_distinct(ids) for ids in (data.teams, data.agents)]
    if data.all or teams or agents:
        permissions.require(tx.actor, "view:share")
    if await repository.missing(tx, teams=teams, agents=agents):
        raise errors.UnknownValue(field="sharing")
    return {"shared_all": data.all, "shared_teams": teams, "shared_agents": agents}


def _distinct(ids: Sequence[str]) -> list[int]:
    return sorted({int(one) for one in ids})


async def change(tx: Tx, view_id: int, data: schemas.ViewChange) -> View:
    """Change what is given. Errors: ViewNotFound, ViewNotYours and those of :func:`create`."""
    view = await get(tx, view_id, lock=True)
    if not may_change(tx, view):
        raise errors.ViewNotYours
    wanted = {
        name: getattr(data, name)
        for name in ("name", "icon", "condition", "columns", "sort", "group_by")
        if getattr(data, name) is not UNSET
    }
    if "condition" in wanted:
        await checked(tx, wanted["condition"])
    orders.way(wanted.get("sort", view.sort), group=wanted.get("group_by", view.group_by))
    if data.sharing is not UNSET:
        wanted |= await _sharing(tx, data.sharing)
    changed = {name: value for name, value in wanted.items() if getattr(view, name) != value}
    if not changed:
        return view
    await repository.update(tx, view_id, changed)
    tx.emit(events.ViewUpdated(view_id=view_id, fields=sorted(changed)))
    return await repository.view(tx, view_id) or view


async def delete(tx: Tx, view_id: int) -> None:
    """Throw a view away. Errors: ViewNotFound, ViewNotYours."""
    view = await get(tx, view_id, lock=True)
    if not may_change(tx, view):
        raise errors.ViewNotYours
    await repository.delete(tx, view_id)
    tx.emit(events.ViewDeleted(view_id=view_id, name=view.name))


async def put_in_order(tx: Tx, ids: Sequence[str]) -> None:
    """One's own order of views; what is not named follows behind."""
    permissions.require_staff(tx.actor)
    agent_id = tx.actor.agent_id
    if agent_id is None:
        permissions.require(tx.actor, "workspace:manage")
    await repository.keep_place(tx, agent_id or repository.WORKSPACE, ids=list(dict.fromkeys(ids)))


async def hide(tx: Tx, ids: Sequence[str]) -> None:
    """Which of the views that a workspace begins with nobody needs here. Errors: UnknownValue."""
    permissions.require(tx.actor, "workspace:manage")
    wanted = list(dict.fromkeys(ids))
    if unknown := [one for one in wanted if one not in builtin.VIEWS]:
        raise errors.UnknownValue(field="ids", unknown=unknown)
    workspace, _ = await repository.places(tx)
    if workspace.hidden == frozenset(wanted):
        return
    await repository.keep_place(tx, repository.WORKSPACE, hidden=wanted)
    tx.emit(events.ViewsHidden(ids=wanted))
