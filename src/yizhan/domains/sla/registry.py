"""Where domains above say what an escalation may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from yizhan.kernel.tx import Tx

CheckActions = Callable[[Tx, list[dict[str, Any]]], Awaitable[None]]

_checks: list[CheckActions] = []


def provide_check(run: CheckActions) -> CheckActions:
    """Register the function that knows the actions."""
    _checks[:] = [run]
    return run


async def check_actions(tx: Tx, steps: list[dict[str, Any]]) -> None:
    """Whether these actions exist, fit their forms and may be set up by this actor.

    Errors: those of whoever knows the actions.
    """
    for check in _checks:
        await check(tx, steps)
