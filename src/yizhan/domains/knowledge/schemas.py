"""What the API takes and gives of articles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.knowledge import errors
from yizhan.domains.knowledge.diffing import DiffLine
from yizhan.domains.knowledge.documents.types import Kind, Note
from yizhan.domains.knowledge.types import (
    Article,
    Audience,
    Category,
    File,
    State,
    Text,
    Version,
)
from yizhan.kernel.guards import HeldChange

Locale = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?$")]
Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Title = Annotated[str, Meta(min_length=1, max_length=300)]
Summary = Annotated[str, Meta(max_length=1000)]
Html = Annotated[str, Meta(max_length=400_000)]
Tags = Annotated[list[Annotated[str, Meta(min_length=1, max_length=60)]], Meta(max_length=50)]
Names = Annotated[
    dict[Locale, Annotated[str, Meta(min_length=1, max_length=100)]], Meta(min_length=1)
]
FileIds = Annotated[list[Id], Meta(max_length=30)]


class CategoryIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new category."""

    names: Names
    parent_id: Id | None = None
    brand_id: Id | None = None
    position: int = 0


class CategoryChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Absent fields stay."""

    names: Names | UnsetType = UNSET
    parent_id: Id | UnsetType | None = UNSET
    brand_id: Id | UnsetType | None = UNSET
    position: int | UnsetType = UNSET


class CategoryOut(msgspec.Struct):
    """A category."""

    id: str
    parent_id: str | None
    brand_id: str | None
    names: dict[str, str]
    position: int


class CategoryList(msgspec.Struct):
    """All categories; the tree is in ``parent_id``."""

    items: list[CategoryOut]


class TextIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One language of an article. ``base``: the version that was edited; 409 if there is a newer one."""

    title: Title
    html: Html
    summary: Summary = ""
    base: int | None = None


class ArticleIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new article in its first language."""

    locale: Locale
    title: Title
    html: Html = ""
    summary: Summary = ""
    category_id: Id | None = None
    brand_id: Id | None = None
    audience: Audience = "public"
    audience_tags: Tags = []
    review_on: date | None = None


class ArticleChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Absent fields stay."""

    category_id: Id | UnsetType | None = UNSET
    brand_id: Id | UnsetType | None = UNSET
    audience: Audience | UnsetType = UNSET
    audience_tags: Tags | UnsetType = UNSET
    owner_id: Id | UnsetType | None = UNSET
    review_on: date | UnsetType | None = UNSET
    file_ids: FileIds | UnsetType = UNSET


class QuestionsIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Questions that an article answers, as customers ask them."""

    questions: Annotated[
        list[Annotated[str, Meta(min_length=1, max_length=300)]], Meta(max_length=50)
    ]


class PublishIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which version; the newest when none is named."""

    version: int | None = None


class RollbackIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The version that comes back, as a new one."""

    version: int


class ImportIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A document that becomes a draft. Without a title the document's first heading is it."""

    format: Literal["markdown", "html"]
    content: Html
    locale: Locale
    title: Annotated[str, Meta(max_length=300)] = ""
    category_id: Id | None = None
    brand_id: Id | None = None
    audience: Audience = "public"


class DocumentOut(msgspec.Struct):
    """What a document would be as an article. Nothing is kept but its pictures."""

    kind: Kind
    title: str
    html: str
    pictures: int
    notes: list[Note]  # what of the document is not in it


class ArticleTextState(msgspec.Struct):
    """How far one language of an article is."""

    locale: str
    state: State
    title: str
    summary: str
    version: int
    published: int | None
    published_at: datetime | None
    updated_at: datetime
    questions: list[str] = []  # that it answers, in customers' words
    held: list[HeldChange] = []  # a version to publish, questions: what waits for a check


class ArticleRow(msgspec.Struct):
    """An article in a list."""

    id: str
    category_id: str | None
    brand_id: str | None
    audience: Audience
    audience_tags: list[str]
    locale: str
    author: str
    owner_id: str | None
    review_on: date | None
    review_due: bool
    created_at: datetime
    updated_at: datetime
    texts: list[ArticleTextState]
    helpful: int
    unhelpful: int


class ArticleFileOut(msgspec.Struct):
    """A file below an article."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class ArticleVersionOut(msgspec.Struct):
    """A version in the history."""

    version: int
    title: str
    summary: str
    author: str
    at: datetime
    restored: int | None


class ArticleContent(msgspec.Struct):
    """One version with its text."""

    locale: str
    version: int
    title: str
    summary: str
    html: str
    plain: str
    author: str
    at: datetime


class ArticleOut(ArticleRow):
    """An article with the newest version of each language that you may see."""

    contents: list[ArticleContent]
    files: list[ArticleFileOut]


class ArticleVersionPage(msgspec.Struct):
    """Versions, the newest first."""

    items: list[ArticleVersionOut]
    next_cursor: str | None = None


class ArticleDiff(msgspec.Struct):
    """What two versions say differently."""

    old: int
    new: int
    title: list[DiffLine]
    summary: list[DiffLine]
    body: list[DiffLine]


class ArticleFeedbackOut(msgspec.Struct):
    """What a reader said."""

    id: str
    locale: str
    version: int
    helpful: bool
    comment: str
    at: datetime


class ArticleFeedbackPage(msgspec.Struct):
    """The newest first."""

    items: list[ArticleFeedbackOut]
    next_cursor: str | None = None


def text_id(value: int | None) -> str | None:
    return None if value is None else str(value)


def category_out(row: Category) -> CategoryOut:
    return CategoryOut(
        str(row.id), text_id(row.parent_id), text_id(row.brand_id), row.names, row.position
    )


def file_out(row: File) -> ArticleFileOut:
    return ArticleFileOut(
        str(row.id), row.name, row.content_type, row.size, f"/api/v1/knowledge/files/{row.id}"
    )


def state_out(row: Text, version: Version, *, held: list[HeldChange]) -> ArticleTextState:
    return ArticleTextState(
        locale=row.locale,
        state=row.state,
        title=version.title,
        summary=version.summary,
        version=row.version,
        published=row.published,
        published_at=row.published_at,
        updated_at=row.updated_at,
        questions=row.questions,
        held=held,
    )


def content_out(locale: str, row: Version) -> ArticleContent:
    return ArticleContent(
        locale=locale,
        version=row.version,
        title=row.title,
        summary=row.summary,
        html=row.html,
        plain=row.plain,
        author=row.author_name,
        at=row.at,
    )


def version_out(row: Version) -> ArticleVersionOut:
    return ArticleVersionOut(
        row.version, row.title, row.summary, row.author_name, row.at, row.restored
    )


def row_of(
    row: Article, *, texts: list[ArticleTextState], votes: tuple[int, int], today: date
) -> ArticleRow:
    return ArticleRow(
        id=str(row.id),
        category_id=text_id(row.category_id),
        brand_id=text_id(row.brand_id),
        audience=row.audience,
        audience_tags=row.audience_tags,
        locale=row.locale,
        author=row.author_name,
        owner_id=text_id(row.owner_id),
        review_on=row.review_on,
        review_due=row.review_on is not None and row.review_on <= today,
        created_at=row.created_at,
        updated_at=row.updated_at,
        texts=texts,
        helpful=votes[0],
        unhelpful=votes[1],
    )


def check_locale(value: str) -> None:
    """Errors: UnknownLocale."""
    try:
        msgspec.convert(value, Locale)
    except msgspec.ValidationError as error:
        raise errors.UnknownLocale(field="locale") from error
