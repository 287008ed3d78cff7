"""Libraries that are loaded with their first use.

scipy and scikit-learn take two seconds and 80 MB, numpy another 16. Every command and every web
process imports the domains, and nearly none of them ever trains.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any


class Module:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(importlib.import_module(self._name), attribute)
        setattr(self, attribute, found)  # not asked for again
        return found


if TYPE_CHECKING:
    import numpy as np
else:
    np = Module("numpy")

__all__ = ["Module", "np"]
