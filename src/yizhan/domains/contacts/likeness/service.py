"""Who may be the same person, and why; saying that two are not."""

from __future__ import annotations

from typing import Literal

import msgspec

from yizhan.domains.contacts import errors
from yizhan.domains.contacts import repository as contacts
from yizhan.domains.contacts.events import ContactsKeptApart, ContactsNotKeptApart
from yizhan.domains.contacts.likeness import repository
from yizhan.domains.contacts.types import CLAIMED, KNOWN, PROVEN, Contact
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

Certainty = Literal["strong", "likely", "weak"]
_RANK = {"strong": 0, "likely": 1, "weak": 2}
MOST = 10


class Reason(msgspec.Struct, frozen=True):
    """What two contacts share, and how much it says."""

    kind: str
    value: str
    certainty: Certainty
    strength: int  # of the other's identity


class Suggestion(msgspec.Struct, frozen=True):
    """Maybe the same person; the strongest reason comes first."""

    contact: Contact
    reasons: tuple[Reason, ...]


def certainty(kind: str, *, low: int, high: int) -> Certainty:
    """How much it says that two share something: what is proven on one side and at least known on
    the other is strong; one side known is likely; two claims, or a name, are weak. Pure."""
    if kind == "name_company" or high <= CLAIMED:
        return "weak"
    return "strong" if high >= PROVEN and low >= KNOWN else "likely"


async def of_contact(tx: Tx, contact_id: int) -> list[Suggestion]:
    """The most certain first. Only a person decides."""
    permissions.require(tx.actor, "contact:read")
    found: dict[int, list[Reason]] = {}
    for row in await repository.alike(tx, contact_id):
        sure = certainty(row["kind"], low=row["low"], high=row["high"])
        reason = Reason(row["kind"], row["value"], sure, row["theirs"])
        found.setdefault(row["other"], []).append(reason)
    people = await contacts.contacts(tx, list(found))
    made = [
        Suggestion(people[other], tuple(sorted(reasons, key=lambda r: _RANK[r.certainty])))
        for other, reasons in found.items()
        if other in people
    ]
    made.sort(key=lambda s: (_RANK[s.reasons[0].certainty], -len(s.reasons), s.contact.id))
    return made[:MOST]


async def _both(tx: Tx, one: int, other: int) -> None:
    permissions.require(tx.actor, "contact:merge")
    if len(await contacts.contacts(tx, [one, other])) < 2:
        raise errors.ContactNotFound


async def dismiss(tx: Tx, contact_id: int, *, other_id: int) -> None:
    """They are two people. Saying it twice changes nothing. Errors: ContactNotFound."""
    await _both(tx, contact_id, other_id)
    if await repository.keep_apart(tx, contact_id, other_id):
        tx.emit(ContactsKeptApart(contact_id=contact_id, other_id=other_id))


async def restore(tx: Tx, contact_id: int, *, other_id: int) -> None:
    """They may be one person after all. Errors: ContactNotFound."""
    await _both(tx, contact_id, other_id)
    if await repository.forget_apart(tx, contact_id, other_id):
        tx.emit(ContactsNotKeptApart(contact_id=contact_id, other_id=other_id))
