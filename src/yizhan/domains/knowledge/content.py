"""An article's markup: made safe, read as text, and its files by number. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import nh3

MOST_CHARS = 400_000
FILES = "/api/v1/knowledge/files/"

_TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt",
    "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "hr", "i", "img", "ins", "kbd", "li",
    "mark", "ol", "p", "pre", "s", "span", "strong", "sub", "summary", "sup", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_GONE = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math",
         "textarea", "select", "button", "form"}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_FILE = re.compile(r"/(?:api/v1/(?:knowledge/)?files|help/[a-z0-9-]+/files)/(\d{1,19})")
_LINK = re.compile(r"(?:https?://|mailto:|tel:|#|/help/)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}")
_TOP = re.compile(r"<(/?)h1\b", re.IGNORECASE)
_SRC = re.compile(r'src="' + re.escape(FILES) + r'(\d{1,19})"')
_BLOCKS = {
    "p", "li", "h2", "h3", "h4", "pre", "blockquote", "tr", "dt", "dd", "figcaption", "summary",
    "div", "table", "ul", "ol", "hr", "caption",
}  # fmt: skip
_WORTH = re.compile(r"<(?:img|hr)\b")


def _filter(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        found = _FILE.fullmatch(value.strip())
        return f"{FILES}{found[1]}" if found else None
    if name == "href":
        return value if _LINK.match(value.strip()) else None
    if name in ("width", "height", "colspan", "rowspan", "start"):
        return value if _NUMBER.fullmatch(value) else None
    if name == "scope" and tag == "th":
        return value if value in ("row", "col") else None
    return value


def clean(markup: str, *, pictures: bool = True) -> str:
    """What may be shown to anybody: no script, no style, no picture that is not ours.

    The page around it has the first heading, so that an article's headings begin at the second.
    """
    safe = nh3.clean(
        markup[:MOST_CHARS].replace("\x00", ""),
        tags=_TAGS if pictures else _TAGS - {"img"},
        clean_content_tags=_GONE,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        url_relative="pass_through",
        strip_comments=True,
    )
    return _TOP.sub(r"<\1h2", safe).strip()


def file_ids(html: str) -> list[int]:
    """The files that clean markup shows, in their order."""
    return list(dict.fromkeys(int(found) for found in _SRC.findall(html)))


def with_files_at(html: str, base: str) -> str:
    """The same markup with its pictures below another address."""
    return _SRC.sub(rf'src="{base}\1"', html)


def with_files(html: str, ids: Mapping[int, int]) -> str:
    """The same markup with its pictures by other numbers."""
    return _SRC.sub(lambda found: f'src="{FILES}{ids[int(found[1])]}"', html)


def is_blank(html: str) -> bool:
    """Whether nothing can be seen in it."""
    return not _WORTH.search(html) and not plain(html)


class _Reader(HTMLParser):
    """The text of clean markup, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.open: list[str] = []
        self.deep = 0  # within <pre>
        self.cells = 0  # within a cell: paragraphs there are parts of the row's line

    def end_line(self) -> None:
        text = "".join(self.open)
        text = text.strip("\n") if self.deep else " ".join(text.split())
        if text:
            self.lines.append(text)
        self.open = []

    def _block(self, tag: str) -> None:
        if tag == "p" and self.cells:
            self.open.append(" ")
        elif tag in _BLOCKS:
            self.end_line()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._block(tag)
        if tag == "pre":
            self.deep += 1
        elif tag == "br":
            self.end_line()
        elif tag in ("td", "th"):
            self.cells += 1
            self.open.append(" ")
        elif tag == "img":
            alt = dict(attrs).get("alt")
            self.open.append(f"[{alt}]" if alt else "")

    def handle_endtag(self, tag: str) -> None:
        self._block(tag)
        if tag == "pre":
            self.deep = max(0, self.deep - 1)
        elif tag in ("td", "th"):
            self.cells = max(0, self.cells - 1)

    def handle_data(self, data: str) -> None:
        self.open.append(data)


def plain(html: str) -> str:
    """The text of clean markup."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines)
