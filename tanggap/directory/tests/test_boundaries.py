"""Maps are drawn from whole numbers, with every region of the country on them."""

from __future__ import annotations

import re

import pytest

from tanggap.directory.boundaries import MARGIN, NEAR, WIDE, Drawing, national_map, province_map, provinces_map
from tanggap.directory.reference.sources import rows_of

PATH = re.compile(r"(M\d+ \d+(l-?\d+[ -]-?\d+([ -]-?\d+)*)?(h2v2h-2)?z?)+")


def inside(drawing: Drawing) -> bool:
    """Whether every path begins within the picture and is made of whole steps."""
    for path in drawing.shapes.values():
        assert PATH.fullmatch(path), path[:80]
        for x, y in re.findall(r"M(\d+) (\d+)", path):
            assert int(x) <= drawing.width
            assert int(y) <= drawing.height
    return True


def test_all_regencies_cities_and_provinces_have_a_shape() -> None:
    drawing = national_map()
    assert set(drawing.shapes) == {row["code"] for row in rows_of("regencies.csv")}
    assert len(drawing.shapes) == 514
    assert set(provinces_map().shapes) == {row["code"] for row in rows_of("provinces.csv")}
    assert inside(drawing)
    assert drawing.width == WIDE + 2 * MARGIN
    assert drawing.lines.startswith("M")


@pytest.mark.parametrize("row", list(rows_of("provinces.csv")), ids=lambda row: row["code"])
def test_a_province_is_drawn_as_large_as_it_can_be(row: dict[str, str]) -> None:
    drawing = province_map(row["code"])
    assert drawing is not None
    assert max(drawing.width, drawing.height) == NEAR + 2 * MARGIN
    assert inside(drawing)


@pytest.mark.parametrize("code", ["99", "", "3", "35.27", "\x00", "../"])
def test_what_is_no_province_has_no_map(code: str) -> None:
    assert province_map(code) is None
