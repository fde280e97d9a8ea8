"""The shapes of provinces, regencies and cities, ready to be drawn: path strings of whole numbers. Pure: no Django.

The file is a topology: neighbours share the arcs of their border, so that a border simplified once fits on both sides.
The shapes are indicative, not legal boundaries (`data/README.md`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).parent / "data" / "indonesia_kabupaten_provinsi.topojson"
WIDE: Final = 1500
"""Units across the country: an inhabited island of 3 km is still a point."""
NEAR: Final = 800
"""Units across one province, or up and down where it is taller than wide."""
MARGIN: Final = 4

Point = tuple[int, int]
Ring = list[Point]


@dataclass(frozen=True)
class Drawing:
    """A map: its size in units, the shape of each region by code, and lines drawn over them."""

    width: int
    height: int
    shapes: Mapping[str, str]
    lines: str = ""


@dataclass(frozen=True)
class _Frame:
    """From the file's numbers to ours."""

    left: float
    top: float
    across: float
    down: float

    def points(self, arc: Iterable[Sequence[int]]) -> list[Point]:
        """An arc on our grid, without what falls on one point or lies on a straight line."""
        kept: list[Point] = []
        for x, y in arc:
            point = (round((x - self.left) * self.across) + MARGIN, round((self.top - y) * self.down) + MARGIN)
            if kept and point == kept[-1]:
                continue
            if len(kept) > 1 and _straight(kept[-2], kept[-1], point):
                kept.pop()
            kept.append(point)
        return kept


@cache
def national_map() -> Drawing:
    """All regencies and cities, with the borders of the provinces over them."""
    return _drawing(list(_topology()["regencies"]), WIDE, over="provinces")


@cache
def provinces_map() -> Drawing:
    """All provinces."""
    return _drawing(list(_topology()["provinces"]), WIDE, of="provinces")


@cache
def province_map(province: str) -> Drawing | None:
    """The regencies and cities of one province, as large as it can be; None for a code that is none."""
    codes = [code for code in _topology()["regencies"] if code.startswith(f"{province}.")]
    return _drawing(codes, NEAR) if codes else None


def regency_at(latitude: float, longitude: float) -> str | None:
    """The code of the regency or city whose shape a point (degrees) lies in; None at sea, abroad and for no number."""
    scale, corner = _topology()["scale"], _topology()["corner"]
    x, y = (longitude - corner[0]) / scale[0], (latitude - corner[1]) / scale[1]
    for code, box, rings in _surfaces():
        # A comparison with "not a number" is false: such a point lies nowhere.
        if box[0] <= x <= box[2] and box[1] <= y <= box[3] and _crossings(rings, x, y) % 2:
            return code
    return None


def _crossings(rings: Iterable[Ring], x: float, y: float) -> int:
    """How often a line from the point to the east crosses the border: odd inside, holes and islands included."""
    found = 0
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
            found += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return found


@cache
def _surfaces() -> list[tuple[str, tuple[int, int, int, int], list[Ring]]]:
    """Every regency's rings in the file's numbers, with the box around them."""
    arcs = dict(enumerate(_topology()["arcs"]))
    found = []
    for code, shape in _topology()["regencies"].items():
        rings = [_joined(ring, arcs) for ring in shape]
        xs, ys = [x for ring in rings for x, _y in ring], [y for ring in rings for _x, y in ring]
        found.append((code, (min(xs), min(ys), max(xs), max(ys)), rings))
    return found


@cache
def _topology() -> dict[str, Any]:
    """The arcs with absolute numbers, and the arcs of each region's rings by code."""
    raw = json.loads(FILE.read_text(encoding="utf-8"))
    shapes = {
        name: {one["properties"]["code"]: list(_rings_of(one)) for one in raw["objects"][kind]["geometries"]}
        for name, kind in (("regencies", "kabupaten"), ("provinces", "provinsi"))
    }
    return {
        "arcs": [_absolute(arc) for arc in raw["arcs"]],
        "scale": raw["transform"]["scale"],
        "corner": raw["transform"]["translate"],
        **shapes,
    }


def _absolute(arc: Iterable[Sequence[int]]) -> list[Point]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def _rings_of(geometry: Mapping[str, Any]) -> Iterator[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        yield from polygon


def _drawing(codes: Sequence[str], size: int, *, of: str = "regencies", over: str = "") -> Drawing:
    topology = _topology()
    rings = {code: topology[of][code] for code in codes}
    used = {index if index >= 0 else ~index for found in rings.values() for ring in found for index in ring}
    frame, width, height = _frame_of([topology["arcs"][index] for index in used], topology["scale"], size)
    arcs = {index: frame.points(topology["arcs"][index]) for index in used}
    shapes = {code: _path(_joined(ring, arcs) for ring in found) for code, found in rings.items()}
    lines = _borders(topology[over], arcs) if over else ""
    return Drawing(width, height, shapes, lines)


def _frame_of(arcs: Sequence[Sequence[Point]], scale: Sequence[float], size: int) -> tuple[_Frame, int, int]:
    xs, ys = [x for arc in arcs for x, _y in arc], [y for arc in arcs for _x, y in arc]
    wide, tall = (max(xs) - min(xs)) * scale[0], (max(ys) - min(ys)) * scale[1]
    # Along the equator a degree is as wide as it is tall: no projection is needed.
    unit = size / max(wide, tall)
    frame = _Frame(min(xs), max(ys), scale[0] * unit, scale[1] * unit)
    return frame, round(wide * unit) + 2 * MARGIN, round(tall * unit) + 2 * MARGIN


def _joined(ring: Iterable[int], arcs: Mapping[int, list[Point]]) -> Ring:
    """The points of a ring from its arcs, of which ~n is arc n backwards; each begins where the last one ended."""
    points: Ring = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def _path(rings: Iterable[Ring]) -> str:
    """One path of all rings that are still surfaces; of a region of specks the largest stays, as a small square."""
    found = list(rings)
    surfaces = [ring for ring in found if len(set(ring)) > 2]
    if surfaces:
        return "".join(f"{_line(ring)}z" for ring in surfaces)
    x, y = max(found, key=len)[0]
    return f"M{x - 1} {y - 1}h2v2h-2z"


def _borders(provinces: Mapping[str, list[list[int]]], arcs: Mapping[int, list[Point]]) -> str:
    """The arcs that part two provinces, each once."""
    times: dict[int, int] = {}
    for found in provinces.values():
        for index in {index if index >= 0 else ~index for ring in found for index in ring}:
            times[index] = times.get(index, 0) + 1
    shared = sorted(index for index, number in times.items() if number > 1 and index in arcs)
    return "".join(_line(arcs[index]) for index in shared if len(arcs[index]) > 1)


def _line(points: Sequence[Point]) -> str:
    """`M` and the steps from point to point, with no sign more than a reader of paths needs."""
    (x, y), *rest = points
    text = f"M{x} {y}"
    steps = []
    for to_x, to_y in rest:
        steps.append(f"{to_x - x} {to_y - y}".replace(" -", "-"))
        x, y = to_x, to_y
    return text + ("l" + " ".join(steps).replace(" -", "-") if steps else "")


def _straight(first: Point, middle: Point, last: Point) -> bool:
    """Whether the middle lies between two others on a line."""
    ax, ay, bx, by = middle[0] - first[0], middle[1] - first[1], last[0] - middle[0], last[1] - middle[1]
    return ax * by == ay * bx and ax * bx + ay * by > 0
