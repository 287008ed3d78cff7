"""Is a set of rules sound? Each finding says what is wrong, in which rules, about which fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import msgspec

from yizhan.domains.fields.logic import conditions, formula, values
from yizhan.domains.fields.logic.plan import Circle, Plan
from yizhan.domains.fields.logic.possible import Domain, together
from yizhan.domains.fields.types import Field, FieldCondition, FieldEffect, Rule

WITH_OPTIONS = ("choice", "multi_choice", "tree")


class Finding(msgspec.Struct, frozen=True):
    """One reason why a set of rules is refused."""

    code: str
    rules: tuple[str, ...]
    fields: tuple[str, ...]
    detail: str


def findings(fields: Sequence[Field], rules: Sequence[Rule]) -> list[Finding]:
    """What is wrong with these definitions and rules together; empty when all is well."""
    known = {one.key: one for one in fields if one.active}
    active = [rule for rule in rules if rule.active]
    found = [one for field in known.values() for one in _formula_of(field, known)]
    for rule in active:
        found += _rule(rule, known)
    if found:
        return found
    try:
        plan = Plan(fields, rules)
    except Circle as circle:
        return [_circle(circle, active)]
    return list(_Combined(plan, active).all())


# ------------------------------------------------------------------------------ each rule alone


def _kinds(known: dict[str, Field]) -> dict[str, str]:
    own = {key: values.kind_of(field) for key, field in known.items()}
    return {**dict.fromkeys(conditions.CONTEXT, "context"), **own}


def _formula_of(field: Field, known: dict[str, Field]) -> Iterator[Finding]:
    if field.type == "formula":
        wrong = _formula(field.config.formula or "", known)
        if wrong:
            yield Finding("formula", (), (field.key,), f"The formula of “{field.key}”: {wrong}.")


def _formula(source: str, known: dict[str, Field]) -> str:
    try:
        names = formula.read(source).names
    except formula.BadFormula as error:
        return str(error)
    missing = sorted(names - known.keys() - set(conditions.CONTEXT))
    return f"there is no field “{missing[0]}”" if missing else ""


def _rule(rule: Rule, known: dict[str, Field]) -> Iterator[Finding]:
    try:
        conditions.check(rule.condition, _kinds(known))
    except conditions.BadCondition as error:
        yield Finding("condition", (rule.name,), (), f"The condition of “{rule.name}”: {error}.")
        return
    asked = conditions.names(rule.condition)
    for effect in rule.effects:
        field = known.get(effect.field)
        if field is None:
            wrong = "there is no such field"
        elif effect.field in asked:
            wrong = "a rule cannot decide about a field by that field itself"
        else:
            wrong = _EFFECTS[effect.do](effect, field, known)
        if wrong:
            code = "itself" if effect.field in asked else "effect"
            detail = f"“{rule.name}”, about “{effect.field}”: {wrong}."
            yield Finding(code, (rule.name,), (effect.field,), detail)


def _no_formula(_effect: FieldEffect, field: Field, _known: dict[str, Field]) -> str:
    return "a formula cannot be asked for" if field.type == "formula" else ""


def _fill(effect: FieldEffect, field: Field, _known: dict[str, Field]) -> str:
    if field.type in ("formula", "file"):
        return f"a {field.type} cannot be filled"
    try:
        empty = values.parse(field, effect.value) is None
    except values.Unfit as unfit:
        return f"the value does not fit ({unfit.code})"
    return "the value is missing" if empty else ""


def _limit(effect: FieldEffect, field: Field, _known: dict[str, Field]) -> str:
    if field.type not in WITH_OPTIONS:
        return "only choices can be limited"
    if not effect.options:
        return "at least one option must be left"
    missing = [one for one in effect.options if one not in all_options(field)]
    return f"there is no option “{missing[0]}”" if missing else ""


def _compute(effect: FieldEffect, field: Field, known: dict[str, Field]) -> str:
    if field.type not in values.COMPUTABLE:
        return "this type cannot be computed"
    wrong = _formula(effect.formula or "", known)
    if not wrong and effect.field in formula.read(effect.formula or "").names:
        return "a formula cannot use its own field"
    return wrong


_EFFECTS: dict[str, Callable[[FieldEffect, Field, dict[str, Field]], str]] = {
    "show": lambda _effect, _field, _known: "",
    "require": _no_formula,
    "fill": _fill,
    "limit": _limit,
    "compute": _compute,
}


def all_options(field: Field) -> list[str]:
    """Every option, also those that are no longer offered."""
    if field.type == "tree":
        return [path for path, _ in values.tree_paths(field.options)]
    return [option.id for option in field.options]


def _circle(circle: Circle, rules: Sequence[Rule]) -> Finding:
    inside = set(circle.keys)
    named = [
        rule.name
        for rule in rules
        if any(effect.field in inside for effect in rule.effects) and _takes_part(rule, inside)
    ]
    path = " → ".join(circle.keys)
    detail = f"These fields decide about each other in a circle: {path}."
    return Finding("circle", tuple(named), tuple(dict.fromkeys(circle.keys)), detail)


def _takes_part(rule: Rule, inside: set[str]) -> bool:
    """Whether a rule has a part in the circle: it decides about a field in it by another in it."""
    asked = conditions.names(rule.condition) | {
        name
        for effect in rule.effects
        if effect.do == "compute"
        for name in formula.read(effect.formula or "").names
    }
    return bool(asked & inside)


# -------------------------------------------------------------------------------- rules together

_Held = tuple[Rule, FieldEffect]


class _Combined:
    def __init__(self, plan: Plan, rules: Sequence[Rule]) -> None:
        self.plan = plan
        self.domains = {name: Domain("context") for name in conditions.CONTEXT}
        for key, field in plan.fields.items():
            options = all_options(field) if field.type in WITH_OPTIONS else None
            self.domains[key] = Domain(plan.kinds[key], options)
        self.rules = rules
        self.by_field: dict[str, dict[str, list[_Held]]] = {}
        for rule in rules:
            for effect in rule.effects:
                kinds = self.by_field.setdefault(effect.field, {})
                kinds.setdefault(effect.do, []).append((rule, effect))

    def all(self) -> Iterator[Finding]:
        for rule in self.rules:
            if not self.together(rule.condition):
                detail = f"The condition of “{rule.name}” can never hold."
                yield Finding("never", (rule.name,), (), detail)
        for key, kinds in sorted(self.by_field.items()):
            yield from self.hidden(key, kinds)
            yield from self.fights(key, kinds)
            yield from self.limits(key, kinds)

    def together(self, *wanted: FieldCondition) -> bool:
        return together(wanted, self.domains)

    def hidden(self, key: str, kinds: dict[str, list[_Held]]) -> Iterator[Finding]:
        """What is asked of a field exactly when other rules hide it."""
        shows = kinds.get("show", [])
        if not shows:
            return
        seen = FieldCondition(any=tuple(rule.condition for rule, _ in shows))
        for kind in ("require", "fill", "compute"):
            for rule, _ in kinds.get(kind, []):
                if not self.together(rule.condition, seen):
                    named = tuple(dict.fromkeys([rule.name, *(one.name for one, _ in shows)]))
                    detail = (
                        f"“{rule.name}” is to {kind} “{key}”, but whenever it holds the field is"
                        f" hidden by {_listed(named[1:])}."
                    )
                    yield Finding("hidden", named, (key,), detail)

    def fights(self, key: str, kinds: dict[str, list[_Held]]) -> Iterator[Finding]:
        """Two rules that set one field differently at the same time."""
        field = self.plan.fields[key]
        for (one, left), (two, right) in combinations(
            [*kinds.get("fill", []), *kinds.get("compute", [])], 2
        ):
            if _sets(field, left) != _sets(field, right) and self.together(
                one.condition, two.condition
            ):
                named = tuple(dict.fromkeys([one.name, two.name]))
                detail = f"{_listed(named)} can hold at once and set “{key}” differently."
                yield Finding("fills_fight", named, (key,), detail)

    def limits(self, key: str, kinds: dict[str, list[_Held]]) -> Iterator[Finding]:
        """Limits that leave nothing, and fills that a limit forbids."""
        field = self.plan.fields[key]
        limits = [(rule, _left(field, effect)) for rule, effect in kinds.get("limit", [])]
        for (one, left), (two, right) in combinations(limits, 2):
            if not left & right and self.together(one.condition, two.condition):
                named = tuple(dict.fromkeys([one.name, two.name]))
                detail = f"{_listed(named)} can hold at once and leave “{key}” no option."
                yield Finding("limits_leave_nothing", named, (key,), detail)
        for rule, effect in kinds.get("fill", []):
            value = values.parse(field, effect.value) if limits else None
            filled = set(value if isinstance(value, list) else [value])
            for other, left in limits:
                if not filled <= left and self.together(rule.condition, other.condition):
                    named = tuple(dict.fromkeys([rule.name, other.name]))
                    detail = (
                        f"“{rule.name}” fills “{key}” with an option that “{other.name}” forbids."
                    )
                    yield Finding("fill_forbidden", named, (key,), detail)


def _left(field: Field, effect: FieldEffect) -> set[str]:
    return {
        one
        for one in all_options(field)
        if any(one == kept or one.startswith(f"{kept}/") for kept in effect.options)
    }


def _sets(field: Field, effect: FieldEffect) -> tuple[str, Any]:
    """What an effect sets, so that two that set the same do not fight."""
    if effect.do == "compute":
        return "compute", effect.formula
    return "fill", values.parse(field, effect.value)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)
