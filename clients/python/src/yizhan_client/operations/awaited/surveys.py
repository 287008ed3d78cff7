# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``surveys``."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncSurveys:
    """Operations of ``surveys``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> models.SurveyList:
        """List surveys.

        In the order in which they are asked: the first that fits a ticket asks its customer.
        """
        return await self._transport.call(models.SurveyList, "GET", "/api/v1/surveys")

    async def create(
        self, body: models.SurveyIn, *, idempotency_key: str | None = None
    ) -> models.SurveyOut:
        """Add a survey.

        It asks nobody until it is active.

        Errors: ConditionInvalid, SurveyInvalid.
        """
        return await self._transport.call(
            models.SurveyOut, "POST", "/api/v1/surveys", body=body, key=idempotency_key
        )

    async def order(self, body: models.SurveyOrder) -> models.SurveyList:
        """Order surveys.

        Every survey once.

        Errors: SurveyInvalid.
        """
        return await self._transport.call(
            models.SurveyList, "PUT", "/api/v1/surveys/order", body=body
        )

    async def list_survey_responses(
        self,
        *,
        survey: Id | None = None,
        kind: Literal["csat", "nps", "ces"] | None = None,
        rating: Literal["good", "neutral", "bad"] | None = None,
        agent: Id | None = None,
        team: Id | None = None,
        commented: bool | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.SurveyResponsePage:
        """List what customers said.

        Newest first, of tickets that you can see. ``since`` and ``until`` mean the time of the
        answer.

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.SurveyResponsePage,
            "GET",
            "/api/v1/surveys/responses",
            query={
                "survey": survey,
                "kind": kind,
                "rating": rating,
                "agent": agent,
                "team": team,
                "commented": commented,
                "since": since,
                "until": until,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def iterate_survey_responses(
        self,
        *,
        survey: Id | None = None,
        kind: Literal["csat", "nps", "ces"] | None = None,
        rating: Literal["good", "neutral", "bad"] | None = None,
        agent: Id | None = None,
        team: Id | None = None,
        commented: bool | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.SurveyResponse]:
        """Every item of :meth:`list_survey_responses`, page after page."""
        return paging.walk(
            lambda place: self.list_survey_responses(
                survey=survey,
                kind=kind,
                rating=rating,
                agent=agent,
                team=team,
                commented=commented,
                since=since,
                until=until,
                limit=limit,
                cursor=place,
            )
        )

    async def get_survey_summary(
        self,
        *,
        survey: Id | None = None,
        kind: Literal["csat", "nps", "ces"] | None = None,
        agent: Id | None = None,
        team: Id | None = None,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
    ) -> models.SurveySummary:
        """Sum up what customers said.

        CSAT, NPS and CES of tickets that you can see. ``since`` and ``until`` mean the time of
        asking.
        """
        return await self._transport.call(
            models.SurveySummary,
            "GET",
            "/api/v1/surveys/summary",
            query={
                "survey": survey,
                "kind": kind,
                "agent": agent,
                "team": team,
                "since": since,
                "until": until,
            },
        )

    async def get(self, survey_id: Id) -> models.SurveyOut:
        """Get a survey.

        One survey.

        Errors: SurveyNotFound.
        """
        return await self._transport.call(models.SurveyOut, "GET", "/api/v1/surveys/{}", survey_id)

    async def update(self, survey_id: Id, body: models.SurveyChange) -> models.SurveyOut:
        """Change a survey.

        Absent fields stay. Who was asked already is not asked again.

        Errors: ConditionInvalid, SurveyInvalid, SurveyNotFound.
        """
        return await self._transport.call(
            models.SurveyOut, "PATCH", "/api/v1/surveys/{}", survey_id, body=body
        )

    async def delete(self, survey_id: Id) -> None:
        """Remove a survey.

        What customers said by it stays.

        Errors: SurveyNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/surveys/{}", survey_id)

    async def get_ticket_satisfaction(self, ticket_id: Id) -> models.TicketSatisfaction:
        """Get a ticket's satisfaction.

        Whether the customer is going to be asked, was asked, and what they said.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.TicketSatisfaction, "GET", "/api/v1/tickets/{}/satisfaction", ticket_id
        )

    async def get_inferred_satisfaction(self, ticket_id: Id) -> models.InferredSatisfaction:
        """See how satisfied a customer probably is.

        Inferred from mood, thanks, waiting and reopening, or by a head trained on ratings;
        never mixed with what customers say themselves.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.InferredSatisfaction,
            "GET",
            "/api/v1/tickets/{}/satisfaction/inferred",
            ticket_id,
        )

    async def create_survey_link(
        self, ticket_id: Id, *, idempotency_key: str | None = None
    ) -> models.SurveyLink:
        """Get a survey link to hand out.

        A link for the customer, sent by you. Where they were asked already it is the same link.

        Errors: AskedRecently, NoSurvey, TicketNotFound.
        """
        return await self._transport.call(
            models.SurveyLink,
            "POST",
            "/api/v1/tickets/{}/satisfaction/link",
            ticket_id,
            key=idempotency_key,
        )
