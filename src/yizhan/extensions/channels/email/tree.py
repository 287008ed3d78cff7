"""A small tree of clean HTML: enough to cut quotes out, rewrite images and derive text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

MAX_DEPTH = 120  # deeper elements are kept, but no longer nested
VOID = {"br", "hr", "img", "col", "wbr"}
BLOCK = {
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl",
    "dt", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "includetail", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_BLANK = re.compile(r"[\s\u00a0\u200b-\u200d\u2060\ufeff]+")


class Node:
    """An element (``tag`` set) or a piece of text (``tag`` empty)."""

    __slots__ = ("attrs", "children", "parent", "tag", "text")

    def __init__(self, tag: str = "", *, text: str = "") -> None:
        self.tag = tag
        self.text = text
        self.attrs: dict[str, str] = {}
        self.children: list[Node] = []
        self.parent: Node | None = None

    def append(self, child: Node) -> None:
        child.parent = self
        self.children.append(child)

    def remove(self) -> None:
        if self.parent is not None:
            self.parent.children = [node for node in self.parent.children if node is not self]
            self.parent = None

    def walk(self) -> Iterator[Node]:
        """This node and everything below, in document order, without recursion."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def index(self) -> int:
        siblings = self.parent.children if self.parent else [self]
        return next(at for at, node in enumerate(siblings) if node is self)

    def get(self, name: str) -> str:
        return self.attrs.get(name, "")

    @property
    def block(self) -> bool:
        return self.tag in BLOCK


def words(node: Node, *, limit: int = 600) -> str:
    """The text below a node on one line, cut at ``limit`` characters."""
    out: list[str] = []
    length = 0
    for item in node.walk():
        piece = item.text if not item.tag else (" " if item.block or item.tag == "br" else "")
        out.append(piece)
        length += len(piece)
        if length > limit * 3:
            break
    return _BLANK.sub(" ", "".join(out)).strip()[:limit]


def blank(node: Node) -> bool:
    """Whether nothing below the node can be seen."""
    return not any(item.tag in ("img", "hr") or item.text.strip(" \t\r\n\u00a0\u200b\ufeff")
                   for item in node.walk())  # fmt: skip


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self.open = [self.root]
        self.skipped: list[str] = []  # elements beyond the depth, kept flat

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) >= MAX_DEPTH and tag not in VOID:
            self.skipped.append(tag)
            return
        node = Node(tag)
        node.attrs = {name: value or "" for name, value in attrs}
        self.open[-1].append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if self.skipped[-1] == tag:
                self.skipped.pop()
            return
        for depth in range(len(self.open) - 1, max(0, len(self.open) - 20), -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].append(Node(text=data))


def parse(markup: str) -> Node:
    """The tree of markup that a sanitiser wrote (well-formed, known tags)."""
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    return builder.root


def serialise(root: Node) -> str:
    """The markup of everything below ``root``."""
    out: list[str] = []
    stack: list[Node | str] = list(reversed(root.children))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            out.append(node)
        elif not node.tag:
            out.append(html.escape(node.text, quote=False))
        else:
            attrs = "".join(f' {name}="{html.escape(value)}"' for name, value in node.attrs.items())
            out.append(f"<{node.tag}{attrs}>")
            if node.tag not in VOID:
                stack.append(f"</{node.tag}>")
                stack.extend(reversed(node.children))
    return "".join(out)


def text(root: Node) -> str:
    """Readable plain text: blocks on their own lines, lists with dashes, cells apart."""
    out: list[str] = []
    stack: list[Node | str] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            out.append(node)
        elif not node.tag:
            out.append(_BLANK.sub(" ", node.text) if not _preformatted(node) else node.text)
        else:
            before, after = _around(node)
            out.append(before)
            stack.append(after)
            stack.extend(reversed(node.children))
    return _tidy("".join(out))


# Marks of the text that is being made: the end of a block, of a paragraph, of a table cell.
_BLOCK, _PARAGRAPH, _CELL = "\x03", "\x04", "\x02"
_AROUND = {
    "br": ("\n", ""),
    "hr": (f"{_BLOCK}----{_BLOCK}", ""),
    "p": (_PARAGRAPH, _PARAGRAPH),
    "blockquote": (_PARAGRAPH, _PARAGRAPH),
    **{f"h{level}": (_PARAGRAPH, _PARAGRAPH) for level in range(1, 7)},
    "li": (f"{_BLOCK}- ", _BLOCK),
    "td": ("", _CELL),
    "th": ("", _CELL),
}


def _around(node: Node) -> tuple[str, str]:
    if node.tag == "img":
        alt = node.get("alt").strip()
        return (f"[{alt[:100]}]" if alt else ""), ""
    if node.tag in ("td", "th") and any(child.block for child in node.children):
        return _BLOCK, _BLOCK
    if node.tag in _AROUND:
        return _AROUND[node.tag]
    return (_BLOCK, _BLOCK) if node.block else ("", "")


def _preformatted(node: Node) -> bool:
    up = node.parent
    while up is not None:
        if up.tag == "pre":
            return True
        up = up.parent
    return False


_BREAK = re.compile(f"([\n{_BLOCK}{_PARAGRAPH}])")


def _tidy(raw: str) -> str:
    """Lines from marked text: a block ends a line that has begun, a paragraph adds an empty one."""
    lines: list[str] = []
    line = ""
    for piece in _BREAK.split(raw.replace("\u00a0", " ").replace("\r", "")):
        if piece not in ("\n", _BLOCK, _PARAGRAPH):
            line += piece
            continue
        done = line.rstrip(f"{_CELL} \t").replace(_CELL, "  ")
        done = done if done.startswith("    ") else done.lstrip(" ")
        line = ""
        if done or piece == "\n":
            lines.append(done)
        if piece == _PARAGRAPH and lines and lines[-1]:
            lines.append("")
    lines.append(line.rstrip(f"{_CELL} \t").replace(_CELL, "  ").lstrip(" "))
    text_ = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text_).strip("\n")
