"""Amounts with their currency, and exact numbers. No floating point decides about money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import msgspec

# No traps: what overflows becomes something that is not finite, and that is "no value".
EXACT = Context(prec=34, rounding=ROUND_HALF_UP, traps=[])
LARGEST = Decimal(10) ** 15
_PLACES = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3}


class Money(msgspec.Struct, frozen=True):
    """An amount in a currency (ISO 4217)."""

    amount: Decimal
    currency: str


def places(currency: str) -> int:
    """How many decimals a currency has."""
    return _PLACES.get(currency, 2)


def sound(number: Decimal) -> Decimal | None:
    """The number, or None when it is none or larger than we keep."""
    return number if number.is_finite() and abs(number) < LARGEST else None


def rounded(number: Decimal, decimals: int) -> Decimal:
    """Half away from zero, as people do."""
    return number.quantize(Decimal(1).scaleb(-decimals), context=EXACT)


def plain(number: Decimal) -> str:
    """Digits without an exponent and without zeros at the end."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
