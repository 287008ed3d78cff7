"""A ticket above others waits for them, if the workspace wants that."""

from __future__ import annotations

from yizhan.domains.tickets import errors, repository
from yizhan.kernel.tx import Tx

# The workspace's setting ``open_children`` says ask, refuse or allow.
DEFAULT_RULE = "ask"

_OPEN = """
SELECT t.number FROM ticket_link l JOIN ticket t ON t.workspace_id = l.workspace_id AND t.id = l.to_id
WHERE l.workspace_id = $1 AND l.kind = 'parent' AND l.from_id = $2
  AND t.status_category IN ('new', 'open', 'waiting') ORDER BY t.number
"""


async def check(tx: Tx, ticket_id: int, *, despite: bool) -> None:
    """Whether a ticket may be solved now. Errors: OpenChildren with the numbers of the open ones."""
    await repository.write_together(tx)  # a child may be among them
    rows = await tx.db.fetch(_OPEN, tx.workspace_id, ticket_id)
    if not rows:
        return
    rule = await tx.db.fetchval(
        "SELECT coalesce(settings->>'open_children', $2) FROM workspace WHERE workspace_id = $1",
        tx.workspace_id,
        DEFAULT_RULE,
    )
    if rule == "allow" or (rule == "ask" and despite):
        return
    raise errors.OpenChildren(numbers=[row[0] for row in rows], may_confirm=rule == "ask")
