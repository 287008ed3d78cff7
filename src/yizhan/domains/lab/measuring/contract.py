"""What can be measured with cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from yizhan.domains.lab.types import Asked, Change, Said


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried instead of what is in use; nothing of it: what is in use."""

    change: Change | None = None
    version_id: int | None = None


class CannotMeasure(Exception):
    """What answers cannot be asked; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Bench(Protocol):
    """Answers cases; a few at a time, so that a run can be cancelled in between."""

    @property
    def fingerprint(self) -> str:
        """Of all that the answers follow from."""

    @property
    def measured(self) -> dict[str, Any]:
        """The same for people: versions, thresholds, how many articles."""

    async def answer(self, cases: Sequence[Asked]) -> list[Said]:
        """One for each case, the same every time as far as models do. Errors: CannotMeasure."""
