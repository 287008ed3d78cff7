"""What the API takes and gives about fields, rules and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.fields import types
from yizhan.domains.fields.types import (
    ALWAYS,
    Customer,
    FieldCondition,
    FieldConfig,
    FieldEffect,
    FieldNames,
    FieldOption,
    FormSection,
    Object,
    Type,
    Use,
)
from yizhan.kernel.actor import Stamp

Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Ids = Annotated[list[Id], Meta(max_length=100)]
Words = Annotated[list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(max_length=100)]
Options = Annotated[list[FieldOption], Meta(max_length=500)]
Effects = Annotated[list[FieldEffect], Meta(min_length=1, max_length=50)]
Sections = Annotated[list[FormSection], Meta(max_length=50)]
RuleName = Annotated[str, Meta(min_length=1, max_length=120)]
Values = Annotated[dict[str, Any], Meta(max_length=1000)]


class CustomField(msgspec.Struct, kw_only=True):
    """A field's definition, and whether you may write it."""

    id: str
    object: Object
    key: str
    type: Type
    name: FieldNames
    help: FieldNames
    initial: Any
    required: bool
    config: FieldConfig
    options: list[FieldOption]
    see_roles: list[str]
    edit_roles: list[str]
    customer: Customer
    indexed: bool
    position: int
    active: bool
    editable: bool


class CustomFields(msgspec.Struct):
    """Fields in order."""

    items: list[CustomField]


