"""Header fields and parameters written safely: encoded, folded, and closed to injection."""

from __future__ import annotations

import base64
import re
from urllib.parse import quote

from yizhan.domains.channels.contract import Address
from yizhan.extensions.channels.email import addresses

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~. -]*")
_LINE = 76


class BadAddress(ValueError):
    """Not an address that a letter can be sent to."""


def plain(text: str) -> str:
    """One line without control characters: nothing in it can begin another header field."""
    return _CONTROL.sub(" ", text).strip()


def encode(text: str) -> str:
    """Text as encoded words (RFC 2047) joined by folding; plain ASCII stays readable."""
    text = plain(text)
    if text.isascii() and "=?" not in text and all(len(word) < 900 for word in text.split(" ")):
        return text
    pieces: list[bytes] = [b""]
    for char in text:
        raw = char.encode("utf-8", "replace")
        if len(pieces[-1]) + len(raw) > 42:  # a word may hold 75 characters in all
            pieces.append(b"")
        pieces[-1] += raw
    return "\r\n ".join(f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in pieces)


def field(name: str, value: str) -> str:
    """One header field, folded at spaces; ``value`` may hold folds of its own."""
    lines: list[str] = []
    for line in value.split("\r\n"):
        current = ""
        for word in line.strip(" ").split(" "):
            limit = _LINE - (len(name) + 2 if not lines and not current else 0)
            if current and len(current) + 1 + len(word) > limit:
                lines.append(current)
                current = word
            else:
                current = f"{current} {word}" if current else word
        lines.append(current)
    return f"{name}: " + "\r\n ".join(lines) + "\r\n"


def address(one: Address) -> str:
    """``Name <a@b>`` with the name quoted or encoded. Raises :class:`BadAddress`."""
    spec = addresses.normalise(one.address)
    if not spec or spec != spec.strip():
        raise BadAddress(f"not an address: {plain(one.address)[:80]}")
    name = plain(one.name).replace('"', "'")[:200]
    if not name or addresses.key(name) == addresses.key(spec):
        return spec
    if not name.isascii():
        return f"{encode(name)} <{spec}>"
    shown = (
        name if _ATOMS.fullmatch(name) and "." not in name else '"' + name.replace("\\", "") + '"'
    )
    return f"{shown} <{spec}>"


def address_list(many: tuple[Address, ...]) -> str:
    return ",\r\n ".join(address(one) for one in many)


def parameter(name: str, value: str) -> str:
    """``; name="value"``, with RFC 2231 for what is not ASCII, in pieces when it is long."""
    value = plain(value)
    if value.isascii() and len(value) < 60:
        return f';\r\n {name}="' + value.replace("\\", "_").replace('"', "'") + '"'
    encoded = quote(value, safe="", errors="replace")
    pieces = _cut(encoded, 55)
    if len(pieces) == 1:
        return f";\r\n {name}*=utf-8''{encoded}"
    out = [f";\r\n {name}*0*=utf-8''{pieces[0]}"]
    out += [f";\r\n {name}*{at}*={piece}" for at, piece in enumerate(pieces[1:], 1)]
    return "".join(out)


def _cut(encoded: str, size: int) -> list[str]:
    """Pieces of about ``size``, never inside of a %XX."""
    units = re.findall(r"%[0-9A-F]{2}|[^%]", encoded)
    out = [""]
    for unit in units:
        if len(out[-1]) + len(unit) > size:
            out.append("")
        out[-1] += unit
    return out
