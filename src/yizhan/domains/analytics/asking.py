"""Questions to the facts as SQL: one place for permission, filters, steps and groups. Pure."""

from __future__ import annotations

from typing import Any

from yizhan.domains.analytics import errors
from yizhan.domains.analytics.types import DIMENSIONS, NOBODY, Asked, Dimension
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import Actor

PERMISSION = "report:read"
_COLUMNS: dict[Dimension, str] = {
    "channel": "t.channel",
    "brand": "t.brand_id",
    "team": "t.team_id",
    "agent": "t.agent_id",
    "priority": "t.priority",
}
_NUMBERED = ("brand", "team", "agent")
_LARGEST = (1 << 63) - 1


class Question:
    """A condition with its values, bound as they come."""

    def __init__(self, actor: Actor) -> None:
        self.values: list[Any] = [actor.workspace_id]
        mine, values = permissions.ticket_condition(actor, PERMISSION, first=2)
        self.values += values
        self.parts = ["t.workspace_id = $1", mine]

    def bind(self, value: Any) -> str:
        self.values.append(value)
        return f"${len(self.values)}"

    def add(self, template: str, *values: Any) -> None:
        """One more condition; ``{}`` is where a value goes."""
        self.parts.append(template.format(*(self.bind(value) for value in values)))

    @property
    def where(self) -> str:
        return " AND ".join(self.parts)

    def narrow(self, filters: dict[str, Any]) -> None:
        """Only what the filters let through."""
        for name in DIMENSIONS:
            wanted = filters.get(name)
            if wanted is None:
                continue
            if name == "tag":
                self._tag(wanted)
            else:
                self._column(name, wanted)

    def _tag(self, wanted: str) -> None:
        if wanted == NOBODY:
            self.parts.append("cardinality(t.tags) = 0")
        else:
            self.add("{} = ANY(t.tags)", wanted)

    def _column(self, name: Dimension, wanted: str) -> None:
        column = _COLUMNS[name]
        given = [part.strip() for part in wanted.split(",") if part.strip()]
        known = [one for one in given if one != NOBODY]
        if name in _NUMBERED:
            numbers = [_number(name, one) for one in known]
            within = f"{column} = ANY({self.bind(numbers)}::bigint[])"
        else:
            within = f"{column} = ANY({self.bind(known)}::text[])"
        if NOBODY in given and name in _NUMBERED:
            within = f"({within} OR {column} IS NULL)"
        self.parts.append(within)


def _number(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LARGEST:
        raise errors.ReportFilterInvalid(field=name)
    return int(text)


def keys_of(name: str, wanted: str) -> list[str]:
    """What a filter lets through, as the keys of sums by day; '' is none."""
    if name == "tag":
        return ["" if wanted == NOBODY else wanted]
    given = [part.strip() for part in wanted.split(",") if part.strip()]
    if name not in _NUMBERED:
        return [one for one in given if one != NOBODY]
    return ["" if one == NOBODY else str(_number(name, one)) for one in given]


def question(actor: Actor, asked: Asked) -> Question:
    """Everything that the asker may count and asks for, but for the period."""
    made = Question(actor)
    made.narrow(asked.filters)
    return made


def group_of(group: Dimension) -> tuple[str, str]:
    """(what to group by, what to join for it). A ticket with two tags is in two groups."""
    if group == "tag":
        return "g.tag", " LEFT JOIN LATERAL unnest(t.tags) AS g (tag) ON true"
    return f"{_COLUMNS[group]}::text", ""
