"""Values of records: checked before they are stored, told apart for events, kept findable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from yizhan.domains.fields import catalog, errors, messages, registry, repository
from yizhan.domains.fields.catalog import Of
from yizhan.domains.fields.logic import evaluate, values
from yizhan.domains.fields.types import Field, Object
from yizhan.kernel import text
from yizhan.kernel.tx import Tx

MOST_BYTES = 64_000
_LONGEST_FOLDED = 200
_NO_CONTEXT: Mapping[str, Any] = {}
# What can be looked up by its whole value.
INDEXABLE = ("text", "number", "date", "person", "relation", "choice")


class Written(msgspec.Struct, frozen=True):
    """What is to be stored, and what of it is new: field → old and new value."""

    values: dict[str, Any]
    changes: dict[str, list[Any]]


async def write(
    tx: Tx,
    name: Object,
    *,
    old: Mapping[str, Any],
    given: Mapping[str, Any],
    creating: bool = False,
    strict: bool = True,
    context: Mapping[str, Any] = _NO_CONTEXT,
    context_before: Mapping[str, Any] | None = None,
    revision: int | None = None,
) -> Written:
    """The values to store when somebody sends ``given`` (None empties a field).

    Without ``strict`` what does not fit is left out instead of refused: a customer's message is
    never lost over a field. As long as a workspace has defined no field of an object, any key is taken.
    ``revision`` of the definitions spares a read to whoever has it.

    Errors: UnknownField, FieldReadOnly, FieldsInvalid.
    """
    found = await catalog.of(tx, name, revision=revision)
    if found.is_free:
        return _free(old, given)
    given = _allowed(tx, found, old, given, strict=strict)
    run = evaluate.evaluate(found.plan, old, given, now=tx.now, creating=creating, context=context)
    problems = [one for one in run.problems if _can_mend(tx, found.plan.fields[one.field])]
    if problems and not creating:
        was = context if context_before is None else context_before
        problems = _new_problems(tx, found, old, given, problems, context=was)
    problems += await _references(tx, found, old, run.values)
    if problems and strict:
        raise errors.FieldsInvalid(errors=[messages.problem(one) for one in problems])
    kept = {key: value for key, value in old.items() if key not in found.plan.fields}
    wrong = {one.field for one in problems} if problems else set()
    stored = kept | {k: v for k, v in run.values.items() if k not in wrong or v == old.get(k)}
    for key in given.keys() - found.plan.fields.keys():  # from before there were definitions
        stored.pop(key, None)
    _bounded(stored)
    return Written(stored, changes(old, stored))


async def would_take(tx: Tx, name: Object, *, key: str, value: Any) -> bool:
    """Whether a field takes such a value at all; rules and rights are asked when it is written."""
    found = await catalog.of(tx, name)
    if found.is_free:
        return True
    field = found.plan.fields.get(key)
    if field is None or field.type == "formula":
        return False
    try:
        values.parse(field, value)
    except values.Unfit:
        return False
    return True


def _free(old: Mapping[str, Any], given: Mapping[str, Any]) -> Written:
    stored = {key: value for key, value in {**old, **given}.items() if value is not None}
    _bounded(stored)
    return Written(stored, changes(old, stored))


def _bounded(stored: Mapping[str, Any]) -> None:
    if values.size(stored) > MOST_BYTES:
        raise errors.FieldsInvalid(f"All fields together hold at most {MOST_BYTES} bytes.")


def _allowed(
    tx: Tx, found: Of, old: Mapping[str, Any], given: Mapping[str, Any], *, strict: bool
) -> dict[str, Any]:
    """What of ``given`` this actor may write. Sending a value that stands already is no change."""
    unknown: list[str] = []
    locked: list[str] = []
    passed: dict[str, Any] = {}
    for key, value in given.items():
        field = found.plan.fields.get(key)
        if field is None or not catalog.may_see(tx.actor, field):
            if value is None and key in old and key not in found.all:
                passed[key] = None  # what is left from before may be cleared
            else:
                unknown.append(key)
        elif catalog.may_edit(tx.actor, field):
            passed[key] = value
        elif value != old.get(key):
            locked.append(key)
    if strict and unknown:
        raise errors.UnknownField(fields=sorted(unknown)[:20])
    if strict and locked:
        raise errors.FieldReadOnly(fields=sorted(locked)[:20])
    return passed


def _new_problems(
    tx: Tx,
    found: Of,
    old: Mapping[str, Any],
    given: Mapping[str, Any],
    problems: list[evaluate.Problem],
    *,
    context: Mapping[str, Any],
) -> list[evaluate.Problem]:
    """Problems that this change makes or touches: what was wrong before does not stop other work."""
    before = evaluate.evaluate(found.plan, old, {}, now=tx.now, context=context)
    known = {(one.field, one.code) for one in before.problems}
    return [one for one in problems if one.field in given or (one.field, one.code) not in known]


def _can_mend(tx: Tx, field: Field) -> bool:
    """Nobody is asked for what they may not fill in."""
    return tx.actor.kind == "system" or catalog.may_edit(tx.actor, field)


async def _references(
    tx: Tx, found: Of, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[evaluate.Problem]:
    """People, files and records that are named must be there and be visible."""
    asked: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for key, value in new.items():
        kind = _kind_named(found.plan.fields[key])
        if kind and value != old.get(key):
            asked[kind][key] = [int(one) for one in (value if isinstance(value, list) else [value])]
    problems = []
    for kind, by_key in asked.items():
        there = await labels(tx, kind, sorted({one for ids in by_key.values() for one in ids}))
        for key, ids in by_key.items():
            missing = [one for one in ids if one not in there]
            if missing:
                problems.append(evaluate.Problem(key, "missing", {"id": str(missing[0])}))
    return problems


def _kind_named(field: Field) -> str:
    """Of what kind the ids in a field are; "" for a field without ids."""
    if field.type == "relation":
        return field.config.target or ""
    return {"person": "agent", "file": "file"}.get(field.type, "")


async def labels(tx: Tx, kind: str, ids: Sequence[int]) -> dict[int, str]:
    """Names of agents, files, tickets, customers or companies, as far as the actor may see them."""
    if kind == "agent":
        return await repository.agents(tx, ids)
    if kind == "file":
        return await repository.files(tx, ids)
    provider = registry.of(kind)
    return {} if provider is None else await provider.labels(tx, ids)


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Old and new value of each field that differs, named ``field.KEY`` as events have it."""
    names = sorted(old.keys() | new.keys())
    return {
        f"{catalog.PREFIX}{key}": [old.get(key), new.get(key)]
        for key in names
        if old.get(key) != new.get(key)
    }


