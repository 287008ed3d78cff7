"""Time, checklists and reminders over HTTP."""

from __future__ import annotations

from litestar import delete, get, patch, post, put

from yizhan.domains.tasks import schemas
from yizhan.domains.tasks.service import checklists, reading, reminders, templates, timing
from yizhan.kernel.tx import Tx

_TAGS = ["tasks"]


@get("/tickets/{ticket_id:int}/work", summary="Get the work on a ticket", tags=_TAGS)
async def get_ticket_work(tx: Tx, ticket_id: int) -> schemas.TicketWork:
    """Checklist, time, your running timer and your reminders at once."""
    return await reading.of_ticket(tx, ticket_id)


@get("/time/running", summary="Get your running timer", tags=_TAGS)
async def get_running_timer(tx: Tx) -> schemas.TimerOut:
    """At most one runs at a time."""
    return await reading.running(tx)


@post(
    "/tickets/{ticket_id:int}/time/start", summary="Start your timer", tags=_TAGS, status_code=200
)
async def start_timer(tx: Tx, ticket_id: int, data: schemas.TimerIn) -> schemas.TimerStarted:
    """One that runs on another ticket stops; one that runs on this ticket goes on."""
    started, stopped = await timing.start(tx, ticket_id, note=data.note, billable=data.billable)
    [first, *rest] = await reading.entries(tx, [started, *([stopped] if stopped else [])])
    return schemas.TimerStarted(started=first, stopped=rest[0] if rest else None)


@post("/time/stop", summary="Stop your timer", tags=_TAGS, status_code=200)
async def stop_timer(tx: Tx) -> schemas.TimeEntryOut:
    """The time since it was started is on its ticket."""
    [entry] = await reading.entries(tx, [await timing.stop(tx)])
    return entry


@post("/tickets/{ticket_id:int}/time", summary="Write down time", tags=_TAGS)
async def add_time(tx: Tx, ticket_id: int, data: schemas.TimeIn) -> schemas.TimeEntryOut:
    """Your own time, by hand."""
    [entry] = await reading.entries(tx, [await timing.add(tx, ticket_id, new=data)])
    return entry


@patch("/time/{time_entry_id:int}", summary="Change a time entry", tags=_TAGS)
async def change_time(tx: Tx, time_entry_id: int, data: schemas.TimeChange) -> schemas.TimeEntryOut:
    """Your own, or anybody's with the right to manage time."""
    [entry] = await reading.entries(tx, [await timing.change(tx, time_entry_id, wanted=data)])
    return entry


@delete("/time/{time_entry_id:int}", summary="Remove a time entry", tags=_TAGS)
async def delete_time(tx: Tx, time_entry_id: int) -> None:
    """Also a timer that runs: then nothing is written down."""
    await timing.delete(tx, time_entry_id)


@post("/tickets/{ticket_id:int}/checklist", summary="Add to a checklist", tags=_TAGS)
async def add_checklist_items(
    tx: Tx, ticket_id: int, data: schemas.ChecklistIn
) -> schemas.Checklist:
    """A template's items, further ones, or both; they come last. Answers the whole checklist."""
    return await reading.checklist(tx, await checklists.add(tx, ticket_id, new=data))


@put("/tickets/{ticket_id:int}/checklist/order", summary="Order a checklist", tags=_TAGS)
async def order_checklist(
    tx: Tx, ticket_id: int, data: schemas.ChecklistOrder
) -> schemas.Checklist:
    """Every item once."""
    ids = [int(one) for one in data.ids]
    return await reading.checklist(tx, await checklists.order(tx, ticket_id, ids=ids))


@patch("/checklist-items/{checklist_item_id:int}", summary="Change a checklist item", tags=_TAGS)
async def change_checklist_item(
    tx: Tx, checklist_item_id: int, data: schemas.ChecklistItemChange
) -> schemas.ChecklistItemOut:
    """With ``done`` it is done by you, now; or open again."""
    row = await checklists.change(tx, checklist_item_id, wanted=data)
    return (await reading.checklist(tx, [row])).items[0]


@delete("/checklist-items/{checklist_item_id:int}", summary="Remove a checklist item", tags=_TAGS)
async def delete_checklist_item(tx: Tx, checklist_item_id: int) -> None:
    """Whether done or not."""
    await checklists.remove(tx, checklist_item_id)


@get("/checklist-templates", summary="List checklist templates", tags=_TAGS)
async def list_checklist_templates(tx: Tx) -> schemas.ChecklistTemplateList:
    """By name."""
    rows = await templates.listed(tx)
    return schemas.ChecklistTemplateList([schemas.template_out(row) for row in rows])


@post("/checklist-templates", summary="Add a checklist template", tags=_TAGS)
async def create_checklist_template(
    tx: Tx, data: schemas.ChecklistTemplateIn
) -> schemas.ChecklistTemplateOut:
    """A checklist to put on tickets."""
    return schemas.template_out(await templates.create(tx, data))


@patch(
    "/checklist-templates/{checklist_template_id:int}",
    summary="Change a checklist template",
    tags=_TAGS,
)
async def update_checklist_template(
    tx: Tx, checklist_template_id: int, data: schemas.ChecklistTemplateChange
) -> schemas.ChecklistTemplateOut:
    """What is on tickets already stays as it is."""
    return schemas.template_out(await templates.update(tx, checklist_template_id, change=data))


@delete(
    "/checklist-templates/{checklist_template_id:int}",
    summary="Remove a checklist template",
    tags=_TAGS,
)
async def delete_checklist_template(tx: Tx, checklist_template_id: int) -> None:
    """What is on tickets already stays."""
    await templates.delete(tx, checklist_template_id)


@post("/tickets/{ticket_id:int}/reminders", summary="Set a reminder", tags=_TAGS)
async def set_reminder(tx: Tx, ticket_id: int, data: schemas.ReminderIn) -> schemas.ReminderOut:
    """You are told of the ticket then, once."""
    return schemas.reminder_out(await reminders.add(tx, ticket_id, at=data.at, note=data.note))


@delete("/reminders/{reminder_id:int}", summary="Drop a reminder", tags=_TAGS)
async def delete_reminder(tx: Tx, reminder_id: int) -> None:
    """One of your own that still waits."""
    await reminders.drop(tx, reminder_id)


routes = [
    get_ticket_work,
    get_running_timer,
    start_timer,
    stop_timer,
    add_time,
    change_time,
    delete_time,
    add_checklist_items,
    order_checklist,
    change_checklist_item,
    delete_checklist_item,
    list_checklist_templates,
    create_checklist_template,
    update_checklist_template,
    delete_checklist_template,
    set_reminder,
    delete_reminder,
]
