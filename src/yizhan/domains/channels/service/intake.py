"""What comes in is stored before anybody looks into it: the content on the disk, then its row."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.channels import repository
from yizhan.domains.channels.contract import RawItem
from yizhan.kernel.storage import Store
from yizhan.kernel.tx import Tx

_LONGEST_KEY = 400


class Stored(msgspec.Struct, frozen=True):
    """An item whose content lies on the disk already."""

    item: RawItem
    sha256: str


async def keep(store: Store, workspace_id: int, *, items: Sequence[RawItem]) -> list[Stored]:
    """Write the contents. Outside of a transaction: a slow disk holds no locks.

    Errors: StorageFull; then nothing is acknowledged and the other side comes again.
    """
    return [Stored(item, await store.put(workspace_id, item.body)) for item in items]


async def accept(tx: Tx, inbox_id: int, *, stored: Sequence[Stored]) -> list[int]:
    """Write the rows and queue the work. What this inbox has had before is passed over."""
    fresh: list[int] = []
    for one in stored:
        envelope_id = await write(tx, inbox_id, stored=one)
        if envelope_id is not None:
            fresh.append(envelope_id)
            queue(tx, envelope_id)
    if fresh:
        await repository.note_in(tx, inbox_id)
    return fresh


def queue(tx: Tx, envelope_id: int) -> None:
    """Let a worker look into an envelope."""
    tx.defer("channels.process", key=f"envelope:{envelope_id}", envelope_id=envelope_id)


async def write(tx: Tx, inbox_id: int, *, stored: Stored) -> int | None:
    """One row; None when it is there already."""
    item = stored.item
    order = {"order_key": item.order_key} if item.order_key is not None else {}
    return await repository.add_envelope(
        tx,
        inbox_id,
        dedupe_key=item.dedupe_key[:_LONGEST_KEY],
        sha256=stored.sha256,
        size=len(item.body),
        content_type=item.content_type,
        meta={**item.meta, **order},
        occurred_at=item.occurred_at,
    )
