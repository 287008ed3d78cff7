"""What an administrator fills in for one form."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=500)]
Long = Annotated[str, msgspec.Meta(max_length=4000)]


class Field(msgspec.Struct, frozen=True):
    """A question of your own."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
    label_zh: Text = ""
    label_en: Text = ""
    type: Literal["text", "textarea", "select", "checkbox", "number", "date"] = "text"
    required: bool = False
    options: tuple[Text, ...] = ()
    # Asked only when another question has this answer: "product" and "phone".
    show_when: Annotated[str, msgspec.Meta(max_length=41)] = ""
    show_value: Text = ""


class Settings(msgspec.Struct, frozen=True):
    """One hosted form."""

    title_zh: Text = "联系我们"
    title_en: Text = "Contact us"
    intro_zh: Long = ""
    intro_en: Long = ""
    thanks_zh: Long = ""
    thanks_en: Long = ""
    language: Literal["zh", "en", "browser"] = "browser"
    ask_subject: bool = True
    fields: Annotated[tuple[Field, ...], msgspec.Meta(max_length=30)] = ()
    files: bool = True
    max_files: Annotated[int, msgspec.Meta(ge=1, le=10)] = 5
    max_file_mb: Annotated[int, msgspec.Meta(ge=1, le=50)] = 10
    per_hour: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 20  # messages from one network address
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    tags: tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=50)], ...] = ()
    embed_on: tuple[Annotated[str, msgspec.Meta(max_length=300)], ...] = ()
