"""Articles in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.knowledge.types import Article, Category, File, Text, Version
from yizhan.kernel import sql, text
from yizhan.kernel.tx import Tx

_CATEGORY = ", ".join(field.name for field in msgspec.structs.fields(Category))
_ARTICLE = ", ".join(f"a.{field.name}" for field in msgspec.structs.fields(Article))
_TEXT = ", ".join(field.name for field in msgspec.structs.fields(Text))
_VERSION = ", ".join(field.name for field in msgspec.structs.fields(Version))
MOST_CATEGORIES = 2_000


async def insert(tx: Tx, table: str, row: msgspec.Struct) -> None:
    """Write a struct as a row."""
    values = {field: getattr(row, field) for field in row.__struct_fields__}
    statement, args = sql.statement(sql.Insert(table, {"workspace_id": tx.workspace_id, **values}))
    await tx.db.execute(statement, *args)


async def update(tx: Tx, table: str, row_id: int, *, values: Mapping[str, Any]) -> None:
    """Change columns of a row."""
    where = {"workspace_id": tx.workspace_id, "id": row_id}
    statement, args = sql.statement(sql.Update(table, where, values))
    await tx.db.execute(statement, *args)


# ------------------------------------------------------------------------------------ categories


async def categories(tx: Tx) -> list[Category]:
    """All of them, in their order."""
    return await tx.db.fetch_as(
        Category,
        f"SELECT {_CATEGORY} FROM knowledge_category WHERE workspace_id = $1"
        f" ORDER BY position, id LIMIT {MOST_CATEGORIES}",
        tx.workspace_id,
    )


async def category_used(tx: Tx, category_id: int) -> bool:
    """Whether anything is in it."""
    found: bool = await tx.db.fetchval(
        "SELECT EXISTS (SELECT FROM article WHERE workspace_id = $1 AND category_id = $2)"
        " OR EXISTS (SELECT FROM knowledge_category WHERE workspace_id = $1 AND parent_id = $2)",
        tx.workspace_id,
        category_id,
    )
    return found


async def remove_category(tx: Tx, category_id: int) -> None:
    await tx.db.execute(
        "DELETE FROM knowledge_category WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        category_id,
    )


# --------------------------------------------------------------------------------------- articles


async def article(tx: Tx, article_id: int, *, lock: bool = False) -> Article | None:
    return await tx.db.fetchrow_as(
        Article,
        f"SELECT {_ARTICLE} FROM article a WHERE a.workspace_id = $1 AND a.id = $2"
        + (" FOR UPDATE" if lock else ""),
        tx.workspace_id,
        article_id,
    )


async def articles(
    tx: Tx,
    *,
    where: str,
    values: Sequence[Any],
    before: tuple[datetime | None, int | None],
    limit: int,
) -> list[Article]:
    """By the newest change; ``where`` is about ``a`` with its values from $5 on."""
    return await tx.db.fetch_as(
        Article,
        f"SELECT {_ARTICLE} FROM article a WHERE a.workspace_id = $1"
        " AND ($2::timestamptz IS NULL OR (a.updated_at, a.id) < ($2, $3::bigint))"
        f" AND {where} ORDER BY a.updated_at DESC, a.id DESC LIMIT $4",
        tx.workspace_id,
        *before,
        limit,
        *values,
    )


async def texts(tx: Tx, ids: Sequence[int]) -> list[Text]:
    """The languages of articles."""
    return await tx.db.fetch_as(
        Text,
        f"SELECT {_TEXT} FROM article_text WHERE workspace_id = $1 AND article_id = ANY($2)"
        " ORDER BY article_id, id",
        tx.workspace_id,
        list(ids),
    )


async def text_of(tx: Tx, article_id: int, *, locale: str) -> Text | None:
    return await tx.db.fetchrow_as(
        Text,
        f"SELECT {_TEXT} FROM article_text WHERE workspace_id = $1 AND article_id = $2"
        " AND locale = $3",
        tx.workspace_id,
        article_id,
        locale,
    )


async def versions(tx: Tx, wanted: Sequence[tuple[int, int]]) -> list[Version]:
    """Versions by text and number."""
    return await tx.db.fetch_as(
        Version,
        f"SELECT {_VERSION} FROM article_version WHERE workspace_id = $1 AND (text_id, version) IN"
        " (SELECT * FROM unnest($2::bigint[], $3::int[]))",
        tx.workspace_id,
        [one[0] for one in wanted],
        [one[1] for one in wanted],
    )


async def version(tx: Tx, text_id: int, *, number: int) -> Version | None:
    found = await versions(tx, [(text_id, number)])
    return found[0] if found else None


async def history(tx: Tx, text_id: int, *, before: int | None, limit: int) -> list[Version]:
    """The newest versions first, without their texts."""
    bare = _VERSION.replace("html, plain", "'' AS html, '' AS plain")
    return await tx.db.fetch_as(
        Version,
        f"SELECT {bare} FROM article_version WHERE workspace_id = $1 AND text_id = $2"
        " AND ($3::int IS NULL OR version < $3) ORDER BY version DESC LIMIT $4",
        tx.workspace_id,
        text_id,
        before,
        limit,
    )


# ------------------------------------------------------------------------------------------ files


async def files(tx: Tx, article_id: int, *, listed: bool) -> list[File]:
    """The files below an article, or all of it."""
    return await tx.db.fetch_as(
        File,
        "SELECT f.id, f.name, f.content_type, f.size, f.sha256 FROM article_file af JOIN file f"
        " ON f.workspace_id = af.workspace_id AND f.id = af.file_id"
        " WHERE af.workspace_id = $1 AND af.article_id = $2 AND (af.listed OR NOT $3)"
        " ORDER BY af.position, f.id",
        tx.workspace_id,
        article_id,
        listed,
    )


async def add_file(tx: Tx, row: File) -> None:
    """The actor's own."""
    await tx.db.execute(
        "INSERT INTO file (workspace_id, id, name, content_type, size, sha256, owner_kind, owner_id)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        tx.workspace_id,
        row.id,
        row.name,
        row.content_type,
        row.size,
        row.sha256,
        tx.actor.kind,
        tx.actor.agent_id or tx.actor.id,
    )


