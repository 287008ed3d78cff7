# Written by `make openapi` from openapi.json; do not edit.
"""Operations of ``auth``."""

from __future__ import annotations

from yizhan_client import models
from yizhan_client.request import Id
from yizhan_client.transport import SyncTransport


class Auth:
    """Operations of ``auth``."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def login(self, body: models.Login, *, idempotency_key: str | None = None) -> models.Me:
        """Login.

        Sign in with e-mail and password, and a code if the second factor is on.

        Errors: ChooseWorkspace, CodeRequired, InvalidCredentials, JsonOnly, TooManyAttempts.
        """
        return self._transport.call(
            models.Me, "POST", "/api/v1/auth/login", body=body, key=idempotency_key
        )

    def logout(self, *, idempotency_key: str | None = None) -> None:
        """Logout.

        Sign out of this browser.

        Errors: BrowserOnly.
        """
        self._transport.send("POST", "/api/v1/auth/logout", key=idempotency_key)

    def get_me(self) -> models.Me:
        """GetMe.

        Who is signed in, where, and with which rights.
        """
        return self._transport.call(models.Me, "GET", "/api/v1/auth/me")

    def update_me(self, body: models.MeChange) -> models.Me:
        """UpdateMe.

        Change one's own profile and preferences.

        Errors: BrowserOnly, InvalidValue, UnknownReference.
        """
        return self._transport.call(models.Me, "PATCH", "/api/v1/auth/me", body=body)

    def change_password(
        self, body: models.PasswordChange, *, idempotency_key: str | None = None
    ) -> None:
        """ChangePassword.

        Change one's own password; all other sessions end.

        Errors: BrowserOnly, TooManyAttempts, WeakPassword, WrongPassword.
        """
        self._transport.send("POST", "/api/v1/auth/password", body=body, key=idempotency_key)

    def list_sessions(self) -> models.Sessions:
        """ListSessions.

        Where one is signed in.

        Errors: BrowserOnly.
        """
        return self._transport.call(models.Sessions, "GET", "/api/v1/auth/sessions")

    def revoke_other_sessions(self) -> None:
        """RevokeOtherSessions.

        End all of one's own sessions but this one.

        Errors: BrowserOnly.
        """
        self._transport.send("DELETE", "/api/v1/auth/sessions")

    def revoke_session(self, session_id: Id) -> None:
        """RevokeSession.

        End one of one's own sessions.

        Errors: BrowserOnly.
        """
        self._transport.send("DELETE", "/api/v1/auth/sessions/{}", session_id)

    def start_totp(self, *, idempotency_key: str | None = None) -> models.TotpStart:
        """StartTotp.

        Begin setting up the second factor.

        Errors: BrowserOnly, TotpEnabled.
        """
        return self._transport.call(
            models.TotpStart, "POST", "/api/v1/auth/totp", key=idempotency_key
        )

    def confirm_totp(
        self, body: models.CodeOnly, *, idempotency_key: str | None = None
    ) -> models.RecoveryCodes:
        """ConfirmTotp.

        Turn the second factor on with a first code.

        Errors: BrowserOnly, TotpEnabled, TotpNotStarted, WrongCode.
        """
        return self._transport.call(
            models.RecoveryCodes,
            "POST",
            "/api/v1/auth/totp/confirm",
            body=body,
            key=idempotency_key,
        )

    def disable_totp(
        self, body: models.PasswordOnly, *, idempotency_key: str | None = None
    ) -> None:
        """DisableTotp.

        Turn the second factor off.

        Errors: BrowserOnly, TooManyAttempts, WrongPassword.
        """
        self._transport.send("POST", "/api/v1/auth/totp/disable", body=body, key=idempotency_key)
