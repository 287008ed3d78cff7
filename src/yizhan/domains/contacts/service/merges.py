"""Two contacts that are one person: joined by hand, and taken apart again."""

from __future__ import annotations

from typing import Any

import msgspec

from yizhan.domains.contacts import errors, repository
from yizhan.domains.contacts.events import ContactMerged, ContactUnmerged
from yizhan.domains.contacts.types import Contact
from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx

# What the winner takes over where it has nothing of its own.
_FILLED = ("name", "company_id", "locale", "time_zone", "note", "avatar_file_id")


async def _two(tx: Tx, first: int, *, second: int) -> tuple[Contact, Contact]:
    """Both, locked in one order."""
    found = {}
    for contact_id in sorted({first, second}):
        contact = await repository.contact(tx, contact_id, lock=True)
        if contact is None:
            raise errors.ContactNotFound
        found[contact_id] = contact
    return found[first], found[second]


async def merge(tx: Tx, winner_id: int, *, loser_id: int) -> int:
    """The loser becomes a link to the winner. Returns the merge's id. Errors: CannotMerge."""
    permissions.require(tx.actor, "contact:merge")
    if winner_id == loser_id:
        raise errors.CannotMerge("A contact cannot be merged with itself.")
    winner, loser = await _two(tx, winner_id, second=loser_id)
    if winner.merged_into or loser.merged_into:
        raise errors.CannotMerge("One of them is part of another contact already.")
    have = {(r.kind, r.scope, r.value): r for r in await repository.identities_of(tx, [winner_id])}
    moved: list[str] = []
    dropped: list[dict[str, Any]] = []
    raised: list[list[Any]] = []
    for row in await repository.identities_of(tx, [loser_id]):
        twin = have.get((row.kind, row.scope, row.value))
        if twin is None:
            moved.append(str(row.id))
            continue
        # Both have it: one row stays, as strong as the stronger of them.
        dropped.append(msgspec.to_builtins(row) | {"id": str(row.id)})
        await repository.remove_identity(tx, row.id)
        if row.strength > twin.strength:
            raised.append([str(twin.id), twin.strength])
            await repository.touch_identity(
                tx, twin.id, strength=row.strength, verified=row.verified
            )
    await repository.move_identities(tx, [int(i) for i in moved], to=winner_id)
    filled = _filled(winner, loser)
    undo = {
        "identities": moved,
        "dropped": dropped,
        "raised": raised,
        "winner": {key: getattr(winner, key) for key in filled},
        "filled": filled,
    }
    if filled:
        winner = await repository.update(tx, winner_id, values=filled)
    loser = await repository.update(tx, loser_id, values={"merged_into": winner_id})
    merge_id = await repository.add_merge(tx, winner_id=winner_id, loser_id=loser_id, undo=undo)
    tx.emit(ContactMerged(merge_id=merge_id, winner_id=winner_id, loser_id=loser_id))
    for contact in (winner, loser):
        await repository.index(tx, contact)
    return merge_id


def _filled(winner: Contact, loser: Contact) -> dict[str, Any]:
    filled = {
        key: getattr(loser, key)
        for key in _FILLED
        if not getattr(winner, key) and getattr(loser, key)
    }
    tags = sorted({*winner.tags, *loser.tags})
    if tags != sorted(winner.tags):
        filled["tags"] = tags
    return filled


async def undo_merge(tx: Tx, merge_id: int) -> None:
    """Both are as they were; what either got since stays where it is. Errors: MergeUndone."""
    permissions.require(tx.actor, "contact:merge")
    made = await repository.merge(tx, merge_id)
    if made is None:
        raise errors.MergeNotFound
    if made.undone_at is not None:
        raise errors.MergeUndone
    winner, loser = await _two(tx, made.winner_id, second=made.loser_id)
    await repository.move_identities(tx, [int(i) for i in made.undo["identities"]], to=loser.id)
    for identity_id, strength in made.undo["raised"]:
        await repository.set_strength(tx, int(identity_id), strength=strength)
    for row in made.undo["dropped"]:
        await repository.restore_identity(tx, loser.id, row=row)
    # Only what still is as the merge left it goes back: later changes by people stay.
    back = {
        key: made.undo["winner"][key]
        for key, value in made.undo["filled"].items()
        if getattr(winner, key) == value
    }
    if back:
        winner = await repository.update(tx, winner.id, values=back)
    loser = await repository.update(tx, loser.id, values={"merged_into": None})
    await repository.end_merge(tx, merge_id)
    tx.emit(ContactUnmerged(merge_id=merge_id, winner_id=winner.id, loser_id=loser.id))
    for contact in (winner, loser):
        await repository.index(tx, contact)
