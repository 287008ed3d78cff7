"""How a workspace wants its messages read."""

from __future__ import annotations

import msgspec
from msgspec import UNSET

from yizhan.domains.fields import catalog
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.understanding import errors, events, repository, schemas
from yizhan.domains.understanding.reading import machine
from yizhan.domains.understanding.types import (
    JUDGED,
    HeadSettings,
    Judged,
    LexiconChanges,
    Settings,
)
from yizhan.kernel import guards
from yizhan.kernel.tx import Tx
from yizhan.learning import lexicon

PERMISSION = "learning:manage"
_PARTS = ("on", "heads", "lexicon", "alerts", "filling")


async def get(tx: Tx) -> tuple[Settings, int]:
    """Settings and their version."""
    permissions.require_staff(tx.actor)
    return await repository.settings(tx)


async def update(tx: Tx, change: schemas.UnderstandingChange) -> tuple[Settings, int]:
    """Absent parts stay. What was read stays as it was read. Errors: UnderstandingInvalid."""
    permissions.require(tx.actor, PERMISSION)
    await repository.hold_settings(tx)
    old, version = await repository.settings(tx)
    values = {name: given for name in _PARTS if (given := getattr(change, name)) is not UNSET}
    if change.heads is not UNSET:
        values["heads"] = {**old.heads, **change.heads}
    new = msgspec.structs.replace(old, **values)
    words(new.lexicon)
    new = await _unheld(tx, old, new)
    changes = changing.differences(old, new, *_PARTS)
    if not changes:
        return old, version
    await changing.check_agents(tx, [int(one) for one in new.alerts.agents])
    await _check_filling(tx, new)
    await repository.put_settings(tx, new)
    tx.emit(events.UnderstandingChanged(changes=changing.said(changes)))
    return new, version + 1


async def _unheld(tx: Tx, old: Settings, new: Settings) -> Settings:
    """Without the thresholds that have to wait for a check; the rest holds now."""
    heads = dict(new.heads)
    for head, wanted in new.heads.items():
        before = old.head(head)
        if before == wanted:
            continue
        change = guards.Change(
            kind="threshold",
            subject=head,
            variant=f"{wanted.threshold:g}" if wanted.on else "off",
            title=head,
            detail={"head": head, "on": wanted.on, "threshold": wanted.threshold},
        )
        if await guards.hold(tx, change):
            heads[head] = before
    return msgspec.structs.replace(new, heads=heads)


async def set_checked(tx: Tx, head: Judged, wanted: HeadSettings) -> None:
    """How a head is set, as the guard that held it lets pass."""
    await repository.hold_settings(tx)
    old, _ = await repository.settings(tx)
    new = msgspec.structs.replace(old, heads={**old.heads, head: wanted})
    changes = changing.differences(old, new, *_PARTS)
    if changes:
        await repository.put_settings(tx, new)
        tx.emit(events.UnderstandingChanged(changes=changing.said(changes)))


async def waiting(tx: Tx) -> dict[str, guards.HeldChange]:
    """Thresholds that wait for a check, or were found worse by it, by head."""
    return await guards.waiting(tx, "threshold", JUDGED)


async def _check_filling(tx: Tx, new: Settings) -> None:
    if not new.filling.on:
        return
    if new.filling.field is None:
        raise errors.UnderstandingInvalid("Choose the field that takes the category.")
    field = (await catalog.of(tx, "ticket")).all.get(new.filling.field)
    if field is None or field.type not in ("tree", "choice"):
        raise errors.UnderstandingInvalid(
            "The category goes into a field of the kind tree or choice; this one is neither."
        )


def words(own: LexiconChanges) -> lexicon.Lexicon:
    """The terms that would count. Errors: UnderstandingInvalid."""
    try:
        return machine.words(own)
    except lexicon.Unfit as error:
        raise errors.UnderstandingInvalid(str(error)) from error


async def attempt(tx: Tx, text: str, *, own: LexiconChanges | None) -> list[schemas.LexiconHit]:
    """What the words find in a text. Errors: UnderstandingInvalid."""
    permissions.require_staff(tx.actor)
    if own is None:
        own = (await repository.settings(tx))[0].lexicon
    return [
        schemas.LexiconHit(text=hit.said, category=hit.category, weight=hit.weight)
        for hit in words(own).find(text)
    ]
