"""What happens to articles beside tickets."""

from __future__ import annotations

from yizhan.kernel import events


class ArticleUsed(events.Event, frozen=True, tag="article.used"):
    """An agent got to see an article beside a ticket, opened it, put it into an answer, or sent it."""

    article_id: int
    ticket_id: int
    agent_id: int
    step: str
    form: str = ""
