"""What must be done before holds a ticket back from being resolved."""

from __future__ import annotations

from yizhan.domains.tasks.approvals import service
from yizhan.domains.tickets import registry

registry.provide_hold(service.hold_back)
