"""Sources: added, changed, tried, given another key, removed."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import msgspec

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.panel import errors, events, registry, repository, schemas
from yizhan.domains.panel.contract import Content, LookupFailed
from yizhan.domains.panel.service import asking, facts
from yizhan.domains.panel.service.asking import Means, Wanted
from yizhan.domains.panel.types import Health, Mask, PanelSource
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import forms, signing
from yizhan.kernel.actor import Actor
from yizhan.kernel.crypto import CannotDecrypt, Vault
from yizhan.kernel.tx import Tx

PERMISSION = "panel:manage"
OLD_KEY_SIGNS = timedelta(hours=24)
_PLAIN = (
    "name", "about", "least_strength", "fresh_seconds", "kept_seconds", "timeout_ms", "active",
)  # fmt: skip
_TOLD = (*_PLAIN, "role_ids", "masks")
_MOST_SHOWN = 20_000


async def listed(tx: Tx) -> tuple[list[PanelSource], dict[int, Health]]:
    """All sources, and how each is doing."""
    permissions.require(tx.actor, PERMISSION)
    return await repository.sources(tx), await repository.health(tx)


async def get(tx: Tx, source_id: int, *, lock: bool = False) -> PanelSource:
    """Errors: SourceNotFound."""
    permissions.require(tx.actor, PERMISSION)
    found = await repository.source(tx, source_id, lock=lock)
    if found is None:
        raise errors.SourceNotFound
    return found


def secrets_set(vault: Vault, source: PanelSource, *, workspace_id: int) -> list[str]:
    """The names of the secrets that are stored; [] when the key does not open them."""
    try:
        return sorted(asking.secrets_of(vault, source, workspace_id=workspace_id))
    except CannotDecrypt:
        return []


def _seal(tx: Tx, vault: Vault, raw: bytes, *, source_id: int, what: str) -> bytes:
    where = asking.place(source_id, what)
    return vault.encrypt(raw, workspace_id=tx.workspace_id, place=where)


def _settled(
    tx: Tx, vault: Vault, kind: registry.Loaded, *, source_id: int, values: dict[str, Any]
) -> tuple[dict[str, Any], bytes | None]:
    """Settings as they are stored: what may be shown, and the secrets sealed."""
    full: dict[str, Any] = msgspec.to_builtins(kind.convert(values))
    shown, hidden = forms.split(full, kind.secret_names)
    if not hidden:
        return shown, None
    raw = msgspec.json.encode(hidden)
    return shown, _seal(tx, vault, raw, source_id=source_id, what="secrets")


async def _reaches(tx: Tx, role_ids: list[int], masks: list[Mask]) -> None:
    """Errors: UnknownRole."""
    named = [*role_ids, *(int(role) for one in masks for role in one.role_ids)]
    if named and await repository.missing_roles(tx, named):
        raise errors.UnknownRole


async def create(tx: Tx, vault: Vault, new: schemas.PanelSourceIn) -> tuple[PanelSource, str]:
    """Returns the source and the key that signs, which is shown only now.

    Errors: UnknownSourceKind, SourceSettingsInvalid, UnknownRole.
    """
    permissions.require(tx.actor, PERMISSION)
    kind = registry.get(new.kind)
    role_ids = changing.numbers(new.role_ids)
    await _reaches(tx, role_ids, new.masks)
    source_id, key = tx.new_id(), signing.new_secret()
    shown, sealed = _settled(tx, vault, kind, source_id=source_id, values=new.settings)
    row = PanelSource(
        id=source_id,
        kind=kind.id,
        settings=shown,
        secrets=sealed,
        key=_seal(tx, vault, key, source_id=source_id, what="key"),
        former_key=None,
        former_until=None,
        role_ids=role_ids,
        masks=new.masks,
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
        **changing.given(new, *_PLAIN),
    )
    await repository.put(tx, row)
    changes = _said(changing.differences(None, row, *_TOLD))
    tx.emit(events.PanelSourceCreated(panel_source_id=row.id, kind=row.kind, changes=changes))
    return row, signing.shown(key)


async def update(
    tx: Tx, vault: Vault, source_id: int, *, change: schemas.PanelSourceChange
) -> PanelSource:
    """Secrets that are not sent stay. What was kept is asked for anew where the question changes.

    Errors: SourceNotFound, SourceSettingsInvalid, UnknownRole.
    """
    old = await get(tx, source_id, lock=True)
    values = changing.given(change, *_PLAIN)
    if change.role_ids is not msgspec.UNSET:
        values["role_ids"] = changing.numbers(change.role_ids)
    if change.masks is not msgspec.UNSET:
        values["masks"] = change.masks
    named: list[str] = []
    if change.settings is not msgspec.UNSET:
        before = _whole(tx, vault, old)
        wanted = before | change.settings
        shown, sealed = _settled(
            tx, vault, registry.get(old.kind), source_id=source_id, values=wanted
        )
        named = sorted(name for name in wanted if wanted[name] != before.get(name))
        if named:
            values |= {"settings": shown, "secrets": sealed}
    new = msgspec.structs.replace(old, **values)
    await _reaches(tx, new.role_ids, new.masks)
    changes = _said(changing.differences(old, new, *_TOLD))
    if named:
        changes["settings"] = [None, named]
    if not changes:
        return old
    new = msgspec.structs.replace(new, version=old.version + 1, updated_at=tx.now)
    await repository.put(tx, new)
    if {"settings", "timeout_ms", "active"} & set(changes):
        await repository.forget_health(tx, source_id)
    tx.emit(events.PanelSourceUpdated(panel_source_id=source_id, changes=changes))
    return new


def _whole(tx: Tx, vault: Vault, source: PanelSource) -> dict[str, Any]:
    """The stored settings with their secrets. Errors: CannotDecrypt."""
    return source.settings | asking.secrets_of(vault, source, workspace_id=tx.workspace_id)


def _said(changes: dict[str, list[Any]]) -> events.Changes:
    """Changes as the log keeps them, ids as text."""
    if "role_ids" in changes:
        changes["role_ids"] = [[str(one) for one in ids or ()] for ids in changes["role_ids"]]
    kept: events.Changes = msgspec.to_builtins(changes)
    return kept


async def replace_key(tx: Tx, vault: Vault, source_id: int) -> tuple[PanelSource, str]:
    """The old key signs look-ups besides for a day, so that the other side can follow."""
    old = await get(tx, source_id, lock=True)
    key = signing.new_secret()
    new = msgspec.structs.replace(
        old,
        key=_seal(tx, vault, key, source_id=source_id, what="key"),
        former_key=old.key,
        former_until=tx.now + OLD_KEY_SIGNS,
        updated_at=tx.now,
    )
    await repository.put(tx, new)
    tx.emit(events.PanelSourceKeyReplaced(panel_source_id=source_id))
    return new, signing.shown(key)


async def delete(tx: Tx, source_id: int) -> None:
    """With all that is kept of it. Errors: SourceNotFound."""
    old = await get(tx, source_id, lock=True)
    await repository.delete(tx, source_id)
    tx.emit(events.PanelSourceDeleted(panel_source_id=source_id, name=old.name))


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """What came of trying a source."""

    content: Content | None
    error: str | None
    detail: str
    took_ms: int
    status: int | None
    answer: str | None  # as the other side sent it


async def test(
    means: Means,
    actor: Actor,
    source_id: int,
    *,
    ticket_id: int | None,
    settings: dict[str, Any] | None,
) -> Tried:
    """Ask for real, keep nothing. ``settings`` may be ones that are not saved yet.

    Errors: SourceNotFound, SourceSettingsInvalid, TicketNotFound.
    """
    async with means.database.begin(actor) as tx:
        source = await get(tx, source_id)
        ready = registry.get(source.kind).convert(
            _whole(tx, means.vault, source) | (settings or {})
        )
        known = facts.invented()
        if ticket_id is not None:
            known = await facts.of(tx, await tickets.get(tx, ticket_id))
    question = known.question(source, workspace_id=actor.workspace_id)
    began = time.perf_counter()
    host = asking.SourceHost(means, source, workspace_id=actor.workspace_id)
    content, failed = None, None
    try:
        wanted = Wanted(actor.workspace_id, source, question)
        content = await asking.ask(wanted, host=host, settings=ready)
    except LookupFailed as error:
        failed = error
    answer = host.answer
    return Tried(
        content=content,
        error=failed.code if failed else None,
        detail=failed.detail[:500] if failed else "",
        took_ms=round((time.perf_counter() - began) * 1000),
        status=answer.status if answer else None,
        answer=answer.body.decode("utf-8", "replace")[:_MOST_SHOWN] if answer else None,
    )
