"""What can go wrong with articles."""

from __future__ import annotations

from yizhan.kernel import errors


class ArticleNotFound(errors.NotFound):
    """There is no such article that you can see."""


class CategoryNotFound(errors.NotFound):
    """There is no such category."""


class VersionNotFound(errors.NotFound):
    """This article has no such version in this language."""


class CategoryInUse(errors.Conflict):
    """Move or archive what is in this category first."""


class CategoryLoop(errors.Invalid):
    """A category cannot be within itself."""


class StaleArticle(errors.Conflict):
    """Somebody saved a newer version; look at it before you save yours."""


class ArticleEmpty(errors.Invalid):
    """An article needs a title and a text."""


class ImportUnreadable(errors.Invalid):
    """This document cannot be read."""


class DocumentUnknown(errors.Invalid):
    """Only Markdown, HTML, Word (.docx) and PDF can be imported."""


class DocumentProtected(errors.Invalid):
    """This document is protected by a password; save it without one."""


class DocumentTooLarge(errors.TooLarge):
    """This document is too large."""


class DocumentEmpty(errors.Invalid):
    """There is no text in this document; a scanned page is a picture."""


class OwnerUnknown(errors.Invalid):
    """Nobody who works here is this person."""


class UnknownLocale(errors.Invalid):
    """Name a language like en or zh-CN."""
