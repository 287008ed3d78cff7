# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``sla``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncSla:
    """Operations of ``sla``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_calendars(self) -> models.SlaCalendarList:
        """List business calendars.

        By name.
        """
        return await self._transport.call(models.SlaCalendarList, "GET", "/api/v1/sla/calendars")

    async def create_calendar(
        self, body: models.SlaCalendarIn, *, idempotency_key: str | None = None
    ) -> models.SlaCalendarOut:
        """Add a business calendar.

        Weekdays with any number of shifts, and days that differ.

        Errors: CalendarInvalid.
        """
        return await self._transport.call(
            models.SlaCalendarOut, "POST", "/api/v1/sla/calendars", body=body, key=idempotency_key
        )

    async def get_calendar(self, sla_calendar_id: Id) -> models.SlaCalendarOut:
        """Get a business calendar.

        One calendar.

        Errors: CalendarNotFound.
        """
        return await self._transport.call(
            models.SlaCalendarOut, "GET", "/api/v1/sla/calendars/{}", sla_calendar_id
        )

    async def update_calendar(
        self, sla_calendar_id: Id, body: models.SlaCalendarChange
    ) -> models.SlaCalendarOut:
        """Change a business calendar.

        Running clocks are set again in the background.

        Errors: CalendarInvalid, CalendarNotFound.
        """
        return await self._transport.call(
            models.SlaCalendarOut, "PATCH", "/api/v1/sla/calendars/{}", sla_calendar_id, body=body
        )

    async def delete_calendar(self, sla_calendar_id: Id) -> None:
        """Remove a business calendar.

        Refused while a policy counts by it.

        Errors: CalendarInUse, CalendarNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/sla/calendars/{}", sla_calendar_id)

    async def import_holidays(
        self,
        sla_calendar_id: Id,
        body: models.SlaHolidayText,
        *,
        idempotency_key: str | None = None,
    ) -> models.SlaCalendarOut:
        """Add holidays from a plain list.

        One a line: a date, hours if anybody works, a name. All of it or nothing.

        Errors: CalendarInvalid, CalendarNotFound.
        """
        return await self._transport.call(
            models.SlaCalendarOut,
            "POST",
            "/api/v1/sla/calendars/{}/holidays",
            sla_calendar_id,
            body=body,
            key=idempotency_key,
        )

    async def list_holiday_sets(self) -> models.SlaHolidaySets:
        """List public holidays that can be taken over.

        By country and year, with make-up working days and who announced them.
        """
        return await self._transport.call(models.SlaHolidaySets, "GET", "/api/v1/sla/holidays")

    async def list_policies(self) -> models.SlaPolicyList:
        """List SLA policies.

        In the order in which they are asked; the first whose condition holds is a ticket's.
        """
        return await self._transport.call(models.SlaPolicyList, "GET", "/api/v1/sla/policies")

    async def create_policy(
        self, body: models.SlaPolicyIn, *, idempotency_key: str | None = None
    ) -> models.SlaPolicyOut:
        """Add an SLA policy.

        It is asked last, until the order is changed.

        Errors: CalendarNotFound, ConditionInvalid, PolicyInvalid, UnknownReference.
        """
        return await self._transport.call(
            models.SlaPolicyOut, "POST", "/api/v1/sla/policies", body=body, key=idempotency_key
        )

    async def order_policies(self, body: models.SlaPolicyOrder) -> models.SlaPolicyList:
        """Order SLA policies.

        Every policy once.

        Errors: PolicyInvalid.
        """
        return await self._transport.call(
            models.SlaPolicyList, "PUT", "/api/v1/sla/policies/order", body=body
        )

    async def get_policy(self, sla_policy_id: Id) -> models.SlaPolicyOut:
        """Get an SLA policy.

        One policy.

        Errors: PolicyNotFound.
        """
        return await self._transport.call(
            models.SlaPolicyOut, "GET", "/api/v1/sla/policies/{}", sla_policy_id
        )

    async def update_policy(
        self, sla_policy_id: Id, body: models.SlaPolicyChange
    ) -> models.SlaPolicyOut:
        """Change an SLA policy.

        Running clocks are set again in the background; what has ended stays as it was measured.

        Errors: CalendarNotFound, ConditionInvalid, PolicyInvalid, PolicyNotFound,
        UnknownReference.
        """
        return await self._transport.call(
            models.SlaPolicyOut, "PATCH", "/api/v1/sla/policies/{}", sla_policy_id, body=body
        )

    async def delete_policy(self, sla_policy_id: Id) -> None:
        """Remove an SLA policy.

        Its running clocks end.

        Errors: PolicyNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/sla/policies/{}", sla_policy_id)

    async def preview_calendar(
        self, body: models.SlaPreviewIn, *, idempotency_key: str | None = None
    ) -> models.SlaPreviewOut:
        """Try a calendar out.

        If a ticket arrives then, when is it due? Nothing is stored.

        Errors: CalendarInvalid.
        """
        return await self._transport.call(
            models.SlaPreviewOut, "POST", "/api/v1/sla/preview", body=body, key=idempotency_key
        )

    async def get_recomputation(self) -> models.SlaRecomputed:
        """See how far running clocks are set again.

        The last one that was begun.
        """
        return await self._transport.call(models.SlaRecomputed, "GET", "/api/v1/sla/recomputation")

    async def get_ticket_sla(self, ticket_id: Id) -> models.TicketSla:
        """Explain a ticket's promises.

        Every target with what was counted for it: policy, calendar, spans, pauses.

        Errors: CalendarInvalid, TicketNotFound.
        """
        return await self._transport.call(
            models.TicketSla, "GET", "/api/v1/tickets/{}/sla", ticket_id
        )
