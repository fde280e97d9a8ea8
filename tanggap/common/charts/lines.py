"""Lines over months."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tanggap.common.charts.chart import plot
from tanggap.common.charts.scale import ticks

HEIGHT, TOP, BOTTOM, FOOT = 210, 18, 184, 202
LEFT, RIGHT = 7.0, 97.0
MARK: Final = 8
MOST_LABELS: Final = 12
ABOVE, BELOW, APART = 10, 20, 16
"""Pixels between a point and the name over or under it, and between two names."""


@dataclass(frozen=True)
class Series:
    """One line: its name, a value a month (None: nothing to say of it), and its class, `a` or `b`."""

    name: str
    values: Sequence[float | None]
    look: str = "a"


def lines(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    says: str,
    written: Callable[[float], str],
    limit: tuple[float, str] | None = None,
    whole: bool = False,
) -> SafeString:
    """The picture of one or more series over `labels`; empty where no series has a value.

    `written` puts a number of the axis into the reader's words; `limit` is a level with its label.
    """
    known = [value for one in series for value in one.values if value is not None]
    if not known:
        return SafeString("")
    axis = ticks(max([*known, limit[0] if limit else 0]), whole=whole)

    def y(value: float) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * value / axis[-1])

    xs = _places(len(labels))
    parts = [_tick(y(tick), written(tick)) for tick in axis]
    if limit is not None:
        parts.append(_limit(y(limit[0]), limit[1]))
    # The subject is drawn last, over the context.
    paths = SafeString("".join(_path(one, xs, y) for one in sorted(series, key=lambda one: one.look, reverse=True)))
    parts.append(
        format_html(
            '<svg width="100%" height="{}" viewBox="0 0 100 {}" preserveAspectRatio="none">{}</svg>',
            HEIGHT, HEIGHT, paths,
        )
    )  # fmt: skip
    parts += [mark for one in series if one.look == "a" for mark in _marks(one, xs, y)]
    parts += _months(labels, xs)
    parts += _names(series, xs, y)
    return plot(HEIGHT, says, parts)


def _places(number: int) -> list[float]:
    if number == 1:
        return [50.0]
    return [round(LEFT + (RIGHT - LEFT) * n / (number - 1), 1) for n in range(number)]


def _tick(at: int, text: str) -> SafeString:
    return format_html(
        '<line class="ax" x1="0" x2="100%" y1="{}" y2="{}"/><text x="0" y="{}">{}</text>', at, at, at - 4, text
    )


def _limit(at: int, text: str) -> SafeString:
    return format_html(
        '<line class="lim" x1="0" x2="100%" y1="{}" y2="{}"/><text x="100%" y="{}" text-anchor="end">{}</text>',
        at, at, at - 5, text,
    )  # fmt: skip


def _path(one: Series, xs: Sequence[float], y: Callable[[float], int]) -> SafeString:
    steps, open_line = [], False
    for x, value in zip(xs, one.values, strict=True):
        if value is not None:
            steps.append(f"{'' if open_line else 'M'}{x} {y(value)}")
        open_line = value is not None
    return format_html('<path class="{}" d="{}"/>', one.look, " ".join(steps))


def _marks(one: Series, xs: Sequence[float], y: Callable[[float], int]) -> Iterator[SafeString]:
    for x, value in zip(xs, one.values, strict=True):
        if value is not None:
            yield format_html(
                '<rect class="a" x="{}%" y="{}" width="{}" height="{}" transform="translate(-{})"/>',
                x, y(value) - MARK // 2, MARK, MARK, MARK // 2,
            )  # fmt: skip


def _months(labels: Sequence[str], xs: Sequence[float]) -> Iterator[SafeString]:
    every = -(-len(labels) // MOST_LABELS)
    for number, (label, x) in enumerate(zip(labels, xs, strict=True)):
        if number % every == 0:
            # On a phone every second one stays.
            look = SafeString(' class="minor"') if number // every % 2 else SafeString("")
            yield format_html('<text{} x="{}%" y="{}" text-anchor="middle">{}</text>', look, x, FOOT, label)


def _names(series: Sequence[Series], xs: Sequence[float], y: Callable[[float], int]) -> Iterator[SafeString]:
    """Each line's name beside it, where the lines are farthest apart: the lowest one's below, the others' above."""
    at = _where_apart(series)
    points = sorted(((y(value), one.name) for one in series if (value := one.values[at]) is not None), reverse=True)
    taken = HEIGHT
    for rank, (point, name) in enumerate(points):
        below = rank == 0 and len(points) > 1 and point + BELOW < BOTTOM
        taken = point + BELOW if below else min(point - ABOVE, taken - APART)
        yield format_html(
            '<text class="l" x="{}%" y="{}" text-anchor="{}">{}</text>', xs[at], taken, _anchor(xs[at]), name
        )


def _where_apart(series: Sequence[Series]) -> int:
    """The latest month of those with most lines in which their ends are farthest apart."""

    def apart(month: int) -> tuple[int, float, int]:
        found = [value for one in series if (value := one.values[month]) is not None]
        return len(found), max(found, default=0) - min(found, default=0), month

    return max(range(len(series[0].values)), key=apart)


def _anchor(x: float) -> str:
    return "end" if x > 60 else "start" if x < 40 else "middle"
