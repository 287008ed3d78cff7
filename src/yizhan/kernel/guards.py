"""Changes of what customers get, held until somebody has seen what they would do.

A domain that makes such a change asks here first; a domain above it answers. Nobody there, or nothing to
check by: the change is made at once, as ever. A change that is held is remembered by the guard, which
makes it later through the same domain's service, or does not.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, Literal, Protocol

import msgspec

from yizhan.kernel.tx import Tx

Kind = Literal["model", "threshold", "article", "questions", "skill", "server"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is about to change. ``subject`` is whose: a newer change of it takes the older one's place.

    ``variant`` says which of its states it would get; ``detail`` is what its domain needs to make it.
    """

    kind: Kind
    subject: str
    variant: str
    title: str
    detail: dict[str, Any] = {}


class HeldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change that has not been made: it is being checked, or the check says it makes things worse."""

    id: str
    kind: Kind
    state: Literal["checking", "blocked"]
    variant: str


class Guard(Protocol):
    """Who looks at changes."""

    async def hold(self, tx: Tx, change: Change) -> bool:
        """Whether the change has to wait."""

    async def waiting(self, tx: Tx, kind: Kind, subjects: Collection[str]) -> dict[str, HeldChange]:
        """What waits of some subjects."""

    async def overtake(self, tx: Tx, kind: Kind, subject: str) -> None:
        """Something else was decided of it: what waits will not be made."""


_guard: Final[list[Guard]] = []


def provide(guard: Guard) -> None:
    """Register the one who looks at changes."""
    _guard[:] = [guard]


async def hold(tx: Tx, change: Change) -> bool:
    """Whether a change has to wait; the caller then leaves everything as it is."""
    return bool(_guard) and await _guard[0].hold(tx, change)


async def waiting(tx: Tx, kind: Kind, subjects: Collection[str]) -> dict[str, HeldChange]:
    """By subject, what waits."""
    return await _guard[0].waiting(tx, kind, subjects) if _guard and subjects else {}


async def overtake(tx: Tx, kind: Kind, subject: str) -> None:
    """What waits of a subject is no longer wanted."""
    if _guard:
        await _guard[0].overtake(tx, kind, subject)
