"""Every text exists in Chinese and in English."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from tools.rules import Tree, Violation

WEB = "web/src/shared/i18n"

GOOD = {
    "src/yizhan/extensions/channels/a/strings.zh.toml": 'host = "服务器"\n',
    "src/yizhan/extensions/channels/a/strings.en.toml": 'host = "Server"\n',
}
BAD = {
    "src/yizhan/extensions/channels/a/strings.zh.toml": 'host = "服务器"\n',
    "src/yizhan/extensions/channels/a/strings.en.toml": 'port = "Port"\n',
}


def check(tree: Tree) -> Iterator[Violation]:
    """TOML files key by key; of the browser's texts that the compiler compares them."""
    for path, text in tree.items():
        if path.endswith(".zh.toml"):
            yield from _toml(tree, path, path.removesuffix(".zh.toml") + ".en.toml")
        if path.startswith(f"{WEB}/zh-CN/") and path.endswith(".ts"):
            other = path.replace("/zh-CN/", "/en/")
            if "typeof zh" not in tree.get(other, ""):
                yield Violation(other, 1, "give it the type of the Chinese one")
        del text


def _toml(tree: Tree, chinese: str, english: str) -> Iterator[Violation]:
    if english not in tree:
        yield Violation(english, 1, "is missing")
        return
    zh, en = _keys(tomllib.loads(tree[chinese])), _keys(tomllib.loads(tree[english]))
    for key in sorted(zh ^ en):
        yield Violation(english if key in zh else chinese, 1, f"{key} is missing")


def _keys(table: dict[str, Any], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in table.items():
        found |= _keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
    return found
