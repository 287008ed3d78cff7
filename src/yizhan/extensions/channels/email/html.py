"""HTML of a mail made safe: an allow-list of tags and styles, no script, no remote request.

Two passes of the sanitiser: the first makes the markup well-formed and keeps the class names by
which quotes are known; the second, over our own output, is the one that safety rests on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3

from yizhan.extensions.channels.email import charset, tree

MAX_CHARS = 1_000_000  # of markup; what lies beyond is not shown (the raw mail keeps it)
MAX_TAGS = 60_000
_MAX_OPEN = 2_000  # tags that never close make the parser's work quadratic,
_MAX_REFERENCES = 60_000  # and so do character references
_HOSTILE_CHARS = 100_000  # what is shown of such a mail, as text

_TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center",
    "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption",
    "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img",
    "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s",
    "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "wbr",
}  # fmt: skip
_GONE = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math",
         "textarea", "select", "xmp", "noembed", "noframes", "plaintext"}  # fmt: skip
_SHOWN: dict[str, set[str]] = {
    "*": {"style", "dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "data-src", "alt", "width", "height"},
    "blockquote": {"type"},
    "font": {"color"},
    "ol": {"start", "type"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "align", "valign", "bgcolor", "width"},
    "th": {"colspan", "rowspan", "align", "valign", "bgcolor", "width"},
    "table": {"align", "bgcolor", "border", "cellpadding", "cellspacing", "width"},
}
_FIRST: dict[str, set[str]] = {**_SHOWN, "*": _SHOWN["*"] | {"class", "id", "name"}}
_STYLES = {
    "background-color", "border-collapse", "color", "direction", "font-style", "font-weight",
    "list-style-type", "text-align", "text-decoration", "vertical-align", "white-space",
}  # fmt: skip
_LINKS = {"http", "https", "mailto", "tel"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_OPENS = re.compile(r"<[a-zA-Z]")
_SELF_CLOSING = re.compile(
    r"<(?:br|img|hr|meta|link|input|col|p|li|td|th|tr|dd|dt)\b", re.IGNORECASE
)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,", re.IGNORECASE)


def parse(markup: str) -> tree.Node:
    """The tree of untrusted markup, already without scripts, comments and hidden elements."""
    markup = _bounded(charset.clean(markup[:MAX_CHARS]))
    first = nh3.clean(
        markup,
        tags=_TAGS | {"includetail"},
        clean_content_tags=_GONE,
        attributes=_FIRST,
        url_schemes=_LINKS | {"cid", "data"},
        link_rel=None,
        url_relative="pass_through",
    )
    root = tree.parse(first)
    for node in list(root.walk()):
        if node.attrs and _HIDDEN.search(node.get("style")):
            node.remove()
    return root


def _bounded(markup: str) -> str:
    """Markup that the parser gets through in a moment: cut, or stripped when it is hostile."""
    tags = markup.count("<")
    if tags > MAX_TAGS:
        markup = "<".join(markup.split("<", MAX_TAGS)[:MAX_TAGS])
    opened = len(_OPENS.findall(markup))
    closed = markup.count("</") + len(_SELF_CLOSING.findall(markup))
    if opened - closed > _MAX_OPEN or markup.count("&") > _MAX_REFERENCES:
        return _ANY_TAG.sub(" ", markup[:_HOSTILE_CHARS])
    return markup


def images(root: tree.Node) -> list[tree.Node]:
    return [node for node in root.walk() if node.tag == "img"]


def place_images(root: tree.Node, locations: Mapping[str, str]) -> set[str]:
    """Point images to their parts (``cid:``) and block remote ones; the content ids in use.

    ``locations`` maps what a ``src`` may say (a content location, a bare content id) to the
    content id. A remote address moves to ``data-src``, so that opening a mail asks nobody.
    """
    used: set[str] = set()
    for node in images(root):
        src = node.attrs.pop("src", "").strip()
        node.attrs.pop("data-src", None)
        name = src[4:] if src[:4].lower() == "cid:" else src
        wanted = locations.get(name) or locations.get(name.rpartition("/")[2])
        if src[:4].lower() == "cid:":
            wanted = wanted or name
        if wanted:
            node.attrs["src"] = f"cid:{wanted}"
            used.add(wanted)
        elif src[:7].lower() == "http://" or src[:8].lower() == "https://":
            node.attrs["data-src"] = src[:4000]
    return used


def data_images(root: tree.Node) -> list[tuple[tree.Node, str]]:
    """The images whose bytes stand in the markup itself."""
    found = ((node, node.get("src")) for node in images(root))
    return [(node, src) for node, src in found if _DATA_IMAGE.match(src)]


def show(root: tree.Node) -> str | None:
    """The safe markup of a tree, or None when nothing can be seen in it."""
    return None if tree.blank(root) else _final(root, schemes=set())


def outgoing(root: tree.Node) -> str:
    """The safe markup of what we send: pictures on the web stay where they are."""
    return _final(root, schemes={"http", "https"})


def _final(root: tree.Node, *, schemes: set[str]) -> str:
    allowed = {"cid", *schemes}

    def accept(tag: str, name: str, value: str) -> str | None:
        if name == "src" and value.partition(":")[0].lower() not in allowed:
            return None
        return _filter(tag, name, value)

    return nh3.clean(
        tree.serialise(root),
        tags=_TAGS,
        clean_content_tags=_GONE,
        attributes=_SHOWN,
        attribute_filter=accept,
        filter_style_properties=_STYLES,
        url_schemes=_LINKS | {"cid"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_relative="deny",
    ).strip()


def _filter(tag: str, name: str, value: str) -> str | None:
    if name == "data-src":
        return value if value[:8].lower().startswith(("http://", "https://")) else None
    if name == "href":
        return None if value[:4].lower() == "cid:" else value
    if name in ("width", "height") and tag == "img":
        return value if value.isascii() and value.isdigit() and len(value) < 5 else None
    return value or None if name == "style" else value


def to_text(root: tree.Node) -> str:
    return charset.clean(tree.text(root))
