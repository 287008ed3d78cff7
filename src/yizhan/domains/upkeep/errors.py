"""What can go wrong with upkeep."""

from __future__ import annotations

from yizhan.kernel import errors


class CheckRuns(errors.Conflict):
    """A check is running already; wait for it or cancel it."""


class CheckOver(errors.Conflict):
    """This check has ended."""


class CheckNotFound(errors.NotFound):
    """There is no such check."""


class FindingNotFound(errors.NotFound):
    """There is no such finding that you can see."""


class NotAGap(errors.Conflict):
    """Only what no article answers can become a draft; edit the article instead."""


class NothingToDraft(errors.Conflict):
    """No solved ticket has an answer to draft from; solve one of them, or write the article yourself."""


class AlreadyDrafted(errors.Conflict):
    """There is a draft for this already; go on with that one."""
