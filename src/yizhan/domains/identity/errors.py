"""What can go wrong with people, rights and signing in."""

from __future__ import annotations

from typing import ClassVar

from yizhan.kernel import errors


class InvalidToken(errors.Unauthorized):
    """This token is not valid, has expired or was revoked."""


class SessionExpired(errors.Unauthorized):
    """You are signed out; sign in again."""


class InvalidCredentials(errors.Unauthorized):
    """E-mail, password or code is wrong."""


class CodeRequired(errors.Unauthorized):
    """Enter the code of your authenticator app."""


class ChooseWorkspace(errors.Conflict):
    """This e-mail has accounts in several workspaces; choose one."""


class TooManyAttempts(errors.TooMany):
    """Too many wrong attempts; wait a little and try again."""


class WrongPassword(errors.Forbidden):
    """The current password is wrong."""


class WeakPassword(errors.Invalid):
    """A password needs 8 to 256 characters and must not be your e-mail address."""


class WrongCode(errors.Invalid):
    """This code is wrong or was used already."""


class TotpEnabled(errors.Conflict):
    """The second factor is on already; turn it off first."""


class TotpNotStarted(errors.Conflict):
    """Begin setting up the second factor first."""


class BrowserOnly(errors.Forbidden):
    """This needs a person who is signed in; a token cannot do it."""


class EmailTaken(errors.Conflict):
    """An agent with this e-mail exists already."""


class LastAdmin(errors.Conflict):
    """A workspace needs at least one active administrator."""


class LastBrand(errors.Conflict):
    """A workspace needs at least one brand."""


class ExceedsOwnRights(errors.Forbidden):
    """You cannot give, change or take away rights that you do not have yourself."""


class SystemRole(errors.Conflict):
    """This role comes with every workspace: it stays, and the administrator's stays as it is."""


class RoleInUse(errors.Conflict):
    """Agents still have this role; give them another one first."""


class UnitInUse(errors.Conflict):
    """This unit still has units or teams below it."""


class RootUnit(errors.Conflict):
    """The root of the organisation cannot be moved or deleted."""


class UnitCycle(errors.Invalid):
    """A unit cannot be placed below itself."""

    code: ClassVar[str] = "unit_cycle"


class UnknownReference(errors.Invalid):
    """Something that this refers to does not exist in this workspace."""


class InvalidValue(errors.Invalid):
    """A field has a value that is not allowed."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}", errors=[{"field": field, "message": message}])
