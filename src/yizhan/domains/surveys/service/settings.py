"""Surveys: made, changed, ordered, removed."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands, changing
from yizhan.domains.surveys import errors, events, fields, repository, schemas, wording
from yizhan.domains.surveys.types import LOCALES, Survey, SurveyTexts
from yizhan.domains.tickets import filters
from yizhan.kernel.tx import Tx

PERMISSION = "survey:manage"
MOST = 100
_FIELDS = (
    "name",
    "kind",
    "active",
    "brand_id",
    "condition",
    "trigger",
    "delay_minutes",
    "channels",
    "texts",
    "throttle_days",
    "expires_days",
)
_PLAIN = tuple(name for name in _FIELDS if name not in ("kind", "condition", "texts", "channels"))


async def listed(tx: Tx) -> list[Survey]:
    """All surveys in the order in which they are asked."""
    permissions.require_staff(tx.actor)
    return await repository.surveys(tx)


async def get(tx: Tx, survey_id: int) -> Survey:
    """Errors: SurveyNotFound."""
    permissions.require_staff(tx.actor)
    found = await repository.survey(tx, survey_id)
    if found is None:
        raise errors.SurveyNotFound
    return found


async def create(tx: Tx, new: schemas.SurveyIn) -> Survey:
    """Errors: SurveyInvalid, ConditionInvalid, NotFound for the brand."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "settings")
    others = await repository.surveys(tx)
    if len(others) >= MOST:
        raise errors.SurveyInvalid(reason=f"at most {MOST} surveys")
    one = Survey(
        id=tx.new_id(),
        name=new.name.strip(),
        kind=new.kind,
        position=max((other.position for other in others), default=0) + 1,
        active=new.active,
        brand_id=int(new.brand_id) if new.brand_id else None,
        condition=_condition(new.condition),
        trigger=new.trigger,
        delay_minutes=new.delay_minutes,
        channels=list(dict.fromkeys(new.channels)),
        texts=_texts(new.texts),
        throttle_days=new.throttle_days,
        expires_days=new.expires_days,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    await _check(tx, one)
    await repository.put(tx, one)
    changes = changing.said(changing.differences(None, one, *_FIELDS))
    tx.emit(events.SurveyCreated(survey_id=one.id, changes=changes))
    return one


async def update(tx: Tx, survey_id: int, *, change: schemas.SurveyChange) -> Survey:
    """Errors: SurveyNotFound, SurveyInvalid, ConditionInvalid, NotFound for the brand."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "settings")
    old = await get(tx, survey_id)
    values = changing.given(change, *_PLAIN)
    if change.condition is not UNSET:
        values["condition"] = _condition(change.condition)
    if change.texts is not UNSET:
        values["texts"] = _texts(change.texts)
    if change.channels is not UNSET:
        values["channels"] = list(dict.fromkeys(change.channels))
    new = changing.replaced(old, values)
    changes = changing.differences(old, new, *_FIELDS)
    if not changes:
        return old
    await _check(tx, new)
    new = msgspec.structs.replace(new, version=old.version + 1, updated_at=tx.now)
    await repository.put(tx, new)
    tx.emit(events.SurveyChanged(survey_id=survey_id, changes=changing.said(changes)))
    return new


async def order(tx: Tx, ids: list[int]) -> list[Survey]:
    """Ask the surveys in this order. Errors: SurveyInvalid unless each is named once."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "settings")
    old = await repository.surveys(tx)
    if sorted(ids) != sorted(one.id for one in old):
        raise errors.SurveyInvalid(reason="every survey once")
    if ids == [one.id for one in old]:
        return old
    await repository.set_order(tx, ids)
    tx.emit(events.SurveysOrdered(survey_ids=ids))
    return await repository.surveys(tx)


async def delete(tx: Tx, survey_id: int) -> None:
    """What customers said by it stays. Errors: SurveyNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold(tx, "settings")
    old = await get(tx, survey_id)
    await repository.remove(tx, survey_id)
    tx.emit(events.SurveyDeleted(survey_id=survey_id, name=old.name))


async def defaults(tx: Tx, one: Survey) -> schemas.Texts:
    """What a survey says where the workspace wrote nothing."""
    row = await repository.face(tx, one.brand_id)
    found: schemas.Texts = {}
    for locale in LOCALES:
        said = wording.texts(one.kind, locale, own={}, brand=row["name"], number=1001)
        found[locale] = SurveyTexts(intro=said.intro, question=said.question, thanks=said.thanks)
    return found


def _condition(raw: dict[str, Any] | None) -> filters.Condition:
    return filters.EVERYTHING if raw is None else filters.parse(raw)


def _texts(given: schemas.Texts) -> dict[str, SurveyTexts]:
    """Without outer blanks, and without languages in which nothing is said."""
    found: dict[str, SurveyTexts] = {}
    for locale, texts in given.items():
        kept = SurveyTexts(
            intro=texts.intro.strip(), question=texts.question.strip(), thanks=texts.thanks.strip()
        )
        if kept != SurveyTexts():
            found[locale] = kept
    return found


async def _check(tx: Tx, one: Survey) -> None:
    """A survey can be asked, by nobody in particular, about a ticket of which nothing was said yet."""
    if one.brand_id is not None:
        await brands.get(tx, one.brand_id)
    names = filters.fields_of(one.condition)
    if own := sorted(name for name in names if name.startswith(fields.PREFIX)):
        raise errors.SurveyInvalid(field="condition", reason=f"{own[0]} follows from the survey")
    if filters.asks_reader(one.condition):
        raise errors.SurveyInvalid(field="condition", reason="nobody is me here")
    known = await filters.known(tx, names)
    filters.clause(one.condition, known, who=filters.reader(tx), first=1)
