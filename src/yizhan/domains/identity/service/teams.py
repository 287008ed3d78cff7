"""Teams and who is in them. A deleted one is kept, because tickets name it."""

from __future__ import annotations

from yizhan.domains.identity import events, permissions, schemas
from yizhan.domains.identity.repository import organisation
from yizhan.domains.identity.service import authentication, changing
from yizhan.domains.identity.types import Resource, Team
from yizhan.kernel.errors import NotFound
from yizhan.kernel.tx import Tx

_OWN = ("name", "unit_id", "description", "assignment")
_FIELDS = (*_OWN, "members")


async def listed(tx: Tx) -> list[Team]:
    permissions.require_staff(tx.actor)
    return await organisation.teams(tx)


async def get(tx: Tx, team_id: int) -> Team:
    """Errors: NotFound, also for a team that was deleted."""
    found = await organisation.team(tx, team_id)
    if found is None:
        raise NotFound
    return found


async def create(tx: Tx, new: schemas.TeamIn) -> Team:
    values = changing.given(new, *_OWN)
    members = changing.numbers(new.members)
    # A new team is in no unit or in one, but nobody's own yet: only `all` and `unit` reach it.
    team_id = tx.new_id()
    permissions.require(
        tx.actor, "team:manage", Resource(unit_id=values["unit_id"], team_id=team_id)
    )
    await changing.check_unit(tx, values["unit_id"])
    await changing.check_agents(tx, members)
    team = Team(id=team_id, members=members, created_at=tx.now, **values)
    await organisation.add_team(tx, team)
    changes = changing.differences(None, team, *_FIELDS)
    tx.emit(events.TeamCreated(team_id=team_id, changes=changes))
    authentication.forget_after(tx)
    return team


async def update(tx: Tx, team_id: int, *, change: schemas.TeamChange) -> Team:
    await organisation.lock_workspace(tx)  # two changes at once: neither undoes the other
    old = await get(tx, team_id)
    permissions.require(tx.actor, "team:manage", old.resource)
    values = changing.given(change, *_FIELDS)
    if "members" in values:
        values["members"] = changing.numbers(values["members"])
    new = changing.replaced(old, values)
    permissions.require(tx.actor, "team:manage", new.resource)
    if not (changes := changing.differences(old, new, *_FIELDS)):
        return new
    if "unit_id" in changes:
        await changing.check_unit(tx, new.unit_id)
    if "members" in changes:
        await changing.check_agents(tx, sorted(set(new.members) - set(old.members)))
        await organisation.set_members(tx, team_id, members=new.members)
    await organisation.set_team(tx, new)
    tx.emit(events.TeamChanged(team_id=team_id, changes=changes))
    authentication.forget_after(tx)
    return new


async def delete(tx: Tx, team_id: int) -> None:
    await organisation.lock_workspace(tx)
    team = await get(tx, team_id)
    permissions.require(tx.actor, "team:manage", team.resource)
    await organisation.delete_team(tx, team_id)
    tx.emit(events.TeamDeleted(team_id=team_id))
    authentication.forget_after(tx)
