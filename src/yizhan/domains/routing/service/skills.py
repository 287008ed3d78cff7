"""Skills: made, changed, removed."""

from __future__ import annotations

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.routing import errors, events
from yizhan.domains.routing.repository import config
from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.types import Skill
from yizhan.kernel.tx import Tx

PERMISSION = "routing:manage"
_FIELDS = ("name", "description")


async def listed(tx: Tx) -> list[Skill]:
    permissions.require_staff(tx.actor)
    return await config.skills(tx)


async def get(tx: Tx, skill_id: int) -> Skill:
    """Errors: SkillNotFound."""
    found = await config.skills(tx, skill_id)
    if not found:
        raise errors.SkillNotFound
    return found[0]


async def create(tx: Tx, new: setup.SkillIn) -> Skill:
    """Errors: SkillNameTaken."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    skill = Skill(id=tx.new_id(), name=new.name.strip(), description=new.description.strip())
    if not await config.put_skill(tx, skill):
        raise errors.SkillNameTaken
    changes = changing.differences(None, skill, *_FIELDS)
    tx.emit(events.SkillCreated(skill_id=skill.id, changes=changes))
    return skill


async def update(tx: Tx, skill_id: int, *, change: setup.SkillChange) -> Skill:
    """Errors: SkillNotFound, SkillNameTaken."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    old = await get(tx, skill_id)
    new = msgspec.structs.replace(old, **changing.given(change, *_FIELDS))
    changes = changing.differences(old, new, *_FIELDS)
    if changes:
        if not await config.put_skill(tx, new):
            raise errors.SkillNameTaken
        tx.emit(events.SkillChanged(skill_id=skill_id, changes=changes))
    return new


async def delete(tx: Tx, skill_id: int) -> None:
    """Nobody has it any more. Errors: SkillNotFound, SkillInUse."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    old = await get(tx, skill_id)
    if old.rules:
        raise errors.SkillInUse(rules=old.rules)
    await config.remove_skill(tx, skill_id)
    tx.emit(events.SkillDeleted(skill_id=skill_id, name=old.name))
