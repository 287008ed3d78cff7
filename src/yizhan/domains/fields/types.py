"""Definitions of fields, rules and forms. FieldNames are by language: ``{"zh": …, "en": …}``."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

Object = Literal["ticket", "customer", "company"]
Type = Literal[
    "text", "long_text", "number", "money", "date", "datetime", "choice", "multi_choice", "tree",
    "person", "relation", "file", "checkbox", "formula",
]  # fmt: skip
Result = Literal["text", "number", "money", "date", "datetime", "checkbox"]
Target = Literal["ticket", "customer", "company"]
Customer = Literal["none", "see", "edit"]
Use = Literal["new", "panel", "hosted"]
OBJECTS: tuple[Object, ...] = ("ticket", "customer", "company")

Word = Annotated[str, Meta(max_length=200)]
Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
OptionId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,60}$")]
Amount = Annotated[str, Meta(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,8})?$")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class FieldNames(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages; an empty one borrows the other."""

    zh: Word = ""
    en: Word = ""


class FieldOption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A choice. In a tree a value is the ids from the root, joined by ``/``."""

    id: OptionId
    name: FieldNames = msgspec.field(default_factory=FieldNames)
    active: bool = True
    children: list[FieldOption] = []


class FieldConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What only some types know: lengths of texts, ranges, currencies, targets, formulas."""

    min_length: Annotated[int, Meta(ge=0, le=20_000)] | None = None
    max_length: Annotated[int, Meta(ge=1, le=20_000)] | None = None
    pattern: Annotated[str, Meta(max_length=200)] | None = None  # the whole text must match
    min: Amount | None = None
    max: Amount | None = None
    decimals: Annotated[int, Meta(ge=0, le=8)] | None = None
    currencies: Annotated[
        list[Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]], Meta(max_length=50)
    ] = []
    earliest: Day | None = None
    latest: Day | None = None
    leaf_only: bool = False
    target: Target | None = None
    multiple: bool = False  # relations and files: more than one
    most: Annotated[int, Meta(ge=1, le=50)] | None = None
    formula: Annotated[str, Meta(max_length=2000)] | None = None
    result: Result = "number"


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One definition. ``see_roles`` and ``edit_roles`` are empty for everybody on the staff."""

    id: int
    object: Object
    key: str
    type: Type
    name: FieldNames
    help: FieldNames = msgspec.field(default_factory=FieldNames)
    initial: Any = None
    required: bool = False
    config: FieldConfig = msgspec.field(default_factory=FieldConfig)
    options: tuple[FieldOption, ...] = ()
    see_roles: tuple[int, ...] = ()
    edit_roles: tuple[int, ...] = ()
    customer: Customer = "none"
    indexed: bool = False
    index_ready: bool = False  # also what was stored before stands in the index
    position: int = 0
    active: bool = True


class FieldCondition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """``{"all": […]}``, ``{"any": […]}``, ``{"not": …}`` or ``{"field", "op", "value"}``."""

    all: tuple[FieldCondition, ...] | None = None
    any: tuple[FieldCondition, ...] | None = None
    negated: FieldCondition | None = msgspec.field(default=None, name="not")
    field: str | None = None
    op: str | None = None
    value: Any = None


ALWAYS = FieldCondition(all=())


class FieldEffect(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What a rule does to one field while its condition holds.

    ``show``: a field with such effects is hidden unless one of them holds. ``fill`` sets ``value``,
    always or, with ``only_empty``, where there is none. ``limit`` leaves ``options``. ``compute``
    sets what ``formula`` gives.
    """

    do: Literal["show", "require", "fill", "limit", "compute"]
    field: Key
    value: Any = None
    only_empty: bool = False
    options: Annotated[list[Annotated[str, Meta(max_length=400)]], Meta(max_length=500)] = []
    formula: Annotated[str, Meta(max_length=2000)] | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """While ``condition`` holds, each of ``effects``."""

    id: int
    object: Object
    name: str
    condition: FieldCondition = ALWAYS
    effects: tuple[FieldEffect, ...] = ()
    position: int = 0
    active: bool = True


class FormSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a form: a title and the keys of its fields in order."""

    title: FieldNames = msgspec.field(default_factory=FieldNames)
    fields: Annotated[list[Key], Meta(max_length=500)] = []


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """Which fields are asked, in which order. Empty lists of types, brands, … mean any."""

    id: int
    object: Object
    name: str
    uses: tuple[Use, ...] = ("new", "panel", "hosted")
    types: tuple[str, ...] = ()
    brand_ids: tuple[int, ...] = ()
    channels: tuple[str, ...] = ()
    role_ids: tuple[int, ...] = ()
    sections: tuple[FormSection, ...] = ()
    position: int = 0
    active: bool = True
    version: int = 1
    updated_at: datetime
