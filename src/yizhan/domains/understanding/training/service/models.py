"""The models in use, loaded once a process and version.

Whoever reads messages asks :func:`using` with every batch (one row a head) and gets a new version with
the next batch after it was promoted; nobody is restarted.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

import structlog

from yizhan.domains.understanding.training import machines, repository
from yizhan.domains.understanding.training.machines import Machine
from yizhan.domains.understanding.training.types import Head, Using
from yizhan.kernel.storage import FileMissing, Store
from yizhan.kernel.tx import Tx
from yizhan.learning.bundle import Unreadable

logger = structlog.get_logger(__name__)

KEPT: Final = 24
"""Models that a process keeps: those of the workspaces that wrote last."""
_kept: OrderedDict[tuple[int, str, str], Machine | None] = OrderedDict()


async def using(tx: Tx) -> dict[Head, Using]:
    """Which version of which head is in use now; a head without one is read as shipped."""
    return {one.head: one for one in await repository.using(tx)}


async def load(store: Store, workspace_id: int, *, one: Using) -> Machine | None:
    """The model of a version. None where its bytes are lost or of another release: read as shipped.

    Call it with no transaction open: it reads a file and thinks.
    """
    key = (workspace_id, one.head, one.sha256)
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    try:
        data = await store.get(workspace_id, one.sha256)
        found = await asyncio.to_thread(machines.load, one.head, data)
    except (FileMissing, Unreadable) as error:
        logger.warning("model_not_loaded", version_id=one.id, head=one.head, error=str(error))
        found = None
    _kept[key] = found
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


def name(one: Using) -> str:
    """How a version is called beside what it read."""
    return f"{one.head}-{one.number}"
