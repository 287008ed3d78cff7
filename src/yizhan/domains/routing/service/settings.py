"""How teams give out tickets, and what tickets cost."""

from __future__ import annotations

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.identity.errors import UnknownReference
from yizhan.domains.identity.service import changing, teams
from yizhan.domains.identity.types import Team
from yizhan.domains.routing import errors, events
from yizhan.domains.routing.repository import config
from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.types import AssignmentSettings
from yizhan.kernel.tx import Tx

PERMISSION = "routing:manage"
_FIELDS = ("sticky_days", "language", "preferred_minutes", "lower_minutes")


async def of_team(tx: Tx, team_id: int) -> setup.TeamAssignmentOut:
    """Errors: NotFound."""
    permissions.require_staff(tx.actor)
    team = await teams.get(tx, team_id)
    return _shown(team, (await config.team_settings(tx)).get(team_id, AssignmentSettings()))


async def update(
    tx: Tx, team_id: int, *, change: setup.TeamAssignmentChange
) -> setup.TeamAssignmentOut:
    """Errors: NotFound, AssignmentInvalid."""
    team = await teams.get(tx, team_id)
    permissions.require(tx.actor, "team:manage", team.resource)
    await config.hold(tx)
    old = (await config.team_settings(tx)).get(team_id, AssignmentSettings())
    new = msgspec.structs.replace(old, **changing.given(change, *_FIELDS))
    if new.lower_minutes is not None and new.lower_minutes < max(1, new.preferred_minutes):
        raise errors.AssignmentInvalid(
            "levels are lowered after preferred skills were let go", field="lower_minutes"
        )
    changes = changing.differences(old, new, *_FIELDS)
    if changes:
        await config.put_team_settings(tx, team_id, new)
        tx.emit(events.TeamAssignmentChanged(team_id=team_id, changes=changes))
    return _shown(team, new)


async def weights(tx: Tx) -> setup.AssignmentWeights:
    """What a ticket of each channel costs."""
    permissions.require_staff(tx.actor)
    found = await config.weights(tx)
    return setup.AssignmentWeights(
        [setup.ChannelWeight(channel=key, weight=found[key]) for key in sorted(found)]
    )


async def set_weights(tx: Tx, wanted: setup.AssignmentWeights) -> setup.AssignmentWeights:
    """Loads are counted anew at once. Errors: UnknownReference."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    old = await config.weights(tx)
    given = {one.channel: one.weight for one in wanted.items}
    if unknown := set(given) - set(old):
        raise UnknownReference(f"There is no channel {min(unknown)}.")
    new = config.usual_weights() | given
    changes = {key: [old[key], new[key]] for key in sorted(new) if old.get(key) != new[key]}
    if changes:
        await config.put_weights(tx, given)
        tx.emit(events.AssignmentWeightsChanged(changes=changes))
    return await weights(tx)


def _shown(team: Team, settings: AssignmentSettings) -> setup.TeamAssignmentOut:
    return setup.TeamAssignmentOut(
        team_id=str(team.id),
        mode=team.assignment.get("mode", "manual"),
        **msgspec.structs.asdict(settings),
    )
