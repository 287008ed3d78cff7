"""Where customers stand with us: by rules that everybody can read, or by an agent's hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from yizhan.domains.contacts import service as contacts
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.profile import errors, events, repository, schemas, stages
from yizhan.domains.profile.service import facts
from yizhan.domains.profile.types import Figures, StageSettings, Standing
from yizhan.kernel.tx import Tx

MANAGE = "workspace:manage"
DAILY_JOB = "profile.daily"
ALL_JOB = "profile.all"
_AT_ONCE = 500


async def evaluate(tx: Tx, contact_ids: Collection[int]) -> int:
    """Look at some customers by the rules. Returns how many stand elsewhere now."""
    roots = sorted(set((await repository.roots(tx, contact_ids)).values()))
    settings = await repository.settings(tx)
    figures = await repository.figures(tx, roots)
    known = await repository.standings(tx, roots)
    changed = 0
    for contact_id, seen in figures.items():
        old = known.get(contact_id, Standing(contact_id=contact_id))
        changed += await _stand(tx, old, settings, seen)
    return changed


async def _stand(tx: Tx, old: Standing, settings: StageSettings, seen: Figures) -> bool:
    if old.stage_by == "agent":
        return False
    stage, reason = stages.stage(settings.rules, seen)
    if stage == old.stage and reason == old.reason:
        return False
    since = tx.now if stage != old.stage else old.since
    await repository.put_standing(
        tx, msgspec.structs.replace(old, stage=stage, reason=reason, since=since)
    )
    if stage == old.stage:
        return False
    tx.emit(
        events.ContactStageChanged(
            contact_id=old.contact_id, changes={"stage": [old.stage, stage]}, reason=reason
        )
    )
    return True


async def change(tx: Tx, contact_id: int, wanted: schemas.ProfileChange) -> schemas.ProfileOut:
    """Set the stage by hand, give it back to the rules with null, or stop and begin reading.

    Errors: ContactNotFound, StageUnknown.
    """
    permissions.require(tx.actor, facts.EDIT)
    contact = await contacts.get(tx, contact_id)
    root = contact.merged_into or contact.id
    await repository.hold(tx, root)
    old = (await repository.standings(tx, [root])).get(root, Standing(contact_id=root))
    new = old
    if wanted.collect is not msgspec.UNSET:
        new = msgspec.structs.replace(new, collect=wanted.collect)
    if wanted.stage is not msgspec.UNSET:
        new = await _by_hand(tx, new, wanted.stage)
    if new != old:
        await repository.put_standing(tx, new)
    if new.stage != old.stage:
        tx.emit(
            events.ContactStageChanged(
                contact_id=root, changes={"stage": [old.stage, new.stage]}, reason=new.reason
            )
        )
    return await facts.of_contact(tx, root)


async def _by_hand(tx: Tx, old: Standing, stage: str | None) -> Standing:
    settings = await repository.settings(tx)
    if stage is None:
        seen = (await repository.figures(tx, [old.contact_id])).get(old.contact_id, {})
        found, reason = stages.stage(settings.rules, seen)
        since = tx.now if found != old.stage else old.since
        return msgspec.structs.replace(
            old, stage=found, stage_by="rule", reason=reason, since=since
        )
    if stage not in {rule.stage for rule in settings.rules}:
        raise errors.StageUnknown
    since = tx.now if stage != old.stage else old.since
    return msgspec.structs.replace(old, stage=stage, stage_by="agent", reason={}, since=since)


async def settings(tx: Tx) -> schemas.ProfileSettingsOut:
    """The rules, with how many customers are in each stage."""
    permissions.require_staff(tx.actor)
    return schemas.settings_out(await repository.settings(tx), await repository.counts(tx))


async def set_settings(tx: Tx, wanted: schemas.ProfileSettings) -> schemas.ProfileSettingsOut:
    """All customers are looked at again in the background. Errors: StageRulesInvalid."""
    permissions.require(tx.actor, MANAGE)
    new = StageSettings(rules=tuple(wanted.rules), collect=wanted.collect)
    if new.rules[-1].tests or any(not rule.tests for rule in new.rules[:-1]):
        raise errors.StageRulesInvalid(
            "the last rule, and no other, has no conditions: it holds for all who are left"
        )
    old = await repository.settings(tx)
    changes = changing.said(changing.differences(old, new, "rules", "collect"))
    if changes:
        await repository.put_settings(tx, new)
        tx.emit(events.ProfileSettingsChanged(changes=changes))
        tx.defer(ALL_JOB, key=f"{ALL_JOB}:{tx.workspace_id}:{tx.new_id()}")
    return await settings(tx)


async def all_of(tx: Tx, *, after: int) -> int | None:
    """The next few customers; where to go on, None at the end."""
    ids: Sequence[int] = await repository.some(tx, after=after, most=_AT_ONCE)
    await evaluate(tx, ids)
    return ids[-1] if len(ids) == _AT_ONCE else None
