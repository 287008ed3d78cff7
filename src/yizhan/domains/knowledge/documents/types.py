"""What goes into the confined process, and what comes back."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["markdown", "html", "word", "pdf"]
Why = Literal["unknown", "unreadable", "protected", "too_large", "empty"]
# What of a document is not in the article.
Note = Literal["pictures_left_out", "text_only", "tables_as_text", "cut_off"]


class Order(msgspec.Struct, frozen=True):
    """One document."""

    name: str
    content: bytes
    seconds: int


class Picture(msgspec.Struct, frozen=True):
    """A picture within a document. In the markup it stands by its place in the list, from 1 on."""

    name: str
    content_type: str
    content: bytes


class Parsed(msgspec.Struct, frozen=True, tag=True):
    """The article that a document is. The markup is clean."""

    kind: Kind
    title: str
    html: str
    pictures: list[Picture] = []
    notes: list[Note] = []


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why it is none."""

    why: Why


class CannotRead(Exception):
    """Within the confined process: this document is refused."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)
