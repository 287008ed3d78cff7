"""Writing articles: new ones, versions, publishing, archiving, bringing back."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands, colleagues
from yizhan.domains.knowledge import content, errors, events, repository, schemas
from yizhan.domains.knowledge.service import categories
from yizhan.domains.knowledge.types import READ_ALL_JOB, Article, Text, Version
from yizhan.kernel import guards
from yizhan.kernel.tx import Tx

_FIELDS = ("category_id", "brand_id", "audience", "audience_tags", "owner_id", "review_on")


async def locked(tx: Tx, article_id: int, *, permission: str) -> Article:
    """An article to change. Errors: ArticleNotFound, Forbidden."""
    permissions.can_see(tx.actor, "knowledge:read", permissions.Resource())
    found = await repository.article(tx, article_id, lock=True)
    if found is None:
        raise errors.ArticleNotFound
    permissions.require(tx.actor, permission)
    return found


async def text_in(tx: Tx, article_id: int, *, locale: str) -> Text:
    """One language. Errors: VersionNotFound."""
    found = await repository.text_of(tx, article_id, locale=locale)
    if found is None:
        raise errors.VersionNotFound
    return found


async def version_in(tx: Tx, one: Text, *, number: int) -> Version:
    """Errors: VersionNotFound."""
    found = await repository.version(tx, one.id, number=number)
    if found is None:
        raise errors.VersionNotFound
    return found


async def create(tx: Tx, data: schemas.ArticleIn) -> Article:
    """A draft. Errors: CategoryNotFound, NotFound for the brand, ArticleEmpty."""
    permissions.require(tx.actor, "knowledge:edit")
    article = Article(
        id=tx.new_id(),
        category_id=categories.number(data.category_id),
        brand_id=categories.number(data.brand_id),
        audience=data.audience,
        audience_tags=sorted(set(data.audience_tags)),
        locale=data.locale,
        author_id=tx.actor.agent_id or tx.actor.id,
        author_name=tx.actor.name,
        owner_id=tx.actor.agent_id or (tx.actor.id if tx.actor.kind == "agent" else None),
        review_on=data.review_on,
        created_at=tx.now,
        updated_at=tx.now,
    )
    await _check(tx, {"category_id": article.category_id, "brand_id": article.brand_id})
    await repository.insert(tx, "article", article)
    changes = {name: [None, _plain(getattr(article, name))] for name in _FIELDS}
    tx.emit(events.ArticleCreated(article_id=article.id, changes=changes))
    given = schemas.TextIn(title=data.title, html=data.html, summary=data.summary)
    await _save(tx, article, locale=data.locale, data=given, known=None)
    return article


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


async def _check(tx: Tx, values: dict[str, Any]) -> None:
    if values.get("brand_id") is not None:
        await brands.get(tx, values["brand_id"])
    if values.get("category_id") is not None:
        await categories.get(tx, values["category_id"])
    owner_id = values.get("owner_id")
    if owner_id is not None and not await colleagues.actors(tx, [owner_id]):
        raise errors.OwnerUnknown(field="owner_id")


async def change(tx: Tx, article_id: int, *, data: schemas.ArticleChange) -> None:
    """What holds for all languages. Who may read it is the publisher's to say."""
    old = await locked(tx, article_id, permission="knowledge:edit")
    values: dict[str, Any] = {}
    for name in _FIELDS:
        given = getattr(data, name)
        if given is not UNSET:
            values[name] = categories.number(given) if name.endswith("_id") else given
    if "audience_tags" in values:
        values["audience_tags"] = sorted(set(values["audience_tags"]))
    values = {name: new for name, new in values.items() if new != getattr(old, name)}
    if values.keys() & {"audience", "audience_tags", "brand_id"} and await _is_shown(tx, old):
        permissions.require(tx.actor, "knowledge:publish")
    await _check(tx, values)
    changes = {name: [_plain(getattr(old, name)), _plain(new)] for name, new in values.items()}
    if data.file_ids is not UNSET:
        changes |= await _list_files(tx, article_id, wanted=[int(one) for one in data.file_ids])
    if not changes:
        return
    await repository.update(tx, "article", article_id, values={**values, "updated_at": tx.now})
    tx.emit(events.ArticleUpdated(article_id=article_id, changes=changes))
    if "audience" in values:
        await index_again(tx, msgspec.structs.replace(old, **values))


async def _is_shown(tx: Tx, article: Article) -> bool:
    return any(one.state == "published" for one in await repository.texts(tx, [article.id]))


async def _list_files(tx: Tx, article_id: int, *, wanted: list[int]) -> events.Changes:
    before = [one.id for one in await repository.files(tx, article_id, listed=True)]
    if before == wanted:
        return {}
    if await repository.own_files(tx, wanted) != set(wanted):
        raise errors.ArticleNotFound("There is no such file of yours.")
    await repository.list_files(tx, article_id, ids=wanted)
    return {"file_ids": [[str(one) for one in before], [str(one) for one in wanted]]}


# --------------------------------------------------------------------------------------- versions


async def save(tx: Tx, article_id: int, *, locale: str, data: schemas.TextIn) -> None:
    """A new version of one language, or a new language. Errors: StaleArticle, ArticleEmpty."""
    article = await locked(tx, article_id, permission="knowledge:edit")
    known = await repository.text_of(tx, article_id, locale=locale)
    if data.base is not None and data.base != (known.version if known else 0):
        raise errors.StaleArticle(version=known.version if known else 0)
    await _save(tx, article, locale=locale, data=data, known=known)


