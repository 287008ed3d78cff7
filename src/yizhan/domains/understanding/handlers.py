"""What conditions can ask about what is read in messages."""

from __future__ import annotations

from yizhan.domains.understanding import fields

fields.register()
