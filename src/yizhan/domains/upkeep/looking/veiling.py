"""Words of customers as people of other teams may see them: without what says who they are. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from yizhan.learning import privacy

LONGEST: Final = 240
_TOKEN: Final = re.compile(r"‹[A-Z]+_\d+›")
_READ: Final = 2_000


def shown(text: str, *, names: Sequence[str] = ()) -> str:
    """One line; where something was taken out, an ellipsis stands."""
    veil = privacy.Veil(privacy.Rules(names=tuple(name for name in names if len(name) > 1)))
    line = " ".join(_TOKEN.sub("…", veil.hide(text[:_READ])).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
