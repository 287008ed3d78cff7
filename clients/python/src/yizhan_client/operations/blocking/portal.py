# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``portal``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Portal:
    """Operations of ``portal``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def get_portal_role(self, contact_id: Id) -> models.PortalRole:
        """A customer's role.

        Whether they see their company's tickets on the help pages.

        Errors: ContactNotFound.
        """
        return self._transport.call(
            models.PortalRole, "GET", "/api/v1/contacts/{}/portal", contact_id
        )

    def change_portal_role(self, contact_id: Id, body: models.PortalRole) -> models.PortalRole:
        """Change a customer's role.

        Let them see their company's tickets on the help pages, or no longer.

        Errors: ContactNotFound.
        """
        return self._transport.call(
            models.PortalRole, "PUT", "/api/v1/contacts/{}/portal", contact_id, body=body
        )

    def list_portals(self) -> models.PortalList:
        """List help pages.

        One for each brand; they are closed until they are opened.
        """
        return self._transport.call(models.PortalList, "GET", "/api/v1/portals")

    def change(self, brand_id: Id, body: models.PortalIn) -> models.PortalOut:
        """Open, close or describe help pages.

        Absent fields stay. 409 ``portal_name_taken`` when another brand has the name.

        Errors: CategoryUnknown, PortalNameTaken.
        """
        return self._transport.call(
            models.PortalOut, "PUT", "/api/v1/portals/{}", brand_id, body=body
        )

    def create_portal_secret(
        self, brand_id: Id, *, idempotency_key: str | None = None
    ) -> models.PortalSecret:
        """Let a website sign customers in.

        A new secret that the brand's website signs with; the old one no longer works.

        Errors: PortalNotFound.
        """
        return self._transport.call(
            models.PortalSecret,
            "POST",
            "/api/v1/portals/{}/sso-secret",
            brand_id,
            key=idempotency_key,
        )

    def delete_portal_secret(self, brand_id: Id) -> None:
        """End sign-in by a website.

        Who is signed in stays so.
        """
        self._transport.send("DELETE", "/api/v1/portals/{}/sso-secret", brand_id)
