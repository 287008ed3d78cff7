"""The brand's articles and help pages: our own words, in Chinese and English, the same each time.

``articles/LOCALE.txt``: ``=== key | category | audience``, then Markdown; its heading is the title, the
line that begins with ``>`` the summary.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib import resources

import msgspec

from yizhan.app.demo import ground as grounds
from yizhan.app.demo import hours, plan
from yizhan.app.demo.ground import Ground
from yizhan.domains.knowledge import schemas
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.knowledge.audience import Viewer
from yizhan.domains.knowledge.documents import texts
from yizhan.domains.knowledge.service import categories, writing
from yizhan.domains.knowledge.types import Audience
from yizhan.domains.portal import schemas as portal_schemas
from yizhan.domains.portal.service import places
from yizhan.kernel.actor import Actor
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

LOCALES = ("zh-CN", "en")
CATEGORIES = {
    "using": {"zh-CN": "产品使用", "en": "Using your product"},
    "orders": {"zh-CN": "订单、退换与发票", "en": "Orders, returns, invoices"},
    "warranty": {"zh-CN": "保修与维修", "en": "Warranty and repair"},
    "account": {"zh-CN": "账号与隐私", "en": "Account and privacy"},
    "inner": {"zh-CN": "客服内部", "en": "For agents"},
}
_SHOWN = tuple(key for key in CATEGORIES if key != "inner")
_INTROS = {
    "zh-CN": "搜索使用方法、订单与保修问题，或提交工单，我们会在工作时间内两小时回复。",
    "en": "Look up how things work, or send us a request: we answer within two working hours.",
}
_COMMENTS = {
    "zh-CN": ("按步骤做了还是不行，能不能加一段视频？", "图片太少了，找不到按键在哪里。"),
    "en": ("A picture of the key would help.", "Worked, but the steps for an iPhone differ."),
}
_OWNERS = ("zhou", "lin", "emma", "chen")
_BEGUN = plan.SPAN + 290  # business minutes before now: written before the first customer wrote


class Piece(msgspec.Struct, frozen=True):
    """An article in one language."""

    key: str
    category: str
    audience: Audience
    title: str
    summary: str
    html: str


@cache
def read(locale: str) -> tuple[Piece, ...]:
    """The articles of a language, in the order of the file."""
    text = resources.files(__package__).joinpath("articles", f"{locale}.txt").read_text("utf-8")
    return tuple(_piece(block) for block in text.split("=== ")[1:])


def _piece(block: str) -> Piece:
    head, _, rest = block.partition("\n")
    key, category, audience = (part.strip() for part in head.split("|"))
    lines = rest.strip().split("\n")
    summary = next(line[2:] for line in lines if line.startswith("> "))
    document = "\n".join(line for line in lines if not line.startswith("> "))
    title, html = texts.read("markdown", document)
    return Piece(key, category, msgspec.convert(audience, Audience), title, summary, html)


async def lay(edge: Edge, ground: Ground) -> None:
    """Write and publish them, and open each brand's help pages. Again it does nothing."""
    actors = await grounds.actors(edge.database, ground)
    async with edge.database.begin(actors["shen"]) as tx:
        if await categories.listed(tx):
            return
        tx.now = hours.back(ground.base, _BEGUN)
        made = await _categories(tx)
        await _articles(tx, actors, ground=ground, made=made)
        for locale, brand_id in ground.brands.items():
            await _pages(tx, edge, brand_id=brand_id, locale=locale, made=made)


async def _categories(tx: Tx) -> dict[str, str]:
    made = {}
    for position, (key, names) in enumerate(CATEGORIES.items()):
        row = await categories.create(tx, schemas.CategoryIn(names=names, position=position))
        made[key] = str(row.id)
    return made


async def _articles(
    tx: Tx, actors: dict[str, Actor], *, ground: Ground, made: dict[str, str]
) -> None:
    english = {one.key: one for one in read("en")}
    for place, one in enumerate(read("zh-CN")):
        owner = _OWNERS[place % len(_OWNERS)]
        tx.now = hours.back(ground.base, _BEGUN - 15 * (place + 1))
        article = await writing.create(
            tx,
            schemas.ArticleIn(
                locale="zh-CN",
                title=one.title,
                summary=one.summary,
                html=one.html,
                category_id=made[one.category],
                audience=one.audience,
                review_on=(ground.base + timedelta(days=place * 9 - 12)).date(),
            ),
        )
        other = english[one.key]
        text = schemas.TextIn(title=other.title, summary=other.summary, html=other.html)
        await writing.save(tx, article.id, locale="en", data=text)
        for locale in LOCALES:
            await writing.publish(tx, article.id, locale=locale, number=None)
        change = schemas.ArticleChange(owner_id=str(actors[owner].id))
        await writing.change(tx, article.id, data=change)
        if one.audience == "public":
            await _judged(tx, article.id, place=place)


async def _judged(tx: Tx, article_id: int, *, place: int) -> None:
    """What readers thought of it."""
    for locale, comments in _COMMENTS.items():
        shown, _ = await knowledge.read(tx, Viewer(), article_id=article_id, locale=locale)
        for number in range(2 + place * 5 % 7):
            is_bad = number % 4 == 1
            comment = comments[place % len(comments)] if is_bad and place % 3 == 0 else ""
            await knowledge.rate(
                tx, shown, visitor=f"demo-{number}", helpful=not is_bad, comment=comment
            )


async def _pages(tx: Tx, edge: Edge, *, brand_id: int, locale: str, made: dict[str, str]) -> None:
    """In the brand's own language first."""
    order = sorted(LOCALES, key=lambda one: one != locale)
    slug: str = await tx.db.fetchval(
        "SELECT slug FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    data = portal_schemas.PortalIn(
        active=True,
        slug=slug if locale == LOCALES[0] else f"{slug}-{locale}",
        locales=list(order),
        intros=_INTROS,
        categories=[made[key] for key in _SHOWN],
    )
    await places.change(tx, brand_id, data=data, base=edge.config.url)
