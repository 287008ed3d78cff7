"""What an administrator fills in for one look-up."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=100)]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
# RFC 6901; "" is the whole of it.
Pointer = Annotated[str, msgspec.Meta(max_length=300, pattern=r"^(/([^~]|~[01])*)?$")]
Kind = Literal["text", "number", "money", "date", "badge", "link", "flag"]
Tone = Annotated[
    str, msgspec.Meta(max_length=100, pattern=r"^[^=]+=(neutral|info|ok|warn|danger)$")
]
Fact = Literal["name", "email", "phone", "external_id", "app_user", "company", "tags", "fields"]


def _when(*kinds: Kind) -> dict[str, Any]:
    """For the form: asked only of values of these kinds."""
    return {"x-when": {"kind": list(kinds)}}


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One value of the answer, or a column of a table."""

    key: Key
    label_zh: Text = ""
    label_en: Text = ""
    pointer: Pointer
    kind: Kind = "text"
    # Of money: an ISO code, or a pointer to one beside the value.
    currency: Annotated[str, msgspec.Meta(max_length=300, extra_json_schema=_when("money"))] = ""
    decimals: Annotated[
        int, msgspec.Meta(ge=0, le=6, extra_json_schema=_when("money", "number"))
    ] = 0
    tones: Annotated[
        tuple[Tone, ...], msgspec.Meta(max_length=20, extra_json_schema=_when("badge"))
    ] = ()


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the answer as a table."""

    key: Key
    label_zh: Text = ""
    label_en: Text = ""
    pointer: Pointer
    most: Annotated[int, msgspec.Meta(ge=1, le=50)] = 5
    columns: Annotated[tuple[Value, ...], msgspec.Meta(max_length=8)] = ()


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One look-up."""

    url: Annotated[str, msgspec.Meta(max_length=2000, pattern=r"^https?://[^\s/]+")]
    authorization: Annotated[
        str, msgspec.Meta(max_length=4000, extra_json_schema={"writeOnly": True})
    ] = ""
    send: Annotated[tuple[Fact, ...], msgspec.Meta(max_length=8)] = (
        "external_id",
        "email",
        "phone",
    )
    fields: Annotated[tuple[Value, ...], msgspec.Meta(max_length=40)] = ()
    tables: Annotated[tuple[Rows, ...], msgspec.Meta(max_length=6)] = ()
