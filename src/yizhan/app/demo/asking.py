"""What waits for a lead's approval in the demo."""

from __future__ import annotations

from datetime import timedelta

from yizhan.app.demo.arranging import STEPS
from yizhan.app.demo.ground import Ground
from yizhan.app.demo.perform import Stage
from yizhan.domains.tasks import schemas
from yizhan.domains.tasks.approvals.types import ApprovalAsk
from yizhan.domains.tasks.service import checklists

_REFUND = "退款 860 元，超过 500 元需组长批准"


async def ask(stage: Stage, ground: Ground) -> None:
    """An agent asks for the approval of a refund, unless a run before this one has."""
    story = next(
        place
        for place, one in enumerate(stage.plan.stories)
        if (one.team, one.status, one.agent) == ("after", "open", "lin")
    )
    async with stage.database.begin(stage.actors["lin"]) as tx:
        tx.now = stage.clock + timedelta(seconds=1)
        if await tx.db.fetchval(
            "SELECT EXISTS (SELECT 1 FROM approval WHERE workspace_id = $1)", tx.workspace_id
        ):
            return
        lead = ApprovalAsk(agent_ids=[str(ground.agents["zhou"])])
        lines = [schemas.ChecklistLine(text=one) for one in STEPS]
        lines.append(schemas.ChecklistLine(text=_REFUND, needed=True, approval=lead))
        await checklists.add(tx, stage.tickets[story][0], new=schemas.ChecklistIn(items=lines))
