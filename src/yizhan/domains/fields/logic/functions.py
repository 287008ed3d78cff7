"""What formulas can do, on exact values. Whatever does not fit gives None, which means empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yizhan.domains.fields.logic.money import EXACT, Money, plain, sound

if TYPE_CHECKING:
    from yizhan.domains.fields.logic.formula import Node

_LONGEST = 20_000
_MANY = 50
# name: fewest and most arguments
ARGUMENTS: dict[str, tuple[int, int]] = {
    "if": (2, 3), "sum": (1, _MANY), "min": (1, _MANY), "max": (1, _MANY), "coalesce": (1, _MANY),
    "round": (1, 2), "abs": (1, 1), "concat": (1, _MANY), "upper": (1, 1), "lower": (1, 1),
    "trim": (1, 1), "length": (1, 1), "left": (2, 2), "right": (2, 2), "contains": (2, 2),
    "is_empty": (1, 1), "today": (0, 0), "now": (0, 0), "days": (2, 2), "add_days": (2, 2),
    "year": (1, 1), "month": (1, 1), "day": (1, 1), "amount": (1, 1), "currency": (1, 1),
    "money": (2, 2),
}  # fmt: skip


def number(text: str) -> Decimal:
    return EXACT.create_decimal(text)


def run(node: Node, names: Mapping[str, Any], *, now: datetime) -> Any:
    """The value of a part of a formula; ``names`` maps a key to what is reckoned with."""
    if node.kind == "name":
        return names.get(node.value)
    if node.kind != "call":
        return node.value
    name = node.value
    if name == "if":
        chosen = 1 if run(node.parts[0], names, now=now) is True else 2
        return run(node.parts[chosen], names, now=now) if chosen < len(node.parts) else None
    if name in ("today", "now"):
        return now.astimezone(UTC).date() if name == "today" else now.replace(microsecond=0)
    found = [run(part, names, now=now) for part in node.parts]
    return _FUNCTIONS[name](found)


def _flag(value: Any) -> bool:
    return value is True


def _add(values: Sequence[Any]) -> Any:
    left, right = values
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return sound(EXACT.add(left, right))
    both = isinstance(left, Money) and isinstance(right, Money)
    if both and left.currency == right.currency:
        total = sound(EXACT.add(left.amount, right.amount))
        return None if total is None else Money(total, left.currency)
    if isinstance(left, str) and isinstance(right, str):
        return _concat(values)
    if isinstance(left, date) and isinstance(right, Decimal):
        return _add_days(values)
    return None


def _negative(values: Sequence[Any]) -> Any:
    (value,) = values
    if isinstance(value, Money):
        return Money(EXACT.minus(value.amount), value.currency)
    return EXACT.minus(value) if isinstance(value, Decimal) else None


def _subtract(values: Sequence[Any]) -> Any:
    left, right = values
    if isinstance(left, date) and isinstance(right, date):
        return _days([right, left])
    return _add([left, _negative([right])])


def _multiply(values: Sequence[Any]) -> Any:
    left, right = values
    if isinstance(right, Money):
        left, right = right, left
    if not isinstance(right, Decimal):
        return None
    if isinstance(left, Money):
        total = sound(EXACT.multiply(left.amount, right))
        return None if total is None else Money(total, left.currency)
    return sound(EXACT.multiply(left, right)) if isinstance(left, Decimal) else None


def _divide(values: Sequence[Any]) -> Any:
    left, right = values
    if isinstance(left, Money) and isinstance(right, Money):
        if left.currency != right.currency:
            return None
        left, right = left.amount, right.amount
    if not isinstance(right, Decimal) or not right:
        return None
    if isinstance(left, Money):
        share = sound(EXACT.divide(left.amount, right))
        return None if share is None else Money(share, left.currency)
    return sound(EXACT.divide(left, right)) if isinstance(left, Decimal) else None


def _sum(values: Sequence[Any]) -> Any:
    total = None
    for value in _present(values):
        total = value if total is None else _add([total, value])
        if total is None:
            return None
    return total


def _present(values: Sequence[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def order(left: Any, right: Any) -> int | None:
    """-1, 0 or 1 for two values of one kind; None for those that cannot be compared."""
    if isinstance(left, Money) or isinstance(right, Money):
        if isinstance(left, Money) and isinstance(right, Money) and left.currency != right.currency:
            return None
        left, right = _bare(left), _bare(right)
    if isinstance(left, datetime) != isinstance(right, datetime):
        left, right = _as_date(left), _as_date(right)
    return _compared(left, right)


_COMPARABLE: tuple[type[Any], ...] = (Decimal, bool, str, datetime, date)


def _compared(left: Any, right: Any) -> int | None:
    for kind in _COMPARABLE:
        if isinstance(left, kind) and isinstance(right, kind):
            return int(left > right) - int(left < right)
    return None


def _bare(value: Any) -> Any:
    return value.amount if isinstance(value, Money) else value


def _as_date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _equal(values: Sequence[Any]) -> bool:
    left, right = values
    return left is right or left == right or order(left, right) == 0


def _ordered(*wanted: int) -> Callable[[Sequence[Any]], bool]:
    return lambda values: order(values[0], values[1]) in wanted


def _extreme(sign: int) -> Callable[[Sequence[Any]], Any]:
    def run_(values: Sequence[Any]) -> Any:
        best = None
        for value in _present(values):
            place = 0 if best is None else order(value, best)
            if place is None:
                return None
            best = value if best is None or place == sign else best
        return best

    return run_


def _round(values: Sequence[Any]) -> Any:
    value, digits = values[0], values[1] if len(values) > 1 else Decimal(0)
    if not isinstance(digits, Decimal) or not 0 <= digits <= 8:
        return None
    step = Decimal(1).scaleb(-int(digits))
    if isinstance(value, Money):
        return Money(value.amount.quantize(step, context=EXACT), value.currency)
    return value.quantize(step, context=EXACT) if isinstance(value, Decimal) else None


def _abs(values: Sequence[Any]) -> Any:
    bare = _bare(values[0])
    if not isinstance(bare, Decimal):
        return None
    return _negative(values) if bare < 0 else values[0]


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Money):
        return f"{plain(value.amount)} {value.currency}"
    return value.isoformat() if isinstance(value, date) else ", ".join(map(str, value))


def _concat(values: Sequence[Any]) -> str | None:
    return "".join(map(_words, values))[:_LONGEST] or None


def _on_text(change: Callable[[str], Any]) -> Callable[[Sequence[Any]], Any]:
    return lambda values: change(values[0]) if isinstance(values[0], str) else None


def _cut(values: Sequence[Any], *, right: bool) -> Any:
    text, many = values
    if not isinstance(text, str) or not isinstance(many, Decimal) or not 0 < many <= _LONGEST:
        return None
    return text[-int(many) :] if right else text[: int(many)]


def _contains(values: Sequence[Any]) -> bool:
    inside, part = values
    if isinstance(inside, tuple):
        return part in inside
    return isinstance(inside, str) and isinstance(part, str) and part.lower() in inside.lower()


def _days(values: Sequence[Any]) -> Any:
    begin, end = values
    if not isinstance(begin, date) or not isinstance(end, date):
        return None
    return Decimal((_as_date(end) - _as_date(begin)).days)


def _add_days(values: Sequence[Any]) -> Any:
    begin, many = values
    if not isinstance(begin, date) or not isinstance(many, Decimal) or abs(many) > 100_000:
        return None
    try:
        return begin + timedelta(days=int(many))
    except OverflowError:
        return None


def _part(name: str) -> Callable[[Sequence[Any]], Any]:
    return lambda values: Decimal(getattr(values[0], name)) if isinstance(values[0], date) else None


def _money(values: Sequence[Any]) -> Any:
    value, currency = values
    fits = isinstance(currency, str) and len(currency) == 3 and currency.isascii()
    return Money(value, currency.upper()) if fits and isinstance(value, Decimal) else None


_FUNCTIONS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "or": lambda v: _flag(v[0]) or _flag(v[1]),
    "and": lambda v: _flag(v[0]) and _flag(v[1]),
    "not": lambda v: not _flag(v[0]),
    "eq": _equal,
    "ne": lambda v: not _equal(v),
    "lt": _ordered(-1),
    "le": _ordered(-1, 0),
    "gt": _ordered(1),
    "ge": _ordered(0, 1),
    "add": _add,
    "subtract": _subtract,
    "multiply": _multiply,
    "divide": _divide,
    "negative": _negative,
    "sum": _sum,
    "min": _extreme(-1),
    "max": _extreme(1),
    "coalesce": lambda v: next(iter(_present(v)), None),
    "round": _round,
    "abs": _abs,
    "concat": _concat,
    "upper": _on_text(str.upper),
    "lower": _on_text(str.lower),
    "trim": _on_text(str.strip),
    "length": _on_text(lambda text: Decimal(len(text))),
    "left": lambda v: _cut(v, right=False),
    "right": lambda v: _cut(v, right=True),
    "contains": _contains,
    "is_empty": lambda v: v[0] is None,
    "days": _days,
    "add_days": _add_days,
    "year": _part("year"),
    "month": _part("month"),
    "day": _part("day"),
    "amount": lambda v: v[0].amount if isinstance(v[0], Money) else None,
    "currency": lambda v: v[0].currency if isinstance(v[0], Money) else None,
    "money": _money,
}
