"""Reactions of tickets to what happens below them."""

from __future__ import annotations

from yizhan.domains.contacts import registry as contact_registry
from yizhan.domains.contacts.events import ContactMerged, ContactUnmerged
from yizhan.domains.identity.events import WorkspaceCreated
from yizhan.domains.tickets import events as own
from yizhan.domains.tickets import repository
from yizhan.domains.tickets.service import counts
from yizhan.domains.tickets.types import DEFAULT_STATUSES, Status
from yizhan.kernel import events
from yizhan.kernel.tx import Tx

contact_registry.offer_ticket_counts(counts.of_contacts)


@events.on(WorkspaceCreated)
async def add_default_statuses(tx: Tx, _event: WorkspaceCreated) -> None:
    """A new workspace can work at once."""
    await repository.add_statuses(
        tx,
        [
            Status(key, category, {"zh": zh, "en": en}, position, list(allowed))
            for position, (key, category, zh, en, allowed) in enumerate(DEFAULT_STATUSES)
        ],
    )


@events.on(ContactMerged)
async def follow_merge(tx: Tx, event: ContactMerged) -> None:
    """The loser's tickets and conversations belong to the winner; what moved is kept for the undo."""
    rows = await tx.db.fetch(
        "UPDATE ticket SET requester_id = $3, updated_at = $4, version = version + 1"
        " WHERE workspace_id = $1 AND requester_id = $2 RETURNING id",
        tx.workspace_id,
        event.loser_id,
        event.winner_id,
        tx.now,
    )
    talks = await tx.db.fetch(
        "UPDATE conversation SET contact_id = $3 WHERE workspace_id = $1 AND contact_id = $2 RETURNING id",
        tx.workspace_id,
        event.loser_id,
        event.winner_id,
    )
    moved = {
        "tickets": [str(row[0]) for row in rows],
        "conversations": [str(row[0]) for row in talks],
    }
    await tx.db.execute(
        "UPDATE contact_merge SET undo = undo || jsonb_build_object('tickets_domain', $3::jsonb)"
        " WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        event.merge_id,
        moved,
    )
    _say_moved(tx, [row[0] for row in rows], old=event.loser_id, new=event.winner_id)


@events.on(ContactUnmerged)
async def follow_unmerge(tx: Tx, event: ContactUnmerged) -> None:
    """What the merge moved goes back, unless somebody has moved it on since."""
    moved = await tx.db.fetchval(
        "SELECT undo->'tickets_domain' FROM contact_merge WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        event.merge_id,
    )
    if not moved:
        return
    rows = await tx.db.fetch(
        "UPDATE ticket SET requester_id = $2, updated_at = $5, version = version + 1"
        " WHERE workspace_id = $1 AND id = ANY($3) AND requester_id = $4 RETURNING id",
        tx.workspace_id,
        event.loser_id,
        [int(key) for key in moved["tickets"]],
        event.winner_id,
        tx.now,
    )
    await tx.db.execute(
        "UPDATE conversation SET contact_id = $2 WHERE workspace_id = $1 AND id = ANY($3) AND contact_id = $4",
        tx.workspace_id,
        event.loser_id,
        [int(key) for key in moved["conversations"]],
        event.winner_id,
    )
    _say_moved(tx, [row[0] for row in rows], old=event.winner_id, new=event.loser_id)


def _say_moved(tx: Tx, tickets: list[int], *, old: int, new: int) -> None:
    for ticket_id in tickets:
        tx.emit(
            own.TicketUpdated(
                ticket_id=ticket_id,
                changes={"requester_id": [old, new]},
                cause={"kind": "contact_merge"},
            )
        )
