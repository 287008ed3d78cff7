"""What an administrator fills in for one mailbox; the interface draws its form from this."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Security = Literal["tls", "starttls", "none"]
Secret = Annotated[
    str, msgspec.Meta(extra_json_schema={"writeOnly": True, "format": "password"}, max_length=4000)
]
_Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
_Host = Annotated[str, msgspec.Meta(max_length=253)]


class Alias(msgspec.Struct, frozen=True):
    """A further address of the same mailbox, and the name that answers from it carry."""

    address: Annotated[str, msgspec.Meta(max_length=320)]
    name: str = ""
    brand: str = ""  # answers of this brand go out from this address


class Settings(msgspec.Struct, frozen=True):
    """One mailbox: where its mail comes from and how answers leave."""

    address: Annotated[str, msgspec.Meta(min_length=3, max_length=320)]
    name: str = ""
    aliases: tuple[Alias, ...] = ()

    imap_host: _Host = ""
    imap_port: _Port = 993
    imap_security: Security = "tls"
    imap_username: str = ""
    imap_password: Secret = ""
    imap_folder: str = "INBOX"
    after_fetch: Literal["keep", "seen", "move", "delete"] = "seen"
    move_to: str = "Archive"
    first_fetch: Literal["all", "new"] = "all"
    poll_seconds: Annotated[int, msgspec.Meta(ge=5, le=3600)] = 60

    smtp_host: _Host = ""
    smtp_port: _Port = 587
    smtp_security: Security = "starttls"
    smtp_username: str = ""
    smtp_password: Secret = ""

    auth: Literal["password", "xoauth2"] = "password"
    oauth_client_id: str = ""
    oauth_client_secret: Secret = ""
    oauth_refresh_token: Secret = ""
    oauth_token_url: str = ""
    oauth_scope: str = ""

    trusted_authserv_id: str = ""
    plus_addressing: bool = True
    bounce_address: bool = False  # envelope sender with a token, so that every bounce is matched
    quote_previous: bool = True
    allow_insecure_tls: bool = False
    max_mail_mb: Annotated[int, msgspec.Meta(ge=1, le=150)] = 50
    timeout_seconds: Annotated[int, msgspec.Meta(ge=2, le=120)] = 30

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that is this mailbox, the main one first."""
        return (self.address, *(alias.address for alias in self.aliases))

    @property
    def max_bytes(self) -> int:
        return self.max_mail_mb * 1024 * 1024
