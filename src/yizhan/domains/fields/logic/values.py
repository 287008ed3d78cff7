"""Values of fields: from what somebody sends to what is stored, and to what is reckoned with.

Stored (JSON): texts, choices, people and relations as text; a number as a number; money as
``{"amount": "12.50", "currency": "CNY"}``; a date ``YYYY-MM-DD``; a moment RFC 3339 in UTC with Z;
a check box as true or false; several options, relations and files as a list. Absent means empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from yizhan.domains.fields.logic import patterns
from yizhan.domains.fields.logic.money import EXACT, Money, places, plain, rounded, sound
from yizhan.domains.fields.types import Field, FieldOption
from yizhan.kernel import clock

LONGEST_TEXT = 500
LONGEST_LONG_TEXT = 20_000
_MOST_LISTED = 50
_DIGITS = 15  # what a number of JSON carries exactly


class Unfit(ValueError):
    """A value that a field does not take: a code, and figures for the message."""

    def __init__(self, code: str, **figures: Any) -> None:
        self.code = code
        self.figures = figures
        super().__init__(code)


def parse(field: Field, raw: Any) -> Any:
    """The value as it is stored; None for empty. Errors: Unfit."""
    kind = field.config.result if field.type == "formula" else field.type
    try:
        return _PARSERS[kind](field, raw)
    except (TypeError, ValueError, OverflowError, InvalidOperation) as error:
        if isinstance(error, Unfit):
            raise
        raise Unfit("not_" + kind) from error


def _empty(raw: Any) -> bool:
    return raw is None or raw in ("", []) or (isinstance(raw, str) and not raw.strip())


def _text(field: Field, raw: Any) -> str | None:
    if _empty(raw):
        return None
    if not isinstance(raw, str) or "\x00" in raw:
        raise Unfit("not_text")
    config = field.config
    value = raw.strip() if field.type == "text" else raw
    value.encode()  # a lone half of a pair cannot be stored
    hard = LONGEST_TEXT if field.type == "text" else LONGEST_LONG_TEXT
    longest = min(config.max_length or hard, hard)
    if len(value) > longest:
        raise Unfit("too_long", most=longest)
    if config.min_length and len(value) < config.min_length:
        raise Unfit("too_short", least=config.min_length)
    if config.pattern and (
        len(value) > LONGEST_TEXT or not patterns.compiled(config.pattern).matches(value)
    ):
        raise Unfit("pattern")
    return value


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str, Decimal)):
        raise Unfit("not_number")
    text = raw.strip() if isinstance(raw, str) else str(raw)
    if len(text) > 40:
        raise Unfit("out_of_range")
    number = EXACT.create_decimal(text)
    if not number.is_finite():
        raise Unfit("not_number")
    if sound(number) is None:
        raise Unfit("out_of_range")
    return number


def _within(field: Field, number: Decimal) -> None:
    low, high = field.config.min, field.config.max
    if low is not None and number < Decimal(low):
        raise Unfit("too_small", least=low)
    if high is not None and number > Decimal(high):
        raise Unfit("too_large", most=high)


def _number(field: Field, raw: Any) -> int | float | None:
    if _empty(raw):
        return None
    number = _decimal(raw)
    _within(field, number)
    return stored_number(field, number)


def stored_number(field: Field, number: Decimal) -> int | float:
    """A number as JSON keeps it without loss: at most fifteen digits."""
    decimals = field.config.decimals
    if decimals is not None:
        number = rounded(number, decimals)
    short = number.normalize(EXACT)
    if len(short.as_tuple().digits) > _DIGITS:
        short = _short(short)
    return int(short) if short == short.to_integral_value() else float(short)


def _short(number: Decimal) -> Decimal:
    exponent = number.adjusted() - (_DIGITS - 1)
    return number.quantize(Decimal(1).scaleb(exponent), context=EXACT)


def _money(field: Field, raw: Any) -> dict[str, str] | None:
    if _empty(raw):
        return None
    if not isinstance(raw, dict) or not raw.keys() <= {"amount", "currency"}:
        raise Unfit("not_money")
    if _empty(raw.get("amount")):
        return None
    known = field.config.currencies
    currency = raw.get("currency") or (known[0] if known else None)
    if not isinstance(currency, str) or len(currency) != 3 or not currency.isascii():
        raise Unfit("currency")
    if (known and currency not in known) or not currency.isupper():
        raise Unfit("currency", known=list(known))
    number = _decimal(raw["amount"])
    if number != rounded(number, places(currency)):
        raise Unfit("decimals", most=places(currency))
    _within(field, number)
    return stored_money(Money(number, currency))


def stored_money(money: Money) -> dict[str, str]:
    amount = rounded(money.amount, places(money.currency)) or rounded(
        Decimal(0), places(money.currency)
    )
    return {"amount": format(amount, "f"), "currency": money.currency}


def _date(field: Field, raw: Any) -> str | None:
    if _empty(raw):
        return None
    if not isinstance(raw, str) or len(raw) != 10:
        raise Unfit("not_date")
    found = date.fromisoformat(raw).isoformat()
    _in_time(field, found)
    return found


def _in_time(field: Field, day: str) -> None:
    earliest, latest = field.config.earliest, field.config.latest
    if earliest and day < earliest:
        raise Unfit("too_early", least=earliest)
    if latest and day > latest:
        raise Unfit("too_late", most=latest)


def _moment(field: Field, raw: Any) -> str | None:
    if _empty(raw):
        return None
    if not isinstance(raw, str) or len(raw) > 40:
        raise Unfit("not_datetime")
    found = datetime.fromisoformat(raw)
    if found.tzinfo is None:
        raise Unfit("not_datetime")
    text = clock.text(found.replace(microsecond=0))
    _in_time(field, text[:10])
    return text


def tree_paths(
    options: Sequence[FieldOption], *, above: str = ""
) -> Iterator[tuple[str, FieldOption]]:
    """Every path of a tree with its node, from the root on."""
    for option in options:
        path = f"{above}{option.id}"
        yield path, option
        yield from tree_paths(option.children, above=path + "/")


def offered(field: Field) -> list[str]:
    """The values that a field with options offers now; a hidden branch hides what is below it."""
    if field.type == "tree":
        return list(_open_paths(field.options, "", leaf_only=field.config.leaf_only))
    return [option.id for option in field.options if option.active]


def _open_paths(options: Sequence[FieldOption], above: str, *, leaf_only: bool) -> Iterator[str]:
    for option in options:
        if option.active:
            path = f"{above}{option.id}"
            if not (leaf_only and option.children):
                yield path
            yield from _open_paths(option.children, path + "/", leaf_only=leaf_only)


def _choice(field: Field, raw: Any) -> str | None:
    if _empty(raw):
        return None
    if not isinstance(raw, str):
        raise Unfit("not_choice")
    if raw not in offered(field):
        raise Unfit("option", option=raw[:100])
    return raw


def _choices(field: Field, raw: Any) -> list[str] | None:
    if _empty(raw):
        return None
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise Unfit("not_multi_choice")
    known = offered(field)
    wrong = [one for one in raw if one not in known]
    if wrong:
        raise Unfit("option", option=wrong[0][:100])
    chosen = [one for one in known if one in raw]
    if field.config.most and len(chosen) > field.config.most:
        raise Unfit("too_many", most=field.config.most)
    return chosen or None


def _id(raw: Any) -> str:
    if not isinstance(raw, str) or not (raw.isascii() and raw.isdigit() and len(raw) <= 19):
        raise Unfit("not_id")
    if int(raw) >= 1 << 63:
        raise Unfit("not_id")
    return str(int(raw))


def _person(_field: Field, raw: Any) -> str | None:
    return None if _empty(raw) else _id(raw)


def _ids(field: Field, raw: Any) -> str | list[str] | None:
    if _empty(raw):
        return None
    if not field.config.multiple:
        return _id(raw)
    if not isinstance(raw, list):
        raise Unfit("not_list")
    found = list(dict.fromkeys(_id(one) for one in raw))
    most = field.config.most or _MOST_LISTED
    if len(found) > most:
        raise Unfit("too_many", most=most)
    return found


def _check(_field: Field, raw: Any) -> bool | None:
    if _empty(raw):
        return None
    if not isinstance(raw, bool):
        raise Unfit("not_checkbox")
    return raw


_PARSERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "datetime": _moment,
    "choice": _choice,
    "tree": _choice,
    "multi_choice": _choices,
    "person": _person,
    "relation": _ids,
    "file": _ids,
    "checkbox": _check,
}

# ------------------------------------------------------------------------------------- reckoning

Reckoned = Decimal | Money | str | bool | date | datetime | tuple[str, ...] | None


def reckon(kind: str, stored: Any) -> Reckoned:
    """A stored value as conditions and formulas reckon with it; None for what makes no sense."""
    try:
        return _RECKON[kind](stored) if stored is not None else None
    except (TypeError, ValueError, KeyError, InvalidOperation, AttributeError, OverflowError):
        return None


def _reckon_money(stored: Any) -> Money:
    return Money(_decimal(stored["amount"]), str(stored["currency"]))


def _reckon_text(stored: Any) -> str | None:
    return stored if isinstance(stored, str) and stored else None


def _reckon_list(stored: Any) -> tuple[str, ...] | None:
    many = stored if isinstance(stored, list) else [stored]
    return tuple(str(one) for one in many) or None


def _reckon_moment(stored: Any) -> datetime:
    found = datetime.fromisoformat(stored)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


_RECKON: dict[str, Callable[[Any], Reckoned]] = {
    "text": _reckon_text,
    "long_text": _reckon_text,
    "choice": _reckon_text,
    "tree": _reckon_text,
    "person": _reckon_text,
    "number": _decimal,
    "money": _reckon_money,
    "date": date.fromisoformat,
    "datetime": _reckon_moment,
    "checkbox": lambda stored: stored if isinstance(stored, bool) else None,
    "multi_choice": _reckon_list,
    "relation": _reckon_list,
    "file": _reckon_list,
}


def kind_of(field: Field) -> str:
    """The type of what a field holds: a formula's result, else its own type."""
    return field.config.result if field.type == "formula" else field.type


