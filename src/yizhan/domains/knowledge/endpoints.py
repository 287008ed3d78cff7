"""Categories, articles, their languages and versions over HTTP."""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Response, delete, get, patch, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, Parameter, QueryParameter

from yizhan.domains.knowledge import errors, schemas
from yizhan.domains.knowledge.service import (
    categories,
    files,
    importing,
    questions,
    reading,
    writing,
)
from yizhan.domains.knowledge.types import State
from yizhan.kernel import http
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge
from yizhan.kernel.pagination import Page
from yizhan.kernel.tx import Tx

_TAGS = ["knowledge"]
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
_TEXT = "/knowledge/articles/{article_id:int}/texts/{locale:str}"
Query = Annotated[str, Parameter(max_length=200)]


@get("/knowledge/categories", summary="List categories", tags=_TAGS)
async def list_categories(tx: Tx) -> schemas.CategoryList:
    """All of them, in their order."""
    return schemas.CategoryList([schemas.category_out(row) for row in await categories.listed(tx)])


@post("/knowledge/categories", summary="Add a category", tags=_TAGS)
async def create_category(tx: Tx, data: schemas.CategoryIn) -> schemas.CategoryOut:
    """Its name in each language; at the top or within another one."""
    return schemas.category_out(await categories.create(tx, data))


@patch("/knowledge/categories/{category_id:int}", summary="Change a category", tags=_TAGS)
async def change_category(
    tx: Tx, category_id: int, data: schemas.CategoryChange
) -> schemas.CategoryOut:
    """Absent fields stay."""
    return schemas.category_out(await categories.change(tx, category_id, data=data))


@delete("/knowledge/categories/{category_id:int}", summary="Remove a category", tags=_TAGS)
async def delete_category(tx: Tx, category_id: int) -> None:
    """Only an empty one."""
    await categories.delete(tx, category_id)


@get("/knowledge/articles", summary="List or find articles", tags=_TAGS)
async def list_articles(
    tx: Tx,
    q: Query = "",
    category: int | None = None,
    brand: int | None = None,
    status: Annotated[State | None, QueryParameter(name="state")] = None,
    locale: str | None = None,
    owner: int | None = None,
    review: Literal["due"] | None = None,
    limit: int | None = None,
    cursor: str | None = None,
) -> Page[schemas.ArticleRow]:
    """By the newest change. Drafts are listed for those who may edit."""
    return await reading.listed(
        tx,
        q=q,
        category_id=category,
        brand_id=brand,
        state=status,
        locale=locale,
        owner_id=owner,
        review_due=review == "due",
        limit=limit,
        cursor=cursor,
    )


@post("/knowledge/articles", summary="Write an article", tags=_TAGS)
async def create_article(tx: Tx, data: schemas.ArticleIn) -> schemas.ArticleOut:
    """A draft in its first language."""
    return await reading.detail(tx, await writing.create(tx, data))


@post("/knowledge/imports", summary="Import a document", tags=_TAGS)
async def import_article(tx: Tx, data: schemas.ImportIn) -> schemas.ArticleOut:
    """Markdown or HTML becomes a draft."""
    return await reading.detail(tx, await importing.take(tx, data))


