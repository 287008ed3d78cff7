"""Where a reply ends and the mail that it answers begins, in HTML.

Clients mark their quotes with elements (``gmail_quote``, ``blockquote type=cite``,
``#divRplyFwdMsg`` …); where they do not, the same words are looked for as in plain text.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from yizhan.extensions.channels.email import quotes, tree

_CLASSES = (
    "gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra",
    "history-quote-wrapper", "lark-mail-quote", "ntes-mailmaster-quote", "xm_compose_origin_mail_container",
    "tutanota_quote", "iosymail", "qmquote", "front-blockquote", "alimail-quote", "dingtalk-quote",
)  # fmt: skip
_IDS = ("isreplycontent", "yahoo_quoted", "ms-outlook-mobile-reference-message", "replysplit",
        "mail-editor-reference-message-container", "lark-mail-quote", "original-content")  # fmt: skip
# From such an element everything to the end is quote.
_TAIL_IDS = ("divrplyfwdmsg", "appendonsend", "olk_src_body_section", "reply-intro")
_MAX_SPANS = 300  # a mail with more quotes side by side is shown as it is


class Split(NamedTuple):
    """The tree without its quote, and the quote as a tree of its own (None: there is none)."""

    visible: tree.Node
    quoted: tree.Node | None


@dataclass
class _Found:
    """Marks in document order: quotes as elements, and where everything to the end is quote."""

    spans: list[tree.Node] = field(default_factory=list)
    tail: tree.Node | None = None
    forwarded: bool = False


def split(root: tree.Node, *, subject: str = "") -> Split:
    """Cut the quote off ``root`` (which is changed)."""
    found = _find(root, keep_headers=quotes.forwarded_subject(subject))
    spans = [] if found.forwarded and not found.spans else _to_fold(root, found)
    if not spans and found.tail is None:
        return Split(root, None)
    if not _something_left(root, spans, found.tail):
        return Split(root, None)
    quoted = tree.Node("div")
    for span in spans:
        for node in [*_introduction(span), span]:
            node.remove()
            quoted.append(node)
    if found.tail is not None:
        _move_tail(root, found.tail, quoted)
    return Split(root, None if tree.blank(quoted) else quoted)


def _find(root: tree.Node, *, keep_headers: bool) -> _Found:
    found = _Found()
    stack = [root]
    lines = _Lines()
    while stack:
        node = stack.pop()
        kind = _kind(node, lines, keep_headers=keep_headers)
        if kind == "forward":
            found.forwarded = True
            break
        if kind == "span":
            found.spans.append(node)
            if len(found.spans) > _MAX_SPANS:
                return _Found()
            continue
        if kind == "tail":
            found.tail = lines.begin(node)
            break
        stack.extend(reversed(node.children))
    return found


def _kind(node: tree.Node, lines: _Lines, *, keep_headers: bool) -> str:
    """What a node is: a quote (span), the begin of one (tail), a forwarded mail, or nothing."""
    if not node.tag:
        return ""
    named = _named(node)
    if named == "tail":
        return "forward" if keep_headers else "tail"
    if named == "span":
        start = tree.words(node, limit=300)
        if _forwarded(node, start) or (keep_headers and quotes.label(start)):
            return "forward"
        return "span"
    if "moz-forward-container" in node.get("class"):
        return "forward"
    return _by_words(node, lines, keep_headers=keep_headers)


def _named(node: tree.Node) -> str:
    classes = node.get("class").lower().split()
    ident = node.get("id").lower()
    if any(ident.startswith(name) or ident.endswith("_" + name) for name in _TAIL_IDS if ident):
        return "tail"
    if node.tag == "includetail" and not tree.blank(node):
        return "span"
    if node.tag == "blockquote" and (node.get("type") == "cite" or "cite" in node.attrs):
        return "span"
    if any(name.startswith(_CLASSES) for name in classes):
        return "span"
    return "span" if ident and ident.startswith(_IDS) else ""


def _forwarded(node: tree.Node, start: str) -> bool:
    if any(quotes.forward(piece.strip()) for piece in (start[:60], start[:40], start[:30])):
        return True
    first = next((item.text.strip() for item in node.walk() if item.text.strip()), "")
    return quotes.forward(first)


def _by_words(node: tree.Node, lines: _Lines, *, keep_headers: bool) -> str:
    """Look at a line of text the way the plain text cutter does."""
    if not _is_line(node):
        return ""
    line = tree.words(node, limit=500)
    if not line:
        return ""
    if quotes.forward(line):
        return "forward"
    block = _outlook(node, line) or _header_lines(node)
    if quotes.separator(line) or block:
        return "forward" if keep_headers else "tail"
    if line[-1] in ":：" and quotes.wrote(line) and not _quote_follows(node):
        return "tail"
    lines.last = node
    return ""


def _is_line(node: tree.Node) -> bool:
    """A block whose own children are text and inline elements, or an inline run at top level."""
    if node.tag not in ("div", "p", "span", "td", "blockquote", "h3", "h4", "font", "pre", "b"):
        return False
    return len(node.children) <= 60 and (not node.parent or len(tree.words(node, limit=700)) < 700)


def _outlook(node: tree.Node, line: str) -> bool:
    """Outlook and Foxmail draw a line above "From: … Sent: …"."""
    style = node.get("style").lower().replace(" ", "")
    if "border-top:solid" not in style and "border-top-style:solid" not in style:
        return False
    return quotes.label(line) is not None and len(tree.words(node)) < 600


def _header_lines(node: tree.Node) -> bool:
    """Whether the node holds "From: … Sent: … To: …" itself."""
    start = tree.words(node, limit=120).lstrip("-—_ ")
    if node.tag not in ("div", "p", "td", "span", "pre", "font", "b") or not quotes.label(start):
        return False
    lines = [line for line in tree.text(node).split("\n")[:20] if not quotes.rule(line)]
    following = [] if len(lines) > 3 else _next_lines(node)
    return quotes.header_block([line for line in [*lines, *following] if line.strip()] or [""], 0)


def _next_lines(node: tree.Node) -> list[str]:
    """The text of the siblings right below: a client may put each field into its own block."""
    if node.parent is None:
        return []
    at = node.index()
    return [tree.words(item, limit=100) for item in node.parent.children[at + 1 : at + 9]]


def _quote_follows(node: tree.Node) -> bool:
    """Whether the next visible thing is an element that is a quote itself."""
    up: tree.Node | None = node
    for _ in range(3):
        if up is None or up.parent is None:
            return False
        for item in up.parent.children[up.index() + 1 :]:
            if item.tag == "br" or tree.blank(item):
                continue
            return any(_named(inner) == "span" for inner in itertools.islice(item.walk(), 4))
        up = up.parent
    return False


@dataclass
class _Lines:
    """What was read so far; knows where a quote that was recognised late really begins."""

    last: tree.Node | None = None

    def begin(self, node: tree.Node) -> tree.Node:
        """Take along an empty wrapper and the ruler right above."""
        while (
            node.parent is not None
            and node.parent.parent is not None
            and all(tree.blank(item) for item in node.parent.children[: node.index()])
        ):
            node = node.parent
        if node.parent is None:
            return node
        above = node.parent.children[: node.index()]
        while above and (tree.blank(above[-1]) or above[-1].tag == "hr"):
            if above[-1].tag == "hr":
                return above[-1]
            above.pop()
        if above and quotes.rule(tree.words(above[-1], limit=210)):
            return above[-1]
        return node


def _introduction(span: tree.Node) -> list[tree.Node]:
    """The nodes right above a quote that say "On … wrote:"."""
    node: tree.Node | None = span
    for _ in range(3):
        if node is None or node.parent is None:
            return []
        run: list[tree.Node] = []
        for item in reversed(node.parent.children[: node.index()]):
            if run and (item.block or item.tag == "br") and not _only_blank(run):
                break
            run.insert(0, item)
            if item.block and not tree.blank(item):
                break
            if len(run) > 12:
                break
        line = " ".join(tree.words(item, limit=500) for item in run).strip()
        if line:
            return run if quotes.wrote(line) else []
        node = node.parent
    return []


def _only_blank(run: list[tree.Node]) -> bool:
    return all(tree.blank(item) for item in run)


def _to_fold(root: tree.Node, found: _Found) -> list[tree.Node]:
    """The quotes to fold: all, or only those below the last answer when answers stand between."""
    if not found.spans:
        return []
    answered = _answered(root, found)
    if sum(answered) >= 2:
        last = max(at for at, value in enumerate(answered) if value)
        return found.spans[last + 1 :]
    return found.spans


def _answered(root: tree.Node, found: _Found) -> list[bool]:
    """For each quote, whether own text stands between it and the next (or the end)."""
    ids = {id(span): at for at, span in enumerate(found.spans)}
    intros = {id(node) for span in found.spans for node in _introduction(span)}
    answered = [False] * len(found.spans)
    current = -1
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in ids:
            current = ids[id(node)]
            continue
        if node is found.tail:
            break
        if id(node) in intros:
            continue
        if current >= 0 and (node.text.strip(" \t\r\n\u00a0\u200b") or node.tag == "img"):
            answered[current] = True
        stack.extend(reversed(node.children))
    return answered


def _something_left(root: tree.Node, spans: list[tree.Node], tail: tree.Node | None) -> bool:
    gone = {id(span) for span in spans}
    gone |= {id(node) for span in spans for node in _introduction(span)}
    stack = [root]
    while stack:
        node = stack.pop()
        if node is tail:
            return False
        if id(node) in gone:
            continue
        if node.text.strip(" \t\r\n\u00a0\u200b\ufeff") or node.tag == "img":
            return True
        stack.extend(reversed(node.children))
    return False


def _move_tail(root: tree.Node, tail: tree.Node, quoted: tree.Node) -> None:
    """Move the node and everything after it in the document."""
    node: tree.Node | None = tail
    first = True
    while node is not None and node is not root and node.parent is not None:
        parent = node.parent
        at = node.index() + (0 if first else 1)
        moved = parent.children[at:]
        parent.children = parent.children[:at]
        for item in moved:
            quoted.append(item)
        first = False
        node = parent