def to_store(field: Field, found: Reckoned) -> Any:
    """What a formula gave, as the field keeps it; None when it is of another kind."""
    kind = kind_of(field)
    try:
        return _STORE[kind](field, found) if found is not None else None
    except (TypeError, ValueError, KeyError, OverflowError, InvalidOperation):
        return None


def _store_number(field: Field, found: Reckoned) -> Any:
    number = found.amount if isinstance(found, Money) else found
    exact = sound(number) if isinstance(number, Decimal) else None
    return None if exact is None else stored_number(field, exact)


def _store_money(field: Field, found: Reckoned) -> Any:
    known = field.config.currencies
    if isinstance(found, Decimal) and known:
        found = Money(found, known[0])
    if not isinstance(found, Money) or sound(found.amount) is None:
        return None
    return stored_money(found) if not known or found.currency in known else None


def _store_text(field: Field, found: Reckoned) -> Any:
    if isinstance(found, Decimal):
        found = plain(found)
    elif isinstance(found, Money):
        found = f"{stored_money(found)['amount']} {found.currency}"
    elif isinstance(found, datetime):
        found = clock.text(found)
    elif isinstance(found, date):
        found = found.isoformat()
    if not isinstance(found, str):
        return None
    hard = LONGEST_LONG_TEXT if field.type == "long_text" else LONGEST_TEXT
    return found.strip()[:hard].strip() or None


def _store_date(_field: Field, found: Reckoned) -> Any:
    if isinstance(found, datetime):
        found = found.date()
    return found.isoformat() if isinstance(found, date) else None


def _store_moment(_field: Field, found: Reckoned) -> Any:
    return clock.text(found.replace(microsecond=0)) if isinstance(found, datetime) else None


def _store_choice(field: Field, found: Reckoned) -> Any:
    return found if isinstance(found, str) and found in offered(field) else None


_STORE: dict[str, Callable[[Field, Reckoned], Any]] = {
    "number": _store_number,
    "money": _store_money,
    "text": _store_text,
    "long_text": _store_text,
    "date": _store_date,
    "datetime": _store_moment,
    "checkbox": lambda _field, found: found if isinstance(found, bool) else None,
    "choice": _store_choice,
    "tree": _store_choice,
}
COMPUTABLE = tuple(_STORE)


def size(stored: Any) -> int:
    """Bytes that a value takes."""
    return len(msgspec.json.encode(stored))
