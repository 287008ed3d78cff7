# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``fields``."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from yizhan_client.models.shared import FieldNames, Stamp

__all__ = [
    "CustomField",
    "CustomFieldChange",
    "CustomFieldOrder",
    "CustomFields",
    "EvaluateForm",
    "EvaluatedForm",
    "FieldCondition",
    "FieldConfig",
    "FieldEffect",
    "FieldLabel",
    "FieldLabelsOut",
    "FieldOption",
    "FieldRuleChange",
    "FieldRuleOut",
    "FieldRulesOut",
    "FieldState",
    "FormChange",
    "FormOut",
    "FormSection",
    "FormVersionOut",
    "FormVersionsOut",
    "FormsOut",
    "NewCustomField",
    "NewFieldRule",
    "NewForm",
    "RestoreForm",
    "ValueProblem",
]


class CustomField(Struct, kw_only=True):
    """Custom field."""

    id: str
    object: str  # ticket, customer, company
    key: str
    type: str
    name: FieldNames
    help: FieldNames
    initial: Any
    required: bool
    config: FieldConfig
    options: list[FieldOption]
    see_roles: list[str]
    edit_roles: list[str]
    customer: str  # none, see, edit
    indexed: bool
    position: int
    active: bool
    editable: bool


class CustomFieldChange(Struct, kw_only=True):
    """Custom field change."""

    name: FieldNames | UnsetType = UNSET
    help: FieldNames | UnsetType = UNSET
    initial: Any = UNSET
    required: bool | UnsetType = UNSET
    config: FieldConfig | UnsetType = UNSET
    options: list[FieldOption] | UnsetType = UNSET
    see_roles: list[str] | UnsetType = UNSET
    edit_roles: list[str] | UnsetType = UNSET
    customer: Literal["none", "see", "edit"] | UnsetType = UNSET
    indexed: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class CustomFieldOrder(Struct, kw_only=True):
    """Custom field order."""

    object: Literal["ticket", "customer", "company"]
    keys: list[str]


class CustomFields(Struct, kw_only=True):
    """Custom fields."""

    items: list[CustomField]


class EvaluateForm(Struct, kw_only=True):
    """Evaluate form."""

    object: Literal["ticket", "customer", "company"]
    id: str | UnsetType | None = UNSET
    values: dict[str, Any] | UnsetType = UNSET
    use: Literal["new", "panel", "hosted"] | UnsetType = UNSET
    type: str | UnsetType | None = UNSET
    priority: str | UnsetType | None = UNSET
    channel: str | UnsetType | None = UNSET
    brand_id: str | UnsetType | None = UNSET


class EvaluatedForm(Struct, kw_only=True):
    """Evaluated form."""

    form_id: str | None
    sections: list[FormSection]
    states: dict[str, FieldState]
    values: dict[str, Any]
    errors: list[ValueProblem]


class FieldCondition(Struct, kw_only=True):
    """Field condition."""

    all: list[FieldCondition] | UnsetType | None = UNSET
    any: list[FieldCondition] | UnsetType | None = UNSET
    not_: FieldCondition | UnsetType | None = field(default=UNSET, name="not")
    field: str | UnsetType | None = UNSET
    op: str | UnsetType | None = UNSET
    value: Any = UNSET


class FieldConfig(Struct, kw_only=True):
    """Field config."""

    min_length: int | UnsetType | None = UNSET
    max_length: int | UnsetType | None = UNSET
    pattern: str | UnsetType | None = UNSET
    min: str | UnsetType | None = UNSET
    max: str | UnsetType | None = UNSET
    decimals: int | UnsetType | None = UNSET
    currencies: list[str] | UnsetType = UNSET
    earliest: str | UnsetType | None = UNSET
    latest: str | UnsetType | None = UNSET
    leaf_only: bool | UnsetType = UNSET
    target: str | UnsetType | None = UNSET  # ticket, customer, company, None
    multiple: bool | UnsetType = UNSET
    most: int | UnsetType | None = UNSET
    formula: str | UnsetType | None = UNSET
    result: str | UnsetType = UNSET  # text, number, money, date, datetime, checkbox


class FieldEffect(Struct, kw_only=True):
    """Field effect."""

    do: str  # show, require, fill, limit, compute
    field: str
    value: Any = UNSET
    only_empty: bool | UnsetType = UNSET
    options: list[str] | UnsetType = UNSET
    formula: str | UnsetType | None = UNSET