class NewCustomField(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A field to define. Its key and type never change."""

    object: Object
    key: types.Key
    type: Type
    name: FieldNames
    help: FieldNames = msgspec.field(default_factory=FieldNames)
    initial: Any = None
    required: bool = False
    config: FieldConfig = msgspec.field(default_factory=FieldConfig)
    options: Options = []
    see_roles: Ids = []
    edit_roles: Ids = []
    customer: Customer = "none"
    indexed: bool = False


class CustomFieldChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to change; what is absent stays."""

    name: FieldNames | UnsetType = UNSET
    help: FieldNames | UnsetType = UNSET
    initial: Any | UnsetType = UNSET
    required: bool | UnsetType = UNSET
    config: FieldConfig | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    see_roles: Ids | UnsetType = UNSET
    edit_roles: Ids | UnsetType = UNSET
    customer: Customer | UnsetType = UNSET
    indexed: bool | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class CustomFieldOrder(msgspec.Struct, forbid_unknown_fields=True):
    """The keys of an object's fields in their new order."""

    object: Object
    keys: Annotated[list[types.Key], Meta(min_length=1, max_length=1000)]


class FieldRuleOut(msgspec.Struct, kw_only=True):
    """A rule between fields."""

    id: str
    object: Object
    name: str
    condition: FieldCondition
    effects: list[FieldEffect]
    position: int
    active: bool


class FieldRulesOut(msgspec.Struct):
    """Rules in order; the order is only for people."""

    items: list[FieldRuleOut]


class NewFieldRule(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A rule to add."""

    object: Object
    name: RuleName
    condition: FieldCondition = msgspec.field(default_factory=lambda: ALWAYS)
    effects: Effects
    active: bool = True


class FieldRuleChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to change; what is absent stays."""

    name: RuleName | UnsetType = UNSET
    condition: FieldCondition | UnsetType = UNSET
    effects: Effects | UnsetType = UNSET
    position: int | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class FormOut(msgspec.Struct, kw_only=True):
    """Which fields are asked where, and in which order."""

    id: str
    object: Object
    name: str
    uses: list[Use]
    types: list[str]
    brand_ids: list[str]
    channels: list[str]
    role_ids: list[str]
    sections: list[FormSection]
    position: int
    active: bool
    version: int
    updated_at: datetime


class FormsOut(msgspec.Struct):
    """Forms in order."""

    items: list[FormOut]


class NewForm(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A form to make. Empty lists of types, brands, channels and roles mean any."""

    object: Object
    name: RuleName
    uses: Annotated[list[Use], Meta(min_length=1, max_length=3)] = msgspec.field(
        default_factory=lambda: ["new", "panel", "hosted"]
    )
    types: Words = []
    brand_ids: Ids = []
    channels: Words = []
    role_ids: Ids = []
    sections: Sections = []


class FormChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to change; what is absent stays."""

    name: RuleName | UnsetType = UNSET
    uses: Annotated[list[Use], Meta(min_length=1, max_length=3)] | UnsetType = UNSET
    types: Words | UnsetType = UNSET
    brand_ids: Ids | UnsetType = UNSET
    channels: Words | UnsetType = UNSET
    role_ids: Ids | UnsetType = UNSET
    sections: Sections | UnsetType = UNSET
    position: int | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class FormVersionOut(msgspec.Struct):
    """A form as it was, and who made it so."""

    version: int
    at: datetime
    actor: Stamp
    name: str
    sections: list[FormSection]


class FormVersionsOut(msgspec.Struct):
    """Versions, newest first."""

    items: list[FormVersionOut]


class RestoreForm(msgspec.Struct, forbid_unknown_fields=True):
    """The version to go back to; that makes a new one."""

    version: Annotated[int, Meta(ge=1)]


class EvaluateForm(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A form that is being filled in.

    ``id`` is the record that is changed; without it one is made. ``values`` are what was entered so
    far. ``type``, ``priority``, ``channel`` and ``brand_id`` are those of the ticket.
    """

    object: Object
    id: Id | None = None
    values: Values = {}
    use: Use = "panel"
    type: str | None = None
    priority: str | None = None
    channel: str | None = None
    brand_id: Id | None = None


class FieldState(msgspec.Struct):
    """How a field is shown now. ``options`` is null where nothing limits them."""

    visible: bool
    required: bool
    readonly: bool
    options: list[str] | None


class ValueProblem(msgspec.Struct):
    """What is wrong with a field."""

    field: str
    code: str
    message: str
    figures: dict[str, Any]


class EvaluatedForm(msgspec.Struct):
    """The form as it is now: sections in order, states, values, problems."""

    form_id: str | None
    sections: list[FormSection]
    states: dict[str, FieldState]
    values: dict[str, Any]
    errors: list[ValueProblem]


class FieldLabel(msgspec.Struct):
    """The name of something that a field points to."""

    id: str
    label: str


class FieldLabelsOut(msgspec.Struct):
    """Names by id; what you may not see is missing."""

    items: list[FieldLabel]


def texts(numbers: tuple[int, ...]) -> list[str]:
    return [str(one) for one in numbers]


def field_out(field: types.Field, *, editable: bool) -> CustomField:
    rest = {n: getattr(field, n) for n in ("object", "key", "type", "name", "help", "initial")}
    return CustomField(
        id=str(field.id),
        **rest,
        required=field.required,
        config=field.config,
        options=list(field.options),
        see_roles=texts(field.see_roles),
        edit_roles=texts(field.edit_roles),
        customer=field.customer,
        indexed=field.indexed,
        position=field.position,
        active=field.active,
        editable=editable,
    )


def rule_out(rule: types.Rule) -> FieldRuleOut:
    return FieldRuleOut(
        id=str(rule.id),
        object=rule.object,
        name=rule.name,
        condition=rule.condition,
        effects=list(rule.effects),
        position=rule.position,
        active=rule.active,
    )


def form_out(form: types.Form) -> FormOut:
    return FormOut(
        id=str(form.id),
        object=form.object,
        name=form.name,
        uses=list(form.uses),
        types=list(form.types),
        brand_ids=texts(form.brand_ids),
        channels=list(form.channels),
        role_ids=texts(form.role_ids),
        sections=list(form.sections),
        position=form.position,
        active=form.active,
        version=form.version,
        updated_at=form.updated_at,
    )
