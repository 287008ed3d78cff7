"""What the API takes and gives of actions, macros and bulk work."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from yizhan.domains.automation.types import BulkKind, BulkState, Reach, Step
from yizhan.kernel.actor import Stamp

IdText = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Name = Annotated[str, Meta(max_length=200)]
Body = Annotated[str, Meta(max_length=20_000)]
Html = Annotated[str, Meta(max_length=60_000)]  # only what the editor makes stays
Locale = Annotated[str, Meta(min_length=2, max_length=20, pattern=r"^[A-Za-z0-9-]+$")]
ItemState = Literal["waiting", "done", "skipped", "failed"]


class ActionOut(msgspec.Struct, kw_only=True):
    """An action that this desk knows. ``params`` is a JSON Schema with titles in both languages."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    undo: Literal["yes", "until_sent", "no"]
    permission: str
    set_up: str
    params: dict[str, Any]


class VariableOut(msgspec.Struct):
    """A variable that texts may use."""

    name: str
    title: dict[str, str]


class Catalogue(msgspec.Struct):
    """All actions, and the variables of texts."""

    actions: list[ActionOut]
    variables: list[VariableOut]


class StepIO(msgspec.Struct, forbid_unknown_fields=True):
    """One action with its parameters."""

    action: Annotated[str, Meta(max_length=60)]
    params: dict[str, Any] = {}

    def step(self) -> Step:
        return Step(self.action, self.params)


class VariantIO(msgspec.Struct, forbid_unknown_fields=True):
    """A text in one language."""

    locale: Locale
    body: Body
    html: Html = ""


class MacroIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A macro. The first variant is used where none fits the customer's language."""

    title: Annotated[str, Meta(min_length=1, max_length=120)]
    folder: Name = ""
    shortcut: Annotated[str, Meta(max_length=40)] = ""
    reach: Reach = "me"
    team_id: IdText | None = None
    condition: dict[str, Any] = msgspec.field(default_factory=lambda: {"all": []})
    variants: Annotated[list[VariantIO], Meta(max_length=20)] = []
    attachments: Annotated[list[IdText], Meta(max_length=10)] = []
    actions: Annotated[list[StepIO], Meta(max_length=20)] = []
    active: bool = True


class FileRef(msgspec.Struct):
    """An attached file."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class Figures(msgspec.Struct, kw_only=True):
    """Use of a macro: how often, by how many, and what became of its text in what was sent."""

    used: int = 0
    agents: int = 0
    last_used_at: datetime | None = None
    unchanged: int = 0
    edited: int = 0
    dropped: int = 0


class MacroOut(msgspec.Struct, kw_only=True):
    """A macro with its figures."""

    id: str
    title: str
    folder: str
    shortcut: str
    reach: Reach
    owner_id: str | None
    team_id: str | None
    condition: dict[str, Any]
    variants: list[VariantIO]
    attachments: list[FileRef]
    actions: list[StepIO]
    active: bool
    version: int
    may_edit: bool
    created_at: datetime
    updated_at: datetime
    figures: Figures


class AgentUse(msgspec.Struct, kw_only=True):
    """One agent's use of a macro."""

    agent_id: str | None
    used: int
    last_used_at: datetime
    unchanged: int
    edited: int


class MacroUsage(msgspec.Struct):
    """Who used a macro how often."""

    items: list[AgentUse]


class OfferedOut(msgspec.Struct, kw_only=True):
    """A macro that fits a ticket. ``keys``: readings of the title's characters, for typing in pinyin."""

    id: str
    title: str
    folder: str
    shortcut: str
    keys: str
    text: str
    actions: list[str]
    attachments: int


class OfferedList(msgspec.Struct):
    """The macros that fit a ticket, the most used first."""

    items: list[OfferedOut]


class ForeseenOut(msgspec.Struct, kw_only=True):
    """What an action would do."""

    action: str
    changes: dict[str, list[Any]]
    nothing: bool
    refused: str | None
    detail: str


