"""A signed hand-over: another website's word of who somebody is, as a JWT with HS256."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_LONGEST = 8_000
_LONGEST_SECONDS = 600
LEEWAY_SECONDS = 60  # clocks of other people's servers


class Refused(Exception):
    """It does not hold; says why where its maker can mend it."""


def claims(token: str, *, secret: str, now: datetime) -> dict[str, Any]:
    """What it says. Its ``exp`` lies within ten minutes, so that a stolen one soon expires.

    Errors: Refused.
    """
    if len(token) > _LONGEST:
        raise Refused
    try:
        found: dict[str, Any] = jwt.decode(
            token, OctKey.import_key(secret), algorithms=["HS256"]
        ).claims
    except (JoseError, ValueError) as error:
        raise Refused from error
    left = _number(found.get("exp")) - now.timestamp()
    if not -LEEWAY_SECONDS < left <= _LONGEST_SECONDS + LEEWAY_SECONDS:
        raise Refused("The token's `exp` must lie within the next ten minutes.")
    if _number(found.get("nbf", 0)) > now.timestamp() + LEEWAY_SECONDS:
        raise Refused("The token is not valid yet.")
    return found


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("The token's times must be numbers.")
    return float(value)


def text(found: dict[str, Any], name: str, *, most: int) -> str:
    """One claim as text; "" where it is none."""
    value = found.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""
