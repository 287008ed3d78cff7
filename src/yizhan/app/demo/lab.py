"""What the demo measures its AI by: cases of its solved tickets, labelled by hand, and those of skills.

No figure is laid here: the worker runs the sets when the desk first starts.
"""

from __future__ import annotations

from importlib import resources

from yizhan.domains.copilot.skills import service as skills
from yizhan.domains.lab import schemas
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import cases, hiding, managing, runs
from yizhan.domains.lab.types import Found, GoldenFilters
from yizhan.domains.understanding import messages
from yizhan.kernel.tx import Tx

_FIRST = f"""
SELECT DISTINCT ON (t.subject) t.id AS ticket_id, t.subject, m.id AS message_id,
  left(m.body_text, {messages.LONGEST}) AS body,
  (SELECT c.name FROM contact c WHERE c.workspace_id = $1 AND c.id = t.requester_id) AS requester
FROM ticket t JOIN message m ON m.workspace_id = t.workspace_id AND m.ticket_id = t.id
WHERE t.workspace_id = $1 AND t.subject = ANY($2) AND t.status_category IN ('resolved', 'closed')
  AND m.direction = 'in'
ORDER BY t.subject, m.id
"""


def labels() -> dict[str, str]:
    """What stories are about, by their subjects: as a person would say it."""
    lines = resources.files(__package__).joinpath("stories", "intents.tsv").read_text("utf-8")
    return dict(line.split("\t") for line in lines.splitlines() if line)


async def lay(tx: Tx) -> None:
    """Golden sets with a first run each, unless there are some. The actor may look after learning."""
    if await sets.sets(tx):
        return
    await _of_tickets(tx)
    for one in skills.known():
        made = await managing.create(
            tx,
            schemas.GoldenSetIn(
                name=f"技能 · {one.manifest.name['zh']}",
                kind="skill",
                filters=GoldenFilters(skill=one.id),
            ),
        )
        await runs.start(tx, made.id)


async def _of_tickets(tx: Tx) -> None:
    known = labels()
    rows = await tx.db.fetch(_FIRST, tx.workspace_id, sorted(known))
    hider = await hiding.hider(tx)
    found = [
        Found(
            text=hider.hide(f"{row['subject']}\n{row['body']}", [row["requester"] or ""]),
            expected=[known[row["subject"]]],
            ticket_id=row["ticket_id"],
            message_id=row["message_id"],
        )
        for row in rows
    ]
    made = await managing.create(
        tx, schemas.GoldenSetIn(name="意图 · 已解决的工单", kind="intent", nightly=True)
    )
    await cases.take(tx, made, found, source="ticket")
    await runs.start(tx, made.id)
