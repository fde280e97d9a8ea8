"""Charts are drawn without a view box, without a style, whatever the names are."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from tanggap.common.charts import Cell, Series, Shade, as_csv, bars, choropleth, columns, counted, lines
from tanggap.common.charts.scale import ticks

HOSTILE = "</svg><script>alert(1)</script>\"'&<Ünï>"


def drawn(svg: str) -> ElementTree.Element:
    """The picture as a parser reads it: it must be well formed, with nothing that runs or styles."""
    root = ElementTree.fromstring(svg)
    for part in root.iter():
        assert part.tag not in ("script", "style", "foreignObject")
        assert not [name for name in part.attrib if name == "style" or name.startswith("on")]
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"]
    return root


def words_of(svg: str) -> list[str]:
    return [text.text or "" for text in drawn(svg).iter("text")]


def written(value: float) -> str:
    return f"{value:g}"


def test_lines_keep_their_labels_size_and_break_where_nothing_is_known() -> None:
    svg = lines(["Jan", "Feb", "Mar", "Apr"], [Series("ini", [1, None, 3, 4]), Series("itu", [9, 8, 7, 6], "b")],
                says="Grafik", written=written, limit=(5, "batas"))  # fmt: skip
    root = drawn(svg)
    assert "viewBox" not in root.attrib
    path = next(one for one in root.iter("path") if one.attrib["class"] == "a")
    assert path.attrib["d"].count("M") == 2
    assert {"ini", "itu", "batas", "Jan", "10"} <= set(words_of(svg))
    assert len([one for one in root.iter("rect") if one.attrib["class"] == "a"]) == 3


def test_the_names_of_two_lines_do_not_lie_on_each_other() -> None:
    for low, high in ([0, 0, 0], [0, 0, 0]), ([1, 1, 1], [1, 1, 1]), ([5, 2, 1], [5, 9, 1]):
        svg = lines(["a", "b", "c"], [Series("rendah", low), Series("tinggi", high, "b")], says="x", written=written)
        places = (
            {one.text: float(one.attrib["y"]) for one in drawn(svg).iter("text") if one.get("class") == "l"}
            if svg
            else {}
        )
        assert not places or abs(places["rendah"] - places["tinggi"]) >= 10


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_known_is_no_picture(values: list[float | None]) -> None:
    assert lines(["a"] * len(values), [Series("x", values)], says="x", written=written) == ""
    assert bars([("a", 0, "0")], says="x") == ""
    assert bars([], says="x") == ""
    assert columns([("1", 0, "0")], says="x") == ""


def test_one_month_stands_in_the_middle() -> None:
    svg = lines(["Jan"], [Series("x", [3])], says="x", written=written)
    assert 'x="50.0%"' in svg


def test_hostile_names_are_words() -> None:
    pictures = [
        lines(
            [HOSTILE, HOSTILE], [Series(HOSTILE, [1, 2])], says=HOSTILE, written=lambda _v: HOSTILE, limit=(1, HOSTILE)
        ),
        bars([(HOSTILE, 3, HOSTILE)], says=HOSTILE),
        columns([(HOSTILE, 3, HOSTILE)], says=HOSTILE, limit=(1, HOSTILE)),
        choropleth((9, 9), {"35": "M0 0h9z"}, {"35": Shade("few", HOSTILE)}, says=HOSTILE, slug="peta", lines=""),
    ]
    for picture in pictures:
        assert drawn(picture).attrib["aria-label"] == HOSTILE
        assert "<script" not in picture


def test_bars_are_as_long_as_their_numbers() -> None:
    root = drawn(bars([("a", 40, "40"), ("b", 10, "10"), ("c", 0, "0")], says="x"))
    assert [one.attrib["width"] for one in root.iter("rect")] == ["100.0%", "25.0%", "0.0%"]


def test_a_region_too_small_to_judge_has_a_pattern_and_an_unknown_one_is_blank() -> None:
    shapes = {"1": "M0 0h1z", "2": "M1 0h1z", "3": "M2 0h1z"}
    shades = {"1": Shade("q5", "satu"), "2": Shade("few", "dua")}
    svg = choropleth((10, 10), shapes, shades, says="Peta", slug="p", lines="M0 0h9")
    looks = {one.attrib["class"]: one.attrib for one in drawn(svg).iter("path")}
    assert looks["few"]["fill"] == "url(#few-p)"
    assert {"q5", "q0", "edges"} <= looks.keys()
    assert "fill" not in looks["q5"]
    assert '<pattern id="few-p"' in svg


@pytest.mark.parametrize(
    ("highest", "last"), [(0, 1), (1, 1), (4, 4), (7, 8), (23, 30), (99, 100), (1234, 1500), (0.3, 0.3), (2e9, 2e9)]
)
def test_an_axis_ends_with_a_round_number(highest: float, last: float) -> None:
    found = ticks(highest)
    assert found[0] == 0
    assert found[-1] == pytest.approx(last)
    assert 2 <= len(found) <= 6


def test_counts_have_whole_steps() -> None:
    for highest in (1, 2, 3, 5, 7, 11):
        assert all(float(tick).is_integer() for tick in ticks(highest, whole=True))


def test_a_csv_runs_no_formula() -> None:
    rows = [[cell.value for cell in counted("=HYPERLINK(1)", 3, "3")], ["-1+1", -2], ['koma, "kutip"', None]]
    found = list(csv.reader(io.StringIO(as_csv(("@kepala", "n"), rows))))
    assert found == [["'@kepala", "n"], ["'=HYPERLINK(1)", "3"], ["'-1+1", "-2"], ['koma, "kutip"', ""]]
    assert Cell(1, "1").url == ""
