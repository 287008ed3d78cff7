"""Links between tickets: related, duplicate, parent and child, problem and incident."""

from __future__ import annotations

from typing import Any

from yizhan.domains.tickets import errors, events
from yizhan.domains.tickets.relations import repository
from yizhan.domains.tickets.relations.types import (
    MOST_LINKS,
    ONE_ABOVE,
    ROLES,
    Link,
    Operation,
    Preview,
)
from yizhan.domains.tickets.service import access
from yizhan.kernel.tx import Tx

_DEEPEST = 50


def made(ticket_id: int, *, role: str, other_id: int) -> Link:
    """The link that makes ``other_id`` the ``role`` of ``ticket_id``. Pure."""
    kind, is_from = ROLES[role]
    ends = (ticket_id, other_id) if is_from else (other_id, ticket_id)
    if kind == "related":
        ends = (min(ends), max(ends))
    return Link(kind, *ends)


async def refusal(tx: Tx, link: Link) -> str | None:
    """Why two tickets cannot be linked like that."""
    if link.from_id == link.to_id:
        return "same_ticket"
    if link.kind in ONE_ABOVE:
        known = await repository.above(tx, link.to_id, kind=link.kind)
        if known is not None and known != link.from_id:
            return f"has_{link.kind}"
    if link.kind == "parent" and await _is_above(tx, link.to_id, below=link.from_id):
        return "circle"
    if link.kind == "problem":
        if await repository.above(tx, link.from_id, kind="problem") is not None:
            return "is_incident"
        if await repository.below(tx, link.to_id, kind="problem"):
            return "is_problem"
    if link.kind == "duplicate" and Link("duplicate", link.to_id, link.from_id) in (
        await repository.links(tx, link.from_id)
    ):
        return "circle"
    if len(await repository.links(tx, link.from_id)) >= MOST_LINKS:
        return "too_many"
    return None


async def _is_above(tx: Tx, ticket_id: int, *, below: int) -> bool:
    """Whether ``ticket_id`` is among the parents of ``below``."""
    current: int | None = below
    for _ in range(_DEEPEST):
        if current is None:
            return False
        if current == ticket_id:
            return True
        current = await repository.above(tx, current, kind="parent")
    return True


async def _checked(tx: Tx, ticket_id: int, *, role: str, other_id: int) -> Link:
    found = await access.both(
        tx, ticket_id, second=other_id, permission="ticket:edit", other="ticket:read"
    )
    for ticket in found:
        if ticket.merged_into is not None:
            raise errors.TicketMerged(merged_into=str(ticket.merged_into), number=ticket.number)
    link = made(ticket_id, role=role, other_id=other_id)
    reason = await refusal(tx, link)
    if reason is not None:
        raise errors.CannotLink(reason=reason)
    return link


async def preview(tx: Tx, ticket_id: int, *, role: str, other_id: int) -> Preview:
    """What linking would do. Errors: CannotLink, those of access."""
    link = await _checked(tx, ticket_id, role=role, other_id=other_id)
    known = link in await repository.links(tx, ticket_id)
    return Preview(links=0 if known else 1, warnings=["already_linked"] if known else [])


async def link(tx: Tx, ticket_id: int, *, role: str, other_id: int) -> Operation:
    """Make ``other_id`` the ``role`` of a ticket; doing it twice is doing it once.

    Errors: CannotLink, those of access.
    """
    wanted = await _checked(tx, ticket_id, role=role, other_id=other_id)
    if not await repository.add_link(tx, wanted):
        for known in await repository.standing(tx, [ticket_id], kind="link"):
            if known.undo["link"] == _plain(wanted):
                return known
    tell(tx, wanted, linked=True)
    return await repository.add_operation(
        tx,
        tx.new_id(),
        kind="link",
        ticket_id=ticket_id,
        other_id=other_id,
        undo={"link": _plain(wanted)},
    )


async def unlink(tx: Tx, ticket_id: int, *, role: str, other_id: int) -> Operation:
    """Take a link away. Errors: LinkNotFound, those of access."""
    await access.both(tx, ticket_id, second=other_id, permission="ticket:edit", other="ticket:read")
    wanted = made(ticket_id, role=role, other_id=other_id)
    if not await repository.drop_link(tx, wanted):
        for known in await repository.standing(tx, [ticket_id], kind="unlink"):
            if known.undo["link"] == _plain(wanted):
                return known
        raise errors.LinkNotFound
    tell(tx, wanted, linked=False)
    return await repository.add_operation(
        tx,
        tx.new_id(),
        kind="unlink",
        ticket_id=ticket_id,
        other_id=other_id,
        undo={"link": _plain(wanted)},
    )


async def undo(tx: Tx, operation: Operation) -> list[str]:
    """Take a link, or its removal, back. Errors: OperationStands."""
    await access.both(
        tx,
        operation.ticket_id,
        second=operation.other_id or 0,
        permission="ticket:edit",
        other="ticket:read",
    )
    link = read(operation.undo["link"])
    if operation.kind == "link":
        if not await repository.drop_link(tx, link):
            raise errors.OperationStands(reason="link_gone")
        tell(tx, link, linked=False)
        return []
    reason = await refusal(tx, link)
    if reason is not None:
        raise errors.OperationStands(reason=reason)
    if await repository.add_link(tx, link):
        tell(tx, link, linked=True)
    return []


def tell(tx: Tx, link: Link, *, linked: bool) -> None:
    """Both tickets know."""
    kind = events.TicketLinked if linked else events.TicketUnlinked
    for one, other in ((link.from_id, link.to_id), (link.to_id, link.from_id)):
        tx.emit(kind(ticket_id=one, other_id=other, role=link.role_of(other)))


def _plain(link: Link) -> list[Any]:
    return [link.kind, str(link.from_id), str(link.to_id)]


def read(raw: list[Any]) -> Link:
    """A link as operations keep it."""
    return Link(raw[0], int(raw[1]), int(raw[2]))


async def carry(tx: Tx, *, source: int, target: int) -> list[list[Any]]:
    """Links of one ticket go over to another, as far as they make sense there.

    Returns [old link, new link, whether the new one was made].
    """
    moved: list[list[Any]] = []
    for old in await repository.links(tx, source):
        ends = [target if end == source else end for end in (old.from_id, old.to_id)]
        new = Link(old.kind, *(sorted(ends) if old.kind == "related" else ends))
        await repository.drop_link(tx, old)
        if old.kind == "split" or await refusal(tx, new) is not None:
            await repository.add_link(tx, old)
            continue
        tell(tx, old, linked=False)
        added = await repository.add_link(tx, new)
        if added:
            tell(tx, new, linked=True)
        moved.append([_plain(old), _plain(new), added])
    return moved


async def carry_back(tx: Tx, moved: list[list[Any]]) -> list[str]:
    """Links go back; one that somebody has taken away or replaced since stays away."""
    left: list[str] = []
    for raw_old, raw_new, added in moved:
        old, new = read(raw_old), read(raw_new)
        if added:
            if not await repository.drop_link(tx, new):
                left.append("links")
                continue
            tell(tx, new, linked=False)
        if await refusal(tx, old) is not None:
            left.append("links")
        elif await repository.add_link(tx, old):
            tell(tx, old, linked=True)
    return sorted(set(left))
