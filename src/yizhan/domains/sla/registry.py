"""Where domains above say what an escalation may do, and what follows promises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from yizhan.kernel.tx import Tx

CheckActions = Callable[[Tx, list[dict[str, Any]]], Awaitable[None]]

FollowTickets = Callable[[Tx, Sequence[int]], Awaitable[None]]

_checks: list[CheckActions] = []
_followers: list[FollowTickets] = []


def provide_check(run: CheckActions) -> CheckActions:
    """Register the function that knows the actions."""
    _checks[:] = [run]
    return run


def provide_follower(run: FollowTickets) -> FollowTickets:
    """Register who is told of tickets whose promises were set again without an event of their own."""
    _followers[:] = [run]
    return run


async def tell_followers(tx: Tx, ticket_ids: Sequence[int]) -> None:
    """After a change of policies, calendars or customers."""
    for follower in _followers:
        if ticket_ids:
            await follower(tx, ticket_ids)


async def check_actions(tx: Tx, steps: list[dict[str, Any]]) -> None:
    """Whether these actions exist, fit their forms and may be set up by this actor.

    Errors: those of whoever knows the actions.
    """
    for check in _checks:
        await check(tx, steps)
