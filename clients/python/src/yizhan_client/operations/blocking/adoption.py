# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``adoption``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Adoption:
    """Operations of ``adoption``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def get_article_ranking(self) -> models.RankingOut:
        """See what search learned.

        From answers that were sent: versions, the newest first, with recall before and after.
        """
        return self._transport.call(models.RankingOut, "GET", "/api/v1/knowledge/ranking")

    def learn_article_ranking(self, *, idempotency_key: str | None = None) -> models.RankingOut:
        """Let search learn now.

        In the background; put to use only when it finds no less than before on answers it has
        not seen.

        Errors: TooFewAccepted.
        """
        return self._transport.call(
            models.RankingOut, "POST", "/api/v1/knowledge/ranking", key=idempotency_key
        )

    def forget_article_ranking(self) -> None:
        """Forget what search learned.

        Search as before anything was learned, until something is learned again.
        """
        self._transport.send("DELETE", "/api/v1/knowledge/ranking")

    def export_article_uses(
        self,
        *,
        step: Literal["shown", "opened", "inserted", "sent", "edited", "resolved"],
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        article: Id | None = None,
        agent: Id | None = None,
    ) -> bytes:
        """Export what is behind adoption.

        The same as CSV for spreadsheets (UTF-8 with its mark).
        """
        return self._transport.fetch(
            "GET",
            "/api/v1/knowledge/usage/export",
            query={
                "step": step,
                "since": since,
                "until": until,
                "article": article,
                "agent": agent,
            },
        )

    def list_article_uses(
        self,
        *,
        step: Literal["shown", "opened", "inserted", "sent", "edited", "resolved"],
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        article: Id | None = None,
        agent: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.UseOutPage:
        """List what is behind adoption.

        The tickets in which this step was taken, the newest first; only those that you can see.

        Errors: BadCursor.
        """
        return self._transport.call(
            models.UseOutPage,
            "GET",
            "/api/v1/knowledge/usage/tickets",
            query={
                "step": step,
                "since": since,
                "until": until,
                "article": article,
                "agent": agent,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def iterate_article_uses(
        self,
        *,
        step: Literal["shown", "opened", "inserted", "sent", "edited", "resolved"],
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        article: Id | None = None,
        agent: Id | None = None,
        limit: int | None = None,
    ) -> Iterator[models.UseOut]:
        """Every item of :meth:`list_article_uses`, page after page."""
        return paging.walk_sync(
            lambda place: self.list_article_uses(
                step=step,
                since=since,
                until=until,
                article=article,
                agent=agent,
                limit=limit,
                cursor=place,
            )
        )
