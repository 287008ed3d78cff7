"""The lab guards what the domains below it change, and keeps its cases out of what they learn."""

from __future__ import annotations

from typing import cast

from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.service import changes
from yizhan.domains.lab.types import KINDS, Kind
from yizhan.domains.understanding.training.service import labels
from yizhan.domains.understanding.training.types import Head
from yizhan.kernel import guards
from yizhan.kernel.tx import Tx

guards.provide(changes.Guard())


@labels.set_aside
async def kept_back(tx: Tx, head: Head) -> tuple[set[int], set[str]]:
    """What golden cases were taken from."""
    if head not in KINDS:
        return set(), set()
    return await sets.kept_back(tx, cast("Kind", head))
