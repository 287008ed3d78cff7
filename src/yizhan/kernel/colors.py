"""Colours that workspaces choose, made safe for pages."""

from __future__ import annotations

import re

PLAIN = "#1558c0"
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def safe(color: str) -> str:
    """A hexadecimal colour, or a plain one for anything else."""
    return color if _COLOR.fullmatch(color) else PLAIN


def ink_on(color: str) -> str:
    """White or black, whichever is easier to read on a colour; one always passes AA."""
    digits = color.lstrip("#")
    pairs = [c * 2 for c in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    shares = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return "#000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#fff"


def theme(color: str) -> str:
    """A brand's colours as a style sheet."""
    return f":root{{--brand:{color};--on-brand:{ink_on(color)}}}"
