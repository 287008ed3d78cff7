"""Markdown and HTML, in whatever encoding they come. Pure."""

from __future__ import annotations

import codecs
import re
from html import unescape
from typing import Literal

from markdown_it import MarkdownIt

from yizhan.domains.knowledge import content

_HEADING = re.compile(r"\s*<h([12])>(.*?)</h\1>", re.DOTALL)
_PAGE_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What calls itself gb2312 uses more than that.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "iso-8859-1": "cp1252"}
_FORBIDDEN = {"utf-7", "utf7", "unicode-1-1-utf-7"}  # turns plain text into tags


def decoded(raw: bytes) -> str:
    """Bytes as text: by their mark, as UTF-8, by what an HTML head says, as Chinese.

    Errors: UnicodeError when it is none of them.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(raw[:4096])
    name = said[1].decode("ascii").lower() if said else "gb18030"
    try:
        return raw.decode("gb18030" if name in _FORBIDDEN else _WIDER.get(name, name))
    except LookupError:  # nobody knows it, or it is none for text
        return raw.decode("gb18030")


def titled(html: str, title: str = "") -> tuple[str, str]:
    """The title of clean markup, and the rest: its first heading is the title, unless it has another."""
    heading = _HEADING.match(html)
    if heading:
        said = content.plain(heading[2])
        if not title or title == said:
            title, html = said, html[heading.end() :].strip()
    return " ".join(title.split())[:300], html


def read(
    kind: Literal["markdown", "html"], document: str, *, pictures: bool = True
) -> tuple[str, str]:
    """The title that a document gives itself ("" when it gives none), and its clean markup."""
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
    return titled(content.clean(markup, pictures=pictures), title)