@post(
    "/knowledge/documents",
    summary="Look at a document before it is imported",
    tags=_TAGS,
    status_code=200,
    opt={"errors": tuple(importing.REFUSALS.values())},
)
async def preview_document(
    who: Actor,
    edge: Edge,
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> schemas.DocumentOut:
    """Markdown, HTML, Word or PDF as clean markup; ``POST /knowledge/articles`` then keeps it."""
    return await importing.look(edge, who, name=data.filename, raw=await data.read())


async def _out(tx: Tx, article_id: int) -> schemas.ArticleOut:
    return await reading.detail(tx, await reading.get(tx, article_id))


@get("/knowledge/articles/{article_id:int}", summary="One article", tags=_TAGS)
async def get_article(tx: Tx, article_id: int) -> schemas.ArticleOut:
    """In all its languages. Those who may edit get the newest versions, others what is published."""
    return await _out(tx, article_id)


@patch("/knowledge/articles/{article_id:int}", summary="Change an article", tags=_TAGS)
async def change_article(
    tx: Tx, article_id: int, data: schemas.ArticleChange
) -> schemas.ArticleOut:
    """Category, brand, audience, review date, files: what holds for all languages."""
    await writing.change(tx, article_id, data=data)
    return await _out(tx, article_id)


@put(_TEXT, summary="Save a language of an article", tags=_TAGS)
async def save_text(
    tx: Tx, article_id: int, locale: str, data: schemas.TextIn
) -> schemas.ArticleOut:
    """Adds a version, or a language. What is published stays until this is published."""
    schemas.check_locale(locale)
    await writing.save(tx, article_id, locale=locale, data=data)
    return await _out(tx, article_id)


@put(
    f"{_TEXT}/questions",
    summary="Set the questions that an article answers",
    tags=_TAGS,
    opt={"errors": (errors.ArticleNotFound, errors.VersionNotFound)},
)
async def set_article_questions(
    tx: Tx, article_id: int, locale: str, data: schemas.QuestionsIn
) -> schemas.ArticleOut:
    """In customers' words. By them it is found too; readers do not see them. Empty ones are dropped.

    Where golden sets guard articles they are checked on them first: ``held`` says so.
    """
    await questions.change(tx, article_id, locale=locale, questions=data.questions)
    return await _out(tx, article_id)


@post(f"{_TEXT}/publish", summary="Publish a language of an article", tags=_TAGS, status_code=200)
async def publish_text(
    tx: Tx, article_id: int, locale: str, data: schemas.PublishIn
) -> schemas.ArticleOut:
    """Readers see the newest version, or the one named, from now on.

    Where golden sets guard articles it is checked on them first: ``held`` says so, and it is published
    if customers' questions still find their articles.
    """
    await writing.publish(tx, article_id, locale=locale, number=data.version)
    return await _out(tx, article_id)


@post(f"{_TEXT}/archive", summary="Archive a language of an article", tags=_TAGS, status_code=200)
async def archive_text(tx: Tx, article_id: int, locale: str) -> schemas.ArticleOut:
    """Readers no longer see it; it can be published again."""
    await writing.archive(tx, article_id, locale=locale)
    return await _out(tx, article_id)


@post(f"{_TEXT}/rollback", summary="Bring back an old version", tags=_TAGS, status_code=200)
async def rollback_text(
    tx: Tx, article_id: int, locale: str, data: schemas.RollbackIn
) -> schemas.ArticleOut:
    """It comes back as a new version; nothing of the history is lost."""
    await writing.bring_back(tx, article_id, locale=locale, number=data.version)
    return await _out(tx, article_id)


@get(f"{_TEXT}/versions", summary="Versions of an article", tags=_TAGS)
async def list_article_versions(
    tx: Tx, article_id: int, locale: str, limit: int | None = None, cursor: str | None = None
) -> schemas.ArticleVersionPage:
    """The newest first."""
    return await reading.history(tx, article_id, locale=locale, limit=limit, cursor=cursor)


@get(f"{_TEXT}/versions/{{version:int}}", summary="One version of an article", tags=_TAGS)
async def get_article_version(
    tx: Tx, article_id: int, locale: str, version: int
) -> schemas.ArticleContent:
    """With its text."""
    found = await reading.one_version(tx, article_id, locale=locale, number=version)
    return schemas.content_out(locale, found)


@get(f"{_TEXT}/diff", summary="Compare two versions of an article", tags=_TAGS)
async def compare_article_versions(
    tx: Tx, article_id: int, locale: str, old: int | None = None, new: int | None = None
) -> schemas.ArticleDiff:
    """Line by line and word by word. Unless told otherwise, the newest with the one before."""
    return await reading.difference(tx, article_id, locale=locale, old=old, new=new)


@get("/knowledge/articles/{article_id:int}/feedback", summary="What readers said", tags=_TAGS)
async def list_article_feedback(
    tx: Tx, article_id: int, limit: int | None = None, cursor: str | None = None
) -> schemas.ArticleFeedbackPage:
    """Whether it helped, and their comments."""
    return await reading.feedback(tx, article_id, limit=limit, cursor=cursor)


@get(
    "/knowledge/files/{file_id:int}",
    summary="Download a file of an article",
    tags=_TAGS,
    media_type="application/octet-stream",
)
async def download_article_file(who: Actor, edge: Edge, file_id: int) -> Response[bytes]:
    """A picture in an article or a file below it."""
    async with edge.database.begin(who) as tx:
        found = await files.for_staff(tx, file_id)
    content = await edge.store.get(who.workspace_id, found.sha256)
    return http.file_response(found.name, found.content_type, content, kept="private, max-age=3600")


routes = [
    list_categories,
    create_category,
    change_category,
    delete_category,
    list_articles,
    create_article,
    import_article,
    preview_document,
    get_article,
    change_article,
    save_text,
    set_article_questions,
    publish_text,
    archive_text,
    rollback_text,
    list_article_versions,
    get_article_version,
    compare_article_versions,
    list_article_feedback,
    download_article_file,
]
