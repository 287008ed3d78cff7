"""What crosses the line between the widget and the desk, as structs."""

from __future__ import annotations

from typing import Annotated

import msgspec

from yizhan.extensions.channels.chat.visitor import Proof

MOST_TEXT = 10_000
_ClientId = Annotated[str, msgspec.Meta(min_length=8, max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]
_Text = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]
_Short = Annotated[str, msgspec.Meta(max_length=320)]
_Files = Annotated[tuple[_Short, ...], msgspec.Meta(max_length=10)]
_Seq = Annotated[str, msgspec.Meta(pattern=r"^\d{1,19}$")]

# ------------------------------------------------------------------------- from the widget


class Say(msgspec.Struct, frozen=True, tag="msg", tag_field="t"):
    """A message. The same ``client_id`` again is the same message."""

    client_id: _ClientId
    text: _Text = ""
    files: _Files = ()


class Typing(msgspec.Struct, frozen=True, tag="typing", tag_field="t"):
    """The visitor types, or stopped."""

    on: bool


class Read(msgspec.Struct, frozen=True, tag="read", tag_field="t"):
    """Everything up to here was on the visitor's screen."""

    seq: _Seq


class Email(msgspec.Struct, frozen=True, tag="email", tag_field="t"):
    """Where to go on when the visitor has left."""

    address: _Short


class Ping(msgspec.Struct, frozen=True, tag="ping", tag_field="t"):
    """Are you there?"""


ClientFrame = Say | Typing | Read | Email | Ping


class Page(msgspec.Struct, frozen=True):
    """The page of the website on which the chat was opened."""

    url: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    title: Annotated[str, msgspec.Meta(max_length=1000)] = ""


class Profile(msgspec.Struct, frozen=True):
    """What the visitor typed before the chat; proves nothing."""

    name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    email: _Short = ""


class SessionIn(msgspec.Struct, frozen=True):
    """Begin or continue."""

    visitor: str = ""
    identity: Proof | None = None
    profile: Profile = Profile()
    page: Page = Page()
    locale: Annotated[str, msgspec.Meta(max_length=35)] = ""
    parent: Annotated[str, msgspec.Meta(max_length=300)] = ""


class SayIn(msgspec.Struct, frozen=True):
    """A message without a socket."""

    visitor: str
    client_id: _ClientId
    text: _Text = ""
    files: _Files = ()


# --------------------------------------------------------------------------- to the widget


class FileOut(msgspec.Struct, frozen=True):
    """A file of a message."""

    id: str
    name: str
    type: str
    size: int
    url: str


class MessageOut(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A message."""

    seq: str
    id: str
    client_id: str | None
    from_: str  # agent | visitor
    name: str | None
    text: str
    files: tuple[FileOut, ...]
    at: str


class ContactOut(msgspec.Struct, frozen=True):
    """What the desk takes the visitor for."""

    name: str
    email: str | None
    verified: bool


class SessionOut(msgspec.Struct, frozen=True):
    """A session: the token to keep, and where the conversation stands."""

    visitor: str
    conversation_id: str | None
    contact: ContactOut
    messages: list[MessageOut]
    seq: str
    read: str


class PolledOut(msgspec.Struct, frozen=True):
    """News for those who have no socket."""

    messages: list[MessageOut]
    seq: str
    online: bool
    read: str


class AckOut(msgspec.Struct, frozen=True):
    """The message is stored."""

    client_id: str
    id: str
    seq: str
    at: str


class UploadOut(msgspec.Struct, frozen=True):
    """A file that can be sent now."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class BrandOut(msgspec.Struct, frozen=True):
    """The brand and its colours, each readable."""

    name: str
    color: str
    on: str
    light: str
    dark: str
    logo: str | None


class FieldOut(msgspec.Struct, frozen=True):
    """A question before the chat."""

    name: str
    required: bool


class ConfigOut(msgspec.Struct, frozen=True):
    """How the widget looks and what it asks."""

    name: str
    brand: BrandOut
    greeting: str
    proactive_seconds: int | None
    locale: str | None
    position: str
    pre_chat: tuple[FieldOut, ...]
    offline: str
    require_identity: bool
    email_continuation: bool
    max_file_bytes: int
    online: bool
    articles: bool


frames = msgspec.json.Decoder(ClientFrame)
