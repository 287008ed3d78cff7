"""The operators of each kind of field, as SQL and as meaning.

Nothing is unknown here: a field without a value is simply not equal, not larger and not contained,
so that NOT gives exactly the other tickets. In the templates ``{f}`` is the field, ``{0}`` and
``{1}`` are places of values.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec

from yizhan.domains.tickets.errors import ConditionInvalid

Kind = Literal["choice", "text", "number", "time", "person", "reference", "tags", "flag"]


class Op(msgspec.Struct, frozen=True):
    """An operator: its SQL, and what its value must look like."""

    sql: str
    takes: Literal["none", "one", "many", "two", "span"] = "one"


_EMPTY = {"empty": Op("{f} IS NULL", "none"), "not_empty": Op("{f} IS NOT NULL", "none")}
_SAME = {
    "is": Op("{f} IS NOT DISTINCT FROM {0}"),
    "is_not": Op("{f} IS DISTINCT FROM {0}"),
    "in": Op("coalesce({f} = ANY({0}), false)", "many"),
    "not_in": Op("NOT coalesce({f} = ANY({0}), false)", "many"),
}
_ORDER = {
    "lt": Op("coalesce({f} < {0}, false)"),
    "lte": Op("coalesce({f} <= {0}, false)"),
    "gt": Op("coalesce({f} > {0}, false)"),
    "gte": Op("coalesce({f} >= {0}, false)"),
    "between": Op("coalesce({f} BETWEEN {0} AND {1}, false)", "two"),
}
_TIME = {
    "before": Op("coalesce({f} < {0}, false)"),
    "after": Op("coalesce({f} > {0}, false)"),
    "between": Op("coalesce({f} BETWEEN {0} AND {1}, false)", "two"),
    "within_last": Op("coalesce({f} > {now} - {0} AND {f} <= {now}, false)", "span"),
    "within_next": Op("coalesce({f} >= {now} AND {f} < {now} + {0}, false)", "span"),
    "older_than": Op("coalesce({f} < {now} - {0}, false)", "span"),
}
_TEXT = {
    "is": Op("{f} IS NOT DISTINCT FROM {0}"),
    "is_not": Op("{f} IS DISTINCT FROM {0}"),
    "contains": Op("coalesce(strpos(lower({f}), lower({0})) > 0, false)"),
    "not_contains": Op("NOT coalesce(strpos(lower({f}), lower({0})) > 0, false)"),
    "starts_with": Op("coalesce(starts_with(lower({f}), lower({0})), false)"),
    "empty": Op("coalesce({f}, '') = ''", "none"),
    "not_empty": Op("coalesce({f}, '') <> ''", "none"),
}
_TAGS = {
    "has": Op("coalesce({0} = ANY({f}), false)"),
    "has_any": Op("coalesce({f} && {0}, false)", "many"),
    "has_all": Op("coalesce({f} @> {0}, false)", "many"),
    "has_none": Op("NOT coalesce({f} && {0}, false)", "many"),
    "empty": Op("coalesce(cardinality({f}), 0) = 0", "none"),
    "not_empty": Op("coalesce(cardinality({f}), 0) > 0", "none"),
}

OPS: dict[Kind, dict[str, Op]] = {
    "choice": {**_SAME, **_EMPTY},
    "reference": {**_SAME, **_EMPTY},
    "person": {**_SAME, **_EMPTY},
    "text": _TEXT,
    "number": {**_SAME, **_ORDER, **_EMPTY},
    "time": {**_TIME, **_EMPTY},
    "tags": _TAGS,
    "flag": {"is": Op("coalesce({f}, false) = {0}")},
}

# The cast of a bound value, so that one statement serves whatever is asked.
CASTS: dict[Kind, str] = {
    "choice": "text",
    "text": "text",
    "number": "float8",
    "time": "timestamptz",
    "person": "bigint",
    "reference": "bigint",
    "tags": "text",
    "flag": "boolean",
}
_LONGEST_SPAN = timedelta(days=36_500)
_MOST_VALUES = 1_000


def values(op: Op, kind: Kind, value: Any, *, place: str) -> list[Any]:
    """The values to bind. Errors: ConditionInvalid."""
    if op.takes == "none":
        return []
    if op.takes == "span":
        return [_span(value, place)]
    if op.takes == "one":
        return [_one(kind, value, place)]
    if not isinstance(value, (list, tuple)) or len(value) > _MOST_VALUES:
        raise ConditionInvalid(field=place, reason=f"a list of at most {_MOST_VALUES} values")
    if op.takes == "two" and len(value) != 2:
        raise ConditionInvalid(field=place, reason="two values, from and to")
    converted = [_one(kind, one, place) for one in value]
    return converted if op.takes == "two" else [converted]


def _one(kind: Kind, value: Any, place: str) -> Any:
    try:
        return _CONVERT[kind](value)
    except (TypeError, ValueError, OverflowError) as error:
        raise ConditionInvalid(field=place, reason=f"not a value of a {kind} field") from error


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError
    return float(value)


def _id(value: Any) -> int:
    text = str(value)
    if isinstance(value, (bool, float)) or not (text.isascii() and text.isdigit()):
        raise ValueError
    found = int(text)
    if found >= 1 << 63:
        raise OverflowError
    return found


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _time(value: Any) -> datetime:
    found = value if isinstance(value, datetime) else datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError
    return found


_CONVERT = {
    "choice": _text,
    "text": _text,
    "tags": _text,
    "number": _number,
    "person": _id,
    "reference": _id,
    "flag": _flag,
    "time": _time,
}
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _span(value: Any, place: str) -> timedelta:
    """``30m``, ``4h``, ``7d``, ``2w``."""
    text = value if isinstance(value, str) else ""
    number, unit = text[:-1], text[-1:]
    if unit in _UNITS and number.isascii() and number.isdigit() and len(number) < 9:
        found = timedelta(**{_UNITS[unit]: int(number)})
        if found <= _LONGEST_SPAN:
            return found
    raise ConditionInvalid(field=place, reason="a span such as 30m, 4h, 7d or 2w")
