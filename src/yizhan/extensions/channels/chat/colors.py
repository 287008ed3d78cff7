"""Colours that stay readable whatever brand colour was picked (WCAG 2.2 contrast). Pure.

The desk works them out, so that the widget carries no code for it.
"""

from __future__ import annotations

import msgspec

Rgb = tuple[int, int, int]

DEFAULT = "#0b5cad"
_WHITE: Rgb = (255, 255, 255)
_INK: Rgb = (20, 22, 26)
_LIGHT: Rgb = (242, 244, 247)  # the widget's own surfaces, the darker and the lighter one
_DARK: Rgb = (38, 42, 50)
_ENOUGH = 4.5


class Palette(msgspec.Struct, frozen=True):
    """A brand colour with what reads on it, and itself readable on light and on dark."""

    color: str
    on: str
    light: str
    dark: str


def _rgb(color: str) -> Rgb:
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _hex(color: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


def _luminance(color: Rgb) -> float:
    r, g, b = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in color)
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    return _contrast(_rgb(first), _rgb(second))


def _contrast(first: Rgb, second: Rgb) -> float:
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _toward(color: Rgb, target: Rgb, *, on: Rgb) -> Rgb:
    """The colour moved just so far that it reads."""
    for step in range(21):
        part = step / 20
        mixed = tuple(round(c + (t - c) * part) for c, t in zip(color, target, strict=True))
        moved: Rgb = (mixed[0], mixed[1], mixed[2])
        if _contrast(moved, on) >= _ENOUGH:
            return moved
    return target


def palette(color: str) -> Palette:
    """``color`` as ``#rgb`` or ``#rrggbb``; anything else is our own blue."""
    try:
        brand = _rgb(color or DEFAULT)
    except ValueError:
        brand = _rgb(DEFAULT)
    white = _contrast(brand, _WHITE)
    on = _WHITE if white >= _ENOUGH or white >= _contrast(brand, _INK) else _INK
    return Palette(
        color=_hex(brand),
        on=_hex(on),
        light=_hex(_toward(brand, _INK, on=_LIGHT)),
        dark=_hex(_toward(brand, _WHITE, on=_DARK)),
    )
