"""Where domains above tickets say what an answer must pass before it is accepted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

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

_reach_of: list[ReachOf] = []
_promise_of: list[str] = []


def provide_reach(run: ReachOf) -> ReachOf:
    """Register the function that knows the channels."""
    _reach_of[:] = [run]
    return run


def provide_promise(sql: str) -> None:
    """Register the SQL that gives the next promise of the ticket ``t``, as JSON, for its row."""
    _promise_of[:] = [sql]


def promise_sql() -> str:
    """What is promised next; null where nobody promises anything."""
    return _promise_of[0] if _promise_of else "NULL::json"


async def reach(tx: Tx, conversation: Conversation) -> Reach:
    """Whether and how this conversation can be answered."""
    return (
        await _reach_of[0](tx, conversation) if _reach_of else Reach(inbox_id=conversation.inbox_id)
    )
