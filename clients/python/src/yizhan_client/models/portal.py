# Written by `make openapi` from openapi.json; do not edit.
"""Structs of ``portal``."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

__all__ = [
    "PortalIn",
    "PortalList",
    "PortalOut",
    "PortalRole",
    "PortalSecret",
]


class PortalIn(Struct, kw_only=True):
    """Portal in."""

    slug: str | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    titles: dict[str, str] | UnsetType = UNSET
    intros: dict[str, str] | UnsetType = UNSET
    locales: list[str] | UnsetType = UNSET
    new_tickets: bool | UnsetType = UNSET
    categories: list[str] | UnsetType | None = UNSET
    sso_url: str | UnsetType = UNSET


class PortalList(Struct, kw_only=True):
    """Portal list."""

    items: list[PortalOut]


class PortalOut(Struct, kw_only=True):
    """Portal out."""

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


class PortalRole(Struct, kw_only=True):
    """Portal role."""

    company_tickets: bool


class PortalSecret(Struct, kw_only=True):
    """Portal secret."""

    secret: str
