"""The search of public cases over HTTP beside the list without words, with a million cases.

Words that stand in nearly every case, in one of a hundred, in a dozen and in none; with a place, a body, a state; on
the first page and on page 50. What a search costs must follow what it shows: the goal is twice the list at most, by the
median.
"""

from __future__ import annotations

from typing import Any

from bench.browsing import Browser
from bench.inbox import NEXT
from bench.seed import fill
from bench.stage import Progress, percentile, stage
from tanggap.cases.searching import KEEP, STEMS
from tanggap.common.stopwords import STOP_WORDS

ROWS = 1_000_000
REQUESTS = 40
PAGE = 50
BATCH = 20_000
GOALS = {"ratio": 2.0}
COMMON, MIDDLING, RARE = "jalan", "jembatan", "zamrud"
ASKED = {
    "floor": "",
    "common": f"q={COMMON}",
    "in_a_place": "wilayah=35.02",
    "common_in_a_place": f"q={COMMON}&wilayah=35.02",
    "common_in_a_province": f"q={COMMON}&wilayah=35",
    "common_of_a_body": f"q={COMMON}&instansi=35.02",
    "common_in_a_state": f"q={COMMON}&keadaan=on_hold",
    "middling_in_a_place": f"q={MIDDLING}&wilayah=35.02",
    "left_out_in_a_place": f"q={COMMON}+-lampu&wilayah=35.02",
    "two_words": "q=jalan+rusak",
    "middling": f"q={MIDDLING}",
    "rare": f"q={RARE}",
    "none": "q=kuskus",
    "phrase": "q=%22lampu+padam%22",
    "left_out": "q=jalan+-lampu",
}
# About 25 words of a report, frequent ones more often; the middling word in one of a hundred, the rare one in a dozen.
WORDS = """jalan lampu air sampah rusak padam macet banjir sekolah guru pasar bau pungli parkir antre puskesmas dokter
obat bansos terlambat ktp akta layanan petugas kotor berlubang trotoar pohon tumbang saluran mampet listrik mati sungai
warga malam minggu bulan kantor desa kelurahan pembangunan perbaikan kebersihan penerangan pelayanan""".split()
_TEXTS = f"""
    INSERT INTO cases_narrative (case_id, public_text, agency_text)
    SELECT c.id, t.words, '' FROM cases_case c, LATERAL (
        SELECT string_agg((%(words)s::text[])[1 + floor(power((hashint8(c.id * 31 + n) & 1048575) / 1048576.0, 2)
                          * %(many)s)::int], ' ' ORDER BY n)
               || CASE WHEN c.id %% 100 = 7 THEN ' {MIDDLING}' ELSE '' END
               || CASE WHEN c.id %% 80000 = 7 THEN ' {RARE}' ELSE '' END AS words
        FROM generate_series(1, 25) n) t
    WHERE c.id BETWEEN %(first)s AND %(last)s
"""


def run(*, progress: Progress, rows: int = ROWS, requests: int = REQUESTS) -> dict[str, Any]:
    """The figures as one JSON object; what they mean stands in docs/how-to/measure.md."""
    with stage(progress) as place:
        with place.connect() as connection:
            progress(f"Filling up to {rows:,} cases …")
            fill(connection, 1, rows)
            _write_words(connection, rows, progress)
            size = connection.execute("SELECT pg_total_relation_size('cases_publicwords')").fetchone()
        with place.web() as web:
            browser = Browser(web, "")
            figures = {name: _measured(browser, f"/laporan/?{query}", requests) for name, query in ASKED.items()}
            deep = _page(browser, f"/laporan/?q={COMMON}", PAGE)
            figures["common_page_50"] = _measured(browser, deep, requests)
    ratios = {name: round(one["p50_ms"] / figures["floor"]["p50_ms"], 2) for name, one in figures.items()}
    worst = max(one["p95_ms"] for one in figures.values())
    return {
        "bench": "search",
        "rows": rows,
        "index_mb": round((size or (0,))[0] / 1e6, 1),
        "figures": figures,
        "ratio": ratios,
        "worst_p95_ms": worst,
        "goal": GOALS,
        "reached": max(ratios.values()) <= GOALS["ratio"],
    }


def _write_words(connection: Any, rows: int, progress: Progress) -> None:
    """Texts, and what the search reads of them, by the product's own statement."""
    stems = [stem for (stem,) in connection.execute(STEMS, [sorted(STOP_WORDS)]).fetchall()]
    low, high = connection.execute("SELECT min(id), max(id) FROM cases_case").fetchone()
    for first in range(low, high + 1, BATCH):
        last = min(first + BATCH - 1, high)
        connection.execute(_TEXTS, {"words": WORDS, "many": len(WORDS), "first": first, "last": last})
        connection.execute(KEEP, {"ids": list(range(first, last + 1)), "stop": stems})
        if first % (10 * BATCH) == low % (10 * BATCH):
            progress(f"  words of {last - low + 1:,}")
    connection.execute("VACUUM (ANALYZE) cases_narrative")
    connection.execute("VACUUM (ANALYZE) cases_publicwords")


def _measured(browser: Browser, address: str, requests: int) -> dict[str, float]:
    for _ in range(3):
        browser.get(address)
    taken = sorted(browser.timed(address) for _ in range(requests))
    return {"p50_ms": round(percentile(taken, 0.5), 1), "p95_ms": round(percentile(taken, 0.95), 1)}


def _page(browser: Browser, address: str, wanted: int) -> str:
    """The address of a later page, as the links lead there."""
    for _ in range(wanted - 1):
        link = NEXT.search(browser.get(address))
        if link is None:
            break
        address = (link[1] or link[2]).replace("&amp;", "&")
        address = address if address.startswith("/") else f"/laporan/{address}"
    return address
