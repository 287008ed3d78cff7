"""How Chinese titles can be typed: the readings of each character, for the picker to match."""

from __future__ import annotations

import functools
import importlib
import os
from typing import Any

_MOST = 120


@functools.cache
def _library() -> Any:
    """Loaded at the first title: characters only, for its phrases take 45 MB in every process."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    return importlib.import_module("pypinyin")


def readings(text: str) -> str:
    """``退款 VIP`` → ``tui kuan,xin vip``: characters apart, their readings with commas; "" without Chinese."""
    if text.isascii():
        return ""
    library = _library()
    found: list[list[str]] = library.pinyin(
        text[:_MOST], style=library.Style.NORMAL, heteronym=True
    )
    parts = [",".join(part.strip().lower() for part in place if part.strip()) for place in found]
    return " ".join(part for part in parts if part)
