"""Custom fields in conditions over tickets: ``field.KEY``, as far as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.fields import catalog
from yizhan.domains.fields import service as fields
from yizhan.domains.fields.logic import check
from yizhan.domains.fields.logic import values as field_values
from yizhan.domains.fields.types import Field as Custom
from yizhan.domains.fields.types import FieldOption
from yizhan.domains.tickets import filters
from yizhan.domains.tickets.filters.ops import Kind
from yizhan.kernel.tx import Tx

# By type: the kind of the filter field, and the value's SQL. A key is checked to be a plain word.
# A number that was stored as something else is no number; CASE keeps the cast away from it.
_NUMBER = "CASE jsonb_typeof(t.fields->'{key}') WHEN 'number' THEN (t.fields->>'{key}')::float8 END"
_MONEY = (
    "CASE WHEN t.fields#>>'{{{key},amount}}' ~ '^-?[0-9]+(\\.[0-9]+)?$'"
    " THEN (t.fields#>>'{{{key},amount}}')::float8 END"
)
_TIME = (
    "CASE WHEN t.fields->>'{key}' ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(T[0-9:.]+Z)?$'"
    " THEN (t.fields->>'{key}')::timestamptz END"
)
_ID = "CASE WHEN t.fields->>'{key}' ~ '^[0-9]{{1,18}}$' THEN (t.fields->>'{key}')::bigint END"
_LIST = (
    "CASE jsonb_typeof(t.fields->'{key}') WHEN 'array'"
    " THEN ARRAY(SELECT jsonb_array_elements_text(t.fields->'{key}')) END"
)
_FLAG = "t.fields->'{key}' = 'true'::jsonb"
_TEXT = "t.fields->>'{key}'"
_SQL: dict[str, tuple[Kind, str]] = {
    "text": ("text", _TEXT),
    "long_text": ("text", _TEXT),
    "number": ("number", _NUMBER),
    "money": ("number", _MONEY),
    "date": ("time", _TIME),
    "datetime": ("time", _TIME),
    "choice": ("choice", _TEXT),
    "tree": ("choice", _TEXT),
    "multi_choice": ("tags", _LIST),
    "person": ("person", _ID),
    "relation": ("reference", _ID),
    "checkbox": ("flag", _FLAG),
}
_SELECTIVE = frozenset({"text", "number", "relation"})
_OF = {"ticket": "ticket", "customer": "contact", "company": "company"}


def filter_field(field: Custom) -> filters.Field | None:
    """A custom field as something that conditions ask for; None for files."""
    kind, sql = _SQL.get(field_values.kind_of(field), (None, ""))
    if kind is None:
        return None
    if field.type == "relation" and field.config.multiple:
        kind, sql = "tags", _LIST
    of = "agent" if field.type == "person" else None
    if field.type == "relation" and not field.config.multiple:
        of = _OF.get(field.config.target or "")
    name = f"{catalog.PREFIX}{field.key}"
    options = _options(field.options)
    return filters.Field(
        name=name,
        kind=kind,
        title={"zh": field.name.zh or field.name.en, "en": field.name.en or field.name.zh},
        sql=f"({sql.format(key=field.key)})",
        choices=tuple(check.all_options(field)),
        called=options,
        of=of,
        group="fields",
        narrow=_narrow(field),
    )


def _options(
    options: Sequence[FieldOption], path: str = "", above: tuple[str, str] = ("", "")
) -> dict[str, dict[str, str]]:
    """Names by value; in a tree with those above."""
    found: dict[str, dict[str, str]] = {}
    for one in options:
        zh = above[0] + (one.name.zh or one.name.en or one.id)
        en = above[1] + (one.name.en or one.name.zh or one.id)
        found[path + one.id] = {"zh": zh, "en": en}
        found |= _options(one.children, f"{path}{one.id}/", (f"{zh} / ", f"{en} / "))
    return found


def _narrow(field: Custom) -> filters.Narrow | None:
    """By the index, once it holds everything, for what few tickets share."""
    if not field.index_ready or field.type not in _SELECTIVE:
        return None
    return filters.Narrow(f"yizhan_ids_with_field('ticket', '{field.key}', {{0}})", _words)


def _words(value: Any) -> list[str]:
    """As the index has it; a number may have been stored with or without a point."""
    many = value if isinstance(value, list) else [value]
    whole = [int(one) for one in many if isinstance(one, float) and one.is_integer()]
    return [word for one in (*many, *whole) for word in fields.folded(one)]


@filters.resolver(catalog.PREFIX)
async def resolve(tx: Tx, names: list[str]) -> list[filters.Field]:
    """Those of some names, or all that the actor may see."""
    found = (await catalog.of(tx, "ticket")).visible(tx.actor)
    wanted = [one for one in found if not names or f"{catalog.PREFIX}{one.key}" in names]
    return [made for one in wanted if (made := filter_field(one)) is not None]
