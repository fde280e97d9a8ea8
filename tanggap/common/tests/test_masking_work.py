"""What masking costs grows with the length of a text and no faster: proved by what is counted, not by the clock."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]
from types import FrameType

import pytest

from tanggap.common import masking
from tanggap.common.masking import mask

WIDEST = 600
"""Characters a pattern may look at from one place."""
SINGLE_SET = re.compile(r"\[[^\]]+\]\+|\[\\d[^\]]*\]\+.*")
"""A run of one set of characters: read once, from its beginning, and never again."""
UNITS = (
    "a", "1", " ", "\n", "0812 ", "1-", ". ", "a@", "a.", "@", "Pak ", "Pak Budi ", "bapak ", "nama saya ", "B 1",
    "[at] ", "1.234.", "(0", "nik ", "Sdr Agus Agus ", "saya Budi, ", "nol delapan satu ", "BRI 0021 ", "a.n. ", "'",
    "terima kasih\n", "ⓐ", "O0l1", "instagram.com/", "[NAMA]", "kartu ", "Jl. H. ",
)  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module_info in pkgutil.iter_modules(masking.__path__):
        module = importlib.import_module(f"{masking.__name__}.{module_info.name}")
        for name, value in vars(module).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern):
                    yield f"{module_info.name}.{name}", one


def test_no_pattern_looks_further_than_a_fixed_distance() -> None:
    found = dict(patterns())
    assert len(found) > 25
    for name, pattern in patterns():
        widest = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if pattern.flags & re.ASCII else 0)
        assert widest.getwidth()[1] <= WIDEST or SINGLE_SET.fullmatch(pattern.pattern), name


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_twice_the_steps(unit: str) -> None:
    short, long = steps(unit, 4_000), steps(unit, 8_000)
    assert long <= 2.2 * short + 400


def steps(unit: str, length: int) -> int:
    """How many functions are called, Python's own included, to mask `length` characters made of `unit`."""
    text = unit * (length // len(unit))
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        mask(text)
    finally:
        sys.setprofile(before)
    return count
