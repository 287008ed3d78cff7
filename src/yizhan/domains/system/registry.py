"""What the process around this domain offers it: the checks of `yizhan doctor`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from yizhan.domains.system.types import Check
from yizhan.kernel.config import Config

Examine = Callable[[Config], Awaitable[Sequence[Check]]]

_offered: list[Examine] = []


def offer(examine: Examine) -> None:
    """Said by the composition root."""
    _offered[:] = [examine]


async def examine(config: Config) -> Sequence[Check]:
    """What `yizhan doctor` says of this installation."""
    return await _offered[0](config) if _offered else ()
