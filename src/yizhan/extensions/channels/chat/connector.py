"""The chat as a channel of the kit. What is stored of a message is read back here, purely."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import msgspec

from yizhan.domains.channels import contract
from yizhan.extensions.channels.chat.settings import Settings
from yizhan.extensions.channels.chat.visitor import Visitor

CONTENT_TYPE = "application/json"


class WrittenFile(msgspec.Struct, frozen=True):
    """A file that the visitor uploaded before."""

    id: int
    name: str
    content_type: str


class Written(msgspec.Struct, frozen=True):
    """A visitor's message as it is stored raw."""

    visitor: Visitor
    client_id: str
    text: str
    files: tuple[WrittenFile, ...] = ()


_decoder = msgspec.json.Decoder(Written)


def item(written: Written) -> contract.RawItem:
    """The same ``client_id`` of the same conversation is the same message."""
    return contract.RawItem(
        dedupe_key=f"{written.visitor.key}:{written.client_id}",
        body=msgspec.json.encode(written),
        content_type=CONTENT_TYPE,
    )


def parse(_settings: Settings, raw: contract.RawItem) -> Sequence[contract.InboundEvent]:
    """Pure; a stored envelope becomes the same message at any time."""
    try:
        written = _decoder.decode(raw.body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return (contract.Quarantined("unreadable", str(error)[:300]),)
    visitor = written.visitor
    address = contract.Address(visitor.email, visitor.name) if visitor.email else None
    return (
        contract.IncomingMessage(
            external_id=raw.dedupe_key,
            sender=visitor.identities(),
            sender_name=visitor.name,
            conversation_key=visitor.key,
            text=written.text,
            from_=address,  # where answers go when the visitor has left
            files=tuple(
                contract.File(file.name, file.content_type, stored_id=file.id)
                for file in written.files
            ),
            client_id=written.client_id,
            sender_verdict="pass" if visitor.verified else "none",
            locale=visitor.locale or None,
            meta=_meta(visitor),
        ),
    )


def _meta(visitor: Visitor) -> dict[str, str]:
    found = {"page_url": visitor.page_url, "page_title": visitor.page_title}
    return {name: value for name, value in found.items() if value}


async def check(settings: Settings, _host: contract.Host) -> Sequence[contract.Check]:
    """Nothing is far away; what can be wrong is that nobody could ever get in."""
    has_secret = bool(settings.identity_secret) or not settings.require_identity
    return (
        contract.Check("identity_secret", has_secret),
        contract.Check("allowed_origins", ok=True, detail=", ".join(settings.allowed_origins)),
    )


def embed(_settings: Settings, *, key: str, public_url: str) -> Mapping[str, str]:
    """What goes into the pages of the site."""
    source = html.escape(f"{public_url}/widget/loader.js")
    return {"snippet": f'<script async src="{source}" data-key="{key}"></script>'}
