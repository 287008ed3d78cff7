"""How many tickets customers have."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.identity import permissions
from yizhan.kernel.tx import Tx


async def of_contacts(tx: Tx, ids: Sequence[int]) -> dict[int, int]:
    """Tickets per contact that the actor may see. Index ticket_requester."""
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    rows = await tx.db.fetch(
        f"""SELECT t.requester_id, count(*) FROM ticket t
        WHERE t.workspace_id = $1 AND t.requester_id = ANY($2) AND {seen} GROUP BY 1""",
        tx.workspace_id,
        list(ids),
        *values,
    )
    return {row[0]: row[1] for row in rows}
