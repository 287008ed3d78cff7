# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``upkeep``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Upkeep:
    """Operations of ``upkeep``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def get_knowledge_health(self) -> models.KnowledgeHealth:
        """See the health of the knowledge base.

        How many findings are open, how many drafts wait, and how far the newest check is.
        """
        return self._transport.call(models.KnowledgeHealth, "GET", "/api/v1/knowledge/health")

    def check_knowledge(self, *, idempotency_key: str | None = None) -> models.KnowledgeCheck:
        """Check the knowledge base.

        In the background; ask for the check to see how far it is. Each night one runs by
        itself.

        Errors: CheckRuns.
        """
        return self._transport.call(
            models.KnowledgeCheck, "POST", "/api/v1/knowledge/health/checks", key=idempotency_key
        )

    def get_knowledge_check(self, check_id: Id) -> models.KnowledgeCheck:
        """Get a check.

        With its progress.

        Errors: CheckNotFound.
        """
        return self._transport.call(
            models.KnowledgeCheck, "GET", "/api/v1/knowledge/health/checks/{}", check_id
        )

    def cancel_knowledge_check(
        self, check_id: Id, *, idempotency_key: str | None = None
    ) -> models.KnowledgeCheck:
        """Cancel a check.

        What an earlier check found stays.

        Errors: CheckNotFound, CheckOver.
        """
        return self._transport.call(
            models.KnowledgeCheck,
            "POST",
            "/api/v1/knowledge/health/checks/{}/cancel",
            check_id,
            key=idempotency_key,
        )

    def list_knowledge_drafts(self, *, article: Id | None = None) -> models.KnowledgeDraftList:
        """List drafts from tickets.

        Those that nobody has published yet, or of one ``article``; each paragraph with its
        ticket.
        """
        return self._transport.call(
            models.KnowledgeDraftList,
            "GET",
            "/api/v1/knowledge/health/drafts",
            query={"article": article},
        )

    def list_knowledge_findings(
        self,
        *,
        kind: Literal["gap", "stale", "contradiction"],
        state: Literal["open", "dismissed", "done"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.KnowledgeFindingPage:
        """List findings.

        Gaps, stale articles or contradictions with their evidence, those with most behind them
        first.

        Tickets that you cannot see are left out of the evidence; a page may hold fewer than it
        could.

        Errors: BadCursor.
        """
        return self._transport.call(
            models.KnowledgeFindingPage,
            "GET",
            "/api/v1/knowledge/health/findings",
            query={"kind": kind, "state": state, "limit": limit, "cursor": cursor},
        )

    def iterate_knowledge_findings(
        self,
        *,
        kind: Literal["gap", "stale", "contradiction"],
        state: Literal["open", "dismissed", "done"] | None = None,
        limit: int | None = None,
    ) -> Iterator[models.KnowledgeFinding]:
        """Every item of :meth:`list_knowledge_findings`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_knowledge_findings(
                kind=kind, state=state, limit=limit, cursor=place
            )
        )

    def dismiss_knowledge_finding(
        self, finding_id: Id, *, idempotency_key: str | None = None
    ) -> None:
        """Dismiss a finding.

        It stays dismissed until the article or the evidence changes.

        Errors: FindingNotFound.
        """
        self._transport.send(
            "POST", "/api/v1/knowledge/health/findings/{}/dismiss", finding_id, key=idempotency_key
        )

    def draft_for_gap(
        self, finding_id: Id, *, idempotency_key: str | None = None
    ) -> models.DraftedOut:
        """Draft an article for a gap.

        In the words of the agents who solved it, without personal data; somebody must publish
        it.

        Errors: AlreadyDrafted, ArticleEmpty, ArticleNotFound, CategoryNotFound,
        FindingNotFound, NotAGap, NothingToDraft, OwnerUnknown, VersionNotFound.
        """
        return self._transport.call(
            models.DraftedOut,
            "POST",
            "/api/v1/knowledge/health/findings/{}/draft",
            finding_id,
            key=idempotency_key,
        )

    def reopen_knowledge_finding(
        self, finding_id: Id, *, idempotency_key: str | None = None
    ) -> None:
        """Take a dismissal back.

        It is listed again.

        Errors: FindingNotFound.
        """
        self._transport.send(
            "POST", "/api/v1/knowledge/health/findings/{}/reopen", finding_id, key=idempotency_key
        )

    def draft_from_ticket(
        self, ticket_id: Id, *, idempotency_key: str | None = None
    ) -> models.DraftedOut:
        """Draft an article from a ticket.

        From a ticket that is done: what agents wrote in it, without personal data.

        Errors: AlreadyDrafted, ArticleEmpty, ArticleNotFound, CategoryNotFound, NothingToDraft,
        OwnerUnknown, TicketNotFound, VersionNotFound.
        """
        return self._transport.call(
            models.DraftedOut,
            "POST",
            "/api/v1/tickets/{}/article-draft",
            ticket_id,
            key=idempotency_key,
        )
