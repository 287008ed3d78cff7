"""What people who work here see of articles: lists, all languages, the history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import diffing, errors, repository, schemas
from yizhan.domains.knowledge.service import writing
from yizhan.domains.knowledge.types import Article, Text, Version
from yizhan.kernel import guards, pagination, text
from yizhan.kernel.tx import Tx

_NEWEST = (1 << 63) - 1
_MOST_FOUND = 500


async def get(tx: Tx, article_id: int) -> Article:
    """Errors: ArticleNotFound, also for what is not published yet and is not yours to edit."""
    permissions.require(tx.actor, "knowledge:read")
    found = await repository.article(tx, article_id)
    if found is None or not await _visible_texts(tx, [found]):
        raise errors.ArticleNotFound
    return found


async def _visible_texts(tx: Tx, rows: Sequence[Article]) -> list[Text]:
    """Readers see what is published, writers everything."""
    found = await repository.texts(tx, [row.id for row in rows])
    if permissions.can(tx.actor, "knowledge:edit"):
        return found
    return [one for one in found if one.state == "published"]


def _number_of(tx: Tx, one: Text) -> int:
    """The version that this actor gets to see: the newest, or the one that is shown."""
    if permissions.can(tx.actor, "knowledge:edit") or one.published is None:
        return one.version
    return one.published


async def listed(
    tx: Tx,
    *,
    q: str = "",
    category_id: int | None = None,
    brand_id: int | None = None,
    state: str | None = None,
    locale: str | None = None,
    owner_id: int | None = None,
    review_due: bool = False,
    limit: int | None = None,
    cursor: str | None = None,
) -> pagination.Page[schemas.ArticleRow]:
    """By the newest change."""
    permissions.require(tx.actor, "knowledge:read")
    size = pagination.limit_of(limit)
    where, values = await _where(
        tx, q=q, category_id=category_id, brand_id=brand_id, state=state, locale=locale
    )
    if owner_id is not None:
        values.append(owner_id)
        where += f" AND a.owner_id = ${4 + len(values)}"
    if review_due:
        values.append(tx.now.date())
        where += f" AND a.review_on <= ${4 + len(values)}"
    rows = await repository.articles(
        tx,
        where=where,
        values=values,
        before=pagination.moment_and_id(cursor),
        limit=size + 1,
    )
    page = pagination.page(rows, size, lambda row: (row.updated_at, row.id))
    return pagination.Page(await rows_out(tx, page.items), page.next_cursor)


async def _where(
    tx: Tx,
    *,
    q: str,
    category_id: int | None,
    brand_id: int | None,
    state: str | None,
    locale: str | None,
) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []

    def bind(value: Any) -> str:
        values.append(value)
        return f"${4 + len(values)}"

    of_text = ["x.workspace_id = a.workspace_id", "x.article_id = a.id"]
    if not permissions.can(tx.actor, "knowledge:edit"):
        of_text.append("x.state = 'published'")
    if state:
        of_text.append(f"x.state = {bind(state)}")
    if locale:
        of_text.append(f"x.locale = {bind(locale)}")
    if q.strip():
        asked = text.query(q)
        found = (
            await repository.matching(tx, asked + ":*", before=_NEWEST, most=_MOST_FOUND)
            if asked
            else []
        )
        of_text.append(f"x.id = ANY({bind(found)}::bigint[])")
    parts.append(f"EXISTS (SELECT FROM article_text x WHERE {' AND '.join(of_text)})")
    if category_id is not None:
        parts.append(f"a.category_id = {bind(category_id)}")
    if brand_id is not None:
        parts.append(f"(a.brand_id IS NULL OR a.brand_id = {bind(brand_id)})")
    return " AND ".join(parts), values


async def _votes(tx: Tx, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    rows = await tx.db.fetch(
        "SELECT article_id, count(*) FILTER (WHERE helpful), count(*) FILTER (WHERE NOT helpful)"
        " FROM article_feedback WHERE workspace_id = $1 AND article_id = ANY($2) GROUP BY 1",
        tx.workspace_id,
        list(ids),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def _held(tx: Tx, texts: Sequence[Text]) -> dict[int, list[guards.HeldChange]]:
    """What of each language waits for a check; readers are not told."""
    if not permissions.can(tx.actor, "knowledge:edit"):
        return {}
    found: dict[int, list[guards.HeldChange]] = {}
    kinds: tuple[guards.Kind, ...] = ("article", "questions")
    for kind in kinds:
        waiting = await guards.waiting(tx, kind, [str(one.id) for one in texts])
        for subject, one in waiting.items():
            found.setdefault(int(subject), []).append(one)
    return found


async def rows_out(tx: Tx, rows: Sequence[Article]) -> list[schemas.ArticleRow]:
    """Articles with their languages, in a fixed number of queries."""
    texts = await _visible_texts(tx, rows)
    versions = await repository.versions(tx, [(one.id, _number_of(tx, one)) for one in texts])
    by_text = {one.text_id: one for one in versions}
    votes = await _votes(tx, [row.id for row in rows])
    held = await _held(tx, texts)
    return [
        schemas.row_of(
            row,
            texts=[
                schemas.state_out(one, by_text[one.id], held=held.get(one.id, []))
                for one in texts
                if one.article_id == row.id
            ],
            votes=votes.get(row.id, (0, 0)),
            today=tx.now.date(),
        )
        for row in rows
    ]


async def detail(tx: Tx, article: Article) -> schemas.ArticleOut:
    """An article with what it says in each language."""
    row = (await rows_out(tx, [article]))[0]
    texts = await _visible_texts(tx, [article])
    versions = await repository.versions(tx, [(one.id, _number_of(tx, one)) for one in texts])
    by_text = {one.text_id: one for one in versions}
    files = await repository.files(tx, article.id, listed=True)
    fields = {name: getattr(row, name) for name in row.__struct_fields__}
    return schemas.ArticleOut(
        **fields,
        contents=[schemas.content_out(one.locale, by_text[one.id]) for one in texts],
        files=[schemas.file_out(one) for one in files],
    )


# ---------------------------------------------------------------------------------------- history


async def _text(tx: Tx, article_id: int, *, locale: str) -> Text:
    """For those who write: old versions and drafts are theirs."""
    article = await get(tx, article_id)
    permissions.require(tx.actor, "knowledge:edit")
    return await writing.text_in(tx, article.id, locale=locale)


async def history(
    tx: Tx, article_id: int, *, locale: str, limit: int | None, cursor: str | None
) -> schemas.ArticleVersionPage:
    """The newest first."""
    known = await _text(tx, article_id, locale=locale)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await repository.history(tx, known.id, before=key[0] if key else None, limit=size + 1)
    page = pagination.page(rows, size, lambda row: (row.version,))
    items = [schemas.version_out(row) for row in page.items]
    return schemas.ArticleVersionPage(items, page.next_cursor)


async def one_version(tx: Tx, article_id: int, *, locale: str, number: int) -> Version:
    known = await _text(tx, article_id, locale=locale)
    return await writing.version_in(tx, known, number=number)


async def difference(
    tx: Tx, article_id: int, *, locale: str, old: int | None, new: int | None
) -> schemas.ArticleDiff:
    """Errors: VersionNotFound."""
    known = await _text(tx, article_id, locale=locale)
    last = known.version if new is None else new
    first = max(1, last - 1) if old is None else old
    before = await writing.version_in(tx, known, number=first)
    after = await writing.version_in(tx, known, number=last)
    return schemas.ArticleDiff(
        first,
        last,
        diffing.compare(before.title, after.title),
        diffing.compare(before.summary, after.summary),
        diffing.compare(before.plain, after.plain),
    )


async def feedback(
    tx: Tx, article_id: int, *, limit: int | None, cursor: str | None
) -> schemas.ArticleFeedbackPage:
    """What readers said, the newest first."""
    article = await get(tx, article_id)
    size = pagination.limit_of(limit)
    key = pagination.decode(cursor, int)
    rows = await tx.db.fetch(
        "SELECT id, locale, version, helpful, comment, at FROM article_feedback WHERE workspace_id = $1"
        " AND article_id = $2 AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        tx.workspace_id,
        article.id,
        key[0] if key else None,
        size + 1,
    )
    page = pagination.page(rows, size, lambda row: (row["id"],))
    items = [schemas.ArticleFeedbackOut(str(row["id"]), *list(row)[1:]) for row in page.items]
    return schemas.ArticleFeedbackPage(items, page.next_cursor)
