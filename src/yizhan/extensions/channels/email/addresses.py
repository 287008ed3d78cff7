"""Address lists as mails really carry them."""

from __future__ import annotations

import re

from yizhan.domains.channels.contract import Address
from yizhan.extensions.channels.email import charset, headers

MAX_ADDRESSES = 500
_BAD = re.compile(r"[\x00-\x20\x7f<>\",;()\\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")


def parse(raws: list[bytes]) -> tuple[Address, ...]:
    """Every address of the given fields; what has no usable address is left out."""
    out: list[Address] = []
    for raw in raws:
        for item in _split(raw[: headers.MAX_FIELD]):
            address = one(item)
            if address is not None:
                out.append(address)
            if len(out) >= MAX_ADDRESSES:
                return tuple(out)
    return tuple(out)


def first(raw: bytes | None) -> Address | None:
    found = parse([raw]) if raw is not None else ()
    return found[0] if found else None


def one(raw: bytes) -> Address | None:
    """``"Name" <a@b>``, ``a@b (Name)`` or ``a@b``; None when there is no address in it."""
    left = raw.rfind(b"<")
    if left >= 0:
        right = raw.find(b">", left)
        spec = raw[left + 1 : right if right >= 0 else len(raw)]
        name = raw[:left]
    else:
        spec, _, comment = raw.partition(b"(")
        name = comment.rpartition(b")")[0] if comment else b""
    address = normalise(charset.decode(spec))
    return Address(address=address, name=display_name(name)) if address else None


def display_name(raw: bytes) -> str:
    """A name without quotes and without characters that could disguise something."""
    text = raw.strip()
    if text[:1] == b'"' and text[-1:] == b'"' and len(text) > 1:
        text = text[1:-1].replace(b'\\"', b'"').replace(b"\\\\", b"\\")
    name = _CONTROL.sub(" ", headers.decode(text)).strip().strip("\"'").strip()
    return name[:200]


def normalise(text: str) -> str:
    """The address with its domain in lower case, or "" when it is none."""
    text = text.strip().strip("'").removeprefix("mailto:").removeprefix("MAILTO:")
    text = text.rpartition(":")[2] if text.startswith("@") else text  # an obsolete route
    local, at, domain = text.rpartition("@")
    domain = domain.strip().rstrip(".").lower()
    local = local.strip().strip('"')
    if not at or not local or not domain or len(text) > 320:
        return ""
    if _BAD.search(local) or _BAD.search(domain) or "@" in local:
        return ""
    return f"{local}@{_unicode_domain(domain)}"


def _unicode_domain(domain: str) -> str:
    """Punycode and Unicode spellings of one domain become one: the ASCII one is kept."""
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain


def key(address: str) -> str:
    """What two spellings of one mailbox share: letter case is not significant in practice."""
    return address.casefold()


def base(address: str) -> str:
    """The mailbox behind a plus address."""
    local, _, domain = address.partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _split(raw: bytes) -> list[bytes]:
    """Split at commas and semicolons outside of quotes, angles and comments; drop group names."""
    out: list[bytes] = []
    start = 0
    quoted = skip = angle = False
    depth = 0
    for at, byte in enumerate(raw):
        if skip:
            skip = False
            continue
        if byte == 0x5C:
            skip = True
        elif byte == 0x22:
            quoted = not quoted
        elif not quoted:
            angle = byte == 0x3C or (angle and byte != 0x3E)
            depth = max(0, depth + (byte == 0x28) - (byte == 0x29))
            if byte in b",;" and not angle and not depth:
                out.append(raw[start:at])
                start = at + 1
            elif byte == 0x3A and not angle and not depth and b"@" not in raw[start:at]:
                start = at + 1  # the name of a group
    tail = raw[start:]
    if quoted:  # an opening quote that never closes must not swallow the rest
        return [*out, *tail.replace(b'"', b"").split(b",")]
    return [*out, tail]
