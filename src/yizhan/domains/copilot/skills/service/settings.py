"""What administrators allow skills."""

from __future__ import annotations

import hashlib

import msgspec

from yizhan.domains.copilot.skills import errors, events, registry, repository
from yizhan.domains.copilot.skills.ladder import Ceiling, LadderRules
from yizhan.domains.copilot.skills.service import standing
from yizhan.domains.copilot.skills.types import Deciding, Setting, deciding
from yizhan.domains.identity import permissions
from yizhan.kernel import guards
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
    prompts: dict[str, str],
) -> None:
    """All of a skill's settings at once; how it decides may have to wait for a check.

    Errors: Forbidden, UnknownSkill, SkillSettingsInvalid.
    """
    permissions.require(tx.actor, PERMISSION)
    loaded = registry.get(skill_id)
    if (asks_model or prompts) and not loaded.manifest.may_ask_model:
        field = "asks_model" if asks_model else "prompts"
        raise errors.SkillSettingsInvalid("This skill asks no model.", field=field)
    if intents and not loaded.manifest.by_intent:
        raise errors.SkillSettingsInvalid("This skill has one level for all.", field="intents")
    await repository.hold(tx)
    before = await repository.setting(tx, skill_id)
    prompts = {language: text.strip() for language, text in prompts.items()}
    wanted = Deciding(confidence=confidence, asks_model=asks_model, prompts=prompts)
    if await _is_held(tx, skill_id, before=before, wanted=wanted):
        wanted = deciding(before)
    new = msgspec.structs.replace(
        before, ceiling=ceiling, intents=intents, **msgspec.structs.asdict(wanted)
    )
    await _keep(tx, before, new)


async def put_prompts(tx: Tx, skill_id: str, prompts: dict[str, str]) -> None:
    """What a model is told for what agents ask; it may have to wait for a check.

    Errors: Forbidden, UnknownSkill, SkillSettingsInvalid.
    """
    permissions.require(tx.actor, PERMISSION)
    if prompts and not registry.helper(skill_id).manifest.may_ask_model:
        raise errors.SkillSettingsInvalid("This skill asks no model.", field="prompts")
    await repository.hold(tx)
    before = await repository.setting(tx, skill_id)
    prompts = {language: text.strip() for language, text in prompts.items()}
    wanted = msgspec.structs.replace(deciding(before), prompts=prompts)
    if not await _is_held(tx, skill_id, before=before, wanted=wanted):
        await _keep(tx, before, msgspec.structs.replace(before, prompts=prompts))


async def _is_held(tx: Tx, skill_id: str, *, before: Setting, wanted: Deciding) -> bool:
    if wanted == deciding(before):
        return False  # what waits goes on waiting: only how far it may go was changed
    change = guards.Change(
        kind="skill",
        subject=skill_id,
        variant=hashlib.sha256(msgspec.json.encode(wanted, order="sorted")).hexdigest()[:8],
        title=skill_id,
        detail=msgspec.to_builtins(wanted),
    )
    return await guards.hold(tx, change)


async def put_checked(tx: Tx, skill_id: str, wanted: Deciding) -> None:
    """How a skill decides, as the guard that held it lets pass. Errors: UnknownSkill."""
    registry.folder(skill_id)
    await repository.hold(tx)
    before = await repository.setting(tx, skill_id)
    await _keep(tx, before, msgspec.structs.replace(before, **msgspec.structs.asdict(wanted)))


async def _keep(tx: Tx, before: Setting, new: Setting) -> None:
    names = ("ceiling", "intents", "confidence", "asks_model", "prompts")
    fields = [name for name in names if getattr(before, name) != getattr(new, name)]
    if not fields:
        return
    await repository.put_setting(tx, msgspec.structs.replace(new, version=before.version + 1))
    tx.emit(events.SkillSettingsChanged(skill=new.skill, fields=fields))
    await standing.settle_all(tx, new.skill)


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
