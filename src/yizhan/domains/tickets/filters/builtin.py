"""The fields that every ticket has."""

from __future__ import annotations

from yizhan.domains.tickets import types
from yizhan.domains.tickets.filters.fields import Field, register

_CONTACT = (
    "(SELECT x.{0} FROM contact x WHERE x.workspace_id = t.workspace_id AND x.id = t.requester_id)"
)
_COMPANY = (
    "(SELECT y.name FROM contact x JOIN company y ON y.workspace_id = x.workspace_id"
    " AND y.id = x.company_id WHERE x.workspace_id = t.workspace_id AND x.id = t.requester_id)"
)
# Each moment has an index that begins with the workspace and it.
_BETWEEN = (
    "(SELECT CASE WHEN count(*) <= {{most}} THEN coalesce(array_agg(x.id), '{{{{}}}}') END FROM (SELECT id"
    " FROM ticket WHERE workspace_id = {{workspace}} AND {0} >= coalesce({{0}}::timestamptz, '-infinity')"
    " AND {0} <= coalesce({{1}}::timestamptz, 'infinity') LIMIT {{most}} + 1) AS x)"
)


def _moment(name: str, zh: str, en: str) -> Field:
    title, few = {"zh": zh, "en": en}, _BETWEEN.format(name)
    return Field(name=name, kind="time", title=title, sql=f"t.{name}", few=few)


register(
    Field(name="status", kind="choice", title={"zh": "状态", "en": "Status"}, sql="t.status", of="status"),
    Field(name="category", kind="choice", title={"zh": "状态类别", "en": "Status category"},
          sql="t.status_category", choices=types.CATEGORIES),
    Field(name="priority", kind="choice", title={"zh": "优先级", "en": "Priority"},
          sql="t.priority", choices=types.PRIORITIES),
    Field(name="type", kind="choice", title={"zh": "类型", "en": "Type"}, sql="t.type", of="type"),
    Field(name="channel", kind="choice", title={"zh": "渠道", "en": "Channel"}, sql="t.channel", of="channel"),
    Field(name="tags", kind="tags", title={"zh": "标签", "en": "Tags"}, sql="t.tags", of="tag",
          few="yizhan_few_by_tag({0}::text[], {most})"),
    Field(name="subject", kind="text", title={"zh": "主题", "en": "Subject"}, sql="t.subject",
          few="yizhan_few_by_subject({0}::text, {most})"),
    Field(name="number", kind="number", title={"zh": "编号", "en": "Number"}, sql="t.number"),
    Field(name="assignee", kind="person", title={"zh": "处理人", "en": "Assignee"},
          sql="t.assignee_id", of="agent"),
    Field(name="team", kind="reference", title={"zh": "团队", "en": "Team"}, sql="t.team_id", of="team"),
    Field(name="brand", kind="reference", title={"zh": "品牌", "en": "Brand"}, sql="t.brand_id", of="brand"),
    Field(name="inbox", kind="reference", title={"zh": "收件箱", "en": "Inbox"}, sql="t.inbox_id", of="inbox"),
    Field(name="unit", kind="reference", title={"zh": "部门", "en": "Unit"}, sql="t.unit_id", of="unit"),
    Field(name="messages", kind="number", title={"zh": "消息数", "en": "Messages"}, sql="t.message_count"),
    _moment("created_at", "创建时间", "Created"),
    _moment("updated_at", "更新时间", "Updated"),
    _moment("last_customer_at", "客户最后来信", "Customer last wrote"),
    _moment("waiting_since", "等待回复自", "Waiting since"),
    Field(name="first_reply_at", kind="time", title={"zh": "首次回复时间", "en": "First reply"},
          sql="t.first_reply_at"),
    _moment("resolved_at", "解决时间", "Resolved"),
    _moment("snoozed_until", "稍后处理至", "Snoozed until"),
    Field(name="watching", kind="flag", title={"zh": "有人关注", "en": "Watched"},
          sql="EXISTS (SELECT FROM watcher w WHERE w.workspace_id = t.workspace_id AND w.ticket_id = t.id)"),
    Field(name="has_file", kind="flag", title={"zh": "有附件", "en": "Has a file"},
          sql="EXISTS (SELECT FROM message fm JOIN attachment fa ON fa.workspace_id = fm.workspace_id"
          " AND fa.message_id = fm.id WHERE fm.workspace_id = t.workspace_id AND fm.ticket_id = t.id)"),
    Field(name="customer", kind="reference", title={"zh": "客户", "en": "Customer"},
          sql="t.requester_id", of="contact", group="customer"),
    Field(name="customer.name", kind="text", title={"zh": "客户姓名", "en": "Customer name"},
          sql=_CONTACT.format("name"), group="customer"),
    Field(name="customer.vip", kind="flag", title={"zh": "VIP 客户", "en": "VIP customer"},
          sql=_CONTACT.format("vip"), group="customer"),
    Field(name="customer.tags", kind="tags", title={"zh": "客户标签", "en": "Customer tags"},
          sql=_CONTACT.format("tags"), group="customer"),
    Field(name="customer.locale", kind="text", title={"zh": "客户语言", "en": "Customer language"},
          sql=_CONTACT.format("locale"), group="customer"),
    Field(name="company", kind="reference", title={"zh": "公司", "en": "Company"},
          sql=_CONTACT.format("company_id"), of="company", group="company"),
    Field(name="company.name", kind="text", title={"zh": "公司名称", "en": "Company name"},
          sql=_COMPANY, group="company"),
)  # fmt: skip
