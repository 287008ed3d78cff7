"""HTTP of inferred satisfaction."""

from __future__ import annotations

from litestar import get

from yizhan.domains.understanding.satisfaction import schemas, service
from yizhan.kernel.tx import Tx


@get(
    "/tickets/{ticket_id:int}/satisfaction/inferred",
    summary="See how satisfied a customer probably is",
    tags=["surveys"],
)
async def get_inferred_satisfaction(tx: Tx, ticket_id: int) -> schemas.InferredSatisfaction:
    """Inferred from mood, thanks, waiting and reopening, or by a head trained on ratings; never mixed with
    what customers say themselves."""
    return await service.of_ticket(tx, ticket_id)


@get(
    "/learning/satisfaction",
    summary="Compare inferred with real satisfaction",
    tags=["learning"],
)
async def get_inferred_report(tx: Tx) -> schemas.InferredReport:
    """Coverage, and how often it is right where customers answered. The last 90 days."""
    return await service.report(tx)


routes = [get_inferred_satisfaction, get_inferred_report]
