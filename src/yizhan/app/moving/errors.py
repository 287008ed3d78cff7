"""What can be wrong with the archive of a workspace, or with the place that it goes to."""

from __future__ import annotations

from yizhan.kernel import errors


class ArchiveRefused(errors.Invalid):
    """This is not an archive of a workspace, or it was changed; nothing was imported."""


class ArchiveTooLarge(errors.TooLarge):
    """The archive would grow beyond what it may; nothing was imported."""


class ArchiveTooNew(errors.Conflict):
    """The archive was made by a newer release; import it with that one."""


class ArchiveTooOld(errors.Conflict):
    """The archive was made by an older release; import it with that one, and upgrade then."""


class WorkspaceThere(errors.Conflict):
    """This installation has the workspace already; import into another one."""


class SlugThere(errors.Conflict):
    """Another workspace has this address (slug); choose one with --slug."""


class WhichWorkspace(errors.Invalid):
    """There are several workspaces; name one with --workspace."""


class WorkspaceUnknown(errors.NotFound):
    """There is no workspace of this address (slug)."""


class ImportedDiffers(errors.Invalid):
    """What was imported is not what the archive said; nothing was kept."""
