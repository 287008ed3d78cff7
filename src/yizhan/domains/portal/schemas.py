"""What the API takes and gives of the customers' pages."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.knowledge.schemas import Locale

Slug = Annotated[str, Meta(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$")]
Short = dict[Locale, Annotated[str, Meta(max_length=120)]]
Long = dict[Locale, Annotated[str, Meta(max_length=500)]]
Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Url = Annotated[str, Meta(pattern=r"^(https?://[^\s<>\"]{3,480})?$")]
Locales = Annotated[list[Locale], Meta(min_length=1, max_length=10)]


class PortalIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Absent fields stay."""

    slug: Slug | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    titles: Short | UnsetType = UNSET
    intros: Long | UnsetType = UNSET
    locales: Locales | UnsetType = UNSET
    new_tickets: bool | UnsetType = UNSET
    categories: Annotated[list[Id], Meta(max_length=200)] | UnsetType | None = UNSET
    sso_url: Url | UnsetType = UNSET


class PortalOut(msgspec.Struct, kw_only=True):
    """A brand's help pages. ``can_mail``: whether links to sign in can be sent. ``categories``: those
    shown, with all within them; null for all. ``sso``: whether the brand's website may hand customers
    over, to ``sso_address``; ``sso_url`` is where they sign in there."""

    brand_id: str
    slug: str
    active: bool
    titles: dict[str, str]
    intros: dict[str, str]
    locales: list[str]
    new_tickets: bool
    categories: list[str] | None
    can_mail: bool
    url: str
    sso: bool
    sso_url: str
    sso_address: str


class PortalSecret(msgspec.Struct):
    """What the brand's website signs with. It is shown once."""

    secret: str


class PortalList(msgspec.Struct):
    """One for each brand; what was never opened has suggestions for its fields."""

    items: list[PortalOut]


class PortalRole(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer may see on the help pages besides their own tickets."""

    company_tickets: bool
