"""A form as a customer fills it in on a page: what is asked now, given what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from yizhan.domains.fields import catalog
from yizhan.domains.fields.logic import evaluate, values
from yizhan.domains.fields.service import forms
from yizhan.domains.fields.types import Field, FieldNames
from yizhan.kernel import clock
from yizhan.kernel.tx import Tx

Typed = Mapping[str, Sequence[str]]
# What somebody without a sign-in cannot choose: people, records and files of the desk.
_OURS = ("person", "relation", "file")


class Question(msgspec.Struct, frozen=True):
    """One field as it is asked now; ``options`` are values and names that can be chosen."""

    field: Field
    state: evaluate.State
    value: Any
    options: tuple[tuple[str, FieldNames], ...] = ()

    @property
    def is_answered(self) -> bool:
        """Somebody is to type something; others are shown only."""
        return not self.state.readonly


class Part(msgspec.Struct, frozen=True):
    """Questions below one title."""

    title: FieldNames
    questions: tuple[Question, ...]


class Asked(msgspec.Struct, frozen=True):
    """What a page asks. ``values`` are those to keep; ``is_live`` says that answers change questions."""

    parts: tuple[Part, ...] = ()
    values: dict[str, Any] = {}
    problems: tuple[evaluate.Problem, ...] = ()
    is_live: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that can be filled in."""
        return tuple(
            one.field.key for part in self.parts for one in part.questions if one.is_answered
        )


async def ask(tx: Tx, typed: Typed, *, place: forms.Place) -> Asked:
    """The questions of a place. A field that is not in ``typed`` was not asked before."""
    found = await catalog.of(tx, "ticket")
    may_see = {one.key: one for one in found.visible(tx.actor)}
    if not may_see:
        return Asked()
    zone = ZoneInfo(await _zone(tx))
    given = {
        key: _given(field, typed, zone=zone)
        for key, field in may_see.items()
        if key in typed and field.type not in _OURS
    }
    filled = await forms.fill(tx, "ticket", given=given, place=place)
    parts = tuple(
        Part(section.title, questions)
        for section in filled.sections
        if (questions := tuple(_questions(section.fields, may_see, filled.outcome)))
    )
    asked = Asked(
        parts, is_live=bool(found.rules) or any(_is_formula(one) for one in may_see.values())
    )
    shown = set(asked.keys)
    return msgspec.structs.replace(
        asked,
        values={key: filled.outcome.values.get(key) for key in shown if key in typed},
        problems=tuple(one for one in filled.outcome.problems if one.field in shown),
    )


async def _zone(tx: Tx) -> str:
    name: str = await tx.db.fetchval(
        "SELECT time_zone FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    return name


def _is_formula(field: Field) -> bool:
    return field.type == "formula"


def _questions(
    keys: Sequence[str], fields: Mapping[str, Field], outcome: evaluate.Outcome
) -> list[Question]:
    asked = []
    for key in keys:
        field, state = fields[key], outcome.states.get(key)
        if state is None or not state.visible or field.type in _OURS:
            continue
        value = outcome.values.get(key)
        if state.readonly and value is None:
            continue
        asked.append(Question(field, state, value, tuple(_options(field, state))))
    return asked


def _options(field: Field, state: evaluate.State) -> list[tuple[str, FieldNames]]:
    left = None if state.options is None else set(state.options)
    names = _names(field.options)
    return [
        (one, names[one])
        for one in (values.offered(field) if field.options else ())
        if left is None or one in left
    ]


def _names(
    options: Sequence[Any], path: str = "", zh: str = "", en: str = ""
) -> dict[str, FieldNames]:
    """Options by value; those of a tree with all that is above them."""
    found: dict[str, FieldNames] = {}
    for one in options:
        mine = FieldNames(
            zh=zh + (one.name.zh or one.name.en or one.id),
            en=en + (one.name.en or one.name.zh or one.id),
        )
        found[path + one.id] = mine
        found |= _names(one.children, f"{path}{one.id}/", f"{mine.zh} / ", f"{mine.en} / ")
    return found


def _given(field: Field, typed: Typed, *, zone: ZoneInfo) -> Any:
    """What a page sends, which is text only, as the field takes it."""
    words = [word.strip() for word in typed[field.key] if word.strip()]
    first = words[0] if words else None
    if field.type == "checkbox":
        return first is not None
    if field.type == "multi_choice":
        return words
    if field.type == "money" and first is not None:
        chosen = [one for one in typed.get(f"{field.key}.currency", ()) if one]
        return {"amount": first, **({"currency": chosen[0]} if chosen else {})}
    if field.type == "datetime" and first is not None:
        return _moment(first, zone)
    return first


def _moment(text: str, zone: ZoneInfo) -> str:
    """A wall clock where the workspace is, with its offset."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text  # refused by the field itself
    return clock.text(found if found.tzinfo else found.replace(tzinfo=zone))
