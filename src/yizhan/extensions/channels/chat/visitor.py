"""Who is at the other end: the token that the desk signs, and proof from the host page.

A token names a random visitor and, where the host page proved it, the signed-in user. It is signed
with a key of the workspace and bound to one inbox, so that no other chat takes it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import msgspec

from yizhan.domains.channels import contract
from yizhan.kernel import errors, handover
from yizhan.kernel.crypto import Vault

_PURPOSE = "chat-visitor"
_MAC = 32  # base32 characters, 160 bits
_LONGEST_TOKEN = 4000
_PROVEN_SECONDS = 24 * 3600

PROVEN, KNOWN, CLAIMED = 3, 2, 1


class VisitorTokenInvalid(errors.Unauthorized):
    """This chat does not know the visitor; begin a new session."""


class IdentityRequired(errors.Forbidden):
    """Sign in on the website first; this chat is for known customers."""


class IdentityInvalid(errors.Unauthorized):
    """The website's proof of who this is does not hold."""


class Visitor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a token says. ``key`` is the conversation of this visitor within the inbox."""

    inbox_id: int
    id: str
    key: str
    user: str = ""  # proven by the host page
    name: str = ""
    email: str = ""  # typed, or sent along by the host page; proves nothing by itself
    page_url: str = ""
    page_title: str = ""
    locale: str = ""
    until: int = 0  # Unix seconds; 0: no end. Proof is renewed by each page that the user opens

    @property
    def verified(self) -> bool:
        return bool(self.user)

    def identities(self) -> tuple[contract.Identity, ...]:
        """As the contacts domain wants them, strongest first."""
        found = [contract.Identity("visitor", self.id, scope=str(self.inbox_id), strength=KNOWN)]
        if self.user:
            proven = contract.Identity("app_user", self.user, strength=PROVEN, verified=True)
            found.insert(0, proven)
        if self.email:
            found.append(contract.Identity("email", self.email, strength=CLAIMED))
        return tuple(found)


def fresh(inbox_id: int) -> Visitor:
    """Somebody new: 128 random bits."""
    number = secrets.token_hex(16)
    return Visitor(inbox_id=inbox_id, id=number, key=f"visitor:{number}")


def seal(vault: Vault, visitor: Visitor, *, workspace_id: int, now: datetime) -> str:
    """The visitor as a token. One that carries proof ends after a day: people sign out."""
    until = int(now.timestamp()) + _PROVEN_SECONDS if visitor.user else 0
    visitor = msgspec.structs.replace(visitor, until=until)
    body = base64.urlsafe_b64encode(msgspec.json.encode(visitor)).decode().rstrip("=")
    return f"{body}.{vault.sign(body, workspace_id=workspace_id, purpose=_PURPOSE, size=_MAC)}"


def unseal(vault: Vault, token: str, *, workspace_id: int, inbox_id: int, now: datetime) -> Visitor:
    """Errors: :class:`VisitorTokenInvalid` for a token that is forged, old, or of another chat."""
    body, _, mac = token.partition(".")
    if len(token) > _LONGEST_TOKEN or not vault.signed(
        body, mac, workspace_id=workspace_id, purpose=_PURPOSE, size=_MAC
    ):
        raise VisitorTokenInvalid
    raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    visitor = msgspec.json.decode(raw, type=Visitor)
    if visitor.inbox_id != inbox_id or 0 < visitor.until < now.timestamp():
        raise VisitorTokenInvalid
    return visitor


# --------------------------------------------------------------------- proof from the host page


class Proof(msgspec.Struct, frozen=True):
    """A signed ``jwt``, or ``user_id`` with ``user_hash``: HMAC-SHA256(secret, user_id) in hex."""

    jwt: str = ""
    user_id: str = ""
    user_hash: str = ""
    email: str = ""
    name: str = ""


class Person(msgspec.Struct, frozen=True):
    """A user whom the host page vouches for."""

    id: str
    name: str = ""
    email: str = ""


def check(proof: Proof, *, secret: str, now: datetime) -> Person:
    """Errors: :class:`IdentityInvalid`, also where the chat has no secret to check with."""
    if not secret:
        raise IdentityInvalid("This chat has no identity secret; set one first.")
    if proof.jwt:
        return _by_jwt(proof.jwt, secret=secret, now=now)
    # The hash proves the id alone. Name and address are what the page says.
    good = hmac.new(secret.encode(), proof.user_id.encode(), hashlib.sha256).hexdigest()
    if not proof.user_id or not hmac.compare_digest(good, proof.user_hash.strip().lower()):
        raise IdentityInvalid
    return _person(proof.user_id, proof.name, proof.email)


def _by_jwt(token: str, *, secret: str, now: datetime) -> Person:
    """HS256 with ``sub`` and an ``exp`` within ten minutes."""
    try:
        claims = handover.claims(token, secret=secret, now=now)
    except handover.Refused as error:
        raise IdentityInvalid(str(error) or None) from error
    return _person(claims.get("sub"), claims.get("name"), claims.get("email"))


def _person(user: object, name: object, email: object) -> Person:
    if not isinstance(user, str) or not 0 < len(user.strip()) <= 300:
        raise IdentityInvalid("The user's id must be text.")
    return Person(
        id=user.strip(),
        name=name.strip()[:200] if isinstance(name, str) else "",
        email=email.strip()[:320] if isinstance(email, str) else "",
    )


def introduce(visitor: Visitor, person: Person, *, has_conversation: bool) -> Visitor:
    """The visitor, now known. What was begun anonymously goes on; another user begins anew."""
    if visitor.user == person.id:
        return msgspec.structs.replace(
            visitor, name=person.name or visitor.name, email=person.email or visitor.email
        )
    keeps = has_conversation and not visitor.user
    start = visitor if keeps else fresh(visitor.inbox_id)
    return msgspec.structs.replace(
        start,
        key=visitor.key if keeps else f"user:{person.id}",
        user=person.id,
        name=person.name or (visitor.name if keeps else ""),
        email=person.email or (visitor.email if keeps else ""),
    )


def equal(first: str, second: str) -> bool:
    """Compare signatures in the same time either way."""
    return hmac.compare_digest(first.encode(), second.encode())
