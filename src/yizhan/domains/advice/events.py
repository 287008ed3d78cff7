"""What happens to articles beside tickets."""

from __future__ import annotations

from yizhan.kernel import events


class ArticleUsed(events.Event, frozen=True, tag="article.used"):
    """An agent got to see an article beside a ticket, opened it, put it into an answer, changed it there or
    sent it; or the ticket stayed resolved after it was sent."""

    article_id: int
    ticket_id: int
    agent_id: int
    step: str
    form: str = ""
    message_id: int | None = None


class ArticleRankingChanged(events.Event, frozen=True, tag="article_ranking.changed"):
    """Search uses what it learned from accepted answers, of this version; null: nothing any more."""

    number: int | None
