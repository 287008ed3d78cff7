# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``system``."""

from __future__ import annotations

from typing import Literal

from yizhan_client import models
from yizhan_client.transport import SyncTransport


class System:
    """Operations of ``system``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def get_system_health(
        self, *, window: Literal["1h", "24h", "30d"] | None = None
    ) -> models.HealthOut:
        """How the installation is.

        What it promises itself and how it keeps that over an hour, a day and 30 days; what
        slows its database. 404 ``shown_elsewhere`` outside of the operator's workspace.

        Errors: ShownElsewhere.
        """
        return self._transport.call(
            models.HealthOut, "GET", "/api/v1/system/health", query={"window": window}
        )

    def get_held(self) -> models.HeldOut:
        """What is held since a restore.

        Of one's own workspace: what waited when the backup was made, and what the desk wrote by
        itself since. Nothing of it goes out until somebody decides.
        """
        return self._transport.call(models.HeldOut, "GET", "/api/v1/system/held")

    def decide_held(
        self, body: models.HeldIn, *, idempotency_key: str | None = None
    ) -> models.HeldOut:
        """Send or set aside what is held.

        For all of the workspace; single messages can be sent by `POST /messages/{id}/retry`. It
        is done in the background, and can be said once.

        Errors: HeldAlreadyDecided.
        """
        return self._transport.call(
            models.HeldOut, "POST", "/api/v1/system/held", body=body, key=idempotency_key
        )

    def change_objective(self, body: models.ObjectiveIn) -> models.ObjectiveOut:
        """Change what the installation promises.

        From the next minute on; what was counted before stays as it was judged then.

        Errors: ShownElsewhere.
        """
        return self._transport.call(
            models.ObjectiveOut, "PUT", "/api/v1/system/objectives", body=body
        )

    def make_support_bundle(self, *, idempotency_key: str | None = None) -> bytes:
        """Make a support bundle.

        A zip without personal data, to be sent to whoever helps; what is in it is said in its
        README.txt.

        Errors: ShownElsewhere.
        """
        return self._transport.fetch("POST", "/api/v1/system/support", key=idempotency_key)
