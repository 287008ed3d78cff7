"""Plots as SVG within a page: bars of ratios, lines by size, the knee of a day."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape

_WIDTH, _LEFT, _RIGHT = 720, 90, 90
_ROW, _HEIGHT, _TOP, _BOTTOM = 26, 280, 16, 40
_COLOURS = ("#2f6fed", "#d9730d", "#0f8a5f", "#a23bb8", "#c4314b", "#6b7280", "#0891b2")

Points = Sequence[tuple[float, float]]
At = Callable[[float, float], tuple[float, float]]


def bars(rows: Sequence[tuple[str, float, str]], *, title: str, goal: Mapping[str, float]) -> str:
    """Horizontal bars from 0 to at least 1; a goal is a line across its bar."""
    if not rows:
        return ""
    most = max(1.0, *(value for _, value, _ in rows))
    scale = (_WIDTH - _LEFT - _RIGHT) / most
    parts = []
    for place, (name, value, note) in enumerate(rows):
        y = _TOP + place * _ROW
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + 15}" class="name">{escape(name)}</text>'
            f'<rect x="{_LEFT}" y="{y + 3}" width="{max(1.0, value * scale):.1f}" height="16" rx="2"/>'
            f'<text x="{_LEFT + value * scale + 6:.1f}" y="{y + 15}">{escape(note)}</text>'
        )
        if name in goal:
            x = _LEFT + goal[name] * scale
            parts.append(f'<path class="goal" d="M{x:.1f} {y}v22"/>')
    return _svg("".join(parts), height=_TOP + len(rows) * _ROW + 8, title=title)


def lines(
    series: Mapping[str, Points], *, title: str, across: str, up: str, goal: float | None = None
) -> str:
    """Lines over a logarithmic axis."""
    points = [point for line in series.values() for point in line]
    if not points:
        return ""
    low, high = min(x for x, _ in points), max(x for x, _ in points)
    top = max([y for _, y in points] + ([goal] if goal else [])) * 1.1 or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        share = math.log(x / low) / math.log(high / low) if high > low else 0.5
        wide, tall = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return _LEFT + share * wide, _TOP + (1 - y / top) * tall

    parts = [_axes(sorted({x for x, _ in points}), top, at=at, across=across, up=up)]
    if goal is not None:
        y = at(low, goal)[1]
        parts.append(f'<path class="goal" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>')
    for number, (name, line) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [at(x, y) for x, y in sorted(line)]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in places)
        x, y = places[-1]
        parts.append(
            f'<g style="stroke:{colour};fill:{colour}"><path class="line" d="{path}"/>{dots}</g>'
            f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" style="fill:{colour}">{escape(name)}</text>'
        )
    return _svg("".join(parts), height=_HEIGHT, title=title)


def _axes(xs: Sequence[float], top: float, *, at: At, across: str, up: str) -> str:
    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = at(xs[0], top * share)[1]
        parts.append(
            f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
            f'<text class="name" x="{_LEFT - 8}" y="{y + 4:.1f}">{top * share:.3g}</text>'
        )
    shown = xs if len(xs) < 8 else xs[:: len(xs) // 6]
    parts += [
        f'<text x="{at(x, 0)[0]:.1f}" y="{_HEIGHT - 22}" class="mid">{x:,.0f}</text>' for x in shown
    ]
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 5}" class="mid">{escape(across)}</text>')
    parts.append(f'<text x="4" y="12">{escape(up)}</text>')
    return "".join(parts)


def _svg(inner: str, *, height: float, title: str) -> str:
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {_WIDTH} {height}"'
        f' role="img" aria-label="{escape(title)}">{inner}</svg></figure>'
    )
