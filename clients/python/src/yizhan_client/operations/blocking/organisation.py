# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``organisation``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Organisation:
    """Operations of ``organisation``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def list_brands(self) -> models.Brands:
        """ListBrands.

        All brands.
        """
        return self._transport.call(models.Brands, "GET", "/api/v1/brands")

    def create_brand(
        self, body: models.BrandIn, *, idempotency_key: str | None = None
    ) -> models.BrandOut:
        """CreateBrand.

        Add a brand.

        Errors: UnknownReference.
        """
        return self._transport.call(
            models.BrandOut, "POST", "/api/v1/brands", body=body, key=idempotency_key
        )

    def update_brand(self, brand_id: Id, body: models.BrandChange) -> models.BrandOut:
        """UpdateBrand.

        Change a brand.

        Errors: UnknownReference.
        """
        return self._transport.call(
            models.BrandOut, "PATCH", "/api/v1/brands/{}", brand_id, body=body
        )

    def delete_brand(self, brand_id: Id) -> None:
        """DeleteBrand.

        Use a brand no longer; its tickets keep it.

        Errors: LastBrand.
        """
        self._transport.send("DELETE", "/api/v1/brands/{}", brand_id)

    def list_teams(self) -> models.Teams:
        """ListTeams.

        All teams and who is in them.
        """
        return self._transport.call(models.Teams, "GET", "/api/v1/teams")

    def create_team(
        self, body: models.TeamIn, *, idempotency_key: str | None = None
    ) -> models.TeamOut:
        """CreateTeam.

        Add a team.

        Errors: UnknownReference.
        """
        return self._transport.call(
            models.TeamOut, "POST", "/api/v1/teams", body=body, key=idempotency_key
        )

    def update_team(self, team_id: Id, body: models.TeamChange) -> models.TeamOut:
        """UpdateTeam.

        Change a team; members are replaced.

        Errors: UnknownReference.
        """
        return self._transport.call(models.TeamOut, "PATCH", "/api/v1/teams/{}", team_id, body=body)

    def delete_team(self, team_id: Id) -> None:
        """DeleteTeam.

        Use a team no longer; its members leave it.
        """
        self._transport.send("DELETE", "/api/v1/teams/{}", team_id)

    def list_units(self) -> models.Units:
        """ListUnits.

        The tree of units, parents before children.
        """
        return self._transport.call(models.Units, "GET", "/api/v1/units")

    def create_unit(
        self, body: models.UnitIn, *, idempotency_key: str | None = None
    ) -> models.UnitOut:
        """CreateUnit.

        Add a unit; without a parent below the root.

        Errors: InvalidValue, UnknownReference.
        """
        return self._transport.call(
            models.UnitOut, "POST", "/api/v1/units", body=body, key=idempotency_key
        )

    def update_unit(self, unit_id: Id, body: models.UnitChange) -> models.UnitOut:
        """UpdateUnit.

        Rename a unit, or move it with everything below.

        Errors: InvalidValue, RootUnit, UnitCycle, UnknownReference.
        """
        return self._transport.call(models.UnitOut, "PATCH", "/api/v1/units/{}", unit_id, body=body)

    def delete_unit(self, unit_id: Id) -> None:
        """DeleteUnit.

        Remove an empty unit.

        Errors: RootUnit, UnitInUse.
        """
        self._transport.send("DELETE", "/api/v1/units/{}", unit_id)

    def get_workspace(self) -> models.WorkspaceOut:
        """GetWorkspace.

        The workspace and its settings.
        """
        return self._transport.call(models.WorkspaceOut, "GET", "/api/v1/workspace")

    def update_workspace(self, body: models.WorkspaceChange) -> models.WorkspaceOut:
        """UpdateWorkspace.

        Change the workspace; settings are merged, null removes one.

        Errors: InvalidValue.
        """
        return self._transport.call(models.WorkspaceOut, "PATCH", "/api/v1/workspace", body=body)
