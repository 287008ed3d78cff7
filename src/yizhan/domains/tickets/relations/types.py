"""Values of relations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec

Kind = Literal["merge", "split", "link", "unlink", "answer"]
LinkKind = Literal["related", "duplicate", "split", "parent", "problem"]
# What the other ticket is to this one.
Role = Literal[
    "related",
    "duplicate",
    "original",
    "split_off",
    "split_from",
    "child",
    "parent",
    "incident",
    "problem",
]
# The roles that people give; splitting makes its own.
LinkRole = Literal["related", "duplicate", "original", "child", "parent", "incident", "problem"]
# Role of the other ticket -> kind, and whether this ticket is the link's "from".
ROLES: Mapping[str, tuple[LinkKind, bool]] = {
    "related": ("related", True),
    "duplicate": ("duplicate", True),
    "original": ("duplicate", False),
    "split_off": ("split", True),
    "split_from": ("split", False),
    "child": ("parent", True),
    "parent": ("parent", False),
    "incident": ("problem", True),
    "problem": ("problem", False),
}
ONE_ABOVE = ("parent", "problem", "split")
MOST_LINKS = 200  # of one ticket


class Link(msgspec.Struct, frozen=True):
    """Two tickets that belong together."""

    kind: str
    from_id: int
    to_id: int

    def role_of(self, ticket_id: int) -> str:
        """What ``ticket_id`` is to the other end."""
        if self.kind == "related":
            return "related"
        is_from = ticket_id == self.from_id
        return next(r for r, (kind, far) in ROLES.items() if kind == self.kind and far != is_from)

    def other(self, ticket_id: int) -> int:
        return self.to_id if ticket_id == self.from_id else self.from_id


class Operation(msgspec.Struct, frozen=True):
    """Something that was done, with what takes it back."""

    id: int
    kind: str
    ticket_id: int
    other_id: int | None
    undo: dict[str, Any]
    actor: dict[str, Any]
    at: datetime
    undone_at: datetime | None
    left_alone: list[str]


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation would move, and what to think of before."""

    messages: int = 0
    files: int = 0
    conversations: int = 0
    tags: list[str] = []
    watchers: list[int] = []
    participants: list[str] = []
    links: int = 0
    warnings: list[str] = []
