"""HTTP of the evaluation lab."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from litestar import Response, delete, get, patch, post
from litestar.params import Parameter, QueryParameter

from yizhan.domains.identity import errors as identity
from yizhan.domains.lab import errors, schemas
from yizhan.domains.lab.repository.runs import Which
from yizhan.domains.lab.service import cases, changes, files, gathering, managing, runs, showing
from yizhan.domains.lab.service.access import golden_set
from yizhan.kernel import http
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

_TAGS = ["lab"]
_SET = "/lab/sets/{set_id:int}"
_RUN = "/lab/runs/{lab_run_id:int}"
_CHANGE = "/lab/changes/{change_id:int}"


@get("/lab/sets", summary="List golden sets", tags=_TAGS)
async def list_golden_sets(tx: Tx) -> schemas.GoldenSets:
    """By name, each with its last run."""
    return await showing.overview(tx)


@post("/lab/sets", summary="Add a golden set", tags=_TAGS)
async def create_golden_set(tx: Tx, data: schemas.GoldenSetIn) -> schemas.GoldenSet:
    """Empty; cases come from tickets, by hand or from a file."""
    return await showing.one_set(tx, await managing.create(tx, data))


@get(_SET, summary="One golden set", tags=_TAGS)
async def get_golden_set(tx: Tx, set_id: int) -> schemas.GoldenSet:
    """With its last run."""
    return await showing.one_set(tx, await golden_set(tx, set_id))


@patch(_SET, summary="Change a golden set", tags=_TAGS)
async def change_golden_set(
    tx: Tx, set_id: int, data: schemas.GoldenSetChange
) -> schemas.GoldenSet:
    """Absent fields stay."""
    return await showing.one_set(tx, await managing.change(tx, set_id, data=data))


@delete(_SET, summary="Remove a golden set", tags=_TAGS)
async def delete_golden_set(tx: Tx, set_id: int) -> None:
    """With its cases and runs. Nothing waits for it any more, and its messages may be learned from."""
    await managing.remove(tx, set_id)


@post(
    f"{_SET}/gather",
    summary="Take cases from resolved tickets",
    tags=_TAGS,
    status_code=202,
    opt={"errors": (errors.GatheringRuns, errors.SetFull)},
)
async def gather_golden_cases(tx: Tx, set_id: int) -> schemas.GoldenSet:
    """In the background, of tickets that you see and that the set's filters fit; ``gathering`` tells how it
    goes. Tickets that were opened again, and what is near to a case that there is, are left out."""
    return await showing.one_set(tx, await gathering.start(tx, set_id))


@get(f"{_SET}/cases", summary="List cases", tags=_TAGS)
async def list_golden_cases(
    tx: Tx,
    set_id: int,
    q: Annotated[str, Parameter(max_length=200)] = "",
    status: Annotated[Literal["active", "retired"] | None, QueryParameter(name="state")] = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> schemas.GoldenCases:
    """The newest first; ``q`` is a part of the text, or the label."""
    return await showing.cases(
        tx,
        set_id,
        active=None if status is None else status == "active",
        q=q,
        limit=limit,
        cursor=cursor,
    )


@post(
    f"{_SET}/cases",
    summary="Add a case",
    tags=_TAGS,
    opt={"errors": (errors.CaseUnfit, errors.CaseAlike, errors.SetFull)},
)
async def add_golden_case(tx: Tx, set_id: int, data: schemas.GoldenCaseIn) -> schemas.GoldenCase:
    """A text, or the first message of a ticket. Personal data in it becomes tokens."""
    return schemas.case_out(await cases.add(tx, set_id, data=data))


@patch(
    "/lab/cases/{case_id:int}",
    summary="Correct or retire a case",
    tags=_TAGS,
    opt={"errors": (errors.CaseUnfit,)},
)
async def change_golden_case(
    tx: Tx, case_id: int, data: schemas.GoldenCaseChange
) -> schemas.GoldenCase:
    """Absent fields stay. Runs keep what they measured with."""
    return schemas.case_out(await cases.change(tx, case_id, data=data))


@post(
    f"{_SET}/import",
    summary="Import cases",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.LinesUnreadable, errors.CaseUnfit)},
)
async def import_golden_cases(tx: Tx, set_id: int, data: schemas.CasesFile) -> schemas.CasesAdded:
    """Lines as ``yizhan eval`` reads them. Of a file with an unreadable line nothing is taken."""
    added, alike = await files.take_in(tx, set_id, content=data.content)
    return schemas.CasesAdded(added=len(added), alike=alike)


@get(
    f"{_SET}/export",
    summary="Export cases",
    tags=_TAGS,
    media_type="application/octet-stream",
    opt={"errors": (errors.CaseUnfit,)},
)
async def export_golden_cases(
    who: Actor, edge: Edge, set_id: int, part: files.Part = "cases"
) -> Response[bytes]:
    """Files that ``yizhan eval`` reads: the cases, and beside them what they are measured with, the
    ``training`` examples or the ``articles``."""
    async with edge.database.begin(who) as tx:
        file = await files.give_out(tx, set_id, part=part)
    content = await asyncio.to_thread(file.make)
    return http.file_response(file.name, "application/jsonl", content, kept="no-store")


@get(f"{_SET}/runs", summary="List runs", tags=_TAGS)
async def list_lab_runs(tx: Tx, set_id: int) -> schemas.LabRuns:
    """The newest sixty."""
    return schemas.LabRuns([schemas.run_out(row) for row in await runs.listed(tx, set_id)])


@post(
    f"{_SET}/runs",
    summary="Measure a set",
    tags=_TAGS,
    status_code=202,
    opt={"errors": (errors.SetEmpty, errors.VersionUnfit)},
)
async def start_lab_run(tx: Tx, set_id: int, data: schemas.LabRunIn) -> schemas.LabRun:
    """In the background: what is in use, or a version that is not. Ask for the run to see how far it is."""
    version_id = None if data.version_id is None else int(data.version_id)
    return schemas.run_out(await runs.start(tx, set_id, version_id=version_id))


@get(_RUN, summary="One run", tags=_TAGS)
async def get_lab_run(tx: Tx, lab_run_id: int) -> schemas.LabRun:
    """With its figures."""
    return schemas.run_out(await runs.get(tx, lab_run_id))


@post(
    f"{_RUN}/cancel",
    summary="Cancel a run",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.RunOver,)},
)
async def cancel_lab_run(tx: Tx, lab_run_id: int) -> schemas.LabRun:
    """Nothing of it is kept. A run that a change waits for ends when the change is taken back."""
    return schemas.run_out(await runs.cancel(tx, lab_run_id))


@get(f"{_RUN}/outcomes", summary="List what a run said", tags=_TAGS)
async def list_lab_outcomes(
    tx: Tx,
    lab_run_id: int,
    which: Annotated[Which, QueryParameter()] = "all",
    limit: int | None = None,
    cursor: str | None = None,
) -> schemas.LabOutcomes:
    """Case by case: all, those that broke or were mended beside the base, or those that are not right."""
    return await showing.outcomes(tx, lab_run_id, which=which, limit=limit, cursor=cursor)


@get("/lab/changes", summary="List held changes", tags=_TAGS)
async def list_lab_changes(
    tx: Tx,
    status: Annotated[Literal["waiting"] | None, QueryParameter(name="state")] = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> schemas.LabChanges:
    """The newest first; ``state`` waiting: only those that are being checked or were held back."""
    page = await changes.listed(tx, only_open=status is not None, limit=limit, cursor=cursor)
    return schemas.LabChanges([schemas.change_out(row) for row in page.items], page.next_cursor)


@get(_CHANGE, summary="One held change", tags=_TAGS)
async def get_lab_change(tx: Tx, change_id: int) -> schemas.LabChangeDetail:
    """With its runs and the cases that it broke. Also for writers of articles, of changes of articles."""
    return await showing.change(tx, change_id)


@post(
    f"{_CHANGE}/override",
    summary="Make a change all the same",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.ChangeOver, identity.UnknownReference)},
)
async def override_lab_change(
    tx: Tx, change_id: int, data: schemas.LabOverride
) -> schemas.LabChange:
    """Although it is worse, or before it was checked. The reason stands in the audit log."""
    return schemas.change_out(await changes.override(tx, change_id, reason=data.reason))


@post(
    f"{_CHANGE}/withdraw",
    summary="Take a held change back",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.ChangeOver,)},
)
async def withdraw_lab_change(tx: Tx, change_id: int) -> schemas.LabChange:
    """It is not made."""
    return schemas.change_out(await changes.withdraw(tx, change_id))


routes = [
    list_golden_sets,
    create_golden_set,
    get_golden_set,
    change_golden_set,
    delete_golden_set,
    gather_golden_cases,
    list_golden_cases,
    add_golden_case,
    change_golden_case,
    import_golden_cases,
    export_golden_cases,
    list_lab_runs,
    start_lab_run,
    get_lab_run,
    cancel_lab_run,
    list_lab_outcomes,
    list_lab_changes,
    get_lab_change,
    override_lab_change,
    withdraw_lab_change,
]
