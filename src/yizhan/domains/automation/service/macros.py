"""Macros: a text in several languages, actions, or both; whom they are for, and where they fit."""

from __future__ import annotations

import html
from typing import Any

import msgspec

from yizhan.domains.automation import contract, errors, events, repository, schemas
from yizhan.domains.automation.service import actions, pinyin, rich, texts
from yizhan.domains.automation.types import Macro
from yizhan.domains.identity import permissions
from yizhan.domains.tickets import filters
from yizhan.domains.tickets import service as tickets
from yizhan.kernel.tx import Tx

_MINE = "reach = 'all' OR (reach = 'me' AND owner_id = $2) OR (reach = 'team' AND (team_id = ANY($3) OR $4))"


def _manages(tx: Tx) -> bool:
    return permissions.can(tx.actor, "macro:manage")


def _visible(tx: Tx, row: Macro) -> bool:
    if row.reach == "me":
        return row.owner_id is not None and row.owner_id == tx.actor.agent_id
    if row.reach == "team":
        return row.team_id in tx.actor.teams or _manages(tx)
    return True


def may_edit(tx: Tx, row: Macro) -> bool:
    """One's own, or those of teams and of all for who manages macros."""
    return _visible(tx, row) and (row.reach == "me" or _manages(tx))


async def listed(tx: Tx, *, active: bool = False) -> list[Macro]:
    """All macros that the actor may use or manage."""
    permissions.require_staff(tx.actor)
    where = f"({_MINE}) AND active" if active else _MINE
    return await repository.macros(
        tx, where, tx.actor.agent_id or 0, sorted(tx.actor.teams), _manages(tx)
    )


async def get(tx: Tx, macro_id: int, *, lock: bool = False) -> Macro:
    """Errors: MacroNotFound."""
    permissions.require_staff(tx.actor)
    row = await repository.macro(tx, macro_id, lock=lock)
    system = tx.actor.kind == "system"
    if row is None or not (system or _visible(tx, row)):
        raise errors.MacroNotFound
    return row


async def usable(tx: Tx, macro_id: int) -> Macro:
    """A macro in use. Errors: MacroNotFound, also for one that is switched off."""
    row = await get(tx, macro_id)
    if not row.active:
        raise errors.MacroNotFound
    return row


async def create(tx: Tx, data: schemas.MacroIn) -> Macro:
    """Errors: MacroNotYours, MacroEmpty, UnknownVariable, ShortcutTaken, those of actions and conditions."""
    permissions.require_staff(tx.actor)
    row = Macro(
        id=tx.new_id(),
        version=1,
        created_by=tx.actor.agent_id,
        created_at=tx.now,
        updated_at=tx.now,
        **_fields(tx, data),
    )
    await _check(tx, row, files=[])
    await repository.add_macro(tx, row)
    tx.emit(events.MacroCreated(macro_id=row.id, title=row.title, reach=row.reach))
    return row


async def update(tx: Tx, macro_id: int, *, data: schemas.MacroIn) -> Macro:
    """Give a macro other content. Errors: as :func:`create`."""
    old = await get(tx, macro_id, lock=True)
    if not may_edit(tx, old):
        raise errors.MacroNotYours
    new = msgspec.structs.replace(old, **_fields(tx, data))
    if old.reach == "me" and new.reach == "me":
        new = msgspec.structs.replace(new, owner_id=old.owner_id)
    changed = [name for name in old.__struct_fields__ if getattr(old, name) != getattr(new, name)]
    if not changed:
        return old
    await _check(tx, new, files=old.attachments)
    await repository.change_macro(tx, macro_id, **{name: getattr(new, name) for name in changed})
    tx.emit(events.MacroChanged(macro_id=macro_id, title=new.title, fields=changed))
    return await get(tx, macro_id)


async def delete(tx: Tx, macro_id: int) -> None:
    """Remove a macro; what it did to tickets stays, and can still be undone."""
    row = await get(tx, macro_id, lock=True)
    if not may_edit(tx, row):
        raise errors.MacroNotYours
    await repository.delete_macro(tx, macro_id)
    tx.emit(events.MacroDeleted(macro_id=macro_id, title=row.title))


def _fields(tx: Tx, data: schemas.MacroIn) -> dict[str, Any]:
    title = data.title.strip()
    return {
        "title": title,
        "folder": " / ".join(part.strip() for part in data.folder.split("/") if part.strip()),
        "shortcut": data.shortcut.strip().lstrip("/"),
        "reach": data.reach,
        "owner_id": tx.actor.agent_id if data.reach == "me" else None,
        "team_id": int(data.team_id) if data.reach == "team" and data.team_id else None,
        "condition": data.condition,
        "variants": [
            {"locale": one.locale, "body": one.body, "html": rich.clean(one.html)}
            for one in data.variants
            if one.body.strip()
        ],
        "attachments": [int(number) for number in data.attachments],
        "actions": msgspec.to_builtins(data.actions),
        "keys": pinyin.readings(title),
        "active": data.active,
    }


async def _check(tx: Tx, row: Macro, *, files: list[int]) -> None:
    if row.reach == "me" and row.owner_id is None:
        raise errors.MacroNotYours(
            "Nobody stands behind this token; make it for a team or for all."
        )
    if row.reach != "me" and not _manages(tx):
        raise errors.MacroNotYours
    if row.reach == "team" and (row.team_id is None or not await tickets.is_team(tx, row.team_id)):
        raise contract.ParamsInvalid("which team?", field="team_id")
    if not row.variants and not row.actions and not row.attachments:
        raise errors.MacroEmpty
    for number, one in enumerate(row.texts):
        texts.check(one.body, place=f"variants[{number}].body")
        texts.check(html.unescape(one.html), place=f"variants[{number}].html")
    await check_condition(tx, row.condition)
    await actions.check(tx, row.steps)
    await _check_files(tx, row.attachments, before=files)
    if row.shortcut and row.active and await repository.shortcut_taken(tx, row):
        raise errors.ShortcutTaken(field="shortcut")


async def check_condition(tx: Tx, raw: object) -> filters.Condition:
    """A condition that can be asked here. Errors: ConditionInvalid."""
    condition = filters.parse(raw)
    known = await filters.known(tx, filters.fields_of(condition))
    filters.clause(condition, known, who=filters.reader(tx), first=1)
    return condition


async def _check_files(tx: Tx, files: list[int], *, before: list[int]) -> None:
    """Only what the actor uploaded, or what hangs there already: an id alone opens no file."""
    fresh = sorted(set(files) - set(before))
    known: int = await tx.db.fetchval(
        "SELECT count(*) FROM file WHERE workspace_id = $1 AND id = ANY($2) AND owner_id = ANY($3)",
        tx.workspace_id,
        fresh,
        [tx.actor.id, tx.actor.agent_id],
    )
    if known != len(fresh):
        raise contract.ParamsInvalid("a file is not there", field="attachments")


async def lend_files(tx: Tx, row: Macro) -> tuple[int, ...]:
    """The macro's files as files of whoever writes now: the same bytes under new ids."""
    lent: list[int] = []
    for number in row.attachments:
        fresh = tx.new_id()
        await tx.db.execute(
            "INSERT INTO file (workspace_id, id, name, content_type, size, sha256, owner_kind, owner_id)"
            " SELECT workspace_id, $3, name, content_type, size, sha256, $4, $5 FROM file"
            " WHERE workspace_id = $1 AND id = $2",
            tx.workspace_id,
            number,
            fresh,
            tx.actor.kind,
            tx.actor.agent_id or tx.actor.id,
        )
        lent.append(fresh)
    return tuple(lent)
