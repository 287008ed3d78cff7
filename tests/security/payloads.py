"""Two hundred ways to have a script run, a request made or a dialog shown by whoever looks at a text.

``hit()`` is what a test's page defines; ``//evil.test`` is what nobody may ask. The vectors are the common
ones of the trade: handlers, scripts, addresses of scripts, elements and styles that fetch, and markup that
is read differently the second time (``twice``). ``texts`` are harmless in markup but would end an
attribute, a header, a line or a template.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

_GROUPS: Final[dict[str, list[str]]] = json.loads(
    Path(__file__).with_suffix(".json").read_text("utf-8")
)
TEXTS: Final = _GROUPS.pop("texts")
PAYLOADS: Final = [one for group in _GROUPS.values() for one in group]
