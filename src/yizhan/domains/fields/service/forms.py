"""Forms: which fields are asked of whom, kept in versions; and a form while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from yizhan.domains.fields import catalog, errors, events, registry, repository
from yizhan.domains.fields.catalog import Of
from yizhan.domains.fields.logic import evaluate
from yizhan.domains.fields.types import Form, FormSection, Object, Use
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

MOST_FORMS = 200


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a form is shown, and of what kind the ticket is."""

    use: Use
    type: str | None = None
    priority: str | None = None
    channel: str | None = None
    brand_id: int | None = None

    def context(self) -> dict[str, str | None]:
        """What conditions may ask about the ticket."""
        return {
            "ticket.type": self.type,
            "ticket.priority": self.priority,
            "ticket.channel": self.channel,
            "ticket.brand": None if self.brand_id is None else str(self.brand_id),
        }


class Filled(msgspec.Struct, frozen=True):
    """A form as it is now. Only fields that the actor may see are in it."""

    form: Form | None
    sections: tuple[FormSection, ...]
    outcome: evaluate.Outcome


async def listed(tx: Tx, name: Object) -> list[Form]:
    permissions.require(tx.actor, catalog.MANAGE)
    return [one for one in (await catalog.of(tx, name)).forms if one.active]


async def get(tx: Tx, form_id: int) -> Form:
    """Errors: FormNotFound."""
    permissions.require(tx.actor, catalog.MANAGE)
    found = [one for one in await repository.forms(tx) if one.id == form_id and one.active]
    if not found:
        raise errors.FormNotFound
    return found[0]


async def create(tx: Tx, new: Mapping[str, Any]) -> Form:
    """Errors: FormInvalid."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    known = await repository.forms(tx)
    if len(known) >= MOST_FORMS:
        raise errors.FormInvalid(f"At most {MOST_FORMS} forms.")
    form = Form(id=tx.new_id(), position=len(known) + 1, updated_at=tx.now, **new)
    return await _save(tx, form)


async def change(tx: Tx, form_id: int, *, changed: Mapping[str, Any]) -> Form:
    """Errors: FormNotFound, FormInvalid."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    old = await get(tx, form_id)
    new = msgspec.structs.replace(old, **changed)
    if new == old:
        return old
    return await _save(tx, _next(tx, old, new))


def _next(tx: Tx, old: Form, new: Form) -> Form:
    return msgspec.structs.replace(new, version=old.version + 1, updated_at=tx.now)


async def _save(tx: Tx, form: Form, *, restored_from: int | None = None) -> Form:
    await _check(tx, form)
    await repository.save_form(tx, form)
    await repository.advance(tx)
    tx.emit(
        events.FormSaved(
            form_id=form.id,
            object=form.object,
            name=form.name,
            version=form.version,
            restored_from=restored_from,
        )
    )
    return form


async def _check(tx: Tx, form: Form) -> None:
    known = {one.key for one in await repository.fields(tx) if one.object == form.object}
    keys = [key for section in form.sections for key in section.fields]
    if len(set(keys)) < len(keys):
        raise errors.FormInvalid("A field stands twice in this form.")
    if missing := sorted(set(keys) - known):
        raise errors.FormInvalid(f"There is no field “{missing[0]}”.", fields=missing)
    for table, ids in (("role", form.role_ids), ("brand", form.brand_ids)):
        if ids and len(await repository.existing(tx, table, ids)) < len(set(ids)):
            raise errors.FormInvalid(f"There is no such {table}.")


