# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``tasks``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncTasks:
    """Operations of ``tasks``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_waiting_approvals(self) -> models.WaitingApprovals:
        """List what waits for your approval.

        On tickets that you may see; what is due first comes first.

        Errors: NeedsAgent.
        """
        return await self._transport.call(
            models.WaitingApprovals, "GET", "/api/v1/approvals/waiting"
        )

    async def change_checklist_item(
        self, checklist_item_id: Id, body: models.ChecklistItemChange
    ) -> models.ChecklistItemOut:
        """Change a checklist item.

        With ``done`` it is done by you, now; or open again.

        Errors: ApprovalFixed, ApprovalPending, ChecklistItemNotFound, ItemNeeded, TicketClosed,
        TicketMerged, TicketNotFound, TimeInvalid, UnknownReference.
        """
        return await self._transport.call(
            models.ChecklistItemOut,
            "PATCH",
            "/api/v1/checklist-items/{}",
            checklist_item_id,
            body=body,
        )

    async def delete_checklist_item(self, checklist_item_id: Id) -> None:
        """Remove a checklist item.

        Whether done or not.

        Errors: ChecklistItemNotFound, ItemNeeded, TicketClosed, TicketMerged, TicketNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/checklist-items/{}", checklist_item_id)

    async def answer_approval(
        self,
        checklist_item_id: Id,
        body: models.ApprovalAnswer,
        *,
        idempotency_key: str | None = None,
    ) -> models.ChecklistItemOut:
        """Approve or decline.

        Only for those who were asked; who declines says why.

        Errors: ApprovalOver, ChecklistItemNotFound, NeedsAgent, NotAnApproval, NotAsked,
        OwnApproval, ReasonNeeded, TicketClosed, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.ChecklistItemOut,
            "POST",
            "/api/v1/checklist-items/{}/answer",
            checklist_item_id,
            body=body,
            key=idempotency_key,
        )

    async def take_approval_back(self, checklist_item_id: Id) -> models.ChecklistItemOut:
        """Take your answer back.

        It waits for you again. Not on a closed ticket.

        Errors: ChecklistItemNotFound, NeedsAgent, NotAnApproval, NotAsked, TicketClosed,
        TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.ChecklistItemOut,
            "DELETE",
            "/api/v1/checklist-items/{}/answer",
            checklist_item_id,
        )

    async def ask_approval_again(
        self,
        checklist_item_id: Id,
        body: models.ApprovalAgain,
        *,
        idempotency_key: str | None = None,
    ) -> models.ChecklistItemOut:
        """Ask for approval again.

        Of the same or other people, with the same or other words; earlier answers no longer
        count.

        Errors: ApproverBlind, ChecklistItemNotFound, NoApprover, NotAnApproval, TicketClosed,
        TicketMerged, TicketNotFound, TooManyApprovers, UnknownReference.
        """
        return await self._transport.call(
            models.ChecklistItemOut,
            "POST",
            "/api/v1/checklist-items/{}/ask",
            checklist_item_id,
            body=body,
            key=idempotency_key,
        )

    async def list_checklist_templates(self) -> models.ChecklistTemplateList:
        """List checklist templates.

        By name.
        """
        return await self._transport.call(
            models.ChecklistTemplateList, "GET", "/api/v1/checklist-templates"
        )

    async def create_checklist_template(
        self, body: models.ChecklistTemplateIn, *, idempotency_key: str | None = None
    ) -> models.ChecklistTemplateOut:
        """Add a checklist template.

        A checklist to put on tickets.

        Errors: TooManyTemplates.
        """
        return await self._transport.call(
            models.ChecklistTemplateOut,
            "POST",
            "/api/v1/checklist-templates",
            body=body,
            key=idempotency_key,
        )

    async def update_checklist_template(
        self, checklist_template_id: Id, body: models.ChecklistTemplateChange
    ) -> models.ChecklistTemplateOut:
        """Change a checklist template.

        What is on tickets already stays as it is.

        Errors: ChecklistTemplateNotFound.
        """
        return await self._transport.call(
            models.ChecklistTemplateOut,
            "PATCH",
            "/api/v1/checklist-templates/{}",
            checklist_template_id,
            body=body,
        )

    async def delete_checklist_template(self, checklist_template_id: Id) -> None:
        """Remove a checklist template.

        What is on tickets already stays.

        Errors: ChecklistTemplateNotFound.
        """
        await self._transport.send(
            "DELETE", "/api/v1/checklist-templates/{}", checklist_template_id
        )

    async def delete_reminder(self, reminder_id: Id) -> None:
        """Drop a reminder.

        One of your own that still waits.

        Errors: NeedsAgent, ReminderNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/reminders/{}", reminder_id)

    async def add_checklist_items(
        self, ticket_id: Id, body: models.ChecklistIn, *, idempotency_key: str | None = None
    ) -> models.Checklist:
        """Add to a checklist.

        A template's items, further ones, or both; they come last. Answers the whole checklist.

        Errors: ApproverBlind, ChecklistFull, ChecklistTemplateNotFound, NoApprover,
        TicketClosed, TicketMerged, TicketNotFound, TimeInvalid, TooManyApprovers,
        UnknownReference.
        """
        return await self._transport.call(
            models.Checklist,
            "POST",
            "/api/v1/tickets/{}/checklist",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def order_checklist(self, ticket_id: Id, body: models.ChecklistOrder) -> models.Checklist:
        """Order a checklist.

        Every item once.

        Errors: ChecklistOrderInvalid, TicketClosed, TicketMerged, TicketNotFound.
        """
        return await self._transport.call(
            models.Checklist, "PUT", "/api/v1/tickets/{}/checklist/order", ticket_id, body=body
        )

    async def set_reminder(
        self, ticket_id: Id, body: models.ReminderIn, *, idempotency_key: str | None = None
    ) -> models.ReminderOut:
        """Set a reminder.

        You are told of the ticket then, once.

        Errors: NeedsAgent, ReminderPast, TicketNotFound, TooManyReminders.
        """
        return await self._transport.call(
            models.ReminderOut,
            "POST",
            "/api/v1/tickets/{}/reminders",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def add_time(
        self, ticket_id: Id, body: models.TimeIn, *, idempotency_key: str | None = None
    ) -> models.TimeEntryOut:
        """Write down time.

        Your own time, by hand.

        Errors: NeedsAgent, TicketNotFound, TimeInvalid.
        """
        return await self._transport.call(
            models.TimeEntryOut,
            "POST",
            "/api/v1/tickets/{}/time",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def start_timer(
        self, ticket_id: Id, body: models.TimerIn, *, idempotency_key: str | None = None
    ) -> models.TimerStarted:
        """Start your timer.

        One that runs on another ticket stops; one that runs on this ticket goes on.

        Errors: NeedsAgent, TicketNotFound.
        """
        return await self._transport.call(
            models.TimerStarted,
            "POST",
            "/api/v1/tickets/{}/time/start",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def get_ticket_work(self, ticket_id: Id) -> models.TicketWork:
        """Get the work on a ticket.

        Checklist, time, your running timer and your reminders at once.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.TicketWork, "GET", "/api/v1/tickets/{}/work", ticket_id
        )

    async def get_running_timer(self) -> models.TimerOut:
        """Get your running timer.

        At most one runs at a time.
        """
        return await self._transport.call(models.TimerOut, "GET", "/api/v1/time/running")

    async def stop_timer(self, *, idempotency_key: str | None = None) -> models.TimeEntryOut:
        """Stop your timer.

        The time since it was started is on its ticket.

        Errors: NeedsAgent, NoTimer.
        """
        return await self._transport.call(
            models.TimeEntryOut, "POST", "/api/v1/time/stop", key=idempotency_key
        )

    async def change_time(self, time_entry_id: Id, body: models.TimeChange) -> models.TimeEntryOut:
        """Change a time entry.

        Your own, or anybody's with the right to manage time.

        Errors: TicketNotFound, TimeEntryNotFound, TimeEntryRunning, TimeInvalid.
        """
        return await self._transport.call(
            models.TimeEntryOut, "PATCH", "/api/v1/time/{}", time_entry_id, body=body
        )

    async def delete_time(self, time_entry_id: Id) -> None:
        """Remove a time entry.

        Also a timer that runs: then nothing is written down.

        Errors: TicketNotFound, TimeEntryNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/time/{}", time_entry_id)
