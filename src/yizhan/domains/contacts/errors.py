"""What can go wrong with contacts."""

from __future__ import annotations

from yizhan.kernel import errors


class ContactNotFound(errors.NotFound):
    """There is no such contact."""


class CompanyNotFound(errors.NotFound):
    """There is no such company."""


class MergeNotFound(errors.NotFound):
    """There is no such merge."""


class IdentityNotFound(errors.NotFound):
    """There is no such identity."""


class IdentityInvalid(errors.Invalid):
    """This address or number is not valid."""


class IdentityTaken(errors.Conflict):
    """Another contact is known by this address or number; merge the two if they are one person."""


class CannotMerge(errors.Conflict):
    """These two contacts cannot be merged."""


class MergeUndone(errors.Conflict):
    """This merge was undone before."""
