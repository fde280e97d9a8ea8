"""What a table of reference data is for the exchange, and what all tables say about a line in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.common.spreadsheet import FORMULA
from tanggap.directory.models import Agency

Line = dict[str, str]
TRUE: Final = frozenset({"true", "1", "ya", "yes"})
FALSE: Final = frozenset({"false", "0", "tidak", "no", ""})
LONGEST_TOLD: Final = 160
NOTHING: Final = "–"


@dataclass(frozen=True)
class Mark:
    """Whose import it is, why, and when: what every service asks for."""

    actor_key: str
    reason: str
    now: datetime

    @property
    def words(self) -> dict[str, Any]:
        """As the services of the directory take it."""
        return {"actor_key": self.actor_key, "reason": self.reason, "now": self.now}


M_contra = TypeVar("M_contra", bound=Mark, contravariant=True)


@dataclass(frozen=True)
class Table(Generic[M_contra]):
    """`take` does what a line says and tells it, old → new; an empty word means that nothing had to be done.

    An empty cell that is not required leaves what is there: a file without a column wipes nothing out. Lines that are
    alike in `together` are one thing (the steps of a ladder) and are taken at once. `prose` keeps its line breaks.
    """

    slug: str
    title: Promise
    columns: tuple[str, ...]
    required: tuple[str, ...]
    rows: Callable[[], Iterator[tuple[str, ...]]]
    take: Callable[[list[Line], M_contra], str]
    together: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()


def each(take: Callable[[Line, M_contra], str]) -> Callable[[list[Line], M_contra], str]:
    """For tables in which every line stands for itself."""
    return lambda lines, mark: take(lines[0], mark)


def cell(text: str, *, prose: bool = False) -> str:
    """A cell as it is kept: without the apostrophe that keeps a spreadsheet from running it."""
    said = text.replace("\r\n", "\n").replace("\r", "\n").strip() if prose else " ".join(text.split())
    return said[1:] if said.startswith("'") and said[1:].startswith(FORMULA) else said


def told(changes: Iterable[tuple[str, Any, Any]]) -> str:
    """`name: “old” → “new”` for what differs; empty where nothing does."""
    differing = [(name, before, after) for name, before, after in changes if before != after]
    return "; ".join(f"{name}: {_short(before)} → {_short(after)}" for name, before, after in differing)


def _short(value: Any) -> str:
    text = " ".join(str(value).split()) if value not in (None, "") else NOTHING
    return text if len(text) <= LONGEST_TOLD else text[: LONGEST_TOLD - 1] + "…"


def agency_of(line: Line, column: str = "agency_code") -> Agency:
    """The agency with this code. Raises NotFound."""
    code = line[column]
    row = Agency.objects.filter(code=code).first()
    if row is None:
        raise NotFound(_("Instansi dengan kode “%(code)s” tidak ada.") % {"code": code}, field=column)
    return row


def date_of(line: Line, column: str) -> date:
    """Raises Invalid."""
    try:
        return date.fromisoformat(line[column])
    except ValueError as error:
        raise Invalid(_("Tulis tanggal seperti 2026-11-25."), field=column) from error


def number_of(line: Line, column: str) -> int:
    """A whole number of a few digits. Raises Invalid."""
    text = line[column]
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 5:
        raise Invalid(_("Kolom %(name)s diisi bilangan bulat.") % {"name": column}, field=column)
    return int(text)


def flag(value: bool) -> str:
    """As a cell."""
    return "true" if value else "false"


def truth_of(line: Line, column: str) -> bool:
    """Raises Invalid."""
    text = line[column].lower()
    if text not in TRUE | FALSE:
        raise Invalid(_("Tulis true atau false."), field=column)
    return text in TRUE
