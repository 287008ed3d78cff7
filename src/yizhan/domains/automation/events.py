"""What happens in automation. What actions change says the ticket itself, with its cause."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events


class ActionsRan(events.Event, frozen=True, tag="action.ran"):
    """Actions changed a ticket: one change set that can be taken back as one."""

    ticket_id: int
    run_id: int
    actions: list[str]
    cause: dict[str, Any]


class ActionsUndone(events.Event, frozen=True, tag="action.undone"):
    """A change set was taken back; ``left_alone`` had been changed by somebody since."""

    ticket_id: int
    run_id: int
    left_alone: list[str]
    cause: dict[str, Any]


class MacroCreated(events.Event, frozen=True, tag="macro.created"):
    """A macro was made."""

    macro_id: int
    title: str
    reach: str


class MacroChanged(events.Event, frozen=True, tag="macro.changed"):
    """A macro was changed."""

    macro_id: int
    title: str
    fields: list[str]


class MacroDeleted(events.Event, frozen=True, tag="macro.deleted"):
    """A macro was removed."""

    macro_id: int
    title: str


class CallSecretRotated(events.Event, frozen=True, tag="action.secret_rotated"):
    """Calls of actions to the outside are signed with another secret."""


class BulkStarted(events.Event, frozen=True, tag="bulk.started"):
    """Work on many tickets began."""

    bulk_id: int
    kind: str
    total: int
    actions: list[str]
    undo_of: int | None = None


class BulkFinished(events.Event, frozen=True, tag="bulk.finished"):
    """Work on many tickets ended."""

    bulk_id: int
    state: str
    done: int
    skipped: int
    failed: int