async def own_files(tx: Tx, ids: Sequence[int]) -> set[int]:
    """Those of some files that the actor uploaded, or that are in an article already."""
    rows = await tx.db.fetch(
        "SELECT f.id FROM file f WHERE f.workspace_id = $1 AND f.id = ANY($2) AND (f.owner_id = ANY($3)"
        " OR EXISTS (SELECT FROM article_file af WHERE af.workspace_id = $1 AND af.file_id = f.id))",
        tx.workspace_id,
        list(ids),
        [one for one in (tx.actor.id, tx.actor.agent_id) if one is not None],
    )
    return {row[0] for row in rows}


async def add_files(tx: Tx, article_id: int, *, ids: Sequence[int]) -> None:
    """Pictures within an article."""
    await tx.db.execute(
        "INSERT INTO article_file (workspace_id, article_id, file_id)"
        " SELECT $1, $2, unnest($3::bigint[]) ON CONFLICT DO NOTHING",
        tx.workspace_id,
        article_id,
        list(ids),
    )


async def list_files(tx: Tx, article_id: int, *, ids: Sequence[int]) -> None:
    """Exactly these are offered below the article."""
    await tx.db.execute(
        "WITH gone AS (UPDATE article_file SET listed = false WHERE workspace_id = $1"
        "   AND article_id = $2 AND NOT file_id = ANY($3))"
        " INSERT INTO article_file (workspace_id, article_id, file_id, listed, position)"
        " SELECT $1, $2, u.id, true, u.n FROM unnest($3::bigint[]) WITH ORDINALITY AS u(id, n)"
        " ON CONFLICT (workspace_id, article_id, file_id)"
        " DO UPDATE SET listed = true, position = excluded.position",
        tx.workspace_id,
        article_id,
        list(ids),
    )


async def file_places(tx: Tx, file_id: int) -> tuple[File | None, list[int]]:
    """A file and the articles that it is in."""
    found = await tx.db.fetchrow_as(
        File,
        "SELECT id, name, content_type, size, sha256 FROM file WHERE workspace_id = $1 AND id = $2",
        tx.workspace_id,
        file_id,
    )
    rows = await tx.db.fetch(
        "SELECT article_id FROM article_file WHERE workspace_id = $1 AND file_id = $2",
        tx.workspace_id,
        file_id,
    )
    return found, [row[0] for row in rows]


# ----------------------------------------------------------------------------------------- search


async def index(tx: Tx, one: Text, *, shown: Version, internal: bool) -> None:
    """Write what a language of an article is found by."""
    words = text.tokens(" ".join([shown.title, shown.summary, *one.questions, shown.plain]))
    await tx.db.execute(
        """INSERT INTO search_doc (workspace_id, kind, id, internal, at, vector)
        VALUES ($1, 'article', $2, $3, $4, array_to_tsvector($5::text[]))
        ON CONFLICT (workspace_id, kind, id) DO UPDATE
        SET internal = excluded.internal, at = excluded.at, vector = excluded.vector""",
        tx.workspace_id,
        one.id,
        internal,
        tx.now,
        words,
    )


async def matching(tx: Tx, query: str, *, before: int, most: int) -> list[int]:
    """Languages of articles that hold all words, the newest first."""
    rows = await tx.db.fetch(
        "SELECT id FROM yizhan_search_others($1::tsquery, 'article', $2, $3)", query, before, most
    )
    return [row[0] for row in rows]


async def ranked(tx: Tx, words: Sequence[str], *, most: int) -> list[Any]:
    """Languages of articles that share words with a text, best first: id, words, score."""
    asked = " | ".join(text.lexeme(word) for word in words)
    return await tx.db.fetch(
        "SELECT id, words, score FROM yizhan_rank_articles($1::text[], $2::tsquery, $3)",
        list(words),
        asked,
        most,
    )
