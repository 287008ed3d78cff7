"""Customers come signed in from the brand's own website, by a hand-over that works once."""

from __future__ import annotations

from datetime import UTC, datetime

from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import CLAIMED, PROVEN, Identity
from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import brands
from yizhan.domains.portal import errors, events, repository
from yizhan.domains.portal.service import signing
from yizhan.domains.portal.types import Site
from yizhan.kernel import crypto, handover
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx


def _place(brand_id: int) -> str:
    return f"portal.sso_secret.{brand_id}"


async def new_secret(tx: Tx, brand_id: int, *, vault: Vault) -> str:
    """What the website signs with from now on. Errors: NotFound for the brand, PortalNotFound."""
    permissions.require(tx.actor, "brand:manage")
    await brands.get(tx, brand_id)
    if await repository.portal(tx, brand_id) is None:
        raise errors.PortalNotFound
    had = await repository.sso_secret(tx, brand_id) is not None
    secret = crypto.token()
    sealed = vault.encrypt(secret.encode(), workspace_id=tx.workspace_id, place=_place(brand_id))
    await repository.set_sso_secret(tx, brand_id, sealed=sealed)
    tx.emit(events.PortalChanged(portal_id=brand_id, changes={"sso_secret": [had, True]}))
    return secret


async def forget_secret(tx: Tx, brand_id: int) -> None:
    """Nobody comes over any more. Errors: NotFound for the brand."""
    permissions.require(tx.actor, "brand:manage")
    await brands.get(tx, brand_id)
    if await repository.sso_secret(tx, brand_id) is None:
        return
    await repository.set_sso_secret(tx, brand_id, sealed=None)
    tx.emit(events.PortalChanged(portal_id=brand_id, changes={"sso_secret": [True, False]}))


async def enter(tx: Tx, site: Site, *, vault: Vault, token: str) -> str:
    """A session for whom the website vouches; its token. Errors: HandoverRefused, whatever is wrong."""
    sealed = await repository.sso_secret(tx, site.brand_id)
    if sealed is None:
        raise errors.HandoverRefused
    secret = vault.decrypt(sealed, workspace_id=tx.workspace_id, place=_place(site.brand_id))
    try:
        found = handover.claims(token, secret=secret.decode(), now=tx.now)
    except handover.Refused as error:
        raise errors.HandoverRefused from error
    meant = found.get("aud")
    if f"{site.base}{site.root}" not in (meant if isinstance(meant, list) else [meant]):
        raise errors.HandoverRefused
    number = handover.text(found, "jti", most=200)
    given = _identities(
        handover.text(found, "sub", most=300),
        handover.text(found, "email", most=320),
        is_proven=found.get("email_verified") is True,
    )
    end = datetime.fromtimestamp(found["exp"] + handover.LEEWAY_SECONDS, tz=UTC)
    if not number or not given:
        raise errors.HandoverRefused
    # Committed before anything is shown: a second one with this number finds it taken.
    if not await repository.use_handover(
        tx, site.brand_id, key=crypto.digest(number), expires_at=end
    ):
        raise errors.HandoverRefused
    session = await signing.begin(
        tx, site, given=given, name=handover.text(found, "name", most=200)
    )
    if session is None:
        raise errors.HandoverRefused
    return session


def _identities(user: str, address: str, *, is_proven: bool) -> list[Identity]:
    """The website's number of the customer is proof; their address is when it says so."""
    given = []
    if user:
        given.append(
            Identity(kind="app_user", value=user, strength=PROVEN, verified=True, source="portal")
        )
    if contacts.is_address(address) and (is_proven or user):
        strength = PROVEN if is_proven else CLAIMED
        given.append(
            Identity(
                kind="email", value=address, strength=strength, verified=is_proven, source="portal"
            )
        )
    return given