async def delete(tx: Tx, form_id: int) -> None:
    """It is no longer used. Errors: FormNotFound."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    old = await get(tx, form_id)
    gone = _next(tx, old, msgspec.structs.replace(old, active=False))
    await repository.save_form(tx, gone)
    await repository.advance(tx)
    tx.emit(events.FormDeleted(form_id=form_id, name=old.name))


class Version(msgspec.Struct, frozen=True):
    """A form as it was."""

    form: Form
    actor: dict[str, Any]


async def versions(tx: Tx, form_id: int) -> list[Version]:
    """Newest first. Errors: FormNotFound."""
    await get(tx, form_id)
    return [
        Version(msgspec.convert(row["content"], Form, strict=False), row["actor"])
        for row in await repository.form_versions(tx, form_id)
    ]


async def restore(tx: Tx, form_id: int, *, version: int) -> Form:
    """Go back to a version, as a new one. Fields that are gone since stay out.

    Errors: FormNotFound.
    """
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    old = await get(tx, form_id)
    kept = [one.form for one in await versions(tx, form_id) if one.form.version == version]
    if not kept:
        raise errors.FormNotFound
    names = ("name", "uses", "types", "brand_ids", "channels", "role_ids", "sections")
    same = {name: getattr(kept[0], name) for name in names}
    new = msgspec.structs.replace(old, **same)
    return old if new == old else await _save(tx, _next(tx, old, new), restored_from=version)


# ------------------------------------------------------------------------------- which, and live


def choose(forms: Sequence[Form], actor: Actor, place: Place) -> Form | None:
    """The form that says most about this place; among equals the first in order. Pure."""
    fitting = [
        (score, -form.position, form) for form in forms if (score := _fits(form, actor, place)) >= 0
    ]
    return max(fitting, key=lambda one: one[:2])[2] if fitting else None


def _fits(form: Form, actor: Actor, place: Place) -> int:
    """How many things a form asks for that are so here; -1 when one of them is not."""
    if not form.active or place.use not in form.uses:
        return -1
    asked = (
        (form.types, place.type),
        (form.brand_ids, place.brand_id),
        (form.channels, place.channel),
    )
    if any(wanted and value not in wanted for wanted, value in asked):
        return -1
    if form.role_ids and actor.roles.isdisjoint(form.role_ids):
        return -1
    return sum(bool(wanted) for wanted, _ in asked) + bool(form.role_ids)


def layout(found: Of, actor: Actor, place: Place) -> tuple[Form | None, tuple[FormSection, ...]]:
    """The sections for this place: those of its form, or one with all fields in order."""
    may_see = {one.key: one for one in found.visible(actor)}
    form = choose(found.forms, actor, place)
    wanted = form.sections if form else (FormSection(fields=list(may_see)),)
    sections = tuple(
        msgspec.structs.replace(one, fields=[key for key in one.fields if key in may_see])
        for one in wanted
    )
    return form, tuple(one for one in sections if one.fields)


async def fill(
    tx: Tx,
    name: Object,
    *,
    given: Mapping[str, Any],
    place: Place,
    record_id: int | None = None,
) -> Filled:
    """A form as it looks with what was entered so far. Nothing is stored.

    Errors: RecordNotFound.
    """
    found = await catalog.of(tx, name)
    old: Mapping[str, Any] = {}
    context = place.context()
    if record_id is not None:
        record = await _record(tx, name, record_id)
        old = record.values
        context = record.context | {k: v for k, v in context.items() if v is not None}
        place = _placed(place, context)
    writable = {one.key for one in found.visible(tx.actor) if catalog.may_edit(tx.actor, one)}
    outcome = evaluate.evaluate(
        found.plan,
        old,
        {key: value for key, value in given.items() if key in writable},
        now=tx.now,
        creating=record_id is None,
        context=context,
    )
    form, sections = layout(found, tx.actor, place)
    return Filled(form, sections, _shown(found, tx.actor, outcome, writable))


async def _record(tx: Tx, name: Object, record_id: int) -> registry.Record:
    provider = registry.of(name)
    record = None if provider is None else await provider.record(tx, record_id)
    if record is None:
        raise errors.RecordNotFound
    return record


def _placed(place: Place, context: Mapping[str, str | None]) -> Place:
    brand = context.get("ticket.brand")
    return Place(
        use=place.use,
        type=context.get("ticket.type"),
        priority=context.get("ticket.priority"),
        channel=context.get("ticket.channel"),
        brand_id=None if brand is None else int(brand),
    )


def _shown(
    found: Of, actor: Actor, outcome: evaluate.Outcome, writable: set[str]
) -> evaluate.Outcome:
    """An outcome without the fields that an actor may not see; others are read only."""
    seen = {one.key for one in found.visible(actor)}
    return evaluate.Outcome(
        values={key: value for key, value in outcome.values.items() if key in seen},
        states={
            key: state
            if key in writable
            else msgspec.structs.replace(state, readonly=True, required=False)
            for key, state in outcome.states.items()
            if key in seen
        },
        problems=tuple(one for one in outcome.problems if one.field in writable),
    )
