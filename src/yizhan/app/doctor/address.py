"""Whether customers reach this desk by the address that stands in their mails."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from yizhan.app import supervisor
from yizhan.app.doctor.cures import check
from yizhan.domains.system.types import Check
from yizhan.kernel import clock
from yizhan.kernel.config import Config

SOON = timedelta(days=14)  # before its end a certificate should have been renewed
_SECONDS = 5
_WIDE = ("0.0.0.0", "::", "")  # noqa: S104 -- compared, not bound


def address(config: Config) -> Check:
    """The public address is set, answers, and its certificate is good for a while."""
    parts = urlsplit(config.url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return check("address", f"{config.url} is no address", ok=False)
    if not config.public_url:
        if config.host in _WIDE or not _is_here(config.host):
            return check("address", config.url, ok=False, cause="unset")
        return check("address", f"{config.url} (this machine only)", ok=True)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        ends = _asked(parts.scheme, parts.hostname, port, path=f"{parts.path.rstrip('/')}/healthz")
    except ssl.SSLCertVerificationError as error:
        detail = f"{config.url}: {error.verify_message}"
        return check("address", detail, ok=False, cause="certificate")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _unreached(config, error)
    if ends is not None and ends < clock.now() + SOON:
        detail = f"{config.url}: the certificate ends at {ends:%Y-%m-%d}"
        return check("address", detail, ok=False, cause="certificate")
    return check("address", config.url, ok=True)


def _unreached(config: Config, error: Exception) -> Check:
    """Nobody answers for a desk that does not run; a name that is not known never leads anywhere."""
    runs = supervisor.answers(config.host, config.port, path="/healthz")
    detail = f"{config.url}: {str(error) or type(error).__name__}"
    if runs or isinstance(error, socket.gaierror):
        return check("address", detail, ok=False)
    return check("address", f"{detail} (the desk does not run here)", ok=True)


def _asked(scheme: str, host: str, port: int, *, path: str) -> datetime | None:
    """When the certificate ends. Errors: OSError, HTTPException; ConnectionError for another answer."""
    context = ssl.create_default_context()
    connection: http.client.HTTPConnection = (
        http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=context)
        if scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=_SECONDS)
    )
    try:
        connection.request("GET", path)
        ends = _ends(connection.sock)
        status = connection.getresponse().status
        if status != http.HTTPStatus.OK:
            raise ConnectionError(f"{path} answers {status}")
        return ends
    finally:
        connection.close()


def _ends(found: object) -> datetime | None:
    said = (found.getpeercert() or {}).get("notAfter") if isinstance(found, ssl.SSLSocket) else None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(said)), UTC) if said else None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
