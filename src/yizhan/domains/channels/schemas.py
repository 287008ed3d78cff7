"""What the API takes and gives about channels, inboxes and quarantine."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.channels import forms, registry
from yizhan.domains.channels.contract import Transport, Window
from yizhan.domains.channels.service import quarantine
from yizhan.domains.channels.types import Envelope, Inbox

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Id = Annotated[str, Meta(pattern=r"^\d{1,19}$")]


class CapabilitiesOut(msgspec.Struct):
    """``contract.Capabilities`` with nothing left out."""

    transport: Transport
    html: bool
    files: bool
    max_text: int | None
    max_file_bytes: int | None
    receipts: list[str]
    typing: bool
    subject: bool
    recipients: bool
    can_start: bool
    idempotent_send: bool
    immediate: bool
    fetched: bool
    practice: bool
    windows: list[Window]


class ChannelOut(msgspec.Struct):
    """A kind of channel that this desk can connect."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    tier: str
    version: str
    docs: str
    has_inbox: bool
    capabilities: CapabilitiesOut
    settings_schema: dict[str, Any]
    strings: dict[str, dict[str, Any]]


class InboxState(msgspec.Struct):
    """How an inbox is doing."""

    last_in_at: datetime | None
    last_out_at: datetime | None
    last_error: str | None
    last_error_at: datetime | None


class InboxOut(msgspec.Struct):
    """An inbox. Secrets are never given back; ``secrets_set`` names those that are stored."""

    id: str
    name: str
    channel: str
    brand_id: str
    team_id: str | None
    active: bool
    settings: dict[str, Any]
    secrets_set: list[str]
    state: InboxState
    embed: dict[str, str]
    version: int
    created_at: datetime


class NewInbox(msgspec.Struct, forbid_unknown_fields=True):
    """An inbox to add."""

    name: Name
    channel: str
    brand_id: Id
    team_id: Id | None = None
    settings: dict[str, Any] = {}
    active: bool = True


class InboxChange(msgspec.Struct, forbid_unknown_fields=True):
    """What to change. Settings that are not sent stay; an empty secret is taken away."""

    name: Name | UnsetType = UNSET
    brand_id: Id | UnsetType = UNSET
    team_id: Id | UnsetType | None = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class CheckOut(msgspec.Struct):
    """One line of a check."""

    code: str
    ok: bool
    detail: str


class CheckResult(msgspec.Struct):
    """Whether an inbox works."""

    ok: bool
    detail: str
    checks: list[CheckOut]


class EnvelopeOut(msgspec.Struct):
    """Something that came in and is no message, and why."""

    id: str
    inbox_id: str
    state: str
    reason: str | None
    detail: str | None
    sender: str
    subject: str
    preview: str
    size: int
    content_type: str
    message_id: str | None
    ticket_id: str | None
    received_at: datetime
    done_at: datetime | None


class FileHint(msgspec.Struct):
    """A file within."""

    name: str
    content_type: str


class EnvelopeDetail(EnvelopeOut):
    """With its words, as plain text."""

    text: str
    files: list[FileHint]


def channel_out(channel: registry.Channel) -> ChannelOut:
    manifest = channel.manifest
    return ChannelOut(
        id=manifest.id,
        name=manifest.name,
        description=manifest.description,
        icon=manifest.icon,
        tier=manifest.tier,
        version=manifest.version,
        docs=manifest.docs,
        has_inbox=manifest.has_inbox,
        capabilities=msgspec.convert(manifest.capabilities, CapabilitiesOut, from_attributes=True),
        settings_schema=forms.schema(channel),
        strings=channel.strings,
    )


def inbox_out(inbox: Inbox, *, public_url: str, secrets_set: list[str]) -> InboxOut:
    return InboxOut(
        id=str(inbox.id),
        name=inbox.name,
        channel=inbox.channel,
        brand_id=str(inbox.brand_id),
        team_id=str(inbox.team_id) if inbox.team_id else None,
        active=inbox.active,
        settings=inbox.settings,
        secrets_set=secrets_set,
        state=InboxState(
            last_in_at=inbox.last_in_at,
            last_out_at=inbox.last_out_at,
            last_error=inbox.last_error,
            last_error_at=inbox.last_error_at,
        ),
        embed=_embed(inbox, public_url=public_url),
        version=inbox.version,
        created_at=inbox.created_at,
    )


def _embed(inbox: Inbox, *, public_url: str) -> dict[str, str]:
    """Where customers, or a vendor's webhooks, find this inbox."""
    channel = registry.find(inbox.channel)
    if channel is None:
        return {}
    found = {"key": inbox.public_key}
    if channel.offers("verify"):
        found["webhook_url"] = f"{public_url}/in/{inbox.public_key}"
    if channel.offers("embed"):
        found |= channel.connector.embed(
            inbox.settings, key=inbox.public_key, public_url=public_url
        )
    return found


def envelope_fields(envelope: Envelope) -> dict[str, Any]:
    """The fields of :class:`EnvelopeOut`."""
    summary = quarantine.shown(envelope)
    return {
        "id": str(envelope.id),
        "inbox_id": str(envelope.inbox_id),
        "state": envelope.state,
        "reason": envelope.reason,
        "detail": envelope.detail,
        "sender": summary["from"],
        "subject": summary["subject"],
        "preview": summary["preview"],
        "size": envelope.size,
        "content_type": envelope.content_type,
        "message_id": str(envelope.message_id) if envelope.message_id else None,
        "ticket_id": str(envelope.ticket_id) if envelope.ticket_id else None,
        "received_at": envelope.received_at,
        "done_at": envelope.done_at,
    }
