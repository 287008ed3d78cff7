"""Calendars, policies and the promises of a ticket over HTTP."""

from __future__ import annotations

from litestar import delete, get, patch, post, put

from yizhan.domains.identity import permissions
from yizhan.domains.sla import holidays, schemas
from yizhan.domains.sla.service import calendars, policies, reading, recompute
from yizhan.kernel.tx import Tx

_TAGS = ["sla"]


@get("/sla/calendars", summary="List business calendars", tags=_TAGS)
async def list_calendars(tx: Tx) -> schemas.SlaCalendarList:
    """By name."""
    return schemas.SlaCalendarList(
        [schemas.calendar_out(row) for row in await calendars.listed(tx)]
    )


@post("/sla/calendars", summary="Add a business calendar", tags=_TAGS)
async def create_calendar(tx: Tx, data: schemas.SlaCalendarIn) -> schemas.SlaCalendarOut:
    """Weekdays with any number of shifts, and days that differ."""
    return schemas.calendar_out(await calendars.create(tx, data))


@get("/sla/calendars/{sla_calendar_id:int}", summary="Get a business calendar", tags=_TAGS)
async def get_calendar(tx: Tx, sla_calendar_id: int) -> schemas.SlaCalendarOut:
    """One calendar."""
    return schemas.calendar_out(await calendars.get(tx, sla_calendar_id))


@patch("/sla/calendars/{sla_calendar_id:int}", summary="Change a business calendar", tags=_TAGS)
async def update_calendar(
    tx: Tx, sla_calendar_id: int, data: schemas.SlaCalendarChange
) -> schemas.SlaCalendarOut:
    """Running clocks are set again in the background."""
    return schemas.calendar_out(await calendars.update(tx, sla_calendar_id, change=data))


@delete("/sla/calendars/{sla_calendar_id:int}", summary="Remove a business calendar", tags=_TAGS)
async def delete_calendar(tx: Tx, sla_calendar_id: int) -> None:
    """Refused while a policy counts by it."""
    await calendars.delete(tx, sla_calendar_id)


@post(
    "/sla/calendars/{sla_calendar_id:int}/holidays",
    summary="Add holidays from a plain list",
    tags=_TAGS,
    status_code=200,
)
async def import_holidays(
    tx: Tx, sla_calendar_id: int, data: schemas.SlaHolidayText
) -> schemas.SlaCalendarOut:
    """One a line: a date, hours if anybody works, a name. All of it or nothing."""
    found = await calendars.add_holidays(tx, sla_calendar_id, text=data.text)
    return schemas.calendar_out(found)


@get("/sla/holidays", summary="List public holidays that can be taken over", tags=_TAGS)
async def list_holiday_sets(tx: Tx) -> schemas.SlaHolidaySets:
    """By country and year, with make-up working days and who announced them."""
    permissions.require_staff(tx.actor)
    return schemas.SlaHolidaySets(list(holidays.known()))


@post("/sla/preview", summary="Try a calendar out", tags=_TAGS, status_code=200)
async def preview_calendar(tx: Tx, data: schemas.SlaPreviewIn) -> schemas.SlaPreviewOut:
    """If a ticket arrives then, when is it due? Nothing is stored."""
    return calendars.preview(tx, data)


@get("/sla/policies", summary="List SLA policies", tags=_TAGS)
async def list_policies(tx: Tx) -> schemas.SlaPolicyList:
    """In the order in which they are asked; the first whose condition holds is a ticket's."""
    return schemas.SlaPolicyList([schemas.policy_out(row) for row in await policies.listed(tx)])


@post("/sla/policies", summary="Add an SLA policy", tags=_TAGS)
async def create_policy(tx: Tx, data: schemas.SlaPolicyIn) -> schemas.SlaPolicyOut:
    """It is asked last, until the order is changed."""
    return schemas.policy_out(await policies.create(tx, data))


@put("/sla/policies/order", summary="Order SLA policies", tags=_TAGS)
async def order_policies(tx: Tx, data: schemas.SlaPolicyOrder) -> schemas.SlaPolicyList:
    """Every policy once."""
    rows = await policies.order(tx, [int(one) for one in data.ids])
    return schemas.SlaPolicyList([schemas.policy_out(row) for row in rows])


@get("/sla/policies/{sla_policy_id:int}", summary="Get an SLA policy", tags=_TAGS)
async def get_policy(tx: Tx, sla_policy_id: int) -> schemas.SlaPolicyOut:
    """One policy."""
    return schemas.policy_out(await policies.get(tx, sla_policy_id))


@patch("/sla/policies/{sla_policy_id:int}", summary="Change an SLA policy", tags=_TAGS)
async def update_policy(
    tx: Tx, sla_policy_id: int, data: schemas.SlaPolicyChange
) -> schemas.SlaPolicyOut:
    """Running clocks are set again in the background; what has ended stays as it was measured."""
    return schemas.policy_out(await policies.update(tx, sla_policy_id, change=data))


@delete("/sla/policies/{sla_policy_id:int}", summary="Remove an SLA policy", tags=_TAGS)
async def delete_policy(tx: Tx, sla_policy_id: int) -> None:
    """Its running clocks end."""
    await policies.delete(tx, sla_policy_id)


@get("/sla/recomputation", summary="See how far running clocks are set again", tags=_TAGS)
async def get_recomputation(tx: Tx) -> schemas.SlaRecomputed:
    """The last one that was begun."""
    found = await recompute.latest(tx)
    return schemas.SlaRecomputed(schemas.recomputation_out(found) if found else None)


@get("/tickets/{ticket_id:int}/sla", summary="Explain a ticket's promises", tags=_TAGS)
async def get_ticket_sla(tx: Tx, ticket_id: int) -> schemas.TicketSla:
    """Every target with what was counted for it: policy, calendar, spans, pauses."""
    return await reading.of_ticket(tx, ticket_id)


routes = [
    list_calendars,
    create_calendar,
    get_calendar,
    update_calendar,
    delete_calendar,
    import_holidays,
    list_holiday_sets,
    preview_calendar,
    list_policies,
    create_policy,
    order_policies,
    get_policy,
    update_policy,
    delete_policy,
    get_recomputation,
    get_ticket_sla,
]
