"""How people call operators and the values of closed lists, in zh and en."""

from __future__ import annotations

from yizhan.domains.tickets.filters.ops import Kind

_OPERATORS: dict[str, tuple[str, str]] = {
    "is": ("是", "is"),
    "is_not": ("不是", "is not"),
    "in": ("是其中之一", "is one of"),
    "not_in": ("都不是", "is none of"),
    "empty": ("为空", "is empty"),
    "not_empty": ("不为空", "is not empty"),
    "lt": ("小于", "is less than"),
    "lte": ("不大于", "is at most"),
    "gt": ("大于", "is more than"),
    "gte": ("不小于", "is at least"),
    "between": ("介于", "is between"),
    "before": ("早于", "is before"),
    "after": ("晚于", "is after"),
    "within_last": ("在最近", "is within the last"),
    "within_next": ("在未来", "is within the next"),
    "contains": ("包含", "contains"),
    "not_contains": ("不包含", "does not contain"),
    "starts_with": ("开头是", "starts with"),
    "has": ("含有", "has"),
    "has_any": ("含有任一", "has any of"),
    "has_all": ("含有全部", "has all of"),
    "has_none": ("不含", "has none of"),
}
_CHOICES: dict[str, tuple[str, str]] = {
    "category.new": ("新建", "New"),
    "category.open": ("处理中", "Open"),
    "category.waiting": ("等待", "Waiting"),
    "category.resolved": ("已解决", "Resolved"),
    "category.closed": ("已关闭", "Closed"),
    "priority.low": ("低", "Low"),
    "priority.normal": ("普通", "Normal"),
    "priority.high": ("高", "High"),
    "priority.urgent": ("紧急", "Urgent"),
    "satisfaction.rating.good": ("好评", "Good"),
    "satisfaction.rating.neutral": ("中评", "Neutral"),
    "satisfaction.rating.bad": ("差评", "Bad"),
    "satisfaction.kind.csat": ("CSAT 满意度", "CSAT"),
    "satisfaction.kind.nps": ("NPS 推荐度", "NPS"),
    "satisfaction.kind.ces": ("CES 费力度", "CES"),
}


def operator(op: str, kind: Kind) -> dict[str, str]:
    """An operator's name."""
    if op == "older_than":
        return {"zh": "早于…之前", "en": "is longer ago than"}
    if kind == "flag" and op == "is":
        return {"zh": "为", "en": "is"}
    zh, en = _OPERATORS.get(op, (op, op))
    return {"zh": zh, "en": en}


def choice(field: str, value: str) -> dict[str, str]:
    """The name of a value of a closed list; the value itself when nobody named it."""
    zh, en = _CHOICES.get(f"{field}.{value}", (value, value))
    return {"zh": zh, "en": en}
