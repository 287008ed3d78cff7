"""Who spoke: from identities to one contact, also when a hundred messages arrive at once.

The rules are in the docstring of the package; :func:`choose` holds them as one pure function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from yizhan.domains.contacts import errors, normal, repository
from yizhan.domains.contacts.events import ContactCreated, ContactUpdated, IdentityAdded
from yizhan.domains.contacts.types import (
    CLAIMED,
    KNOWN,
    MAIL_LANE,
    ONE_PER_PERSON,
    Contact,
    Identity,
    IdentityRow,
)
from yizhan.kernel.tx import Tx

_SEEN_EVERY = timedelta(minutes=10)  # a busy contact's rows are not written on each message
_REGIONS = {"zh-CN": "CN", "zh-TW": "TW", "zh-HK": "HK", "ja": "JP", "en-US": "US", "en-GB": "GB"}


class _Found(msgspec.Struct, frozen=True):
    """Who it is, whether all that was said of them is recorded, and which identities are to be marked as seen."""

    contact_id: int
    recorded: bool
    stale: list[int]


def region_of(locale: str | None) -> str:
    """Where numbers without a country code are from."""
    return _REGIONS.get(locale or "", "CN")


def choose(
    wanted: Sequence[Identity],
    known: Sequence[IdentityRow],
    ones: Mapping[int, set[tuple[str, str, str]]],
) -> int | None:
    """The contact that these identities find, or None for somebody new.

    ``ones`` are the one-per-person identities of the contacts in ``known``: (kind, scope, value).
    """
    rows = {(r.kind, r.scope, r.value): r for r in known if r.strength >= KNOWN}
    lanes = {(r.kind, r.scope, r.value): r for r in known if r.strength == CLAIMED and r.scope}

    def fits(row: IdentityRow | None) -> bool:
        """No different one-per-person identity speaks against it."""
        return row is not None and not any(
            w.kind == kind and w.scope == scope and w.value != value
            for w in wanted
            if w.kind in ONE_PER_PERSON and w.strength >= KNOWN
            for kind, scope, value in ones.get(row.contact_id, ())
        )

    strong = sorted(
        (w for w in wanted if w.strength >= KNOWN),
        key=lambda w: (w.kind not in ONE_PER_PERSON, -w.strength),
    )
    for w in strong:
        row = rows.get((w.kind, w.scope, w.value))
        if row is not None and fits(row):
            return row.contact_id
    for w in strong:
        lane = lanes.get((w.kind, MAIL_LANE, w.value)) if not w.scope else None
        if lane is not None and fits(lane) and (w.kind, "", w.value) not in rows:
            return lane.contact_id
    return None if strong else _by_lane(wanted, rows, lanes)


def _by_lane(
    wanted: Sequence[Identity],
    rows: Mapping[tuple[str, str, str], IdentityRow],
    lanes: Mapping[tuple[str, str, str], IdentityRow],
) -> int | None:
    for w in wanted:
        row = lanes.get((w.kind, w.scope, w.value)) if w.scope else None
        if row is not None:
            return row.contact_id
    for w in wanted:
        row = rows.get((w.kind, "", w.value)) if w.scope == MAIL_LANE else None
        if row is not None and row.strength == KNOWN and not row.shared:
            return row.contact_id
    return None


async def resolve(
    tx: Tx,
    given: Sequence[Identity],
    *,
    name: str = "",
    locale: str | None = None,
    source: str = "",
) -> Contact:
    """The contact behind these identities, made if there is none. Safe to call in parallel.

    Errors: IdentityInvalid when none of the identities is usable.
    """
    wanted = normal.identities(list(given), region=region_of(locale))
    if not wanted:
        raise errors.IdentityInvalid
    found = await _find(tx, wanted)
    if found is None or not found.recorded:
        # Something is to be written: one at a time per identity, and look again.
        await repository.lock(tx, wanted)
        found = await _find(tx, wanted)
    contact = None if found is None else await _known(tx, found)
    if found is None or contact is None:
        contact = await _create(tx, wanted, name=name, locale=locale)
        await _record(tx, contact, wanted=wanted, given=given, source=source, is_new=True)
        await repository.index(tx, contact, values=[item.value for item in wanted])
        return contact
    named = bool(name) and not contact.name
    if named:
        contact = await repository.update(tx, contact.id, values={"name": name[:200]})
        tx.emit(ContactUpdated(contact_id=contact.id, changes={"name": ["", contact.name]}))
    added = 0
    if not found.recorded:
        added = await _record(tx, contact, wanted=wanted, given=given, source=source)
    if named or added:
        await repository.index(tx, contact)
    return contact


async def _known(tx: Tx, found: _Found) -> Contact | None:
    if found.recorded and found.stale:
        return await repository.seen_again(tx, found.contact_id, identities=found.stale)
    return await repository.contact(tx, found.contact_id)


async def _find(tx: Tx, wanted: Sequence[Identity]) -> _Found | None:
    known = await repository.look_up(tx, wanted)
    ones: dict[int, set[tuple[str, str, str]]] = {}
    if any(w.kind in ONE_PER_PERSON for w in wanted) and known:
        for one in await repository.identities_of(tx, sorted({r.contact_id for r in known})):
            if one.kind in ONE_PER_PERSON and one.strength >= KNOWN:
                ones.setdefault(one.contact_id, set()).add((one.kind, one.scope, one.value))
    contact_id = choose(wanted, known, ones)
    if contact_id is None:
        return None
    mine = {(r.kind, r.scope, r.value): r for r in known if r.contact_id == contact_id}
    rows = [mine.get((w.kind, w.scope, w.value)) for w in wanted]
    recorded = all(
        row is not None and row.strength >= w.strength and row.verified >= w.verified
        for row, w in zip(rows, wanted, strict=True)
    )
    old = tx.now - _SEEN_EVERY
    stale = [row.id for row in rows if row is not None and row.last_seen_at <= old]
    return _Found(contact_id, recorded, stale)


async def _create(tx: Tx, wanted: Sequence[Identity], *, name: str, locale: str | None) -> Contact:
    company_id = None
    for item in wanted:
        if item.kind == "email" and item.strength >= KNOWN:
            company_id = await repository.company_by_domain(tx, item.value.rpartition("@")[2])
    contact = await repository.insert(
        tx, name=name.strip()[:200], locale=locale, company_id=company_id
    )
    tx.emit(
        ContactCreated(
            contact_id=contact.id,
            changes={"name": [None, contact.name], "company_id": [None, company_id]},
        )
    )
    return contact


async def _record(
    tx: Tx,
    contact: Contact,
    *,
    wanted: Sequence[Identity],
    given: Sequence[Identity],
    source: str,
    is_new: bool = False,
) -> int:
    """Write what is new about the identities. Returns how many were added."""
    known = [] if is_new else await repository.identities_of(tx, [contact.id])
    have = {(row.kind, row.scope, row.value): row for row in known}
    count = 0
    shown = {(g.kind, g.value.strip().lower()): g.value.strip() for g in given}
    for item in wanted:
        row = have.get((item.kind, item.scope, item.value))
        if row is not None:
            await repository.touch_identity(
                tx, row.id, strength=item.strength, verified=item.verified
            )
            continue
        added = await repository.add_identity(
            tx,
            contact.id,
            identity=Identity(
                kind=item.kind,
                value=item.value,
                scope=item.scope,
                strength=item.strength,
                verified=item.verified,
                source=item.source or source,
            ),
            display=shown.get((item.kind, item.value), item.value),
        )
        if added is not None:
            count += 1
            tx.emit(
                IdentityAdded(
                    contact_id=contact.id, identity_id=added[0], kind=item.kind, strength=added[1]
                )
            )
    return count
