"""HTTP of suggestions: accept one by merging the two contacts."""

from __future__ import annotations

from litestar import delete, put

from yizhan.domains.contacts.likeness import service
from yizhan.kernel.tx import Tx

_TAGS = ["contacts"]


@put(
    "/contacts/{contact_id:int}/suggestions/{other_id:int}/dismissed",
    summary="Say that two contacts are two people",
    tags=_TAGS,
    status_code=204,
)
async def dismiss_suggestion(tx: Tx, contact_id: int, other_id: int) -> None:
    """They are no longer suggested as one person. Twice is once."""
    await service.dismiss(tx, contact_id, other_id=other_id)


@delete(
    "/contacts/{contact_id:int}/suggestions/{other_id:int}/dismissed",
    summary="Suggest two contacts again",
    tags=_TAGS,
    status_code=204,
)
async def restore_suggestion(tx: Tx, contact_id: int, other_id: int) -> None:
    """They may be one person after all."""
    await service.restore(tx, contact_id, other_id=other_id)


routes = [dismiss_suggestion, restore_suggestion]
