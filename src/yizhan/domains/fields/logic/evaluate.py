"""The evaluator: definitions, rules, old values and new ones become values, states and problems.

Fields are gone through in an order in which each comes behind those that decide about it, so one
pass is enough. Several rules about one field combine without regard to their order: one ``show`` is
enough, one ``require`` is enough, limits leave what all of them leave, and of two different fills
only one can hold, which was proven when they were stored. Evaluating a result changes nothing.

A hidden field has no value. Whoever sends a value for a computed field is not contradicted; the
computed one stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.fields.logic import conditions, functions, values
from yizhan.domains.fields.logic.plan import Plan
from yizhan.domains.fields.types import Field, FieldEffect


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one field: a code, and figures for the message."""

    field: str
    code: str
    figures: dict[str, Any] = {}


class State(msgspec.Struct, frozen=True):
    """How one field is to be shown."""

    visible: bool
    required: bool
    readonly: bool
    options: tuple[str, ...] | None = None  # what limits leave; None where nothing limits


class Outcome(msgspec.Struct, frozen=True):
    """What an evaluation gives. ``values`` has no empty ones."""

    values: dict[str, Any]
    states: dict[str, State]
    problems: tuple[Problem, ...]


class _Run:
    def __init__(self, plan: Plan, context: Mapping[str, Any], now: datetime) -> None:
        self.plan = plan
        self.now = now
        self.known: dict[str, Any] = dict(context)  # as reckoned with
        self.stored: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.readonly: set[str] = set()
        self.visible: set[str] = set()

    def holding(self, key: str, kind: str) -> list[FieldEffect]:
        """The effects of a kind on a field whose rules hold."""
        return [
            effect
            for condition, effect in self.plan.effects.get((key, kind), ())
            if conditions.holds(condition, self.known, self.plan.kinds)
        ]

    def settle(self, field: Field, proposed: Any) -> None:
        """Decide about one field, given all that it depends on."""
        key = field.key
        shows = self.plan.effects.get((key, "show"), ())
        if shows and not self.holding(key, "show"):
            self.known[key] = None
            return
        self.visible.add(key)
        value = self.set_by_rules(field, proposed)
        if value is not None:
            self.stored[key] = value
        self.known[key] = values.reckon(values.kind_of(field), value)

    def set_by_rules(self, field: Field, proposed: Any) -> Any:
        if field.type == "formula":
            self.readonly.add(field.key)
            return self.compute(field, field.config.formula or "")
        for effect in self.holding(field.key, "compute"):
            self.readonly.add(field.key)
            return self.compute(field, effect.formula or "")
        for effect in self.holding(field.key, "fill"):
            if not effect.only_empty:
                self.readonly.add(field.key)
                return self.plan.fills[field.key, id(effect)]
            if proposed is None:
                return self.plan.fills[field.key, id(effect)]
        return proposed

    def compute(self, field: Field, source: str) -> Any:
        found = functions.run(self.plan.formulas[source].root, self.known, now=self.now)
        return values.to_store(field, found)

    def state(self, field: Field) -> State:
        key = field.key
        if key not in self.visible:
            return State(visible=False, required=False, readonly=False)
        limits = self.holding(key, "limit")
        left = None
        if limits:
            left = tuple(
                one
                for one in values.offered(field)
                if all(_allowed(one, effect.options) for effect in limits)
            )
        required = field.required or bool(self.holding(key, "require"))
        return State(
            visible=True,
            required=required and left != () and key not in self.readonly,
            readonly=key in self.readonly,
            options=left,
        )


def _allowed(value: str, options: Sequence[str]) -> bool:
    """Whether a limit leaves a value: it names it, or a branch above it."""
    return any(value == one or value.startswith(f"{one}/") for one in options)


def evaluate(
    plan: Plan,
    old: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    now: datetime,
    creating: bool = False,
    context: Mapping[str, Any] | None = None,
) -> Outcome:
    """``old`` are stored values, ``given`` what somebody sends (None empties). Never raises.

    ``creating`` gives fields their first value where nothing is given. Keys that are no field are
    passed over; who calls refuses them before.
    """
    run = _Run(plan, context or {}, now)
    for key in plan.order:
        field = plan.fields[key]
        before = old.get(key)
        proposed = before
        if key in given:
            try:
                proposed = _given(field, given[key], before)
            except values.Unfit as unfit:
                run.problems.append(Problem(key, unfit.code, unfit.figures))
        elif creating and before is None and field.initial is not None:
            proposed = field.initial
        run.settle(field, proposed)
    states = {key: run.state(plan.fields[key]) for key in plan.order}
    wrong = {problem.field for problem in run.problems}
    problems = [
        one for one in run.problems if states[one.field].visible and not states[one.field].readonly
    ]
    for key in plan.order:
        if key not in wrong:
            problems += _judge(plan.fields[key], states[key], run.stored.get(key))
    return Outcome(run.stored, states, tuple(sorted(problems, key=lambda one: one.field)))


def _given(field: Field, raw: Any, before: Any) -> Any:
    """What is stored was valid once and may stay, also when its option is no longer offered."""
    if before is not None and type(raw) is type(before) and raw == before:
        return before
    return None if field.type == "formula" else values.parse(field, raw)


def _judge(field: Field, state: State, value: Any) -> list[Problem]:
    if not state.visible:
        return []
    if state.required and (value is None or (field.type == "checkbox" and value is not True)):
        return [Problem(field.key, "required")]
    if state.options is not None and value is not None:
        chosen = value if isinstance(value, list) else [value]
        outside = [one for one in chosen if one not in state.options]
        if outside:
            return [Problem(field.key, "not_offered", {"option": str(outside[0])[:100]})]
    return []
