"""Identities in their one written form, so that equal means equal. Pure."""

from __future__ import annotations

import unicodedata

import phonenumbers

from yizhan.domains.contacts import errors
from yizhan.domains.contacts.types import Identity

_LONGEST = 320


def email(raw: str) -> str:
    """Lower case throughout, the domain in its ASCII form. Dots and tags count, at every provider.

    The local part is lowered as well: no provider in use tells ``Ann@`` from ``ann@``, and people
    type both.
    """
    local, at, domain = unicodedata.normalize("NFKC", raw).strip().rpartition("@")
    if not at or not local or not domain or any(c.isspace() for c in local + domain):
        raise errors.IdentityInvalid(f"not an e-mail address: {raw[:80]}")
    domain = domain.rstrip(".").lower()
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = domain.casefold()
    return f"{local.lower()}@{domain}"


def mailbox(address: str) -> str:
    """Where mail to an address ends: without the tag behind a plus. For counting, never for knowing who it is."""
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def phone(raw: str, *, region: str = "CN") -> str:
    """E.164. ``region`` is where a number without a country code is from (ISO 3166)."""
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", raw), region)
    except phonenumbers.NumberParseException as error:
        raise errors.IdentityInvalid(f"not a phone number: {raw[:40]}") from error
    if not phonenumbers.is_possible_number(number):
        raise errors.IdentityInvalid(f"not a phone number: {raw[:40]}")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def value(kind: str, raw: str, *, region: str = "CN") -> str:
    """The normalised value of any kind. Errors: IdentityInvalid."""
    if "\x00" in raw:
        raise errors.IdentityInvalid("not a valid identity")
    if kind == "email":
        found = email(raw)
    elif kind == "phone":
        found = phone(raw, region=region)
    else:
        found = raw.strip()
    if not found or len(found) > _LONGEST:
        raise errors.IdentityInvalid(f"not a valid {kind}")
    return found


def is_address(raw: str) -> bool:
    """Whether this can be an e-mail address: something, @, and a domain with a dot."""
    try:
        found = email(raw)
    except errors.IdentityInvalid:
        return False
    return "." in found.rpartition("@")[2].strip(".") and not set(found) & set('<>,;:"\\()[]')


def identities(given: list[Identity], *, region: str = "CN") -> list[Identity]:
    """Normalised, strongest first; hints (0) and what is not valid are left out."""
    best: dict[tuple[str, str, str], Identity] = {}
    for item in given:
        try:
            normal = value(item.kind, item.value, region=region)
        except errors.IdentityInvalid:
            continue
        key = (item.kind, item.scope, normal)
        if item.strength > 0 and (key not in best or best[key].strength < item.strength):
            best[key] = Identity(
                kind=item.kind,
                value=normal,
                scope=item.scope,
                strength=item.strength,
                verified=item.verified,
                source=item.source,
            )
    return sorted(best.values(), key=lambda item: -item.strength)
