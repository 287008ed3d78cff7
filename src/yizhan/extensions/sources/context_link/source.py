"""Links into other systems, each signed for whoever follows it."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey

from yizhan.domains.panel import contract
from yizhan.domains.panel.contract import (
    Content,
    Follower,
    Host,
    LookupFailed,
    PanelLink,
    Question,
    SourceSettingsInvalid,
)
from yizhan.extensions.sources.context_link import addresses
from yizhan.extensions.sources.context_link.settings import Settings, Way


def check(settings: Settings) -> None:
    """Names once, variables that exist, and a place that none of them changes."""
    if again := contract.repeated([one.key for one in settings.links]):
        raise SourceSettingsInvalid(f"the key {again} is there twice", field="links")
    for one in settings.links:
        if wrong := addresses.unknown(one.url):
            raise SourceSettingsInvalid(f"unknown variable: {wrong}", field="links")


async def fetch(settings: Settings, question: Question, _host: Host) -> Content:
    known = addresses.values(question, None)
    return Content(
        links=[
            PanelLink(
                key=one.key,
                label=contract.words(one.label_zh, one.label_en, otherwise=one.key),
                host=urlsplit(one.url).hostname or "",
                missing=_missing(one, known),
            )
            for one in settings.links
        ]
    )


# Known as soon as the link is followed.
_LATER = (addresses.TOKEN, "agent.")


def _missing(link: Way, known: dict[str, str]) -> list[str]:
    return [
        name for name in addresses.names(link.url)
        if not name.startswith(_LATER) and not known.get(name)
    ]  # fmt: skip


def open(
    settings: Settings, link: str, *, question: Question, follower: Follower, host: Host
) -> str:
    """Errors: LookupFailed for a link that is not there, or lacks something."""
    wanted = next((one for one in settings.links if one.key == link), None)
    if wanted is None:
        raise LookupFailed("nothing_to_ask", "no such link")
    known = addresses.values(question, follower)
    if _missing(wanted, known):
        raise LookupFailed("nothing_to_ask", "something is not known")
    if not wanted.signed:
        return addresses.fill(wanted.url, known)
    known[addresses.TOKEN] = _token(settings, wanted, question, follower=follower, host=host)
    return addresses.fill(addresses.with_token(wanted.url), known)


def _token(
    settings: Settings, link: Way, question: Question, *, follower: Follower, host: Host
) -> str:
    """A JWT (HS256) for that place only, with who comes and about whom."""
    parts = urlsplit(link.url)
    now = int(host.now.timestamp())
    ticket = question.ticket
    claims = {
        "iss": host.public_url,
        "aud": f"{parts.scheme}://{parts.netloc}",
        "iat": now,
        "exp": now + settings.seconds,
        "jti": secrets.token_urlsafe(16),
        "sub": f"agent:{follower.id}",
        "name": follower.name,
        "workspace": question.workspace_id,
        "customer": question.customer.id,
        "ticket": {"id": ticket.id, "number": ticket.number} if ticket else None,
        "link": link.key,
    }
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(host.key))
