"""Where domains above tickets say what an answer must pass before it is accepted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from yizhan.domains.tickets.types import Conversation
from yizhan.kernel.tx import Tx


class Reach(msgspec.Struct, frozen=True):
    """How a conversation can be answered right now."""

    can_reply: bool = True
    inbox_id: int | None = None  # where the answer leaves, when not by the conversation's own inbox
    closes_at: datetime | None = None
    immediate: bool = False  # delivered with the commit: there is nothing to undo
    max_text: int | None = None
    reason: str = ""


ReachOf = Callable[[Tx, Conversation], Awaitable[Reach]]
ExercisesOf = Callable[[Tx, Sequence[int]], Awaitable[set[int]]]


class Hold(Protocol):
    """Whether a ticket may be resolved."""

    async def __call__(self, tx: Tx, ticket_id: int, *, despite: bool) -> None:
        """Refuse with an error of the domain's own; ``despite``: a person was asked and goes on."""


_reach_of: list[ReachOf] = []
_holds: list[Hold] = []
_promise_of: list[str] = []
_exercises_of: list[ExercisesOf] = []
_exercises_sql: list[tuple[Callable[[], str], str]] = []


def provide_reach(run: ReachOf) -> ReachOf:
    """Register the function that knows the channels."""
    _reach_of[:] = [run]
    return run


def provide_promise(sql: str) -> None:
    """Register the SQL that gives the next promise of the ticket ``t``, as JSON, for its row."""
    _promise_of[:] = [sql]


def provide_exercises(run: ExercisesOf) -> ExercisesOf:
    """Register the function that knows what belongs to exercises, also to such as were removed."""
    _exercises_of[:] = [run]
    return run


async def exercises(tx: Tx, ids: Sequence[int]) -> set[int]:
    """Which of some tickets and customers belong to exercises: they count nowhere, and nothing of
    them is sent."""
    return await _exercises_of[0](tx, ids) if _exercises_of and ids else set()


def provide_exercise_sql(*, is_one: Callable[[], str], running: str) -> None:
    """Register how lists know exercises: a test of the ticket ``t`` that costs no other table, and a query
    for the ids of those that are there, where ``$1`` is the workspace."""
    _exercises_sql[:] = [(is_one, running)]


def exercise_sql() -> str:
    """Whether the ticket ``t`` is an exercise."""
    return _exercises_sql[0][0]() if _exercises_sql else "false"


def running_exercises_sql() -> str:
    """The ids of all exercises; they are few."""
    return _exercises_sql[0][1] if _exercises_sql else "SELECT 0::bigint WHERE false"


def provide_hold(run: Hold) -> Hold:
    """Register what a ticket must pass before it is resolved."""
    _holds[:] = [run]
    return run


async def hold(tx: Tx, ticket_id: int, *, despite: bool) -> None:
    """Errors: those of the domain that holds it back."""
    for run in _holds:
        await run(tx, ticket_id, despite=despite)


def promise_sql() -> str:
    """What is promised next; null where nobody promises anything."""
    return _promise_of[0] if _promise_of else "NULL::json"


async def reach(tx: Tx, conversation: Conversation) -> Reach:
    """Whether and how this conversation can be answered."""
    return (
        await _reach_of[0](tx, conversation) if _reach_of else Reach(inbox_id=conversation.inbox_id)
    )
