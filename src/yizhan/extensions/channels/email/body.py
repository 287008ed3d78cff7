"""The parts of a mail put together: what is read, what is shown, what is a file."""

from __future__ import annotations

import base64
import binascii
import hashlib
import html as markup
import mimetypes
import re
from dataclasses import dataclass, field

from yizhan.domains.channels.contract import File
from yizhan.extensions.channels.email import calendar, charset, html, mime, tnef, tree

MAX_FILES = 500
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_BAD_IN_NAME = re.compile(
    r"[\x00-\x1f\x7f-\x9f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_NEEDS_HTML = re.compile(r"\bhtml\b|不支持|查看", re.IGNORECASE)


@dataclass
class Segment:
    """One stretch of the mail as text, as HTML, or as both."""

    text: str | None = None
    tree: tree.Node | None = None


@dataclass
class Body:
    """Everything below the header."""

    segments: list[Segment] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    locations: dict[str, str] = field(default_factory=dict)  # what a src may say -> content id
    notes: list[str] = field(default_factory=list)  # readable lines of calendar parts

    @property
    def text(self) -> str:
        texts = [_segment_text(segment) for segment in self.segments]
        return "\n\n".join(item for item in [*texts, *self.notes] if item.strip())

    def html_tree(self) -> tree.Node | None:
        """All segments as one tree; None when no part of the mail was HTML."""
        trees = [segment.tree for segment in self.segments if segment.tree is not None]
        if not trees:
            return None
        if len(self.segments) == 1 and not self.notes:
            return trees[0]
        root = tree.Node("div")
        for segment in self.segments:
            if segment.tree is not None:
                root.append(segment.tree)
            elif segment.text and segment.text.strip():
                root.append(_plain_tree(segment.text))
        for note in self.notes:
            root.append(_plain_tree(note))
        return root


def collect(mail: mime.Part) -> Body:
    body = Body()
    _take(mail, body)
    _embedded_images(body)
    used = {cid for segment in body.segments if segment.tree is not None
            for cid in html.place_images(segment.tree, body.locations)}  # fmt: skip
    body.files = [_mark(item, used) for item in body.files[:MAX_FILES]]
    return body


def _mark(file: File, used: set[str]) -> File:
    if (file.content_id in used) == file.inline:
        return file
    return File(file.name, file.content_type, content=file.content, inline=file.content_id in used,
                content_id=file.content_id)  # fmt: skip


def _segment_text(segment: Segment) -> str:
    plain = (segment.text or "").strip("\n")
    if segment.tree is None:
        return plain
    derived = html.to_text(segment.tree)
    if not plain.strip():
        return derived
    # "Your program cannot show HTML": the text part is only an excuse.
    if len(derived) > 4 * len(plain) + 100 and _NEEDS_HTML.search(plain[:2000]):
        return derived
    return plain


def _plain_tree(text: str) -> tree.Node:
    escaped = markup.escape(text, quote=False).replace("\n", "<br>")
    return tree.parse(f"<div>{escaped}</div>")


def _take(part: mime.Part, body: Body) -> None:
    kind = part.content_type
    if kind == "multipart/alternative":
        _take_alternative(part, body)
    elif kind.startswith("multipart/"):
        for child in part.children:
            _take(child, body)
    elif kind == "message/rfc822":
        _take_message(part, body)
    elif kind in _TNEF or part.filename.lower() == "winmail.dat":
        _take_tnef(part, body)
    elif kind == "text/calendar":
        _take_calendar(part, body)
    elif _is_text(part):
        body.segments.append(_segment(part))
    elif kind != "text/x-amp-html":
        _take_file(part, body)


def _is_text(part: mime.Part) -> bool:
    if part.content_type not in ("text/plain", "text/html"):
        return False
    # Some programs send the body itself with a name, but never as an attachment.
    return part.disposition != "attachment" and not (part.filename and part.disposition)


def _segment(part: mime.Part) -> Segment:
    label = part.params.get("charset")
    raw = part.content()
    if part.content_type == "text/html":
        return Segment(tree=html.parse(charset.decode(raw, label or _declared(raw))))
    text = charset.decode(raw, label).replace("\r\n", "\n").replace("\r", "\n")
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
    return Segment(text="\n".join(line.rstrip() for line in text.split("\n")))


def _declared(raw: bytes) -> str | None:
    """The charset that the HTML states about itself."""
    match = re.search(
        rb"<meta[^<>]{0,200}charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{2,40})",
        raw[:4096],
        re.IGNORECASE,
    )
    return match[1].decode("ascii") if match else None


def unflow(text: str, *, delsp: bool = False) -> str:
    """Undo format=flowed (RFC 3676): join soft line breaks of the same quote depth."""
    out: list[str] = []
    soft = -1  # depth of the line before when it ended in a soft break
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        signature = content == "-- "
        flows = content.endswith(" ") and not signature
        piece = content[:-1] if flows and delsp else content
        if soft == depth and not signature:
            out[-1] += piece
        else:
            out.append(">" * depth + (" " if depth else "") + piece)
        soft = depth if flows else -1
    return "\n".join(out)


def _take_alternative(part: mime.Part, body: Body) -> None:
    """Several spellings of one content: keep the plain and the HTML one, and what hangs on them."""
    whole = Body()
    for child in part.children:
        one = Body()
        _take(child, one)
        body.files += one.files
        body.locations.update(one.locations)
        whole.notes += one.notes
        whole.segments += one.segments
    texts = [segment.text for segment in whole.segments if segment.text and segment.text.strip()]
    trees = [segment for segment in whole.segments if segment.tree is not None]
    tree_ = trees[0].tree if len(trees) == 1 else Body(segments=trees).html_tree()
    if texts or tree_ is not None:
        body.segments.append(Segment(text="\n\n".join(texts) or None, tree=tree_))
    body.notes += whole.notes


def _take_message(part: mime.Part, body: Body) -> None:
    inner = part.children[0] if part.children else None
    subject = inner.text("subject") if inner else ""
    name = part.filename or (f"{subject[:100]}.eml" if subject else "")
    _add_file(body, name or "message.eml", "message/rfc822", part.content())


def _take_calendar(part: mime.Part, body: Body) -> None:
    content = part.content()
    note = calendar.describe(charset.decode(content, part.params.get("charset") or "utf-8"))
    if note and note not in body.notes:
        body.notes.append(note)
    name = part.filename or "invite.ics"
    if not any(file.content == content for file in body.files):
        _add_file(body, name, "text/calendar", content)


def _take_tnef(part: mime.Part, body: Body) -> None:
    content = part.content()
    try:
        message = tnef.parse(content)
    except tnef.NotTnef:
        _take_file(part, body)
        return
    if message.html or message.text:
        root = html.parse(message.html) if message.html else None
        already = any(_segment_text(segment).strip() for segment in body.segments)
        if not already:
            body.segments.append(Segment(text=message.text, tree=root))
    for item in message.attachments:
        kind = item.content_type or _guess_type(item.name)
        _add_file(body, item.name, kind, item.content, content_id=item.content_id)
    if not (message.html or message.text or message.attachments):
        _take_file(part, body)


def _take_file(part: mime.Part, body: Body) -> None:
    content = part.content()
    kind = part.content_type
    if kind in ("application/octet-stream", "text/plain"):
        kind = _guess_type(part.filename) if part.filename else kind
    ident = part.text("content-id").strip().strip("<>").strip()
    location = part.text("content-location").strip().strip('"')
    if not content and not part.filename and not ident:
        return
    if not ident and (location or kind.startswith("image/")):
        ident = f"{hashlib.sha256(content).hexdigest()[:24]}@part"
    if location:
        body.locations.setdefault(location, ident)
        body.locations.setdefault(location.rpartition("/")[2], ident)
    if kind.startswith("image/") and part.filename:
        body.locations.setdefault(part.filename, ident)
    if ident:
        body.locations.setdefault(ident, ident)
    _add_file(body, part.filename, kind, content, content_id=ident or None)


def _add_file(
    body: Body, name: str, kind: str, content: bytes, *, content_id: str | None = None
) -> None:
    number = len(body.files) + 1
    kind = charset.clean(kind) if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", kind) else ""
    kind = kind.lower() or "application/octet-stream"
    ident = charset.clean(content_id)[:300] if content_id else None
    body.files.append(File(_name(name, kind, number), kind, content=content, content_id=ident))
    if ident:
        body.locations.setdefault(ident, ident)


def _name(name: str, kind: str, number: int) -> str:
    """A name that is safe to show and to offer for saving; never a path."""
    clean = _BAD_IN_NAME.sub("_", charset.clean(name)).strip().strip(".").strip()
    if not clean:
        ending = ".eml" if kind == "message/rfc822" else mimetypes.guess_extension(kind) or ".bin"
        return f"attachment-{number}{ending}"
    if len(clean) > 180:
        stem, dot, ending = clean.rpartition(".")
        clean = f"{stem[:160]}.{ending}" if dot and len(ending) < 16 else clean[:180]
    return clean


def _guess_type(name: str) -> str:
    return mimetypes.guess_type(name[-60:])[0] or "application/octet-stream"


def _embedded_images(body: Body) -> None:
    """Images whose bytes stand in the HTML become files like all others."""
    for segment in body.segments:
        if segment.tree is None:
            continue
        for node, src in html.data_images(segment.tree)[:100]:
            head, _, payload = src.partition(",")
            try:
                content = base64.b64decode(payload, validate=False)
            except (binascii.Error, ValueError):
                continue
            kind = head[5:].partition(";")[0].lower()
            ident = f"{hashlib.sha256(content).hexdigest()[:24]}@embedded"
            node.attrs["src"] = f"cid:{ident}"
            if ident not in body.locations:
                _add_file(body, "", kind, content, content_id=ident)
