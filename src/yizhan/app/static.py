"""The built front ends: the browser app for people who work here, and the chat widget's files."""

from __future__ import annotations

import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import Response, get

from yizhan.kernel import errors

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


@lru_cache(maxsize=512)
def _read(path: Path) -> bytes:
    return path.read_bytes()


def _within(folder: str, name: str) -> Path | None:
    """A file below a folder of ROOT, or None. Nothing above it can be reached."""
    base = (ROOT / folder).resolve()
    try:
        path = (base / name).resolve()
        return path if path.is_relative_to(base) and path.is_file() else None
    except (OSError, ValueError):  # a name that no file can have: too long, or with a NUL
        return None


def _file(path: Path, *, cache: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("application/javascript", "application/json")
    content_type = f"{kind}; charset=utf-8" if text else kind
    return Response(
        _read(path),
        headers={"Cache-Control": cache, "Content-Type": content_type, **(headers or {})},
    )


@get("/widget/{path:path}", include_in_schema=False)
async def widget_file(path: Path) -> Response[bytes]:
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
    return _file(found, cache=cache, headers=open_to_all)


@get(["/", "/{path:path}"], include_in_schema=False)
async def browser_app(path: Path | None = None) -> Response[bytes]:
    """The browser app: its files by name, and its page for every other address."""
    name = str(path or "").lstrip("/")
    if name.startswith(("api/", "chat/", "in/", "f/")):
        raise errors.NotFound
    found = _within("app", name) if name else None
    if found is not None and found.name != "index.html":
        return _file(found, cache=_FOREVER if name.startswith("assets/") else _FRESH)
    if name.startswith("assets/"):
        raise errors.NotFound
    index = _within("app", "index.html")
    if index is None:
        return Response(
            _MISSING.encode(), status_code=503, headers={"Content-Type": "text/html; charset=utf-8"}
        )
    return _file(
        index,
        cache=_FRESH,
        headers={"Content-Security-Policy": _APP_CSP, "X-Frame-Options": "DENY"},
    )


def routes() -> list[Any]:
    """Handlers of the front ends; the last ones to be tried."""
    return [widget_file, browser_app]
