"""Documents that become drafts."""

from __future__ import annotations

import re
from html import unescape

from markdown_it import MarkdownIt

from yizhan.domains.knowledge import content, errors, schemas
from yizhan.domains.knowledge.service import writing
from yizhan.domains.knowledge.types import Article
from yizhan.kernel.tx import Tx

_HEADING = re.compile(r"\s*<h([12])>(.*?)</h\1>", re.DOTALL)
_PAGE_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


def read(kind: str, document: str) -> tuple[str, str]:
    """The title that a document gives itself ("" when it gives none), and its clean markup. Pure."""
    title = ""
    if kind == "markdown":
        front = _FRONT.match(document)
        if front:
            found = _FRONT_TITLE.search(front[1])
            title = found[1] if found else ""
            document = document[front.end() :]
        parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        markup = parser.render(document)
    else:
        found = _PAGE_TITLE.search(document)
        title = unescape(_TAG.sub("", found[1])).strip() if found else ""
        markup = document
    html = content.clean(markup)
    heading = _HEADING.match(html)
    if heading:
        said = content.plain(heading[2])
        if not title or title == said:
            title, html = said, html[heading.end() :].strip()
    return " ".join(title.split())[:300], html


async def take(tx: Tx, data: schemas.ImportIn) -> Article:
    """Errors: ImportUnreadable when nothing is in it."""
    title, html = read(data.format, data.content)
    if content.is_blank(html):
        raise errors.ImportUnreadable
    first = content.plain(html).split("\n", 1)[0][:80]
    return await writing.create(
        tx,
        schemas.ArticleIn(
            locale=data.locale,
            title=data.title.strip() or title or first,
            html=html,
            category_id=data.category_id,
            brand_id=data.brand_id,
            audience=data.audience,
        ),
    )
