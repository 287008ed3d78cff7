"""Who may do what in the lab: those who look after learning. Whoever writes articles
or sets up models sees what held theirs.
"""

from __future__ import annotations

from typing import Final

from yizhan.domains.identity import permissions
from yizhan.domains.lab import errors
from yizhan.domains.lab.repository import sets
from yizhan.domains.lab.types import Change, Set
from yizhan.kernel.tx import Tx

PERMISSION: Final = "learning:manage"
_OF_MODELS: Final = frozenset({"skill", "server"})
_OF_ARTICLES: Final = frozenset({"article", "questions"})


def require(tx: Tx) -> None:
    """Errors: Forbidden."""
    permissions.require(tx.actor, PERMISSION)


def may_see(tx: Tx, change: Change) -> None:
    """Errors: Forbidden."""
    if change.kind in _OF_ARTICLES and permissions.can(tx.actor, "knowledge:edit"):
        return
    if change.kind in _OF_MODELS and permissions.can(tx.actor, "model:manage"):
        return
    require(tx)


def may_decide(tx: Tx, change: Change) -> None:
    """To take a change back: those who could have made it. Errors: Forbidden."""
    if change.kind in _OF_ARTICLES and permissions.can(tx.actor, "knowledge:publish"):
        return
    if change.kind in _OF_MODELS and permissions.can(tx.actor, "model:manage"):
        return
    require(tx)


async def golden_set(tx: Tx, set_id: int, *, lock: bool = False) -> Set:
    """Errors: SetNotFound, Forbidden."""
    require(tx)
    found = await sets.get(tx, set_id, lock=lock)
    if found is None:
        raise errors.SetNotFound
    return found
