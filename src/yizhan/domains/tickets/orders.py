"""By what a list can be ordered, so that a page goes on exactly behind the last row.

Every order ends with the id in the same direction, and has an index of the same columns (migrations 0004
and 0060). Tickets without the moment that orders the list come last.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.tickets import errors
from yizhan.kernel import pagination


class Order(msgspec.Struct, frozen=True):
    """A column with its natural direction, and the type of its value in a cursor."""

    column: str
    title: dict[str, str]
    kind: type = datetime
    descending: bool = True
    join: str = ""  # what the column needs besides the ticket


_RANK = "(CASE t.priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'normal' THEN 2 ELSE 1 END)"
_EPOCH = "timestamptz '1970-01-01 00:00:00+00'"
_FAR = "timestamptz '9999-12-31 00:00:00+00'"

ORDERS: dict[str, Order] = {
    "updated": Order("t.updated_at", {"zh": "最近更新", "en": "Last change"}),
    "created": Order("t.created_at", {"zh": "创建时间", "en": "Created"}),
    "waiting": Order(f"coalesce(t.waiting_since, {_FAR})", {"zh": "等待最久", "en": "Waiting longest"},
                     descending=False),
    "number": Order("t.number", {"zh": "编号", "en": "Number"}, kind=int),
    "priority": Order(_RANK, {"zh": "优先级", "en": "Priority"}, kind=int),
    "customer": Order(f"coalesce(t.last_customer_at, {_EPOCH})",
                      {"zh": "客户最后来信", "en": "Customer last wrote"}),
    "resolved": Order(f"coalesce(t.resolved_at, {_EPOCH})", {"zh": "解决时间", "en": "Resolved"}),
    "snoozed": Order(f"coalesce(t.snoozed_until, {_FAR})", {"zh": "稍后处理至", "en": "Snoozed until"},
                     descending=False),
}  # fmt: skip


def register(name: str, order: Order) -> None:
    """Add an order by what a higher domain knows of a ticket, at import."""
    if name in ORDERS:
        raise ValueError(f"the order {name} exists already")
    ORDERS[name] = order


# What rows can be gathered by, as text; nobody and nothing come first.
GROUPS: dict[str, str] = {
    "status": "t.status",
    "priority": f"(5 - {_RANK})::text",
    "assignee": "coalesce(t.assignee_id::text, '')",
    "team": "coalesce(t.team_id::text, '')",
    "channel": "t.channel",
    "type": "t.type",
}


class Way(msgspec.Struct, frozen=True):
    """An order as somebody asked for it: ``updated``, ``-updated`` turns it round."""

    order: Order
    descending: bool
    group: str | None

    @property
    def sql(self) -> str:
        """What stands behind ORDER BY."""
        word = "DESC" if self.descending else "ASC"
        return f"{self._group}{self.order.column} {word}, t.id {word}"

    @property
    def key(self) -> str:
        """The columns of the cursor."""
        return f"{self._group}{self.order.column}, t.id"

    @property
    def _group(self) -> str:
        return f"{self.group}, " if self.group else ""

    def after(self, cursor: str | None, *, first: int) -> tuple[str, list[Any]]:
        """The condition for rows behind a cursor, its parameters from ``$first`` on.

        Errors: BadCursor.
        """
        kinds = (str, self.order.kind, int) if self.group else (self.order.kind, int)
        key = pagination.decode(cursor, *kinds)
        if key is None:
            return "true", []
        sign = "<" if self.descending else ">"
        last = f"({self.order.column}, t.id) {sign} (${first}, ${first + 1})"
        if self.group is None:
            return last, list(key)
        group = f"${first + 2}"
        return f"({self.group} > {group} OR ({self.group} = {group} AND {last}))", [
            *key[1:],
            key[0],
        ]


def way(sort: str, *, group: str | None = None) -> Way:
    """Errors: UnknownValue."""
    order = ORDERS.get(sort.removeprefix("-"))
    if order is None:
        raise errors.UnknownValue(field="sort", known=sorted(ORDERS))
    if group is not None and group not in GROUPS:
        raise errors.UnknownValue(field="group", known=sorted(GROUPS))
    turned = sort.startswith("-")
    return Way(order, order.descending != turned, GROUPS[group] if group else None)
