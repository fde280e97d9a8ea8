"""Parts of a picture chosen by number: for browsers without JavaScript, whose users cannot wipe over a photo."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.files import storage
from tanggap.files.limits import MAX_AREAS_TEXT
from tanggap.files.models import StoredFile
from tanggap.files.pictures import Area, draw_grid
from tanggap.files.serve import set_apart

COLUMNS: Final = 6
ROWS: Final = 8
_SIDE: Final = 1000
_BY_NAME: Final = {str(number): number for number in range(1, COLUMNS * ROWS + 1)}


class Cell(NamedTuple):
    """One numbered part; `number`, `row` and `column` count from 1, line by line."""

    number: int
    row: int
    column: int
    covered: bool


def cells_of(areas: str) -> list[Cell]:
    """All parts of a picture with these `StoredFile.areas`; one that is covered in part counts as covered."""
    covered = [_area(part) for part in areas.split(";") if part]
    return [
        Cell(number, row + 1, column + 1, any(_meet(area, one) for one in covered))
        for number, row, column, area in _grid()
    ]


def areas_of(numbers: Iterable[str], *, before: str) -> str:
    """The areas of the parts with these numbers; `before`, finer perhaps, when they are the ones it covers already.

    Raises Invalid for what is no number of a part, or no areas.
    """
    try:
        chosen = {_BY_NAME[name] for name in numbers}
        covered = {cell.number for cell in cells_of(before[:MAX_AREAS_TEXT]) if cell.covered}
    except (KeyError, ValueError):
        unreadable = _("Bagian yang ditandai tidak terbaca. Tandai lagi.")
        raise Invalid(unreadable, code="wrong_areas", field="files") from None
    if chosen == covered:
        return before
    return ";".join(",".join(map(str, area)) for number, _row, _column, area in _grid() if number in chosen)


def serve_numbered(stored: StoredFile) -> HttpResponseBase:
    """A small copy of the picture with the lines and numbers of its parts. Raises NotFound, and TooMany when busy."""
    out = io.BytesIO()
    parts = [(str(number), area) for number, _row, _column, area in _grid()]
    try:
        draw_grid(storage.path_of(stored.sha256), stored.media_type, out, parts)
    except FileNotFoundError as error:
        raise NotFound(_("Berkas ini tidak ada atau sudah dihapus."), code="no_such_file") from error
    return set_apart(HttpResponse(out.getvalue(), content_type="image/jpeg"))


def _grid() -> Iterator[tuple[int, int, int, Area]]:
    for row in range(ROWS):
        for column in range(COLUMNS):
            left, top = column * _SIDE // COLUMNS, row * _SIDE // ROWS
            right, bottom = (column + 1) * _SIDE // COLUMNS, (row + 1) * _SIDE // ROWS
            yield row * COLUMNS + column + 1, row, column, (left, top, right - left, bottom - top)


def _area(text: str) -> Area:
    x, y, w, h = map(int, text.split(","))
    return x, y, w, h


def _meet(one: Area, other: Area) -> bool:
    return all(one[i] < other[i] + other[i + 2] and other[i] < one[i] + one[i + 2] for i in (0, 1))
