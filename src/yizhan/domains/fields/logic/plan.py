"""Definitions and rules of one object, made ready: by field, in an order, with formulas read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

from yizhan.domains.fields.logic import conditions, formula, values
from yizhan.domains.fields.types import Field, FieldCondition, FieldEffect, Rule

# Effects that decide what a field holds. The others only say what is asked of it.
DECIDING = ("show", "fill", "compute")


class Circle(ValueError):
    """Fields that decide about each other in a circle."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(" → ".join(keys))


class Plan:
    """What the evaluator works with. Only active fields and rules are in it."""

    def __init__(self, fields: Iterable[Field], rules: Iterable[Rule] = ()) -> None:
        self.fields: dict[str, Field] = {one.key: one for one in fields if one.active}
        self.rules: list[Rule] = sorted((one for one in rules if one.active), key=lambda r: r.id)
        self.kinds: dict[str, str] = {
            **dict.fromkeys(conditions.CONTEXT, "context"),
            **{key: values.kind_of(one) for key, one in self.fields.items()},
        }
        self.effects: Mapping[tuple[str, str], list[tuple[FieldCondition, FieldEffect]]] = (
            self._effects()
        )
        self.formulas = {source: formula.read(source) for source in self._sources()}
        self.fills: dict[tuple[str, int], Any] = {
            (key, id(effect)): values.parse(self.fields[key], effect.value)
            for (key, kind), found in self.effects.items()
            if kind == "fill"
            for _, effect in found
        }
        self.order: tuple[str, ...] = sorted_by_need(self.needs())

    def _effects(self) -> dict[tuple[str, str], list[tuple[FieldCondition, FieldEffect]]]:
        found: dict[tuple[str, str], list[tuple[FieldCondition, FieldEffect]]] = defaultdict(list)
        for rule in self.rules:
            for effect in rule.effects:
                if effect.field in self.fields:
                    found[effect.field, effect.do].append((rule.condition, effect))
        return found

    def _sources(self) -> set[str]:
        own = {one.config.formula or "" for one in self.fields.values() if one.type == "formula"}
        ruled = {
            effect.formula or ""
            for rule in self.rules
            for effect in rule.effects
            if effect.do == "compute"
        }
        return own | ruled

    def needs(self) -> dict[str, set[str]]:
        """Each field with those that decide what it holds."""
        found: dict[str, set[str]] = {key: set() for key in self.fields}
        for key, field in self.fields.items():
            if field.type == "formula":
                found[key] |= self.formulas[field.config.formula or ""].names
        for rule in self.rules:
            for effect in rule.effects:
                if effect.do in DECIDING and effect.field in found:
                    found[effect.field] |= conditions.names(rule.condition)
                    if effect.do == "compute":
                        found[effect.field] |= self.formulas[effect.formula or ""].names
        return {key: need & self.fields.keys() for key, need in found.items()}

    @property
    def uses_context(self) -> bool:
        """Whether a rule or formula asks about the ticket itself."""
        asked = set().union(
            *(conditions.names(rule.condition) for rule in self.rules),
            *(one.names for one in self.formulas.values()),
        )
        return bool(asked & set(conditions.CONTEXT))


def sorted_by_need(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """Every key behind what it needs; among free ones by name, so that the order is always the same.

    Errors: Circle.
    """
    left = {key: set(need) for key, need in needs.items()}
    needed_by: dict[str, list[str]] = defaultdict(list)
    for key, need in left.items():
        for one in need:
            needed_by[one].append(key)
    free = [key for key, need in left.items() if not need]
    heapify(free)
    done: list[str] = []
    while free:
        key = heappop(free)
        done.append(key)
        for other in needed_by[key]:
            left[other].discard(key)
            if not left[other]:
                heappush(free, other)
    if len(done) < len(left):
        raise Circle(_circle({key: left[key] for key in left.keys() - set(done)}))
    return tuple(done)


def _circle(needs: Mapping[str, set[str]]) -> list[str]:
    """One circle among keys that all need each other somehow."""
    at = min(needs)
    path: list[str] = []
    while at not in path:
        path.append(at)
        at = min(one for one in needs[at] if one in needs)
    return [*path[path.index(at) :], at]