# ----------------------------------------------------------------------------------- looking up


def folded(value: Any) -> list[str]:
    """How values are compared when a record is looked up by them."""
    many = value if isinstance(value, list) else [value]
    words = [text.normal(str(one)).strip()[:_LONGEST_FOLDED] for one in many if one is not None]
    return [word for word in dict.fromkeys(words) if word]


def _pairs(fields: Iterable[Field], stored: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {(one.key, word) for one in fields for word in folded(stored.get(one.key))}


async def reindex(
    tx: Tx, name: Object, object_id: int, *, old: Mapping[str, Any], new: Mapping[str, Any]
) -> None:
    """Keep a record findable by its indexed fields; no query where none of them changed."""
    if not old and not new:
        return
    indexed = (await catalog.of(tx, name)).indexed
    if not indexed:
        return
    before, after = _pairs(indexed, old), _pairs(indexed, new)
    if before != after:
        await repository.set_index(
            tx, name, object_id, gone=sorted(before - after), new=sorted(after - before)
        )


async def search(tx: Tx, name: Object, q: str, *, most: int = 50) -> list[int]:
    """Records with exactly this value in an indexed field that the actor may see, newest first."""
    found = await catalog.of(tx, name)
    keys = [one.key for one in found.indexed if catalog.may_see(tx.actor, one)]
    words = folded(q)
    if not keys or not words:
        return []
    return await repository.look_up(tx, name, keys, value=words[0], most=most)
