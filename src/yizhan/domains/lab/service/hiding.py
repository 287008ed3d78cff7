"""Cases hold no personal data: tokens stand in its place, numbered anew in each case."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.copilot.repository import setup
from yizhan.domains.lab.types import LONGEST
from yizhan.kernel.tx import Tx
from yizhan.learning import privacy


class Hider(msgspec.Struct, frozen=True):
    """How numbers of orders look in a workspace."""

    orders: tuple[privacy.NumberRule, ...]

    def hide(self, text: str, names: Sequence[str] = ()) -> str:
        """Takes about a millisecond a text: many are hidden in a thread."""
        known = tuple(name for name in names if name.strip())
        veil = privacy.Veil(privacy.Rules(names=known, orders=self.orders))
        # A token may be longer than what it stands for.
        return veil.hide(text.replace("\x00", "").strip()[:LONGEST])[:LONGEST]


async def hider(tx: Tx) -> Hider:
    settings = await setup.settings(tx)
    return Hider(tuple(msgspec.convert(settings.numbers, list[privacy.NumberRule])))
