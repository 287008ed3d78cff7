"""A support bundle for somebody who signed in."""

from __future__ import annotations

import msgspec

from yizhan.domains.system import events, registry, support
from yizhan.domains.system.service import viewing
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx


async def bundle(tx: Tx, edge: Edge) -> support.Bundle:
    """Make one and note who did. Errors: ShownElsewhere, Forbidden."""
    await viewing.require(tx, edge.config)
    # The database of this process, wherever it is: none is started to be looked at.
    here = msgspec.structs.replace(edge.config, database_url=edge.database.dsn)
    checks = await registry.examine(here)
    made = await support.collect(edge.database, edge.config, checks=checks)
    tx.emit(events.SupportBundleMade(bytes=len(made.content), files=len(made.files)))
    return made
