# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``access``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Access:
    """Operations of ``access``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list_permissions(self) -> list[models.PermissionOut]:
        """ListPermissions.

        Every permission there is, with its names and the scopes in which it can be given.
        """
        return self._transport.call(list[models.PermissionOut], "GET", "/api/v1/permissions")

    def list_roles(self) -> models.Roles:
        """ListRoles.

        All roles and what they allow.
        """
        return self._transport.call(models.Roles, "GET", "/api/v1/roles")

    def create_role(
        self, body: models.RoleIn, *, idempotency_key: str | None = None
    ) -> models.RoleOut:
        """CreateRole.

        Add a role.

        Errors: ExceedsOwnRights, InvalidValue, UnknownReference.
        """
        return self._transport.call(
            models.RoleOut, "POST", "/api/v1/roles", body=body, key=idempotency_key
        )

    def list_role_names(self) -> models.RoleNames:
        """ListRoleNames.

        What the roles are called, for all colleagues: whoever asks for an approval chooses
        among them.
        """
        return self._transport.call(models.RoleNames, "GET", "/api/v1/roles/names")

    def update_role(self, role_id: Id, body: models.RoleChange) -> models.RoleOut:
        """UpdateRole.

        Change a role; grants are replaced.

        Errors: ExceedsOwnRights, InvalidValue, SystemRole, UnknownReference.
        """
        return self._transport.call(models.RoleOut, "PATCH", "/api/v1/roles/{}", role_id, body=body)

    def delete_role(self, role_id: Id) -> None:
        """DeleteRole.

        Remove a role that nobody has.

        Errors: ExceedsOwnRights, RoleInUse, SystemRole.
        """
        self._transport.send("DELETE", "/api/v1/roles/{}", role_id)

    def list_tokens(self) -> models.Tokens:
        """ListTokens.

        API tokens: one's own, or all for who manages them.
        """
        return self._transport.call(models.Tokens, "GET", "/api/v1/tokens")

    def create_token(
        self, body: models.TokenIn, *, idempotency_key: str | None = None
    ) -> models.TokenOut:
        """CreateToken.

        Make an API token; its text is in this answer only.

        Errors: ExceedsOwnRights, InvalidValue.
        """
        return self._transport.call(
            models.TokenOut, "POST", "/api/v1/tokens", body=body, key=idempotency_key
        )

    def revoke_token(self, token_id: Id) -> None:
        """RevokeToken.

        Revoke an API token, and those that it made.
        """
        self._transport.send("DELETE", "/api/v1/tokens/{}", token_id)
