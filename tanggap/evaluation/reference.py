"""The scorecard and the rules of comparison that ship with the product, as dated rows (DOMAIN §7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from tanggap.evaluation.models import FlagName, FlagRule, MassPolicy, RankingPolicy, RoundRule, ScorecardComponent
from tanggap.evaluation.ranking.scorecard import Kind

SINCE = date(2015, 1, 1)
OURS = "Keputusan Tanggap"
SP4N = "Komponen penilaian SP4N-LAPOR!, ringkasan umum; bobot keputusan Tanggap"

COMPONENTS: tuple[tuple[str, str, str, int, Kind, str, str], ...] = (
    ("completion", "Penyelesaian", "Completion", 30, Kind.FIGURE, "closed_over_total", SP4N),
    ("speed", "Tepat waktu", "On time", 30, Kind.FIGURE, "charged_on_time", OURS),
    ("satisfaction", "Kepuasan pelapor", "Satisfaction", 15, Kind.FIGURE, "satisfaction", SP4N),
    ("team_decree", "SK tim pengelola", "Team decree", 5, Kind.EVIDENCE, "team_decree", SP4N),
    ("action_plan", "Rencana aksi", "Action plan", 5, Kind.EVIDENCE, "action_plan", SP4N),
    (
        "follow_up_quality", "Mutu tindak lanjut", "Quality of follow-up", 10, Kind.EVIDENCE, "follow_up_quality", SP4N
    ),
    ("active_officers", "Pejabat penghubung aktif", "Active officers", 5, Kind.EVIDENCE, "active_officers", SP4N),
)  # fmt: skip
# Name, at least so many cases, at least this share of them, within.
FLAGS: tuple[tuple[str, int, str, timedelta], ...] = (
    (FlagName.CLOSED_UNREAD, 5, "0.3", timedelta(0)),
    (FlagName.IDENTICAL_ANSWERS, 10, "0.1", timedelta(0)),
    (FlagName.TEMPLATE_IN_MINUTES, 5, "0.05", timedelta(minutes=10)),
    (FlagName.ARCHIVED_AT_THE_END, 10, "0.5", timedelta(days=5)),
    (FlagName.ENTERED_BY_WHO_ANSWERS, 5, "0.3", timedelta(days=1)),
    (FlagName.STOPPED_BEFORE_THE_LIMIT, 5, "0.5", timedelta(days=1)),
    (FlagName.MERGED_LATE, 5, "0.3", timedelta(0)),
    (FlagName.WITHDRAWN_IN_BURSTS, 5, "3", timedelta(0)),
)
# What a round asks for, and what its readers judge.
ROUND_RULES: tuple[tuple[str, str, str, str, str], ...] = (
    ("evidence", "team_decree", "SK tim pengelola pengaduan", "Decree of the complaints team", SP4N),
    ("evidence", "action_plan", "Rencana aksi pengelolaan pengaduan", "Action plan for complaints", SP4N),
    ("criterion", "substance", "Menjawab pokok laporan", "Answers what was reported", OURS),
    (
        "criterion",
        "concrete",
        "Menyebut tindakan, waktu, dan pelaksananya",
        "Names what was done, when and by whom",
        OURS,
    ),
    ("criterion", "clear", "Mudah dipahami pelapor", "Understandable to the reporter", OURS),
)
MASS = {"minimum": 5, "likeness": Decimal("0.6"), "within": timedelta(days=7)}
MINIMUM_N = 30
Z_95 = Decimal("1.959964")
BAND_FLOORS = [100, 250, 1000]


def load(progress: Callable[[str], object]) -> int:
    """Add the rows that are missing; edited ones stay. Returns the rows written."""
    written = 0
    for slug, label_id, label_en, weight, kind, source, basis in COMPONENTS:
        _row, created = ScorecardComponent.objects.get_or_create(
            slug=slug,
            valid_from=SINCE,
            defaults={
                "label_id": label_id,
                "label_en": label_en,
                "weight": weight,
                "kind": kind.value,
                "source": source,
                "basis": basis,
            },
        )
        written += created
    for name, minimum, part, within in FLAGS:
        _rule, created = FlagRule.objects.get_or_create(
            name=name,
            valid_from=SINCE,
            defaults={"minimum": minimum, "share": Decimal(part), "within": within, "basis": OURS},
        )
        written += created
    for asked, slug, label_id, label_en, basis in ROUND_RULES:
        words = {"label_id": label_id, "label_en": label_en, "basis": basis}
        _item, created = RoundRule.objects.get_or_create(kind=asked, slug=slug, valid_from=SINCE, defaults=words)
        written += created
    _mass, created = MassPolicy.objects.get_or_create(valid_from=SINCE, defaults={**MASS, "basis": OURS})
    written += created
    _policy, created = RankingPolicy.objects.get_or_create(
        valid_from=SINCE, defaults={"minimum_n": MINIMUM_N, "z": Z_95, "band_floors": BAND_FLOORS, "basis": OURS}
    )
    progress(f"kartu nilai: {written + created} baris")
    return written + created
