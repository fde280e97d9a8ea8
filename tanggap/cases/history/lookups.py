"""Agencies, topics and regions named in a file: each looked up once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency, Category, Region
from tanggap.directory.selectors import find_agency

MOST_REMEMBERED = 50_000
T = TypeVar("T")


class Lookups:
    """Answers and refusals by what was written; forgotten when a file names more than anybody could mean."""

    def __init__(self, default: Agency | None = None) -> None:
        self._default = default
        self._agencies: dict[str, Agency | Invalid] = {}
        self._regions: dict[str, bool] = {}
        self._categories, self._category_names = _categories()

    def prepare(self, region_codes: Iterable[str]) -> None:
        """Look up the regions of a whole batch in one statement."""
        if len(self._regions) > MOST_REMEMBERED:
            self._regions.clear()
        wanted = {code for code in region_codes if code and code not in self._regions}
        found = set(Region.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        self._regions.update((code, code in found) for code in wanted)

    def region(self, code: str) -> str | None:
        """The code itself, if there is such a region. Raises Invalid."""
        if not code:
            return None
        if not self._regions.get(code):
            raise Invalid(f"Wilayah dengan kode “{code[:20]}” tidak dikenal.", field="region_code")
        return code

    def agency(self, text: str) -> Agency | None:
        """The agency of a code, name or alias; the default for none. Raises Invalid, Ambiguous."""
        return self._found(text) if text else self._default

    def about(self, text: str) -> Agency | None:
        """Whom a case is about: as `agency`, without a default."""
        return self._found(text) if text else None

    def _found(self, text: str) -> Agency:
        return _remembered(self._agencies, text, lambda: find_agency(text, within=self._default))

    def category(self, text: str) -> str | None:
        """The code of a topic, by code or name. Raises Invalid for an unknown or ambiguous name."""
        if not text:
            return None
        code = self._categories.get(text.upper())
        if code is not None:
            return code
        codes = self._category_names.get(" ".join(text.lower().split()), [])
        if len(codes) == 1:
            return codes[0]
        if codes:
            listed = ", ".join(codes[:5])
            raise Invalid(f"Topik “{text[:80]}” ada lebih dari satu ({listed} …); tulis kodenya.", field="category")
        raise Invalid(f"Topik “{text[:80]}” tidak dikenal.", field="category")


def _categories() -> tuple[dict[str, str], dict[str, list[str]]]:
    codes: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for code, name in Category.objects.values_list("code", "name"):
        codes[code.upper()] = code
        names.setdefault(" ".join(name.lower().split()), []).append(code)
    return codes, names


def _remembered(memory: dict[str, T | Invalid], key: str, ask: Callable[[], T]) -> T:
    if key not in memory:
        if len(memory) > MOST_REMEMBERED:
            memory.clear()
        try:
            memory[key] = ask()
        except Invalid as refusal:
            memory[key] = refusal
    answer = memory[key]
    if isinstance(answer, Invalid):
        raise answer
    return answer
