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
_MOST_TOLD: Final = 50
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


async def keepers(tx: Tx) -> list[int]:
    """Those who look after learning, for a notice; rights are looked at once more when it is written."""
    rows = await tx.db.fetch(
        "SELECT DISTINCT a.id FROM agent a"
        " JOIN agent_role g ON g.workspace_id = a.workspace_id AND g.agent_id = a.id"
        " JOIN role r ON r.workspace_id = a.workspace_id AND r.id = g.role_id"
        " WHERE a.workspace_id = $1 AND a.active"
        " AND (r.system = 'admin' OR r.grants @> $2::jsonb) ORDER BY 1 LIMIT $3",
        tx.workspace_id,
        [{"permission": PERMISSION}],
        _MOST_TOLD,
    )
    return [row[0] for row in rows]


async def golden_set(tx: Tx, set_id: int, *, lock: bool = False) -> Set:
    """Errors: SetNotFound, Forbidden."""
    require(tx)
    found = await sets.get(tx, set_id, lock=lock)
    if found is None:
        raise errors.SetNotFound
    return found
