"""What happens to definitions. Values change in the events of their tickets, customers and companies."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class FieldCreated(events.Event, frozen=True, tag="field.created"):
    """A custom field was defined."""

    field_id: int
    object: str
    key: str
    changes: Changes


class FieldUpdated(events.Event, frozen=True, tag="field.updated"):
    """A field's definition changed; archived ones are no longer ``active``."""

    field_id: int
    object: str
    key: str
    changes: Changes


class FieldsOrdered(events.Event, frozen=True, tag="field.ordered"):
    """The fields of an object are shown in another order."""

    object: str
    keys: list[str]


class FieldRuleSaved(events.Event, frozen=True, tag="field.rule_saved"):
    """A rule between fields was made or changed."""

    rule_id: int
    object: str
    changes: Changes


class FieldRuleDeleted(events.Event, frozen=True, tag="field.rule_deleted"):
    """A rule between fields was removed."""

    rule_id: int
    object: str
    name: str


class FormSaved(events.Event, frozen=True, tag="form.saved"):
    """A form was made, changed or set back to an earlier version."""

    form_id: int
    object: str
    name: str
    version: int
    restored_from: int | None = None


class FormDeleted(events.Event, frozen=True, tag="form.deleted"):
    """A form is no longer used; its versions stay."""

    form_id: int
    name: str
