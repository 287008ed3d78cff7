"""The built front ends: the browser app for people who work here, and the chat widget's files."""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State

from yizhan.kernel import errors

Req = Request[Any, Any, State]

PACKED = "packed"  # in a route's ``opt``: its answers are compressed already
_PACKED = {PACKED: True}
ROOT = Path(__file__).resolve().parent.parent / "static"
_FOREVER = "public, max-age=31536000, immutable"
_FRESH = "no-cache"
_APP_CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:;"
    " font-src 'self' data:; connect-src 'self'; frame-src 'self' blob: data:; worker-src 'self' blob:;"
    " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_MISSING = (
    "<!doctype html><meta charset=utf-8><title>Yizhan</title><p>The browser app is not built. Run"
    " <code>make setup</code>.<p>浏览器界面尚未构建,请运行 <code>make setup</code>。"
)


# The app's own worker serves all of its pages, keeps no data of anybody, and talks to nobody else.
_WORKER = {
    "Service-Worker-Allowed": "/",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
}
_KINDS = {".webmanifest": "application/manifest+json"}

# Named after what is in it, and so are all chunks that it names: another build has another entry.
_ENTRY = re.compile(r'<script type="module"[^>]* src="(/assets/[^"]+)"')
_WORTH_PACKING = 1000  # bytes


@lru_cache(maxsize=512)
def _kept(path: Path, _stamp: tuple[int, int]) -> tuple[bytes, bytes | None]:
    """A file and, where that is smaller, its gzip; ``_stamp`` makes a rebuilt file another one."""
    body = path.read_bytes()
    packed = gzip.compress(body, mtime=0) if len(body) >= _WORTH_PACKING else body
    return body, packed if len(packed) < len(body) else None


def _read(path: Path) -> tuple[bytes, bytes | None]:
    found = path.stat()
    return _kept(path, (found.st_mtime_ns, found.st_size))


def build() -> str | None:
    """Names the browser app that is served now: the address of its entry."""
    index = _within("app", "index.html")
    if index is None:
        return None
    found = _ENTRY.search(_read(index)[0].decode())
    return found[1] if found else None


def _within(folder: str, name: str) -> Path | None:
    """A file below a folder of ROOT, or None. Nothing above it can be reached."""
    base = (ROOT / folder).resolve()
    try:
        path = (base / name).resolve()
        return path if path.is_relative_to(base) and path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have: too long, or with a NUL
        return None


def _file(
    request: Req, path: Path, *, cache: str, headers: dict[str, str] | None = None
) -> Response[bytes]:
    known = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = known or "application/octet-stream"
    text = kind.startswith("text/") or kind in (
        "application/javascript",
        "application/json",
        "application/manifest+json",
    )
    content_type = f"{kind}; charset=utf-8" if text else kind
    body, packed = _read(path)
    told = {"Cache-Control": cache, "Content-Type": content_type, **(headers or {})}
    if packed is not None:
        told["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, headers=told | {"Content-Encoding": "gzip"})
    return Response(body, headers=told)


@get("/widget/{path:path}", include_in_schema=False, opt=_PACKED)
async def widget_file(request: Req, path: Path) -> Response[bytes]:
    """The chat's loader and assets; other sites load them."""
    name = str(path).lstrip("/")
    found = _within("widget", name)
    if found is None:
        raise errors.NotFound
    cache = _FOREVER if name.startswith("assets/") else "public, max-age=300"
    open_to_all = {
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Allow-Origin": "*",
    }
    return _file(request, found, cache=cache, headers=open_to_all)


@get(["/", "/{path:path}"], include_in_schema=False, opt=_PACKED)
async def browser_app(request: Req, path: Path | None = None) -> Response[bytes]:
    """The browser app: its files by name, and its page for every other address."""
    name = str(path or "").lstrip("/")
    if name.startswith(("api/", "chat/", "in/", "f/", "help/")):
        raise errors.NotFound
    found = _within("app", name) if name else None
    if found is not None and found.name != "index.html":
        cache = _FOREVER if name.startswith("assets/") else _FRESH
        return _file(request, found, cache=cache, headers=_WORKER if name == "sw.js" else None)
    if name.startswith("assets/"):
        raise errors.NotFound
    index = _within("app", "index.html")
    if index is None:
        return Response(
            _MISSING.encode(), status_code=503, headers={"Content-Type": "text/html; charset=utf-8"}
        )
    return _file(
        request,
        index,
        cache=_FRESH,
        headers={"Content-Security-Policy": _APP_CSP, "X-Frame-Options": "DENY"},
    )


def routes() -> list[Any]:
    """Handlers of the front ends; the last ones to be tried."""
    return [widget_file, browser_app]
