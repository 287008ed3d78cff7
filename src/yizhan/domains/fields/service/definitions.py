"""Defining fields and the rules between them. What would contradict itself is refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from yizhan.domains.fields import catalog, errors, events, repository
from yizhan.domains.fields.logic import check, formula, patterns, values
from yizhan.domains.fields.service import records
from yizhan.domains.fields.types import Field, FieldOption, Object, Rule
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

MOST_FIELDS = 1000  # of one object, archived ones included
MOST_RULES = 500
_MOST_OPTIONS = 5000
_RESERVED = frozenset(("and", "or", "not", "true", "false"))
_CHANGED = ("name", "help", "initial", "required", "config", "options", "see_roles", "edit_roles",
            "customer", "indexed", "active")  # fmt: skip


async def listed(tx: Tx, name: Object, *, archived: bool = False) -> list[Field]:
    """The fields that the actor may see, in order; archived ones for those who define fields."""
    permissions.require_staff(tx.actor)
    found = await catalog.of(tx, name)
    if archived and permissions.can(tx.actor, catalog.MANAGE):
        return list(found.all.values())
    return found.visible(tx.actor)


async def get(tx: Tx, field_id: int) -> Field:
    """Errors: FieldNotFound, also for a field that is not yours to see."""
    permissions.require_staff(tx.actor)
    found = await repository.field(tx, field_id)
    manages = permissions.can(tx.actor, catalog.MANAGE)
    if found is None or not (manages or (found.active and catalog.may_see(tx.actor, found))):
        raise errors.FieldNotFound
    return found


async def create(tx: Tx, new: Mapping[str, Any]) -> Field:
    """Errors: FieldKeyTaken, DefinitionInvalid, RulesContradict."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    known = [one for one in await repository.fields(tx) if one.object == new["object"]]
    if any(one.key == new["key"] for one in known):
        raise errors.FieldKeyTaken
    if len(known) >= MOST_FIELDS:
        raise errors.DefinitionInvalid(f"At most {MOST_FIELDS} fields.")
    position = max((one.position for one in known), default=0) + 1
    field = Field(id=tx.new_id(), position=position, **new)
    field = await _checked(tx, field, known)
    await _store(tx, field)
    changed = {name: [None, _shown(getattr(field, name))] for name in (*_CHANGED, "type")}
    tx.emit(
        events.FieldCreated(field_id=field.id, object=field.object, key=field.key, changes=changed)
    )
    return field


async def change(tx: Tx, field_id: int, *, changed: Mapping[str, Any]) -> Field:
    """Errors: FieldNotFound, DefinitionInvalid, RulesContradict when a rule needs what would go."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    old = await repository.field(tx, field_id)
    if old is None:
        raise errors.FieldNotFound
    known = [one for one in await repository.fields(tx) if one.object == old.object]
    field = await _checked(tx, msgspec.structs.replace(old, **changed), known)
    field = msgspec.structs.replace(field, index_ready=_still_ready(old, field))
    found = {
        name: [_shown(getattr(old, name)), _shown(getattr(field, name))]
        for name in _CHANGED
        if getattr(old, name) != getattr(field, name)
    }
    if not found:
        return old
    await _store(tx, field)
    tx.emit(
        events.FieldUpdated(field_id=field.id, object=field.object, key=field.key, changes=found)
    )
    return field


def _still_ready(old: Field, new: Field) -> bool:
    """Whoever was out of use meanwhile missed values."""
    return old.index_ready and all(one.indexed and one.active for one in (old, new))


async def _store(tx: Tx, field: Field) -> None:
    await repository.save_field(tx, field)
    await repository.advance(tx)
    if field.indexed:
        tx.defer("fields.index", object=field.object, field_key=field.key)


def _shown(value: Any) -> Any:
    """Ids in events are text."""
    if isinstance(value, tuple) and value and isinstance(value[0], int):
        return [str(one) for one in value]
    return msgspec.to_builtins(value)


async def order(tx: Tx, name: Object, keys: Sequence[str]) -> None:
    """The fields in another order; those that are not named follow as they were."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    known = {one.key: one for one in await repository.fields(tx) if one.object == name}
    if missing := sorted(set(keys) - known.keys()):
        raise errors.UnknownField(fields=missing)
    wanted = [*dict.fromkeys(keys), *(key for key in known if key not in keys)]
    if wanted == list(known):
        return
    for position, key in enumerate(wanted, start=1):
        if known[key].position != position:
            await repository.save_field(tx, msgspec.structs.replace(known[key], position=position))
    await repository.advance(tx)
    tx.emit(events.FieldsOrdered(object=name, keys=wanted))


async def _checked(tx: Tx, field: Field, known: Sequence[Field]) -> Field:
    """The field, if it fits together and with its rules."""
    if wrong := _wrong(field):
        raise errors.DefinitionInvalid(f"{wrong[0].upper()}{wrong[1:]}.", field=field.key)
    roles = {*field.see_roles, *field.edit_roles}
    if roles and len(await repository.existing(tx, "role", sorted(roles))) < len(roles):
        raise errors.DefinitionInvalid("There is no such role.", field=field.key)
    if field.initial is not None:
        field = msgspec.structs.replace(field, initial=_first_value(field))
    rules = [one for one in await repository.rules(tx) if one.object == field.object]
    _sound([field if one.id == field.id else one for one in known], rules, also=field)
    return field


