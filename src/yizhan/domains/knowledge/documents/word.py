"""Word documents (.docx): an archive of XML that anybody may have put together."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, cast
from xml.parsers.expat import ExpatError

import mammoth  # type: ignore[import-untyped] # it ships no types

from yizhan.domains.knowledge import content
from yizhan.domains.knowledge.documents import texts
from yizhan.domains.knowledge.documents.types import CannotRead, Note, Parsed, Picture

_MOST_PARTS = 4_000
_MOST_XML = 24 * 1024 * 1024  # unpacked; a tree of it takes twenty times as much
_MOST_UNPACKED = 160 * 1024 * 1024
_MOST_PICTURES = 60
_MOST_PICTURE = 8 * 1024 * 1024
_MOST_OF_PICTURES = 24 * 1024 * 1024
_SHOWN = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
# No program writes one; a parser could be led by it to other files or into endless text.
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='标题'] => h1:fresh"


def read(raw: bytes) -> Parsed:
    """Errors: CannotRead."""
    _check(raw)
    pictures = _Pictures()
    try:
        found = mammoth.convert_to_html(
            io.BytesIO(raw),
            convert_image=mammoth.images.img_element(pictures.take),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except (*_BROKEN, ExpatError, LookupError, RecursionError) as error:
        raise CannotRead("unreadable") from error
    title, html = texts.titled(content.clean(cast("str", found.value)))
    notes: list[Note] = ["pictures_left_out"] if pictures.left_out else []
    return Parsed("word", title, html, pictures.kept, notes)


def _check(raw: bytes) -> None:
    """What it says of its size is the most that unpacking gives: more is an error."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise CannotRead("protected")
            xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
            if (
                len(parts) > _MOST_PARTS
                or sum(part.file_size for part in parts) > _MOST_UNPACKED
                or sum(part.file_size for part in xml) > _MOST_XML
            ):
                raise CannotRead("too_large")
            if any(_has_doctype(archive.read(part)) for part in parts):
                raise CannotRead("unreadable")
    except (*_BROKEN, NotImplementedError) as error:
        raise CannotRead("unreadable") from error


def _has_doctype(body: bytes) -> bool:
    """Whatever the part is called: a relation may lead the parser to any of them."""
    starts_like_xml = body[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1] == b"<"
    return starts_like_xml and any(mark in body for mark in _DOCTYPES)


class _Pictures:
    """Those within the document; of those elsewhere, and of drawings, only that there are some."""

    def __init__(self) -> None:
        self.kept: list[Picture] = []
        self.left_out = False
        self._size = 0

    def take(self, image: Any) -> dict[str, str]:
        """The place of one, as mammoth asks for it."""
        ending = _SHOWN.get(image.content_type or "")
        body = self._body(image) if ending and len(self.kept) < _MOST_PICTURES else b""
        if not body:
            self.left_out = True
            return {}
        self._size += len(body)
        number = len(self.kept) + 1
        self.kept.append(Picture(f"picture-{number}.{ending}", image.content_type, body))
        return {"src": f"{content.FILES}{number}"}

    def _body(self, image: Any) -> bytes:
        try:
            with image.open() as opened:
                body: bytes = opened.read(_MOST_PICTURE + 1)
        except (*_BROKEN, LookupError, mammoth.docx.files.InvalidFileReferenceError):
            return b""
        if len(body) > _MOST_PICTURE or self._size + len(body) > _MOST_OF_PICTURES:
            return b""
        return body
