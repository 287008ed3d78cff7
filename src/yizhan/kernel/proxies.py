"""Forwarded addresses: believed from trusted proxies, and a note for the doctor of one that is not.

Behind a proxy that is not trusted everybody seems to come from the proxy: one limit of sign-ins for
all, and its address in the audit log.
"""

from __future__ import annotations

import contextlib
import ipaddress
import time
from pathlib import Path

from yizhan.kernel import metrics
from yizhan.kernel.config import Config

_NOTE = "untrusted-proxy"
_NOTE_EACH = 3600.0  # seconds
_GOOD_FOR = 2 * 86_400.0  # a proxy that is gone is forgotten
_noted: dict[tuple[Path, str], float] = {}


def _is_near(peer: str) -> bool:
    """Anybody may send the header from afar; a proxy stands on the same machine or network."""
    try:
        return ipaddress.ip_address(peer).is_private
    except ValueError:
        return False


def client(peer: str, forwarded: str, *, config: Config) -> str:
    """The caller's address, from the connection's other end and ``X-Forwarded-For``."""
    if not forwarded:
        return peer
    if peer in config.trusted_proxies:
        return forwarded.rsplit(",", 1)[-1].strip()
    if _is_near(peer):
        metrics.untrusted_proxy.inc()
        key, now = (config.data, peer), time.monotonic()
        if now - _noted.get(key, -_NOTE_EACH) >= _NOTE_EACH:
            _noted[key] = now
            with contextlib.suppress(OSError):
                (config.data / _NOTE).write_text(peer, "utf-8")
    return peer


def network_of(ip: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: what one customer of a provider has."""
    try:
        address = ipaddress.ip_address(ip.split("%", maxsplit=1)[0])
    except ValueError:
        return ip
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def untrusted(config: Config) -> str:
    """The address of a proxy that was seen and is not trusted yet; empty when there was none."""
    try:
        note = config.data / _NOTE
        is_old = time.time() - note.stat().st_mtime > _GOOD_FOR
        peer = note.read_text("utf-8").strip()
    except OSError:
        return ""
    return "" if is_old or peer in config.trusted_proxies else peer
