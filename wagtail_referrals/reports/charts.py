"""Charts as SVG inside the page: no script, and the colours of Wagtail's theme.

Beside each stands a table with the same figures; a chart only says where to look. Nothing but the
lengths is in the drawing where it is stretched, so that no letter ever is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi

#: Pixels of a bar with the words above it, and of the bar alone.
ROW, BAR, BASELINE = 44, 14, 16
#: Units of the drawing of lines; it is stretched to the width of the page.
WIDTH, HEIGHT = 1000, 200
#: Lines are told apart by their strokes too, not by colours alone; see admin.css.
MOST_LINES = 4


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its length in any unit, and what it says in words."""

    name: str
    value: float
    words: str


@dataclass(frozen=True)
class Line:
    """One line: its name and its height at every step."""

    name: str
    values: Sequence[float]


def bars(title: str, rows: Sequence[Bar]) -> SafeString:
    """Horizontal bars, each under its words; nothing for nothing. What is negative has no bar."""
    longest = max((row.value for row in rows), default=0)
    if longest <= 0:
        return SafeString("")
    # Where people read from right to left, a bar begins at the right as well.
    side, begins = ("100%", True) if get_language_bidi() else ("0", False)
    drawn = []
    for place, row in enumerate(rows):
        percent = round(max(0.0, row.value) * 100 / longest, 2)
        drawn.append(
            (
                side,
                place * ROW + BASELINE,
                row.name,
                row.words,
                f"{100 - percent:g}%" if begins else "0",
                place * ROW + BASELINE + 6,
                f"{percent:g}%",
                BAR,
            )
        )
    shapes = format_html_join(
        "",
        '<text class="wr-chart__words" x="{}" y="{}">{}: {}</text>'
        '<rect class="wr-chart__bar" x="{}" y="{}" width="{}" height="{}" rx="2"></rect>',
        drawn,
    )
    return format_html(
        '<svg class="wr-chart__bars" role="img" width="100%" height="{}"><title>{}</title>{}</svg>',
        len(rows) * ROW,
        title,
        shapes,
    )


def lines(
    title: str, rows: Sequence[Line], *, first: str, last: str, highest: str, zero: str
) -> SafeString:
    """Lines over time; nothing where there are less than two steps, or only zeros.

    ``first`` and ``last`` name the ends of the time, ``highest`` and ``zero`` those of the scale.
    """
    rows = rows[:MOST_LINES]
    top = max((value for row in rows for value in row.values), default=0)
    steps = max((len(row.values) for row in rows), default=0)
    if top <= 0 or steps < 2:
        return SafeString("")
    drawn = format_html_join(
        "",
        '<polyline class="wr-chart__line wr-chart__line--{}" points="{}"></polyline>',
        ((place, _points(row.values, top)) for place, row in enumerate(rows, start=1)),
    )
    legend = format_html_join(
        "",
        '<li><svg class="wr-chart__key" aria-hidden="true" width="32" height="8">'
        '<line class="wr-chart__line wr-chart__line--{}" x1="0" x2="32" y1="4" y2="4"></line>'
        "</svg> {}</li>",
        ((place, row.name) for place, row in enumerate(rows, start=1)),
    )
    return format_html(
        '<ul class="wr-chart__legend">{}</ul>'
        '<div class="wr-chart__scale" aria-hidden="true">{}</div>'
        '<svg class="wr-chart__lines" role="img" viewBox="0 0 {} {}" preserveAspectRatio="none">'
        "<title>{}</title>{}</svg>"
        '<div class="wr-chart__scale wr-chart__scale--low" aria-hidden="true">{}</div>'
        '<div class="wr-chart__time" aria-hidden="true"><span>{}</span><span>{}</span></div>',
        legend,
        highest,
        WIDTH,
        HEIGHT,
        title,
        drawn,
        zero,
        first,
        last,
    )


def _points(values: Sequence[float], top: float) -> str:
    step = WIDTH / (len(values) - 1)
    # Half a stroke's width is left free, so that none is cut off at the edges.
    heights = (HEIGHT - 2 - max(0.0, value) * (HEIGHT - 4) / top for value in values)
    return " ".join(f"{place * step:.1f},{height:.1f}" for place, height in enumerate(heights))
