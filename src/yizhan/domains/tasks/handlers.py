"""What conditions can ask about work on tickets."""

from __future__ import annotations

from yizhan.domains.tasks import fields

fields.register()
