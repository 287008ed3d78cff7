"""What somebody typed, read as an address or a number that somebody may have. Pure."""

from __future__ import annotations

from yizhan.domains.contacts import errors, normal


def of(words: str) -> list[str]:
    """The exact identities that a text can mean."""
    found = [words.strip()]
    for kind in ("email", "phone"):
        try:
            found.append(normal.value(kind, words))
        except errors.IdentityInvalid:
            continue
    return list(dict.fromkeys(one for one in found if one))
