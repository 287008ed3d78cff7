"""By what a list can be ordered, so that a page goes on exactly behind the last row.

Every order ends with the id in the same direction, and has an index of the same columns. Tickets without
the moment that orders the list come last, in both directions: they are a second run of their own, so that
each run is a walk along an index however many tickets there are.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from yizhan.domains.tickets import errors
from yizhan.kernel import pagination


class Order(msgspec.Struct, frozen=True):
    """A column with its natural direction, and the type of its value in a cursor.

    ``missing`` stands in cursors and within groups for a ticket without the value; ``join`` is what the
    column needs besides the ticket, behind LEFT.
    """

    column: str
    title: dict[str, str]
    kind: type = datetime
    descending: bool = True
    missing: datetime | None = None
    join: str = ""

    @property
    def value(self) -> str:
        """The column, or what stands for a missing value."""
        if self.missing is None:
            return self.column
        return f"coalesce({self.column}, timestamptz '{self.missing.isoformat()}')"

    @property
    def absent(self) -> str:
        """Whether a ticket has no value. Of what is joined the database knows better how many have one
        than how many have none."""
        if not self.join:
            return f"{self.column} IS NULL"
        table, _, on = self.join.removeprefix("LEFT JOIN ").partition(" ON ")
        return f"NOT EXISTS (SELECT FROM {table} WHERE {on} AND {self.column} IS NOT NULL)"


class Run(msgspec.Struct, frozen=True):
    """A stretch of a list: what is joined, which rows, in which order, with values bound."""

    join: str
    where: str
    order: str
    args: list[Any]


_RANK = "(CASE t.priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 WHEN 'normal' THEN 2 ELSE 1 END)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAR = datetime(9999, 12, 31, tzinfo=UTC)

ORDERS: dict[str, Order] = {
    "updated": Order("t.updated_at", {"zh": "最近更新", "en": "Last change"}),
    "created": Order("t.created_at", {"zh": "创建时间", "en": "Created"}),
    "waiting": Order("t.waiting_since", {"zh": "等待最久", "en": "Waiting longest"},
                     descending=False, missing=FAR),
    "number": Order("t.number", {"zh": "编号", "en": "Number"}, kind=int),
    "priority": Order(_RANK, {"zh": "优先级", "en": "Priority"}, kind=int),
    "customer": Order("t.last_customer_at", {"zh": "客户最后来信", "en": "Customer last wrote"},
                      missing=_EPOCH),
    "resolved": Order("t.resolved_at", {"zh": "解决时间", "en": "Resolved"}, missing=_EPOCH),
    "snoozed": Order("t.snoozed_until", {"zh": "稍后处理至", "en": "Snoozed until"},
                     descending=False, missing=FAR),
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
    def key(self) -> str:
        """The columns of the cursor."""
        return f"{self._group}{self.order.value}, t.id"

    def runs(self, cursor: str | None, *, first: int) -> list[Run]:
        """The stretches behind a cursor, one after the other; their parameters begin with ``$first``.

        Errors: BadCursor.
        """
        kinds = (str, self.order.kind, int) if self.group else (self.order.kind, int)
        key = pagination.decode(cursor, *kinds)
        if self.group is not None or self.order.missing is None:
            return [self._whole(key, first=first)]
        absent = self._absent(key, first=first)
        if key is not None and key[0] == self.order.missing:
            return [absent]
        where, args = f"{self.order.column} IS NOT NULL", []
        if key is not None:
            where += f" AND {self._behind(self.order.column, first=first)}"
            args = list(key)
        inner = self.order.join.removeprefix("LEFT ")
        return [Run(inner, where, self._sorted(self.order.column), args), absent]

    def _absent(self, key: tuple[Any, ...] | None, *, first: int) -> Run:
        where, args = self.order.absent, []
        if key is not None and key[0] == self.order.missing:
            where += f" AND t.id {self._sign} ${first}"
            args = [key[1]]
        return Run(self.order.join, where, f"t.id {self._word}", args)

    def _whole(self, key: tuple[Any, ...] | None, *, first: int) -> Run:
        value = self.order.value
        order = f"{self._group}{self._sorted(value)}"
        if key is None:
            return Run(self.order.join, "true", order, [])
        last = self._behind(value, first=first)
        if self.group is None:
            return Run(self.order.join, last, order, list(key))
        group = f"${first + 2}"
        where = f"({self.group} > {group} OR ({self.group} = {group} AND {last}))"
        return Run(self.order.join, where, order, [*key[1:], key[0]])

    @property
    def _group(self) -> str:
        return f"{self.group}, " if self.group else ""

    @property
    def _word(self) -> str:
        return "DESC" if self.descending else "ASC"

    @property
    def _sign(self) -> str:
        return "<" if self.descending else ">"

    def _sorted(self, column: str) -> str:
        return f"{column} {self._word}, t.id {self._word}"

    def _behind(self, column: str, *, first: int) -> str:
        return f"({column}, t.id) {self._sign} (${first}, ${first + 1})"


def way(sort: str, *, group: str | None = None) -> Way:
    """Errors: UnknownValue."""
    order = ORDERS.get(sort.removeprefix("-"))
    if order is None:
        raise errors.UnknownValue(field="sort", known=sorted(ORDERS))
    if group is not None and group not in GROUPS:
        raise errors.UnknownValue(field="group", known=sorted(GROUPS))
    turned = sort.startswith("-")
    return Way(order, order.descending != turned, GROUPS[group] if group else None)
