"""What the live stream tells an agent."""

from __future__ import annotations

from yizhan.kernel import events


class NotificationCreated(events.Event, frozen=True, tag="notification.created"):
    """Somebody has something new to look at."""

    agent_id: int
    notification_id: int
    kind: str


class NotificationsRead(events.Event, frozen=True, tag="notification.read"):
    """Somebody has looked; their other windows follow."""

    agent_id: int
    notification_ids: list[int]
    everything: bool = False


class PushDeviceAdded(events.Event, frozen=True, tag="push_device.added"):
    """A browser of an agent's can be woken from now on."""

    agent_id: int
    device_id: int
    service: str


class PushDeviceRemoved(events.Event, frozen=True, tag="push_device.removed"):
    """A browser is no longer woken."""

    agent_id: int
    device_id: int
    reason: str  # removed | session_ended | gone
