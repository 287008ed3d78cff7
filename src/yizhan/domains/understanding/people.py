"""Who answers for a ticket."""

from __future__ import annotations

from typing import Final

from yizhan.kernel.tx import Tx

MOST: Final = 50

# Leads of the ticket's team; where it has none, of the workspace; where there is none, administrators.
_LEADS = """
WITH led AS (
  SELECT a.id, bool_or(r.system = 'lead') AS leads, bool_or(m.agent_id IS NOT NULL) AS near
  FROM ticket t
  JOIN agent a ON a.workspace_id = $1 AND a.active
  JOIN agent_role g ON g.workspace_id = $1 AND g.agent_id = a.id
  JOIN role r ON r.workspace_id = $1 AND r.id = g.role_id AND r.system IN ('lead', 'admin')
  LEFT JOIN team_member m ON m.workspace_id = $1 AND m.team_id = t.team_id AND m.agent_id = a.id
  WHERE t.workspace_id = $1 AND t.id = $2 GROUP BY a.id),
ranked AS (SELECT id, CASE WHEN leads AND near THEN 1 WHEN leads THEN 2 ELSE 3 END AS place FROM led)
SELECT id FROM ranked WHERE place = (SELECT min(place) FROM ranked) ORDER BY id LIMIT $3
"""


async def leads(tx: Tx, ticket_id: int) -> list[int]:
    """Those who lead the ticket's team, else whoever comes next."""
    rows = await tx.db.fetch(_LEADS, tx.workspace_id, ticket_id, MOST)
    return [row[0] for row in rows]


async def assignee(tx: Tx, ticket_id: int) -> list[int]:
    """Who has the ticket."""
    rows = await tx.db.fetch(
        "SELECT assignee_id FROM ticket WHERE workspace_id = $1 AND id = $2 AND assignee_id IS NOT NULL",
        tx.workspace_id,
        ticket_id,
    )
    return [row[0] for row in rows]
