# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``copilot``."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import AsyncTransport


class AsyncCopilot:
    """Operations of ``copilot``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def read_copilot_adoption(
        self, *, since: dt.datetime | None = None, until: dt.datetime | None = None
    ) -> models.CopilotAdoption:
        """What became of what the copilot made.

        By task and by agent; the last thirty days by default.
        """
        return await self._transport.call(
            models.CopilotAdoption,
            "GET",
            "/api/v1/copilot/adoption",
            query={"since": since, "until": until},
        )

    async def settle_copilot_answer(
        self, answer_id: Id, body: models.FateIn, *, idempotency_key: str | None = None
    ) -> models.SettledOut:
        """Say what you did with an answer.

        Inserted or discarded; accepted or edited is found out when something is sent.

        Errors: AnswerNotFound.
        """
        return await self._transport.call(
            models.SettledOut,
            "POST",
            "/api/v1/copilot/answers/{}/fate",
            answer_id,
            body=body,
            key=idempotency_key,
        )

    async def hide_copilot_text(
        self, body: models.HideIn, *, idempotency_key: str | None = None
    ) -> models.HideOut:
        """Try what leaves of a text.

        The text with tokens instead of personal data. Nothing is sent and nothing is kept.
        """
        return await self._transport.call(
            models.HideOut, "POST", "/api/v1/copilot/hide", body=body, key=idempotency_key
        )

    async def put_copilot_ladder(self, body: models.LadderRules) -> models.CopilotSkillList:
        """Say what the levels of skills take.

        How many judged results, and what share of them right. Results count from the last
        change of level.

        Errors: SkillSettingsInvalid, UnknownSkill.
        """
        return await self._transport.call(
            models.CopilotSkillList, "PUT", "/api/v1/copilot/ladder", body=body
        )

    async def put_copilot_policy(self, body: models.PolicyBody) -> models.SetupOut:
        """Say what may leave for model servers.

        All of it at once: what is not sent has its default.

        Errors: ModelSettingsInvalid.
        """
        return await self._transport.call(
            models.SetupOut, "PUT", "/api/v1/copilot/policy", body=body
        )

    async def list_copilot_sent(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        ticket_id: Id | None = None,
        outcome: Literal["sending", "answered", "failed", "cancelled"] | None = None,
    ) -> models.SentOutPage:
        """List what left for model servers.

        The newest first, without the words.

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.SentOutPage,
            "GET",
            "/api/v1/copilot/sent",
            query={"limit": limit, "cursor": cursor, "ticket_id": ticket_id, "outcome": outcome},
        )

    def iterate_copilot_sent(
        self,
        *,
        limit: int | None = None,
        ticket_id: Id | None = None,
        outcome: Literal["sending", "answered", "failed", "cancelled"] | None = None,
    ) -> AsyncIterator[models.SentOut]:
        """Every item of :meth:`list_copilot_sent`, page after page."""
        return paging.walk(
            lambda place: self.list_copilot_sent(
                limit=limit, ticket_id=ticket_id, outcome=outcome, cursor=place
            )
        )

    async def read_copilot_sent(self, sent_id: Id) -> models.SentOut:
        """Read what left.

        Word for word, as it left and as it came back.

        Errors: SentNotFound.
        """
        return await self._transport.call(models.SentOut, "GET", "/api/v1/copilot/sent/{}", sent_id)

    async def put_model_server(self, place: Id, body: models.ServerIn) -> models.ServerOut:
        """Set up a model server.

        ``local`` in your own rooms, ``cloud`` elsewhere; one of each.

        Errors: EgressRefused, ModelSettingsInvalid.
        """
        return await self._transport.call(
            models.ServerOut, "PUT", "/api/v1/copilot/servers/{}", place, body=body
        )

    async def delete_model_server(self, place: Id) -> None:
        """Remove a model server.

        Its key goes with it; the recording of what left stays.

        Errors: ServerNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/copilot/servers/{}", place)

    async def test_model_server(
        self, place: Id, *, idempotency_key: str | None = None
    ) -> models.ServerTried:
        """Try a model server.

        Asks it for one word. Nothing of yours is sent.

        Errors: EgressRefused, ModelFailed, ServerNotFound.
        """
        return await self._transport.call(
            models.ServerTried,
            "POST",
            "/api/v1/copilot/servers/{}/test",
            place,
            key=idempotency_key,
        )

    async def read_copilot_setup(self) -> models.SetupOut:
        """Model servers and privacy.

        Servers, what may leave, and what was used this month.
        """
        return await self._transport.call(models.SetupOut, "GET", "/api/v1/copilot/setup")

    async def list_copilot_skills(self) -> models.CopilotSkillList:
        """List skills of the copilot.

        How far each may go, how far it got and on what evidence, and what the next level still
        takes.

        Errors: UnknownSkill.
        """
        return await self._transport.call(models.CopilotSkillList, "GET", "/api/v1/copilot/skills")

    async def put_copilot_skill(
        self, skill: Id, body: models.CopilotSkillIn
    ) -> models.CopilotSkillOut:
        """Say how far a skill may go.

        All of it at once. How it decides may wait for golden cases, see ``held``. A level above
        the new ceiling is lost; a higher ceiling gives none, it lets one be earned.

        Errors: SkillSettingsInvalid, UnknownSkill.
        """
        return await self._transport.call(
            models.CopilotSkillOut, "PUT", "/api/v1/copilot/skills/{}", skill, body=body
        )

    async def list_copilot_skill_decisions(
        self,
        skill: Id,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        verdict: Literal["right", "wrong", "unclear"] | None = None,
    ) -> models.SkillDecisionOutPage:
        """List what a skill decided.

        The newest first, also what nobody saw.

        Errors: BadCursor, UnknownSkill.
        """
        return await self._transport.call(
            models.SkillDecisionOutPage,
            "GET",
            "/api/v1/copilot/skills/{}/decisions",
            skill,
            query={"limit": limit, "cursor": cursor, "verdict": verdict},
        )

    def iterate_copilot_skill_decisions(
        self,
        skill: Id,
        *,
        limit: int | None = None,
        verdict: Literal["right", "wrong", "unclear"] | None = None,
    ) -> AsyncIterator[models.SkillDecisionOut]:
        """Every item of :meth:`list_copilot_skill_decisions`, page after page."""
        return paging.walk(
            lambda place: self.list_copilot_skill_decisions(
                skill, limit=limit, verdict=verdict, cursor=place
            )
        )

    async def put_copilot_task(
        self, skill: Id, body: models.CopilotTaskIn
    ) -> models.CopilotTaskOut:
        """Say what a model is told for what agents ask.

        Other words may wait for golden cases, see ``held``. Left out, a language has the
        skill's own words; what the skill fills in stands in them as ``{language}`` or
        ``{how}``.

        Errors: SkillSettingsInvalid, UnknownSkill.
        """
        return await self._transport.call(
            models.CopilotTaskOut, "PUT", "/api/v1/copilot/tasks/{}", skill, body=body
        )

    async def ask(
        self, ticket_id: Id, body: models.CopilotIn, *, idempotency_key: str | None = None
    ) -> models.CopilotOut:
        """Ask the copilot.

        The whole answer at once. Without a usable model it is made without one, and ``reason``
        says so.

        409 ``needs_model`` for what only a model can do.

        Errors: ArticleNotFound, CalendarInvalid, ConditionInvalid, EgressRefused, ModelFailed,
        NeedsModel, NothingToRewrite, TicketNotFound, UnknownSkill.
        """
        return await self._transport.call(
            models.CopilotOut,
            "POST",
            "/api/v1/tickets/{}/copilot",
            ticket_id,
            body=body,
            key=idempotency_key,
        )

    async def list_ticket_skill_decisions(self, ticket_id: Id) -> models.SkillDecisions:
        """See what skills suggest of a ticket.

        What may be accepted now, and what was done by itself; nothing of the shadow.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.SkillDecisions, "GET", "/api/v1/tickets/{}/copilot/skills", ticket_id
        )

    async def answer_skill_decision(
        self,
        ticket_id: Id,
        decision_id: Id,
        body: models.SkillAnswer,
        *,
        idempotency_key: str | None = None,
    ) -> models.SkillDecisionOut:
        """Accept, edit or discard what a skill suggests.

        Accepting does the work with your rights, as one change set that can be taken back.

        Errors: SkillDecisionSettled.
        """
        return await self._transport.call(
            models.SkillDecisionOut,
            "POST",
            "/api/v1/tickets/{}/copilot/skills/{}",
            ticket_id,
            decision_id,
            body=body,
            key=idempotency_key,
        )

    async def stream(
        self, ticket_id: Id, body: models.CopilotIn, *, idempotency_key: str | None = None
    ) -> bytes:
        """Ask the copilot and read along.

        Server-sent events: ``begin``, ``text``…, perhaps ``reset``, ``done`` with the answer,
        or ``problem``.

        Hanging up stops the model.

        Errors: ArticleNotFound, CalendarInvalid, ConditionInvalid, EgressRefused, ModelFailed,
        NeedsModel, NothingToRewrite, TicketNotFound, UnknownSkill.
        """
        return await self._transport.fetch(
            "POST", "/api/v1/tickets/{}/copilot/stream", ticket_id, body=body, key=idempotency_key
        )
