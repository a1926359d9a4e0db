"""The cost curves as a picture that needs no style sheet and no fonts of its own."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

WIDTH, HEIGHT = 640.0, 400.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 130.0, 34.0, 50.0
COLOURS: Final = ("#1b6ca8", "#c2571a", "#4b8b3b", "#7a4fa3")
DASHES: Final = ("", "6 3", "2 3", "8 3 2 3")

Points = Sequence[tuple[float, float]]


def draw(curves: Mapping[str, Points]) -> str:
    """An SVG: how cost grows as each size grows, both as powers of ten of what they were at the smallest."""
    most = math.ceil(max(max(point) for points in curves.values() for point in points))
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM

    def at(point: tuple[float, float]) -> str:
        return f"{LEFT + point[0] / most * width:.1f},{TOP + height - point[1] / most * height:.1f}"

    parts = []
    for power in range(most + 1):
        x, y = (float(value) for value in at((power, power)).split(","))
        parts.append(f'<path d="M{LEFT},{y}H{LEFT + width}M{x},{TOP}V{TOP + height}" stroke="#ddd"/>')
        parts.append(_text(x, TOP + height + 18, f"{10**power:,} x", "middle"))
        parts.append(_text(LEFT - 6, y + 4, f"{10**power:,} x", "end"))
    parts.append(f'<path d="M{at((0, 0))}L{at((most, most))}" stroke="#888" stroke-dasharray="1 4"/>')
    parts.append(_text(LEFT + width + 6, TOP + 4, "linear", "start", "#666"))
    for i, (name, points) in enumerate(curves.items()):
        line = "L".join(at(point) for point in points)
        stroke = f'stroke="{COLOURS[i]}" stroke-width="2" stroke-dasharray="{DASHES[i]}"'
        parts.append(f'<path d="M{line}" {stroke}/>')
        y = TOP + 34.0 + 20.0 * i
        x = LEFT + width + 6
        parts.append(f'<path d="M{x},{y}h24" {stroke}/>')
        parts.append(_text(x + 30, y + 4, name, "start"))
    parts.append(_text(LEFT + width / 2, HEIGHT - 10, "size, against the smallest", "middle"))
    parts.append(_text(8.0, 16.0, "cost, against the smallest", "start"))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        'font-family="sans-serif" font-size="12" fill="none">'
    )
    about = "<title>Cost of a campaign against its size</title>"
    ground = f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="#fff"/>'
    return "\n".join([head, about, ground, *parts, "</svg>", ""])


def _text(x: float, y: float, content: str, anchor: str, colour: str = "#222") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(content)}</text>'
