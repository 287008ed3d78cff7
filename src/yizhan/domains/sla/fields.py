"""What conditions, views and lists can ask about the promises of a ticket."""

from __future__ import annotations

from yizhan.domains.tickets import filters, orders, registry
from yizhan.domains.tickets.filters import Field
from yizhan.kernel import sql

_OF = "(SELECT {0} FROM sla_ticket s WHERE s.workspace_id = t.workspace_id AND s.ticket_id = t.id)"
# Uses the primary key of sla_ticket, once a row.
_PROMISE = f"""(SELECT json_build_object('state', s.state, 'target', s.target, 'kind', s.kind,
  'due_at', {sql.time_text("s.due_at")}, 'warn_at', {sql.time_text("s.warn_at")}, 'breached', s.breached)
  FROM sla_ticket s WHERE s.workspace_id = t.workspace_id AND s.ticket_id = t.id AND s.state <> 'none')"""
# A ticket without a promise comes last, and is not left out.
_BY_DUE = orders.Order(
    "s.due_at",
    {"zh": "SLA 到期时间", "en": "SLA due"},
    descending=False,
    missing=orders.FAR,
    join="LEFT JOIN sla_ticket s ON s.workspace_id = t.workspace_id AND s.ticket_id = t.id",
)
KINDS = ("first_response", "next_response", "resolution", "update", "assignment")
STATES = ("running", "paused", "done")


def register() -> None:
    """Tell conditions and lists."""
    registry.provide_promise(_PROMISE)
    orders.register("due", _BY_DUE)
    filters.register(
        Field(name="sla.due_at", kind="time", title={"zh": "SLA 到期时间", "en": "SLA due"},
              sql=_OF.format("s.due_at"), group="sla"),
        Field(name="sla.breached", kind="flag", title={"zh": "SLA 已超时", "en": "SLA breached"},
              sql=_OF.format("s.breached"), group="sla"),
        Field(name="sla.next_target", kind="choice", title={"zh": "SLA 下一目标", "en": "Next SLA target"},
              sql=_OF.format("s.kind"), choices=KINDS, group="sla"),
        Field(name="sla.state", kind="choice", title={"zh": "SLA 状态", "en": "SLA state"},
              sql=_OF.format("s.state"), choices=STATES, group="sla"),
        Field(name="sla.policy", kind="reference", title={"zh": "SLA 策略", "en": "SLA policy"},
              sql=_OF.format("s.policy_id"), of="sla_policy", group="sla"),
    )  # fmt: skip
