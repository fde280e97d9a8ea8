"""Masking's own table of districts says what the reference data says."""

from collections import defaultdict
from pathlib import Path

import tanggap.common.masking
from tanggap.directory.reference.sources import rows_of


def test_masking_knows_the_highest_district_of_every_regency() -> None:
    highest: dict[str, int] = defaultdict(int)
    for row in rows_of("districts.csv.gz"):
        regency, _, number = row["code"].rpartition(".")
        key = regency.replace(".", "")
        highest[key] = max(highest[key], int(number))
    table = Path(tanggap.common.masking.__file__).with_name("districts.txt").read_text(encoding="utf-8")
    assert table == "".join(f"{key} {number:02d}\n" for key, number in sorted(highest.items()))
