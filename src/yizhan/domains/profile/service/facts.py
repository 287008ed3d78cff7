"""What is known of a customer: read in their words, corrected and taken out by agents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yizhan.domains.contacts import service as contacts
from yizhan.domains.identity import permissions
from yizhan.domains.profile import errors, events, extract, repository, schemas, stages
from yizhan.domains.profile.types import Fact, Standing
from yizhan.kernel.tx import Tx

READ, EDIT = "contact:read", "contact:edit"


async def of_contact(tx: Tx, contact_id: int) -> schemas.ProfileOut:
    """Errors: ContactNotFound."""
    root = await _root(tx, contact_id)
    kept = await repository.facts(tx, await repository.family(tx, root))
    holds, past = stages.current(kept)
    sources = await _sources(tx, kept)
    standing = (await repository.standings(tx, [root])).get(root, Standing(contact_id=root))
    settings = await repository.settings(tx)
    return schemas.profile_out(
        standing,
        settings,
        facts=[schemas.fact_out(one, sources=sources, past=past) for one in holds],
        editable=permissions.can(tx.actor, EDIT),
    )


async def add(tx: Tx, contact_id: int, new: schemas.FactIn) -> schemas.ProfileOut:
    """What an agent says holds. Errors: ContactNotFound."""
    root = await _held(tx, contact_id)
    value = new.value.strip()
    await repository.keep(tx, root, key=new.key, value=value, normal=extract.normal(value))
    tx.emit(events.ContactFactsChanged(contact_id=root, keys=[new.key]))
    return await of_contact(tx, root)


async def correct(
    tx: Tx, contact_id: int, *, fact_id: int, change: schemas.FactChange
) -> schemas.ProfileOut:
    """The old value is no more and does not come back; the new one is the agent's.

    Errors: ContactNotFound, FactNotFound.
    """
    root = await _held(tx, contact_id)
    fact = await _fact(tx, root, fact_id=fact_id)
    value = change.value.strip()
    said = extract.normal(value)
    if said == fact.normal and fact.by == "agent" and fact.state == "said" and value == fact.value:
        return await of_contact(tx, root)
    if said != fact.normal:
        await repository.take_out(tx, fact_id)
    # The same contact as before, so that it goes along when a merge is undone.
    await repository.keep(tx, fact.contact_id, key=fact.key, value=value, normal=said)
    tx.emit(events.ContactFactsChanged(contact_id=root, keys=[fact.key]))
    return await of_contact(tx, root)


async def remove(tx: Tx, contact_id: int, *, fact_id: int) -> None:
    """It does not come back by itself. Errors: ContactNotFound, FactNotFound."""
    root = await _held(tx, contact_id)
    fact = await _fact(tx, root, fact_id=fact_id)
    if fact.state != "gone":
        await repository.take_out(tx, fact_id)
        tx.emit(events.ContactFactsChanged(contact_id=root, keys=[fact.key]))


async def erase(tx: Tx, contact_id: int) -> None:
    """Nothing that was read stays, and nothing is read any more.

    Errors: ContactNotFound.
    """
    root = await _held(tx, contact_id)
    gone = await repository.erase(tx, await repository.family(tx, root))
    standing = (await repository.standings(tx, [root])).get(root, Standing(contact_id=root))
    if not gone and standing.stage is None and not standing.collect:
        return
    await repository.put_standing(tx, Standing(contact_id=root, collect=False))
    tx.emit(events.ContactProfileErased(contact_id=root, facts=gone))


async def read(
    tx: Tx, contact_id: int, *, message_id: int, ticket_id: int, text: str, at: datetime
) -> None:
    """Keep what a customer's message says of them, as of when it was written."""
    root = (await repository.roots(tx, [contact_id])).get(contact_id)
    if root is None or not await _collects(tx, root):
        return
    keys = []
    for found in extract.find(text):
        evidence = extract.quoted(text, found.start, end=found.end)
        source = repository.Source(
            ticket_id=ticket_id, message_id=message_id, evidence=evidence, at=at
        )
        if await repository.say(tx, contact_id, found, source=source):
            keys.append(str(found.key))
    if keys:
        known = sorted(set(keys))
        tx.emit(events.ContactFactsChanged(contact_id=root, keys=known, message_id=message_id))


async def _collects(tx: Tx, root: int) -> bool:
    """Whether messages of a customer are read, held against change."""
    if not (await repository.settings(tx)).collect:
        return False
    await repository.hold(tx, root)
    standing = (await repository.standings(tx, [root])).get(root)
    return standing is None or standing.collect


async def _root(tx: Tx, contact_id: int) -> int:
    contact = await contacts.get(tx, contact_id)
    return contact.merged_into or contact.id


async def _held(tx: Tx, contact_id: int) -> int:
    """The contact, to be changed."""
    permissions.require(tx.actor, EDIT)
    root = await _root(tx, contact_id)
    await repository.hold(tx, root)
    return root


async def _fact(tx: Tx, root: int, *, fact_id: int) -> Fact:
    kept = await repository.facts(tx, await repository.family(tx, root))
    fact = next((one for one in kept if one.id == fact_id), None)
    if fact is None:
        raise errors.FactNotFound
    return fact


async def _sources(tx: Tx, kept: Sequence[Fact]) -> dict[int, int]:
    """The numbers of the tickets that facts come from, of those that the actor may see."""
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        f"SELECT t.id, t.number FROM ticket t WHERE t.workspace_id = $1 AND t.id = ANY($2::bigint[]) AND {seen}",
        tx.workspace_id,
        [one.ticket_id for one in kept if one.ticket_id],
        *values,
    )
    return {row["id"]: row["number"] for row in rows}