async def _save(
    tx: Tx,
    article: Article,
    *,
    locale: str,
    data: schemas.TextIn,
    known: Text | None,
    restored: int | None = None,
) -> None:
    html = content.clean(data.html)
    title, summary = " ".join(data.title.split()), data.summary.strip()
    if not title:
        raise errors.ArticleEmpty(field="title")
    if known is not None:
        last = await version_in(tx, known, number=known.version)
        if restored is None and (last.title, last.summary, last.html) == (title, summary, html):
            return
    number = 1 if known is None else known.version + 1
    text_id = tx.new_id() if known is None else known.id
    version = Version(
        text_id=text_id,
        version=number,
        title=title,
        summary=summary,
        html=html,
        plain=content.plain(html),
        restored=restored,
        author_id=tx.actor.agent_id or tx.actor.id,
        author_name=tx.actor.name,
        at=tx.now,
    )
    await _keep_pictures(tx, article.id, html)
    await repository.insert(tx, "article_version", version)
    if known is None:
        known = Text(
            id=text_id,
            article_id=article.id,
            locale=locale,
            state="draft",
            version=number,
            published=None,
            published_at=None,
            updated_at=tx.now,
        )
        await repository.insert(tx, "article_text", known)
    else:
        values = {"version": number, "updated_at": tx.now}
        await repository.update(tx, "article_text", known.id, values=values)
    await repository.update(tx, "article", article.id, values={"updated_at": tx.now})
    tx.emit(
        events.ArticleSaved(article_id=article.id, locale=locale, version=number, restored=restored)
    )
    if known.state != "published":
        await _index(tx, article, known, version=version)


async def _keep_pictures(tx: Tx, article_id: int, html: str) -> None:
    """Pictures belong to the article that shows them; nobody can show another's upload."""
    wanted = content.file_ids(html)
    if not wanted:
        return
    if await repository.own_files(tx, wanted) != set(wanted):
        raise errors.ArticleNotFound("There is no such picture of yours.")
    await repository.add_files(tx, article_id, ids=wanted)


async def bring_back(tx: Tx, article_id: int, *, locale: str, number: int) -> None:
    """An old version comes back as a new one. What is shown stays until it is published."""
    article = await locked(tx, article_id, permission="knowledge:edit")
    known = await text_in(tx, article_id, locale=locale)
    old = await version_in(tx, known, number=number)
    if number == known.version:
        return
    data = schemas.TextIn(title=old.title, html=old.html, summary=old.summary)
    await _save(tx, article, locale=locale, data=data, known=known, restored=number)


async def publish(tx: Tx, article_id: int, *, locale: str, number: int | None) -> None:
    """Readers see this version from now on, unless a guard holds it.

    Errors: VersionNotFound, ArticleEmpty.
    """
    await locked(tx, article_id, permission="knowledge:publish")
    known = await text_in(tx, article_id, locale=locale)
    version = await version_in(tx, known, number=known.version if number is None else number)
    if content.is_blank(version.html):
        raise errors.ArticleEmpty(field="html")
    if known.state == "published" and known.published == version.version:
        return
    change = guards.Change(
        kind="article",
        subject=str(known.id),
        variant=str(version.version),
        title=version.title,
        detail={"article_id": article_id, "locale": locale, "version": version.version},
    )
    if not await guards.hold(tx, change):
        await publish_checked(tx, article_id, locale=locale, number=version.version)


async def publish_checked(tx: Tx, article_id: int, *, locale: str, number: int) -> None:
    """The same for what the guard that held it lets pass. Errors: ArticleNotFound, VersionNotFound."""
    article = await locked(tx, article_id, permission="knowledge:publish")
    known = await text_in(tx, article_id, locale=locale)
    version = await version_in(tx, known, number=number)
    await guards.overtake(tx, "article", str(known.id))
    values = {"state": "published", "published": version.version, "published_at": tx.now}
    await repository.update(tx, "article_text", known.id, values=values)
    await _index(tx, article, known, version=version)
    tx.defer(READ_ALL_JOB, priority=-2)
    tx.emit(events.ArticlePublished(article_id=article_id, locale=locale, version=version.version))


async def archive(tx: Tx, article_id: int, *, locale: str) -> None:
    """Readers no longer see this language; everything is kept."""
    article = await locked(tx, article_id, permission="knowledge:publish")
    known = await text_in(tx, article_id, locale=locale)
    await guards.overtake(tx, "article", str(known.id))
    await guards.overtake(tx, "questions", str(known.id))
    if known.state == "archived":
        return
    values = {"state": "archived", "published": None, "published_at": None}
    await repository.update(tx, "article_text", known.id, values=values)
    tx.defer(READ_ALL_JOB, priority=-2)
    tx.emit(events.ArticleArchived(article_id=article.id, locale=locale))


# ----------------------------------------------------------------------------------------- search


async def _index(tx: Tx, article: Article, known: Text, *, version: Version) -> None:
    internal = article.audience == "agents"
    await repository.index(tx, known, shown=version, internal=internal)


async def index_again(tx: Tx, article: Article) -> None:
    """All languages, after a change of what is not in their versions."""
    for known in await repository.texts(tx, [article.id]):
        number = known.version if known.published is None else known.published
        version = await version_in(tx, known, number=number)
        await _index(tx, article, known, version=version)
