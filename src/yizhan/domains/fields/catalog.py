"""All definitions of a workspace, made ready once and kept in the process until they change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from yizhan.domains.fields import repository
from yizhan.domains.fields.logic.plan import Plan
from yizhan.domains.fields.types import OBJECTS, Field, Form, Object, Rule
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import Actor
from yizhan.kernel.tx import Tx

MANAGE = "field:manage"
PREFIX = "field."  # how a field is called in changes, conditions over tickets, exports
_MOST_KEPT = 200


class Of:
    """The definitions of one object."""

    def __init__(
        self, fields: Iterable[Field], rules: Iterable[Rule], forms: Iterable[Form]
    ) -> None:
        self.all: dict[str, Field] = {one.key: one for one in fields}
        self.rules = list(rules)
        self.forms = list(forms)
        self.plan = Plan(self.all.values(), self.rules)
        self.restricted = frozenset(key for key, one in self.all.items() if one.see_roles)
        self.archived = frozenset(key for key, one in self.all.items() if not one.active)
        self.indexed = tuple(one for one in self.all.values() if one.indexed and one.active)

    @property
    def is_free(self) -> bool:
        """Nothing is defined: any key is taken, as it always was."""
        return not self.all

    def visible(self, actor: Actor) -> list[Field]:
        """The active fields that an actor may see, in order."""
        return [one for one in self.all.values() if one.active and may_see(actor, one)]

    def shown(self, actor: Actor, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Of stored values those that an actor may see."""
        if not stored or not (self.restricted or self.archived or actor.kind == "contact"):
            return dict(stored)
        return {key: value for key, value in stored.items() if self.may_see_key(actor, key)}

    def may_see_key(self, actor: Actor, key: str) -> bool:
        """What was stored before there were definitions is everybody's on the staff."""
        field = self.all.get(key)
        if field is None:
            return actor.kind != "contact"
        return field.active and may_see(actor, field)


class Catalog:
    """The definitions of a workspace."""

    def __init__(
        self, revision: int, fields: Iterable[Field], rules: Iterable[Rule], forms: Iterable[Form]
    ) -> None:
        everything, all_rules, all_forms = list(fields), list(rules), list(forms)
        self.revision = revision
        self.of: dict[str, Of] = {
            name: Of(
                [one for one in everything if one.object == name],
                [one for one in all_rules if one.object == name],
                [one for one in all_forms if one.object == name],
            )
            for name in OBJECTS
        }


EMPTY = Catalog(0, (), (), ())
_kept: OrderedDict[int, Catalog] = OrderedDict()


def may_see(actor: Actor, field: Field) -> bool:
    """Who defines fields sees them all; customers see what is for them."""
    if actor.kind in ("contact", "channel"):
        return field.customer != "none"
    return not field.see_roles or _is_one_of(actor, field.see_roles)


def may_edit(actor: Actor, field: Field) -> bool:
    """Whether an actor may write a field."""
    if actor.kind in ("contact", "channel"):
        return field.customer == "edit"
    return may_see(actor, field) and (not field.edit_roles or _is_one_of(actor, field.edit_roles))


def _is_one_of(actor: Actor, roles: tuple[int, ...]) -> bool:
    return not actor.roles.isdisjoint(roles) or permissions.can(actor, MANAGE)


async def load(tx: Tx, *, revision: int | None = None) -> Catalog:
    """The definitions as they are now: one small read, and all of them only after a change.

    ``revision`` spares that read to whoever has it from another query.
    """
    now = await repository.revision(tx) if revision is None else revision
    if now == 0:
        return EMPTY
    kept = _kept.get(tx.workspace_id)
    if kept is not None and kept.revision == now:
        _kept.move_to_end(tx.workspace_id)
        return kept
    made = await read(tx, revision=now)
    _kept[tx.workspace_id] = made
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return made


async def read(tx: Tx, *, revision: int) -> Catalog:
    """The definitions from their tables."""
    return Catalog(
        revision,
        await repository.fields(tx),
        await repository.rules(tx),
        await repository.forms(tx),
    )


async def of(tx: Tx, name: Object, *, revision: int | None = None) -> Of:
    """The definitions of one object."""
    return (await load(tx, revision=revision)).of[name]


_OBJECT_OF = {"ticket": "ticket", "contact": "customer", "company": "company"}


def redacted(
    catalog: Catalog, actor: Actor, *, kind: str, data: Mapping[str, Any]
) -> dict[str, Any]:
    """An event's data without what an actor may not see of fields: for whoever shows the log."""
    found = catalog.of.get(_OBJECT_OF.get(kind.partition(".")[0], ""))
    changes = data.get("changes")
    if found is None or not isinstance(changes, dict) or not (found.restricted or found.archived):
        return dict(data)
    return {**data, "changes": shown_changes(found, actor, changes)}


def shown_changes(found: Of, actor: Actor, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes without those of fields that an actor may not see."""
    kept: dict[str, Any] = {}
    for name, pair in changes.items():
        if name.startswith(PREFIX) and not found.may_see_key(actor, name.removeprefix(PREFIX)):
            continue
        if name == "fields" and isinstance(pair, list):
            kept[name] = [found.shown(actor, o) if isinstance(o, dict) else o for o in pair]
        else:
            kept[name] = pair
    return kept
