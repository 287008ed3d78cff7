"""What can be wrong with a backup, or with the place that it goes to."""

from __future__ import annotations

from yizhan.kernel import errors


class BackupPathTaken(errors.Conflict):
    """There is something at this path already; choose another one."""


class BackupPathFull(errors.Unavailable):
    """There is no room for the backup; nothing was left behind."""


class BackupRunning(errors.Conflict):
    """Another backup is being written to this path."""


class NotABackup(errors.NotFound):
    """There is no complete backup here."""


class BackupDamaged(errors.Invalid):
    """The backup is not what was written; nothing was changed."""


class BackupTooNew(errors.Conflict):
    """The backup was made by a newer release; restore it with that one."""


class PlaceNotEmpty(errors.Conflict):
    """A backup is restored into an empty place only; name an empty data directory or database."""


class PlaceHalfRestored(errors.Conflict):
    """A restore did not come to its end here; run it again, it starts over."""


class PassphraseWrong(errors.Invalid):
    """The key of this backup is sealed, and this is not its passphrase."""


class PassphraseMissing(errors.Invalid):
    """The key of this backup is sealed; give its passphrase."""


class KeyDiffers(errors.Conflict):
    """YIZHAN_SECRET_KEY is not the key that this backup was made with."""


class RestoredDiffers(errors.Invalid):
    """What was restored is not what was backed up; nothing was kept."""


class MomentOutside(errors.Invalid):
    """The archive does not reach this moment."""


class ArchiveFailed(errors.Unavailable):
    """The archive of the write-ahead log could not be written or read."""
