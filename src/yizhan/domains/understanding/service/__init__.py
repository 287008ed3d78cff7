"""What other domains ask and tell about what is read in messages."""

from __future__ import annotations

from collections.abc import Sequence

from yizhan.domains.understanding import repository
from yizhan.domains.understanding.types import Signals
from yizhan.kernel.tx import Tx


async def signals(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, Signals]:
    """What is known of tickets now; one of which nothing was read is not in the answer.

    It asks for no right: whoever asks has found the tickets as the actor may see them.
    """
    return await repository.current(tx, ticket_ids) if ticket_ids else {}


async def languages(tx: Tx, ticket_ids: Sequence[int]) -> dict[int, str]:
    """In which language customers write, where that is sure. It asks for no right, as above."""
    return await repository.languages(tx, ticket_ids) if ticket_ids else {}
