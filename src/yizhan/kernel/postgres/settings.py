"""The server's settings: modest on two cores, right on many."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from yizhan.kernel.postgres.binaries import Binaries
from yizhan.kernel.postgres.home import Home

MEGABYTE = 1024 * 1024


def write(home: Home, binaries: Binaries, extra: Mapping[str, str]) -> None:
    """Writes ``yizhan.conf`` anew; an operator's own lines in ``operator.conf`` come after it."""
    values = {**_defaults(home), **_compression(home, binaries), **extra}
    lines = [f"{name} = '{_quoted(value)}'" for name, value in values.items()]
    text = "# Written at each start. Put your own settings into operator.conf beside the data.\n"
    text += "\n".join(lines) + "\n"
    path = home.data / "yizhan.conf"
    path.write_text(text)
    home.give(path)


def _defaults(home: Home) -> dict[str, str]:
    memory = _memory() // MEGABYTE
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(home.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{max(128, min(memory // 16, 2048))}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{max(64, min(memory // 32, 512))}MB",
        "huge_pages": "off",
        "jit": "off",
        "random_page_cost": "1.1",
        "synchronous_commit": "on",
        "max_wal_size": "2GB",
        "min_wal_size": "160MB",
        "checkpoint_timeout": "15min",
        "autovacuum_naptime": "20s",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.05",
        "idle_in_transaction_session_timeout": "5min",
        "logging_collector": "on",
        "log_directory": str(home.logs),
        "log_filename": "postgresql-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_line_prefix": "%m [%p] %a ",
        "log_min_duration_statement": "1s",
        # Values and rows are personal data and stay out of the log.
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_error_verbosity": "terse",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if _small_shared_memory():
        values["dynamic_shared_memory_type"] = "mmap"
    return values


def _compression(home: Home, binaries: Binaries) -> dict[str, str]:
    """Pages in the log are compressed where that is cheap: without lz4 it would be a sixth of each write's time."""
    asked = subprocess.run(  # noqa: S603 -- a program of the found installation
        [
            *(binaries["postgres"], "-D", str(home.data)),
            *("-C", "wal_compression", "-c", "wal_compression=lz4"),
        ],
        cwd="/",
        capture_output=True,
        check=False,
        **(home.account.identity() if home.account else {}),
    )
    return {"wal_compression": "lz4" if asked.returncode == 0 else "off"}


def _memory() -> int:
    """Bytes that we may count on: the machine's, or the container's where that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return machine
    return min(machine, int(limit)) if limit.isdigit() else machine


def _small_shared_memory() -> bool:
    """Containers often have 64 MB in /dev/shm, too little for parallel queries."""
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108 -- read only
    except OSError:
        return False
    return found.f_frsize * found.f_blocks < 256 * MEGABYTE


def _quoted(value: str) -> str:
    return value.replace("'", "''")
