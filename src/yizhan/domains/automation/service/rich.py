"""Formatted texts of macros: only what the editor of answers itself makes."""

from __future__ import annotations

import nh3

_TAGS = {
    "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "b", "i",
}  # fmt: skip
_PLAIN = ("<p>", "</p>", "<br>", "<br />", "<br/>")


def clean(html: str) -> str:
    """Without what an answer may not carry; empty when nothing of it is formatted."""
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        url_relative="deny",  # in a mail it leads nowhere, and a letter that looks like another makes it one
    ).strip()
    rest = safe
    for tag in _PLAIN:
        rest = rest.replace(tag, "")
    return safe if "<" in rest else ""