class MacroPreviewOut(msgspec.Struct, kw_only=True):
    """A macro at a ticket before it is applied. ``missing``: variables without a value."""

    text: str
    missing: list[str]
    fits: bool
    actions: list[ForeseenOut]


class StepDone(msgspec.Struct):
    """A step of a change set, and whether it can be taken back."""

    action: str
    params: dict[str, Any]
    undo: Literal["yes", "until_sent", "no"]


class RunOut(msgspec.Struct, kw_only=True):
    """A change set: what actions did to a ticket on somebody's word."""

    id: str
    ticket_id: str
    actor: Stamp
    cause: dict[str, Any]
    steps: list[StepDone]
    at: datetime
    undone_at: datetime | None
    undone_by: Stamp | None
    left_alone: list[str]


class RunList(msgspec.Struct):
    """The newest change sets of a ticket."""

    items: list[RunOut]


class CallSecretOut(msgspec.Struct, kw_only=True):
    """Since when calls are signed with the present secret; ``secret`` only when it was just made."""

    made_at: datetime | None
    secret: str | None = None


class AppliedOut(msgspec.Struct, kw_only=True):
    """What applying a macro gave: a text and files for the editor, and a change set if anything changed."""

    text: str
    html: str
    missing: list[str]
    attachments: list[FileRef]
    run: RunOut | None


class RunActions(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Actions for one ticket."""

    actions: Annotated[list[StepIO], Meta(min_length=1, max_length=20)]


class TicketSelection(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Tickets by id, or all of a list as ``GET /tickets`` would show it. One of the two is needed."""

    ids: Annotated[list[IdText], Meta(max_length=10_000)] | None = None
    everything: bool = False  # all that the filter below leaves
    view: Annotated[str, Meta(max_length=60)] | None = None
    q: Annotated[str, Meta(max_length=500)] | None = None
    status: Name | None = None
    assignee: Name | None = None
    team: Name | None = None
    contact: Name | None = None
    tag: Name | None = None
    priority: Name | None = None
    channel: Name | None = None
    condition: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        if (self.ids is None) != self.everything:
            raise ValueError("either ids, or everything with a filter")


class BulkLook(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A selection to count."""

    selection: TicketSelection


class BulkSample(msgspec.Struct):
    """One of the tickets."""

    id: str
    number: int
    subject: str


class BulkCount(msgspec.Struct, kw_only=True):
    """How many tickets a bulk run would touch, and a few of them."""

    total: int
    most: int
    allowed: bool
    sample: list[BulkSample]


class ApplyIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How actions are run where the workspace asks before something is solved.

    ``despite_children``: though tickets below it are open; ``despite_items``: though items that must
    be done are.
    """

    despite_children: bool = False
    despite_items: bool = False

    def despite(self) -> list[str]:
        """What somebody was asked about."""
        return [name for name in ApplyIn.__struct_fields__ if getattr(self, name)]


class BulkIn(ApplyIn, kw_only=True, forbid_unknown_fields=True):
    """Actions, or a macro's actions, on a selection. ``expected``: refuse when there are more by now."""

    selection: TicketSelection
    actions: Annotated[list[StepIO], Meta(max_length=20)] = []
    macro_id: IdText | None = None
    name: Name = ""
    expected: Annotated[int, Meta(ge=1)] | None = None


class BulkOut(msgspec.Struct, kw_only=True):
    """A bulk run and how far it is."""

    id: str
    kind: BulkKind
    undo_of: str | None
    undone_by: str | None
    state: BulkState
    name: str
    actor: Stamp
    actions: list[StepIO]
    total: int
    done: int
    skipped: int
    failed: int
    reasons: dict[str, int]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class BulkList(msgspec.Struct):
    """The newest bulk runs."""

    items: list[BulkOut]


class BulkItemOut(msgspec.Struct, kw_only=True):
    """What became of one ticket; ``number`` and ``subject`` only if you may see it."""

    ticket_id: str
    number: int | None
    subject: str
    state: ItemState
    reason: str
    run_id: str | None
