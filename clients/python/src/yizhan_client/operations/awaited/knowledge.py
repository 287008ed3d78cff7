# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``knowledge``."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Literal

from yizhan_client import models, paging
from yizhan_client.request import Id, Upload
from yizhan_client.transport import AsyncTransport


class AsyncKnowledge:
    """Operations of ``knowledge``."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list_articles(
        self,
        *,
        q: str | None = None,
        category: Id | None = None,
        brand: Id | None = None,
        state: Literal["draft", "published", "archived"] | None = None,
        locale: str | None = None,
        owner: Id | None = None,
        review: Literal["due"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> models.ArticleRowPage:
        """List or find articles.

        By the newest change. Drafts are listed for those who may edit.

        Errors: BadCursor.
        """
        return await self._transport.call(
            models.ArticleRowPage,
            "GET",
            "/api/v1/knowledge/articles",
            query={
                "q": q,
                "category": category,
                "brand": brand,
                "state": state,
                "locale": locale,
                "owner": owner,
                "review": review,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def iterate_articles(
        self,
        *,
        q: str | None = None,
        category: Id | None = None,
        brand: Id | None = None,
        state: Literal["draft", "published", "archived"] | None = None,
        locale: str | None = None,
        owner: Id | None = None,
        review: Literal["due"] | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[models.ArticleRow]:
        """Every item of :meth:`list_articles`, page after page."""
        return paging.walk(
            lambda place: self.list_articles(
                q=q,
                category=category,
                brand=brand,
                state=state,
                locale=locale,
                owner=owner,
                review=review,
                limit=limit,
                cursor=place,
            )
        )

    async def create_article(
        self, body: models.ArticleIn, *, idempotency_key: str | None = None
    ) -> models.ArticleOut:
        """Write an article.

        A draft in its first language.

        Errors: ArticleEmpty, ArticleNotFound, CategoryNotFound, OwnerUnknown, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut, "POST", "/api/v1/knowledge/articles", body=body, key=idempotency_key
        )

    async def get_article(self, article_id: Id) -> models.ArticleOut:
        """One article.

        In all its languages. Those who may edit get the newest versions, others what is
        published.

        Errors: ArticleNotFound.
        """
        return await self._transport.call(
            models.ArticleOut, "GET", "/api/v1/knowledge/articles/{}", article_id
        )

    async def change_article(self, article_id: Id, body: models.ArticleChange) -> models.ArticleOut:
        """Change an article.

        Category, brand, audience, review date, files: what holds for all languages.

        Errors: ArticleNotFound, CategoryNotFound, OwnerUnknown, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut, "PATCH", "/api/v1/knowledge/articles/{}", article_id, body=body
        )

    async def list_article_feedback(
        self, article_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.ArticleFeedbackPage:
        """What readers said.

        Whether it helped, and their comments.

        Errors: ArticleNotFound, BadCursor.
        """
        return await self._transport.call(
            models.ArticleFeedbackPage,
            "GET",
            "/api/v1/knowledge/articles/{}/feedback",
            article_id,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_article_feedback(
        self, article_id: Id, *, limit: int | None = None
    ) -> AsyncIterator[models.ArticleFeedbackOut]:
        """Every item of :meth:`list_article_feedback`, page after page."""
        return paging.walk(
            lambda place: self.list_article_feedback(article_id, limit=limit, cursor=place)
        )

    async def save_text(self, article_id: Id, locale: Id, body: models.TextIn) -> models.ArticleOut:
        """Save a language of an article.

        Adds a version, or a language. What is published stays until this is published.

        Errors: ArticleEmpty, ArticleNotFound, StaleArticle, UnknownLocale, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut,
            "PUT",
            "/api/v1/knowledge/articles/{}/texts/{}",
            article_id,
            locale,
            body=body,
        )

    async def archive_text(
        self, article_id: Id, locale: Id, *, idempotency_key: str | None = None
    ) -> models.ArticleOut:
        """Archive a language of an article.

        Readers no longer see it; it can be published again.

        Errors: ArticleNotFound, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut,
            "POST",
            "/api/v1/knowledge/articles/{}/texts/{}/archive",
            article_id,
            locale,
            key=idempotency_key,
        )

    async def compare_article_versions(
        self, article_id: Id, locale: Id, *, old: int | None = None, new: int | None = None
    ) -> models.ArticleDiff:
        """Compare two versions of an article.

        Line by line and word by word. Unless told otherwise, the newest with the one before.

        Errors: ArticleNotFound, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleDiff,
            "GET",
            "/api/v1/knowledge/articles/{}/texts/{}/diff",
            article_id,
            locale,
            query={"old": old, "new": new},
        )

    async def publish_text(
        self,
        article_id: Id,
        locale: Id,
        body: models.PublishIn,
        *,
        idempotency_key: str | None = None,
    ) -> models.ArticleOut:
        """Publish a language of an article.

        Readers see the newest version, or the one named, from now on.

        Where golden sets guard articles it is checked on them first: ``held`` says so, and it
        is published if customers' questions still find their articles.

        Errors: ArticleEmpty, ArticleNotFound, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut,
            "POST",
            "/api/v1/knowledge/articles/{}/texts/{}/publish",
            article_id,
            locale,
            body=body,
            key=idempotency_key,
        )

    async def set_article_questions(
        self, article_id: Id, locale: Id, body: models.QuestionsIn
    ) -> models.ArticleOut:
        """Set the questions that an article answers.

        In customers' words. By them it is found too; readers do not see them. Empty ones are
        dropped.

        Where golden sets guard articles they are checked on them first: ``held`` says so.

        Errors: ArticleNotFound, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut,
            "PUT",
            "/api/v1/knowledge/articles/{}/texts/{}/questions",
            article_id,
            locale,
            body=body,
        )

    async def rollback_text(
        self,
        article_id: Id,
        locale: Id,
        body: models.RollbackIn,
        *,
        idempotency_key: str | None = None,
    ) -> models.ArticleOut:
        """Bring back an old version.

        It comes back as a new version; nothing of the history is lost.

        Errors: ArticleEmpty, ArticleNotFound, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut,
            "POST",
            "/api/v1/knowledge/articles/{}/texts/{}/rollback",
            article_id,
            locale,
            body=body,
            key=idempotency_key,
        )

    async def list_article_versions(
        self, article_id: Id, locale: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> models.ArticleVersionPage:
        """Versions of an article.

        The newest first.

        Errors: ArticleNotFound, BadCursor, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleVersionPage,
            "GET",
            "/api/v1/knowledge/articles/{}/texts/{}/versions",
            article_id,
            locale,
            query={"limit": limit, "cursor": cursor},
        )

    def iterate_article_versions(
        self, article_id: Id, locale: Id, *, limit: int | None = None
    ) -> AsyncIterator[models.ArticleVersionOut]:
        """Every item of :meth:`list_article_versions`, page after page."""
        return paging.walk(
            lambda place: self.list_article_versions(article_id, locale, limit=limit, cursor=place)
        )

    async def get_article_version(
        self, article_id: Id, locale: Id, version: Id
    ) -> models.ArticleContent:
        """One version of an article.

        With its text.

        Errors: ArticleNotFound, VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleContent,
            "GET",
            "/api/v1/knowledge/articles/{}/texts/{}/versions/{}",
            article_id,
            locale,
            version,
        )

    async def list_categories(self) -> models.CategoryList:
        """List categories.

        All of them, in their order.
        """
        return await self._transport.call(
            models.CategoryList, "GET", "/api/v1/knowledge/categories"
        )

    async def create_category(
        self, body: models.CategoryIn, *, idempotency_key: str | None = None
    ) -> models.CategoryOut:
        """Add a category.

        Its name in each language; at the top or within another one.

        Errors: CategoryLoop, CategoryNotFound.
        """
        return await self._transport.call(
            models.CategoryOut,
            "POST",
            "/api/v1/knowledge/categories",
            body=body,
            key=idempotency_key,
        )

    async def change_category(
        self, category_id: Id, body: models.CategoryChange
    ) -> models.CategoryOut:
        """Change a category.

        Absent fields stay.

        Errors: CategoryLoop, CategoryNotFound.
        """
        return await self._transport.call(
            models.CategoryOut, "PATCH", "/api/v1/knowledge/categories/{}", category_id, body=body
        )

    async def delete_category(self, category_id: Id) -> None:
        """Remove a category.

        Only an empty one.

        Errors: CategoryInUse, CategoryNotFound.
        """
        await self._transport.send("DELETE", "/api/v1/knowledge/categories/{}", category_id)

    async def preview_document(
        self, file: Upload, *, idempotency_key: str | None = None
    ) -> models.DocumentOut:
        """Look at a document before it is imported.

        Markdown, HTML, Word or PDF as clean markup; ``POST /knowledge/articles`` then keeps it.

        Errors: DocumentEmpty, DocumentProtected, DocumentTooLarge, DocumentUnknown,
        ImportUnreadable.
        """
        return await self._transport.call(
            models.DocumentOut,
            "POST",
            "/api/v1/knowledge/documents",
            file=file,
            key=idempotency_key,
        )

    async def download_article_file(self, file_id: Id) -> bytes:
        """Download a file of an article.

        A picture in an article or a file below it.

        Errors: ArticleNotFound.
        """
        return await self._transport.fetch("GET", "/api/v1/knowledge/files/{}", file_id)

    async def import_article(
        self, body: models.ImportIn, *, idempotency_key: str | None = None
    ) -> models.ArticleOut:
        """Import a document.

        Markdown or HTML becomes a draft.

        Errors: ArticleEmpty, ArticleNotFound, CategoryNotFound, ImportUnreadable, OwnerUnknown,
        VersionNotFound.
        """
        return await self._transport.call(
            models.ArticleOut, "POST", "/api/v1/knowledge/imports", body=body, key=idempotency_key
        )

    async def knowledge_usage(
        self,
        *,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
        article: Id | None = None,
        agent: Id | None = None,
    ) -> models.Usage:
        """How articles are used.

        Adoption per article and agent, counted in tickets; the last thirty days by default.

        With ``article`` or ``agent`` only what became of this one.
        """
        return await self._transport.call(
            models.Usage,
            "GET",
            "/api/v1/knowledge/usage",
            query={"since": since, "until": until, "article": article, "agent": agent},
        )

    async def list_ticket_articles(
        self, ticket_id: Id, *, q: str | None = None, locale: str | None = None
    ) -> models.AdviceList:
        """Articles for a ticket.

        By what the customer wrote, or by ``q``; each with the words that speak for it.

        Errors: TicketNotFound.
        """
        return await self._transport.call(
            models.AdviceList,
            "GET",
            "/api/v1/tickets/{}/articles",
            ticket_id,
            query={"q": q, "locale": locale},
        )

    async def note_ticket_articles(
        self, ticket_id: Id, body: models.UsedIn, *, idempotency_key: str | None = None
    ) -> None:
        """Note what became of articles.

        Shown, opened or inserted; that one was sent is found out by looking at the answer.

        Errors: ArticleNotFound, TicketNotFound.
        """
        await self._transport.send(
            "POST", "/api/v1/tickets/{}/articles/used", ticket_id, body=body, key=idempotency_key
        )