def _sound(fields: Sequence[Field], rules: Sequence[Rule], *, also: Field | None = None) -> None:
    everything = list(fields)
    if also is not None and also not in everything:
        everything.append(also)
    if reasons := check.findings(everything, rules):
        raise errors.RulesContradict(
            reasons[0].detail, reasons=[msgspec.to_builtins(one) for one in reasons[:20]]
        )


def _first_value(field: Field) -> Any:
    if field.type == "formula":
        raise errors.DefinitionInvalid("A formula has no first value.", field=field.key)
    try:
        return values.parse(field, field.initial)
    except values.Unfit as unfit:
        detail = f"The first value does not fit ({unfit.code})."
        raise errors.DefinitionInvalid(detail, field=field.key) from unfit


def _wrong(field: Field) -> str:
    """What does not fit together in a definition; "" when all is well. Pure."""
    if field.key in _RESERVED:
        return "this key is a word of formulas"
    if not (field.name.zh.strip() or field.name.en.strip()):
        return "a field needs a name"
    if field.indexed and field.type not in records.INDEXABLE:
        return "records are looked up only by " + ", ".join(records.INDEXABLE)
    return _wrong_range(field) or _wrong_options(field) or _wrong_special(field)


def _wrong_range(field: Field) -> str:
    config = field.config
    ranges: tuple[tuple[Any, Any], ...] = (  # both ends of one kind
        (config.min_length, config.max_length),
        (config.earliest, config.latest),
        (values.reckon("number", config.min), values.reckon("number", config.max)),
    )
    if any(low > high for low, high in ranges if low is not None and high is not None):
        return "a range runs from small to large"
    for day in (config.earliest, config.latest):
        if day is not None and values.reckon("date", day) is None:
            return f"{day} is not a date"
    return ""


def _wrong_options(field: Field) -> str:
    if field.type not in check.WITH_OPTIONS:
        return "only choices have options" if field.options else ""
    if not field.options:
        return "a choice needs options"
    if field.type != "tree" and any(one.children for one in field.options):
        return "only a tree has branches"
    count = sum(1 for _ in values.tree_paths(field.options))
    if count > _MOST_OPTIONS:
        return f"at most {_MOST_OPTIONS} options"
    return "" if _distinct(field.options) else "two options have the same id"


def _distinct(options: Sequence[FieldOption]) -> bool:
    ids = [one.id for one in options]
    return len(set(ids)) == len(ids) and all(_distinct(one.children) for one in options)


def _wrong_special(field: Field) -> str:
    config = field.config
    if field.type == "relation" and config.target is None:
        return "a relation needs a target: ticket, customer or company"
    if field.type == "formula" and not (config.formula or "").strip():
        return "a formula is missing"
    try:
        if config.pattern:
            patterns.compiled(config.pattern)
        if field.type == "formula":
            formula.read(config.formula or "")
    except (patterns.BadPattern, formula.BadFormula) as error:
        return str(error)
    return ""


# ----------------------------------------------------------------------------------------- rules


async def listed_rules(tx: Tx, name: Object) -> list[Rule]:
    permissions.require(tx.actor, catalog.MANAGE)
    return (await catalog.of(tx, name)).rules


async def save_rule(tx: Tx, *, rule_id: int | None, changed: Mapping[str, Any]) -> Rule:
    """Make a rule, or change one. Errors: RuleNotFound, RulesContradict with every reason."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    known = await repository.rules(tx)
    old = next((one for one in known if one.id == rule_id), None)
    if rule_id is not None and old is None:
        raise errors.RuleNotFound
    if old is None:
        rule = Rule(id=tx.new_id(), position=len(known) + 1, **changed)
    else:
        rule = msgspec.structs.replace(old, **changed)
    if rule == old:
        return rule
    if old is None and len(known) >= MOST_RULES:
        raise errors.DefinitionInvalid(f"At most {MOST_RULES} rules.")
    fields = [one for one in await repository.fields(tx) if one.object == rule.object]
    others = [one for one in known if one.object == rule.object and one.id != rule.id]
    _sound(fields, [*others, rule])
    await repository.save_rule(tx, rule)
    await repository.advance(tx)
    names = ("name", "condition", "effects", "active")
    pairs = {
        name: [_shown(getattr(old, name)) if old else None, _shown(getattr(rule, name))]
        for name in names
        if old is None or getattr(old, name) != getattr(rule, name)
    }
    tx.emit(events.FieldRuleSaved(rule_id=rule.id, object=rule.object, changes=pairs))
    return rule


async def delete_rule(tx: Tx, rule_id: int) -> None:
    """Errors: RuleNotFound."""
    permissions.require(tx.actor, catalog.MANAGE)
    await repository.lock(tx)
    old = next((one for one in await repository.rules(tx) if one.id == rule_id), None)
    if old is None:
        raise errors.RuleNotFound
    await repository.delete_rule(tx, rule_id)
    await repository.advance(tx)
    tx.emit(events.FieldRuleDeleted(rule_id=rule_id, object=old.object, name=old.name))
