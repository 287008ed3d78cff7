"""Macros, change sets and bulk work as rows and values."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

Reach = Literal["me", "team", "all"]
BulkKind = Literal["run", "undo"]
BulkState = Literal["queued", "running", "done", "cancelled"]
Outcome = Literal["unchanged", "edited", "dropped"]

MOST_STEPS = 20
MOST_TICKETS = 10_000
WITHOUT_RIGHT = 100  # so many tickets anybody may change at once, each by their own rights


class Step(msgspec.Struct, frozen=True):
    """One action with its parameters, as somebody put it together."""

    action: str
    params: dict[str, Any] = {}


class Done(msgspec.Struct, frozen=True):
    """A step that ran, and what takes it back."""

    action: str
    params: dict[str, Any]
    data: dict[str, Any]


class Variant(msgspec.Struct, frozen=True):
    """A macro's text in one language."""

    locale: str
    body: str
    html: str = ""  # the same with formatting, where it has any


class Macro(msgspec.Struct, frozen=True, kw_only=True):
    """A stored macro."""

    id: int
    title: str
    folder: str
    shortcut: str
    reach: Reach
    owner_id: int | None
    team_id: int | None
    condition: dict[str, Any]
    variants: list[dict[str, Any]]
    attachments: list[int]
    actions: list[dict[str, Any]]
    keys: str
    active: bool
    version: int
    created_by: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def steps(self) -> list[Step]:
        return msgspec.convert(self.actions, list[Step])

    @property
    def texts(self) -> list[Variant]:
        return msgspec.convert(self.variants, list[Variant])


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A change set: what actions did to one ticket on somebody's word."""

    id: int
    ticket_id: int
    actor: dict[str, Any]
    cause: dict[str, Any]
    steps: list[dict[str, Any]]
    at: datetime
    undone_at: datetime | None
    undone_by: dict[str, Any] | None
    left_alone: list[str]

    @property
    def done(self) -> list[Done]:
        return msgspec.convert(self.steps, list[Done])


class Bulk(msgspec.Struct, frozen=True, kw_only=True):
    """Work on many tickets, in the background."""

    id: int
    kind: BulkKind
    undo_of: int | None
    state: BulkState
    actor: dict[str, Any]
    agent_id: int | None
    token_id: int | None
    name: str
    actions: list[dict[str, Any]]
    total: int
    done: int
    skipped: int
    failed: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def steps(self) -> list[Step]:
        return msgspec.convert(self.actions, list[Step])

    @property
    def running(self) -> bool:
        return self.state in ("queued", "running")


class CallSecret(msgspec.Struct, frozen=True, kw_only=True):
    """With what calls to the outside are signed. The secrets are sealed."""

    id: int
    secret: bytes
    previous_secret: bytes | None
    previous_until: datetime | None
    made_at: datetime


class Item(msgspec.Struct, frozen=True):
    """One ticket of a bulk run."""

    ticket_id: int
    run_id: int | None


class Handled(msgspec.Struct, frozen=True):
    """What became of one ticket."""

    ticket_id: int
    state: Literal["done", "skipped", "failed"]
    reason: str = ""
    run_id: int | None = None
