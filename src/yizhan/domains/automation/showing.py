"""Rows as the API shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from yizhan.domains.automation import registry, repository, schemas
from yizhan.domains.automation.service import actions, macros, texts, using
from yizhan.domains.automation.types import Bulk, Macro, Run
from yizhan.domains.identity import permissions
from yizhan.kernel.actor import stamped
from yizhan.kernel.tx import Tx


def catalogue() -> schemas.Catalogue:
    """All actions with their forms, all variables."""
    return schemas.Catalogue(
        actions=[
            schemas.ActionOut(
                **{
                    name: getattr(one.manifest, name)
                    for name in (
                        "id",
                        "name",
                        "description",
                        "icon",
                        "undo",
                        "permission",
                        "set_up",
                    )
                },
                params=one.schema(),
            )
            for one in registry.known()
        ],
        variables=[
            schemas.VariableOut(name, {"zh": zh, "en": en})
            for name, (zh, en) in texts.VARIABLES.items()
        ],
    )


async def files(tx: Tx, ids: Sequence[int]) -> dict[int, schemas.FileRef]:
    """Files by id."""
    rows = await tx.db.fetch(
        "SELECT id, name, content_type, size FROM file WHERE workspace_id = $1 AND id = ANY($2)",
        tx.workspace_id,
        list(ids),
    )
    return {
        row["id"]: schemas.FileRef(
            str(row["id"]),
            row["name"],
            row["content_type"],
            row["size"],
            f"/api/v1/files/{row['id']}",
        )
        for row in rows
    }


async def of_macros(tx: Tx, rows: Sequence[Macro]) -> list[schemas.MacroOut]:
    """Macros with files and figures, in two queries."""
    attached = await files(tx, [number for row in rows for number in row.attachments])
    figures = await using.figures(tx, [row.id for row in rows])
    return [
        schemas.MacroOut(
            id=str(row.id),
            title=row.title,
            folder=row.folder,
            shortcut=row.shortcut,
            reach=row.reach,
            owner_id=_text(row.owner_id),
            team_id=_text(row.team_id),
            condition=row.condition,
            variants=msgspec.convert(row.variants, list[schemas.VariantIO]),
            attachments=[attached[number] for number in row.attachments if number in attached],
            actions=msgspec.convert(row.actions, list[schemas.StepIO]),
            active=row.active,
            version=row.version,
            may_edit=macros.may_edit(tx, row),
            created_at=row.created_at,
            updated_at=row.updated_at,
            figures=figures.get(row.id, schemas.Figures()),
        )
        for row in rows
    ]


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def of_offer(one: using.Offered) -> schemas.OfferedOut:
    """A macro in the picker."""
    return schemas.OfferedOut(
        id=str(one.macro.id),
        title=one.macro.title,
        folder=one.macro.folder,
        shortcut=one.macro.shortcut,
        keys=one.macro.keys,
        text=one.filled.text,
        actions=[step.action for step in one.macro.steps],
        attachments=len(one.macro.attachments),
    )


def of_foreseen(one: actions.Foreseen) -> schemas.ForeseenOut:
    """A look ahead; ids as text."""
    return schemas.ForeseenOut(
        action=one.action,
        changes={
            name: [_text(value) if name.endswith("_id") else value for value in pair]
            for name, pair in one.changes.items()
        },
        nothing=one.nothing,
        refused=one.refused,
        detail=one.detail,
    )


def of_run(run: Run) -> schemas.RunOut:
    """A change set."""
    known = {one.id: one.manifest.undo for one in registry.known()}
    return schemas.RunOut(
        id=str(run.id),
        ticket_id=str(run.ticket_id),
        actor=stamped(run.actor),
        cause=run.cause,
        steps=[
            schemas.StepDone(done.action, done.params, known.get(done.action, "no"))
            for done in run.done
        ],
        at=run.at,
        undone_at=run.undone_at,
        undone_by=None if run.undone_by is None else stamped(run.undone_by),
        left_alone=run.left_alone,
    )


async def of_bulk(tx: Tx, row: Bulk) -> schemas.BulkOut:
    """A bulk run with the reasons for what was passed over."""
    return schemas.BulkOut(
        id=str(row.id),
        kind=row.kind,
        undo_of=_text(row.undo_of),
        undone_by=_text(await repository.undone_by(tx, row.id)),
        state=row.state,
        name=row.name,
        actor=stamped(row.actor),
        actions=msgspec.convert(row.actions, list[schemas.StepIO]),
        total=row.total,
        done=row.done,
        skipped=row.skipped,
        failed=row.failed,
        reasons=await repository.reasons(tx, row.id),
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def of_item(tx: Tx, row: Mapping[str, Any]) -> schemas.BulkItemOut:
    """What became of a ticket; one that the actor cannot see shows only that."""
    place = permissions.Resource(
        unit_id=row["unit_id"], team_id=row["team_id"], assignee_id=row["assignee_id"]
    )
    seen = permissions.can(tx.actor, "ticket:read", place)
    return schemas.BulkItemOut(
        ticket_id=str(row["ticket_id"]),
        number=row["number"] if seen else None,
        subject=row["subject"] if seen else "",
        state=row["state"],
        reason=row["reason"],
        run_id=_text(row["run_id"]),
    )
