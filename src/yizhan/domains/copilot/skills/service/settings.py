"""What administrators allow skills."""

from __future__ import annotations

import msgspec

from yizhan.domains.copilot.skills import errors, events, registry, repository
from yizhan.domains.copilot.skills.ladder import Ceiling, LadderRules
from yizhan.domains.copilot.skills.service import standing
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

PERMISSION = "model:manage"


async def put(
    tx: Tx,
    skill_id: str,
    *,
    ceiling: Ceiling,
    intents: dict[str, Ceiling],
    confidence: float | None,
    asks_model: bool,
) -> None:
    """All of a skill's settings at once. Errors: Forbidden, UnknownSkill, SkillSettingsInvalid."""
    permissions.require(tx.actor, PERMISSION)
    loaded = registry.get(skill_id)
    if asks_model and not loaded.manifest.may_ask_model:
        raise errors.SkillSettingsInvalid("This skill asks no model.", field="asks_model")
    if intents and not loaded.manifest.by_intent:
        raise errors.SkillSettingsInvalid("This skill has one level for all.", field="intents")
    await repository.hold(tx)
    before = await repository.setting(tx, skill_id)
    row = msgspec.structs.replace(
        before,
        ceiling=ceiling,
        intents=intents,
        confidence=confidence,
        asks_model=asks_model,
        version=before.version + 1,
    )
    fields = [
        name
        for name in ("ceiling", "intents", "confidence", "asks_model")
        if getattr(before, name) != getattr(row, name)
    ]
    if not fields:
        return
    await repository.put_setting(tx, row)
    tx.emit(events.SkillSettingsChanged(skill=skill_id, fields=fields))
    await standing.settle_all(tx, skill_id)


async def put_rules(tx: Tx, new: LadderRules) -> None:
    """What levels take. Errors: Forbidden, SkillSettingsInvalid."""
    permissions.require(tx.actor, PERMISSION)
    if not new.suggest.share <= new.approve.share <= new.act.share:
        raise errors.SkillSettingsInvalid(
            "A higher level cannot ask for less than the one below it.", field="act.share"
        )
    if new.least > new.newest:
        raise errors.SkillSettingsInvalid(
            "The least number of results cannot be more than are looked at.", field="least"
        )
    await repository.hold(tx)
    before = await repository.rules(tx)
    fields = [
        name
        for name in LadderRules.__struct_fields__
        if getattr(before, name) != getattr(new, name)
    ]
    if not fields:
        return
    await repository.put_rules(tx, new)
    tx.emit(events.LadderChanged(fields=fields))
    await standing.settle_all(tx)
