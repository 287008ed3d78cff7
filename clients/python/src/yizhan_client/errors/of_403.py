# Written by `make openapi` from openapi.json; do not edit.
"""Codes below :class:`Forbidden`."""

from yizhan_client.errors.base import Forbidden

__all__ = [
    "BrowserOnly",
    "CsrfMissing",
    "ExceedsOwnRights",
    "FieldReadOnly",
    "ItemNeeded",
    "MacroNotYours",
    "NeedsAgent",
    "NotAsked",
    "OwnApproval",
    "ViewNotYours",
    "WrongPassword",
]


class BrowserOnly(Forbidden):
    """This needs a person who is signed in; a token cannot do it."""


class CsrfMissing(Forbidden):
    """A change by cookie needs the header X-Yizhan: 1, so that no other site can ask for it."""


class ExceedsOwnRights(Forbidden):
    """You cannot give, change or take away rights that you do not have yourself."""


class FieldReadOnly(Forbidden):
    """Your role may see these fields but not change them; ``fields`` names them."""


class ItemNeeded(Forbidden):
    """Only who put this on the list, or who manages checklists, may set it aside."""


class MacroNotYours(Forbidden):
    """A macro for a team or for all may only be changed by those who manage macros."""


class NeedsAgent(Forbidden):
    """Only a person has drafts, notifications and presence; this token has nobody behind it."""


class NotAsked(Forbidden):
    """Others were asked to approve this."""


class OwnApproval(Forbidden):
    """Who asks for something does not approve it here."""


class ViewNotYours(Forbidden):
    """Only its owner, or somebody who may share views, changes this view."""


class WrongPassword(Forbidden):
    """The current password is wrong."""
