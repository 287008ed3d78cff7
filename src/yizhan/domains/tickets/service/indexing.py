"""Tags and subjects of tickets that were there before their index."""

from __future__ import annotations

from yizhan.kernel.tx import Tx

STEP = 1_000  # tickets in one short transaction

# Locked in the order of ids, as everybody does who holds several, so that what is read is what stays.
_FILL = """
WITH todo AS MATERIALIZED (
  SELECT t.id, t.tags, t.subject FROM ticket t WHERE t.workspace_id = $1 AND t.id IN (
    SELECT o.id FROM ticket o WHERE o.workspace_id = $1 AND o.id <= $2 ORDER BY o.id DESC LIMIT $3)
  ORDER BY t.id FOR SHARE
), tags AS (
  INSERT INTO ticket_tag SELECT DISTINCT $1::bigint, tag, todo.id FROM todo, unnest(todo.tags) AS tag
  WHERE tag IS NOT NULL ON CONFLICT DO NOTHING
), subjects AS (
  INSERT INTO ticket_subject SELECT $1, id, yizhan_spread(subject) FROM todo ON CONFLICT DO NOTHING
)
SELECT count(*) AS found, min(id) AS lowest FROM todo
"""


async def step(tx: Tx) -> bool:
    """Take in the next older tickets. Returns whether there may be more."""
    upto: int | None = await tx.db.fetchval(
        "SELECT upto FROM ticket_words_missing WHERE workspace_id = $1 FOR UPDATE", tx.workspace_id
    )
    if upto is None:
        return False
    row = await tx.db.fetchrow(_FILL, tx.workspace_id, upto, STEP)
    if row is None or row["found"] < STEP:
        await tx.db.execute(
            "DELETE FROM ticket_words_missing WHERE workspace_id = $1", tx.workspace_id
        )
        return False
    await tx.db.execute(
        "UPDATE ticket_words_missing SET upto = $2 WHERE workspace_id = $1",
        tx.workspace_id,
        row["lowest"] - 1,
    )
    return True
