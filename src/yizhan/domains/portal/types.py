"""Values and rows of the customers' pages."""

from __future__ import annotations

from datetime import datetime

import msgspec

from yizhan.domains.tickets.types import KeptFile

Words = dict[str, str]
DEFAULT_LOCALES = ("zh-CN", "en")


class Portal(msgspec.Struct, frozen=True, kw_only=True):
    """A brand's pages. Its id is the brand's."""

    id: int
    slug: str
    active: bool
    titles: dict[str, str]
    intros: dict[str, str]
    locales: list[str]
    new_tickets: bool
    categories: list[int] | None  # with those within them; None: all
    sso_url: str
    updated_at: datetime


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in."""

    session_id: int
    contact_id: int
    name: str
    address: str
    tags: list[str]
    company_id: int | None
    company_tickets: bool


class TicketLine(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket in a customer's list."""

    id: int
    number: int
    subject: str
    status: str
    status_category: str
    status_names: dict[str, str]
    requester_id: int
    requester_name: str
    created_at: datetime
    last_message_at: datetime | None


class MessageLine(msgspec.Struct, frozen=True, kw_only=True):
    """A public message in a customer's eyes."""

    id: int
    direction: str
    author_id: int | None
    author_name: str
    text: str
    at: datetime
    files: list[dict[str, str]]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A brand's pages as one request needs them."""

    workspace_id: int
    portal: Portal
    brand_id: int
    brand: str
    color: str
    logo_file_id: int | None
    can_mail: bool
    sso: bool  # customers may come signed in from the brand's website
    categories: frozenset[int] | None  # that are shown; None: all
    base: str  # the desk's address
    customer: Customer | None = None

    @property
    def root(self) -> str:
        return f"/help/{self.portal.slug}"

    @property
    def sign_in_url(self) -> str:
        """Where customers sign in at the brand's website; "" where they cannot."""
        return self.portal.sso_url if self.sso else ""


class Sent(msgspec.Struct, frozen=True):
    """A file as a customer's browser sent it."""

    name: str
    content_type: str
    content: bytes


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer wrote into a form. The same ``client_id`` is the same form sent again."""

    text: str
    client_id: str
    subject: str = ""
    address: str = ""
    name: str = ""
    files: tuple[KeptFile, ...] = ()
