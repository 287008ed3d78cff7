# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``tickets``."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Iterator

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Tickets:
    """Operations of ``tickets``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list_ticket_scores(self, *, ids: str) -> models.TicketScores:
        """List the scores of tickets.

        Ids with commas between them, at most 100: how much each deserves to be next, now.
        """
        return self._transport.call(
            models.TicketScores, "GET", "/api/v1/assignment/scores", query={"ids": ids}
        )

    def list_statuses(self) -> builtins.list[models.StatusOut]:
        """List ticket statuses.

        The workspace's statuses, in order.
        """
        return self._transport.call(builtins.list[models.StatusOut], "GET", "/api/v1/statuses")

    def list_tags(self) -> builtins.list[models.TagOut]:
        """List tags in use.

        Tags of recent tickets, the most used first.
        """
        return self._transport.call(builtins.list[models.TagOut], "GET", "/api/v1/tags")

    def list(
        self,
        *,
        view: str | None = None,
        q: str | None = None,
        status: str | None = None,
        assignee: str | None = None,
        team: str | None = None,
        contact: str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        channel: str | None = None,
        condition: str | None = None,
        sort: str | None = None,
        group: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.TicketRowPage:
        """List tickets.

        Tickets that you may see, by view and filter, in keyset pages.

        ``view`` is the id of any view. ``condition`` is a condition as JSON, as views keep it.
        ``sort`` names an order, ``-`` before it turns it round; ``group`` gathers rows by a
        field.

        Errors: BadCursor, ConditionInvalid, QueryInvalid, UnknownValue, ViewNotFound.
        """
        return self._transport.call(
            models.TicketRowPage,
            "GET",
            "/api/v1/tickets",
            query={
                "view": view,
                "q": q,
                "status": status,
                "assignee": assignee,
                "team": team,
                "contact": contact,
                "tag": tag,
                "priority": priority,
                "channel": channel,
                "condition": condition,
                "sort": sort,
                "group": group,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def iterate(
        self,
        *,
        view: str | None = None,
        q: str | None = None,
        status: str | None = None,
        assignee: str | None = None,
        team: str | None = None,
        contact: str | None = None,
        tag: str | None = None,
        priority: str | None = None,
        channel: str | None = None,
        condition: str | None = None,
        sort: str | None = None,
        group: str | None = None,
        limit: int | None = None,
    ) -> Iterator[models.TicketRow]:
        """Every item of :meth:`list`, page after page."""
        return paging.walk_sync(
            lambda place: self.list(
                view=view,
                q=q,
                status=status,
                assignee=assignee,
                team=team,
                contact=contact,
                tag=tag,
                priority=priority,
                channel=channel,
                condition=condition,
                sort=sort,
                group=group,
                limit=limit,
                cursor=place,
            )
        )

    def create(
        self, body: models.CreateTicket, *, idempotency_key: str | None = None
    ) -> models.TicketRow:
        """Create a ticket.

        Make a ticket with the requester's first message. An Idempotency-Key makes it safe to
        repeat.

        Errors: ContactNotFound, EmptyMessage, FieldReadOnly, FieldsInvalid, FileNotFound,
        IdentityInvalid, NoConversation, OpenChildren, ReplyWindowClosed, RequesterMissing,
        StaleReply, StaleVersion, TicketClosed, TicketMerged, TicketNotFound, TransitionRefused,
        UnknownField, UnknownStatus, UnknownValue.
        """
        return self._transport.call(
            models.TicketRow, "POST", "/api/v1/tickets", body=body, key=idempotency_key
        )

    def change_many(
        self, body: models.BulkTickets, *, idempotency_key: str | None = None
    ) -> models.BulkResult:
        """Change many tickets.

        The same change on up to 100 tickets; what is refused is named, the rest is changed.

        Errors: FieldReadOnly, FieldsInvalid, OpenChildren, StaleVersion, TicketClosed,
        TicketMerged, TicketNotFound, TransitionRefused, UnknownField, UnknownStatus,
        UnknownValue.
        """
        return self._transport.call(
            models.BulkResult, "POST", "/api/v1/tickets/bulk", body=body, key=idempotency_key
        )

    def read(
        self,
        ticket_id: Id,
        *,
        as_of: dt.datetime | None = None,
        include: str | None = None,
        limit: int | None = None,
    ) -> models.TicketOut:
        """Read a ticket.

        A ticket with its conversations; with ``as_of`` the ticket as it was at that moment.

        ``include=messages`` adds the newest page of messages, so that opening is one request.

        Errors: BadCursor, TicketNotFound.
        """
        return self._transport.call(
            models.TicketOut,
            "GET",
            "/api/v1/tickets/{}",
            ticket_id,
            query={"as_of": as_of, "include": include, "limit": limit},
        )

    def change(
        self, ticket_id: Id, body: models.PatchTicket, *, version: int | None = None
    ) -> models.TicketOut:
        """Change a ticket.

        Change what is given. If-Match with the version refuses a stale write.

        Errors: BadCursor, FieldReadOnly, FieldsInvalid, OpenChildren, StaleVersion,
        TicketClosed, TicketMerged, TicketNotFound, TransitionRefused, UnknownField,
        UnknownStatus, UnknownValue.

        With ``version`` a change of what somebody else changed is refused.
        """
        return self._transport.call(
            models.TicketOut, "PATCH", "/api/v1/tickets/{}", ticket_id, body=body, version=version
        )

    def assign(
        self, ticket_id: Id, body: models.AssignTicket, *, idempotency_key: str | None = None
    ) -> models.TicketOut:
        """Assign a ticket.

        Make an agent or a team responsible; null for nobody.

        Errors: BadCursor, FieldReadOnly, FieldsInvalid, OpenChildren, StaleVersion,
        TicketClosed, TicketMerged, TicketNotFound, TransitionRefused, UnknownField,
        UnknownStatus, UnknownValue.
        """
        return self._transport.call(
            models.TicketOut,
            "POST",
            "/api/v1/tickets/{}/assign",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    def read_history(
        self, ticket_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.HistoryItemPage:
        """Read a ticket's history.

        Who changed what and why, newest first.

        Errors: BadCursor, TicketNotFound.
        """
        return self._transport.call(
            models.HistoryItemPage,
            "GET",
            "/api/v1/tickets/{}/history",
            ticket_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_history(
        self, ticket_id: Id, *, limit: int | None = None
    ) -> Iterator[models.HistoryItem]:
        """Every item of :meth:`read_history`, page after page."""
        return paging.walk_sync(
            lambda place: self.read_history(ticket_id, limit=limit, cursor=place)
        )

    def take(self, ticket_id: Id, *, idempotency_key: str | None = None) -> models.TicketOut:
        """Take a ticket.

        Make yourself responsible.

        Errors: BadCursor, FieldReadOnly, FieldsInvalid, NeedsAgent, OpenChildren, StaleVersion,
        TicketClosed, TicketMerged, TicketNotFound, TransitionRefused, UnknownField,
        UnknownStatus, UnknownValue.
        """
        return self._transport.call(
            models.TicketOut, "POST", "/api/v1/tickets/{}/take", ticket_id, key=idempotency_key
        )
