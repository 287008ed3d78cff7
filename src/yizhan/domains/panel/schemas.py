"""What the API takes and gives of sources."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from yizhan.domains.panel import registry
from yizhan.domains.panel.contract import (
    PanelField,
    PanelLink,
    PanelProblem,
    PanelTable,
)
from yizhan.domains.panel.registry import Loaded
from yizhan.domains.panel.types import About, Health, Mask, PanelSource, State
from yizhan.kernel import clock

Name = Annotated[str, Meta(min_length=1, max_length=100)]
Id = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$")]
Roles = Annotated[list[Id], Meta(max_length=50)]
Masks = Annotated[list[Mask], Meta(max_length=100)]
Strength = Annotated[int, Meta(ge=0, le=3)]
Fresh = Annotated[int, Meta(ge=0, le=86_400)]
Kept = Annotated[int, Meta(ge=0, le=604_800)]
Patience = Annotated[int, Meta(ge=200, le=10_000)]


class PanelKind(msgspec.Struct, kw_only=True):
    """A kind of source that can be added."""

    id: str
    name: dict[str, str]
    description: dict[str, str]
    icon: str
    version: str
    local: bool  # made of what the desk knows; nobody is asked and nothing is kept
    opens: bool  # has links that are signed when they are followed
    settings_schema: dict[str, Any]


class PanelKinds(msgspec.Struct):
    """All kinds."""

    items: list[PanelKind]


class PanelHealth(msgspec.Struct, kw_only=True):
    """How a source is doing; after several failures in a row it rests."""

    state: Literal["unknown", "ok", "failing", "resting"]
    failures: int
    resting_until: datetime | None
    last_ok_at: datetime | None
    last_failed_at: datetime | None
    last_error: str | None
    last_detail: str | None


class PanelSourceIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new source."""

    kind: Annotated[str, Meta(max_length=60)]
    name: Name
    settings: dict[str, Any] = {}
    about: About = "customer"
    role_ids: Roles = []
    masks: Masks = []
    least_strength: Strength = 1
    fresh_seconds: Fresh = 300
    kept_seconds: Kept = 86_400
    timeout_ms: Patience = 3000
    active: bool = False


class PanelSourceChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What changes; the rest stays, also secrets."""

    name: Name | UnsetType = UNSET
    settings: dict[str, Any] | UnsetType = UNSET
    about: About | UnsetType = UNSET
    role_ids: Roles | UnsetType = UNSET
    masks: Masks | UnsetType = UNSET
    least_strength: Strength | UnsetType = UNSET
    fresh_seconds: Fresh | UnsetType = UNSET
    kept_seconds: Kept | UnsetType = UNSET
    timeout_ms: Patience | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class PanelSourceOut(msgspec.Struct, kw_only=True):
    """A source. ``key`` is given once, when it is made or replaced."""

    id: str
    kind: str
    name: str
    about: About
    settings: dict[str, Any]
    secrets_set: list[str]
    role_ids: list[str]
    masks: list[Mask]
    least_strength: int
    fresh_seconds: int
    kept_seconds: int
    timeout_ms: int
    active: bool
    health: PanelHealth
    version: int
    created_at: datetime
    updated_at: datetime
    key: str | UnsetType = UNSET


class PanelSources(msgspec.Struct):
    """All sources."""

    items: list[PanelSourceOut]


class PanelTryIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Try a source: with a ticket's customer, or with somebody invented; also with unsaved settings."""

    ticket_id: Id | None = None
    settings: dict[str, Any] | None = None


class PanelTried(msgspec.Struct, kw_only=True):
    """What came of it; ``answer`` is what the other side sent."""

    ok: bool
    error: str | None
    detail: str
    took_ms: int
    status: int | None
    answer: str | None
    fields: list[PanelField]
    tables: list[PanelTable]
    links: list[PanelLink]
    problems: list[PanelProblem]


class PanelItem(msgspec.Struct, kw_only=True):
    """A source beside a ticket.

    ``state``: fresh; stale (an old answer, because there is no newer one); late (asked, not here yet);
    failed; resting (it failed too often). ``asking``: ask again for this source alone, it is on its way.
    """

    source_id: str
    kind: str
    name: str
    icon: str
    state: State
    asking: bool
    error: str | None
    fetched_at: datetime | None
    local: bool
    strength: int | None
    fields: list[PanelField]
    tables: list[PanelTable]
    links: list[PanelLink]


class PanelItems(msgspec.Struct):
    """All that this reader sees beside a ticket."""

    items: list[PanelItem]


class PanelOpened(msgspec.Struct):
    """Where a link leads, for this agent and for a short time."""

    url: str


def kind_out(kind: Loaded) -> PanelKind:
    manifest = kind.manifest
    return PanelKind(
        id=manifest.id,
        name=manifest.name,
        description=manifest.description,
        icon=manifest.icon,
        version=manifest.version,
        local=manifest.local,
        opens=kind.offers("open"),
        settings_schema=kind.schema,
    )


def _health(found: Health, *, local: bool) -> PanelHealth:
    rests = found.resting_until is not None and clock.now() < found.resting_until
    if rests:
        state: Literal["unknown", "ok", "failing", "resting"] = "resting"
    elif found.failures:
        state = "failing"
    else:
        state = "ok" if found.last_ok_at or local else "unknown"
    return PanelHealth(state=state, **msgspec.structs.asdict(found))


def source_out(
    row: PanelSource, *, secrets_set: list[str], health: Health | None, key: str | None = None
) -> PanelSourceOut:
    """A source as whoever sets it up sees it."""
    kind = registry.find(row.kind)
    return PanelSourceOut(
        id=str(row.id),
        kind=row.kind,
        name=row.name,
        about=row.about,
        settings=row.settings,
        secrets_set=secrets_set,
        role_ids=[str(role) for role in row.role_ids],
        masks=row.masks,
        least_strength=row.least_strength,
        fresh_seconds=row.fresh_seconds,
        kept_seconds=row.kept_seconds,
        timeout_ms=row.timeout_ms,
        active=row.active,
        health=_health(health or Health(), local=kind is not None and kind.manifest.local),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        key=UNSET if key is None else key,
    )
