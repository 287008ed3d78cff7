"""How agents of the demo see a ticket, and the checklist that ends with a lead's approval."""

from __future__ import annotations

from yizhan.domains.fields.layouts import service as layouts
from yizhan.domains.fields.layouts.types import Content, LayoutGroup
from yizhan.domains.fields.types import FieldNames
from yizhan.domains.tasks import schemas
from yizhan.domains.tasks.approvals.types import ApprovalAsk
from yizhan.domains.tasks.service import templates
from yizhan.domains.tasks.types import TemplateItem
from yizhan.kernel.tx import Tx

_GROUPS = (
    ("处理", "Work", False, ["status", "priority", "assignee", "team", "tags", "part.promises"]),
    ("客户", "Customer", False, ["part.customer", "part.sources"]),
    ("待办与审批", "To do", False, ["part.work", "part.relations"]),
    ("更多", "More", True,
     ["type", "watchers", "channel", "created", "part.assignment", "part.satisfaction"]),
)  # fmt: skip
STEPS = ("核对订单号与付款记录", "确认仓库已收到退货")


async def lay(tx: Tx, *, roles: dict[str, int]) -> None:
    """A layout for agents, and a checklist whose last item is approved by a lead."""
    await layouts.create(
        tx,
        "panel",
        Content(
            name="一线客服",
            role_ids=(roles["agent"],),
            groups=tuple(
                LayoutGroup(title=FieldNames(zh=zh, en=en), folded=folded, items=list(items))
                for zh, en, folded, items in _GROUPS
            ),
        ),
        publish=True,
    )
    lead = ApprovalAsk(role_id=str(roles["lead"]))
    lines = [TemplateItem(text=one) for one in STEPS]
    lines.append(TemplateItem(text="退款需组长批准", needed=True, approval=lead, due_minutes=1440))
    await templates.create(tx, schemas.ChecklistTemplateIn(name="大额退款", items=lines))