class FieldLabel(Struct, kw_only=True):
    """Field label."""

    id: str
    label: str


class FieldLabelsOut(Struct, kw_only=True):
    """Field labels out."""

    items: list[FieldLabel]


class FieldOption(Struct, kw_only=True):
    """Field option."""

    id: str
    name: FieldNames | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    children: list[FieldOption] | UnsetType = UNSET


class FieldRuleChange(Struct, kw_only=True):
    """Field rule change."""

    name: str | UnsetType = UNSET
    condition: FieldCondition | UnsetType = UNSET
    effects: list[FieldEffect] | UnsetType = UNSET
    position: int | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class FieldRuleOut(Struct, kw_only=True):
    """Field rule out."""

    id: str
    object: str  # ticket, customer, company
    name: str
    condition: FieldCondition
    effects: list[FieldEffect]
    position: int
    active: bool


class FieldRulesOut(Struct, kw_only=True):
    """Field rules out."""

    items: list[FieldRuleOut]


class FieldState(Struct, kw_only=True):
    """Field state."""

    visible: bool
    required: bool
    readonly: bool
    options: list[str] | None


class FormChange(Struct, kw_only=True):
    """Form change."""

    name: str | UnsetType = UNSET
    uses: list[Literal["new", "panel", "hosted"]] | UnsetType = UNSET
    types: list[str] | UnsetType = UNSET
    brand_ids: list[str] | UnsetType = UNSET
    channels: list[str] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    sections: list[FormSection] | UnsetType = UNSET
    position: int | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class FormOut(Struct, kw_only=True):
    """Form out."""

    id: str
    object: str  # ticket, customer, company
    name: str
    uses: list[str]
    types: list[str]
    brand_ids: list[str]
    channels: list[str]
    role_ids: list[str]
    sections: list[FormSection]
    position: int
    active: bool
    version: int
    updated_at: dt.datetime


class FormSection(Struct, kw_only=True):
    """Form section."""

    title: FieldNames | UnsetType = UNSET
    fields: list[str] | UnsetType = UNSET


class FormVersionOut(Struct, kw_only=True):
    """Form version out."""

    version: int
    at: dt.datetime
    actor: Stamp
    name: str
    sections: list[FormSection]


class FormVersionsOut(Struct, kw_only=True):
    """Form versions out."""

    items: list[FormVersionOut]


class FormsOut(Struct, kw_only=True):
    """Forms out."""

    items: list[FormOut]


class NewCustomField(Struct, kw_only=True):
    """New custom field."""

    object: Literal["ticket", "customer", "company"]
    key: str
    type: Literal[
        "text",
        "long_text",
        "number",
        "money",
        "date",
        "datetime",
        "choice",
        "multi_choice",
        "tree",
        "person",
        "relation",
        "file",
        "checkbox",
        "formula",
    ]
    name: FieldNames
    help: FieldNames | UnsetType = UNSET
    initial: Any = UNSET
    required: bool | UnsetType = UNSET
    config: FieldConfig | UnsetType = UNSET
    options: list[FieldOption] | UnsetType = UNSET
    see_roles: list[str] | UnsetType = UNSET
    edit_roles: list[str] | UnsetType = UNSET
    customer: Literal["none", "see", "edit"] | UnsetType = UNSET
    indexed: bool | UnsetType = UNSET


class NewFieldRule(Struct, kw_only=True):
    """New field rule."""

    object: Literal["ticket", "customer", "company"]
    name: str
    condition: FieldCondition | UnsetType = UNSET
    effects: list[FieldEffect]
    active: bool | UnsetType = UNSET


class NewForm(Struct, kw_only=True):
    """New form."""

    object: Literal["ticket", "customer", "company"]
    name: str
    uses: list[Literal["new", "panel", "hosted"]] | UnsetType = UNSET
    types: list[str] | UnsetType = UNSET
    brand_ids: list[str] | UnsetType = UNSET
    channels: list[str] | UnsetType = UNSET
    role_ids: list[str] | UnsetType = UNSET
    sections: list[FormSection] | UnsetType = UNSET


class RestoreForm(Struct, kw_only=True):
    """Restore form."""

    version: int


class ValueProblem(Struct, kw_only=True):
    """Value problem."""

    field: str
    code: str
    message: str
    figures: dict[str, Any]
