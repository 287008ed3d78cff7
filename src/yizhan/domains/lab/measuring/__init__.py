"""What the desk would say of cases: one module for each thing that can be measured.

A bench is set up within a transaction, from what is in use and what is tried instead; it then answers
without one. The same fingerprint answers the same.
"""

from __future__ import annotations

from yizhan.domains.lab.measuring import heads, retrieval, skilled
from yizhan.domains.lab.measuring.contract import Bench, CannotMeasure, Tried
from yizhan.domains.lab.types import Set
from yizhan.kernel import jobs
from yizhan.kernel.tx import Tx

__all__ = ["Bench", "CannotMeasure", "Tried", "bench"]


async def bench(ctx: jobs.Context, tx: Tx, row: Set, *, tried: Tried) -> Bench:
    """What a set's cases are put to."""
    if row.kind == "retrieval":
        return await retrieval.bench(ctx, tx, row, tried=tried)
    if row.kind == "skill":
        return await skilled.bench(ctx, tx, row, tried=tried)
    return await heads.bench(ctx, tx, row.kind, tried=tried)
