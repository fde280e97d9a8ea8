"""The minutes of a finished round on paper."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.common.pdf import render_pdf
from tanggap.directory.models import Agency
from tanggap.evaluation.models import Round

TEMPLATE: Final = Path(__file__).with_name("minutes.typ")


def minutes_pdf(row: Round) -> bytes:
    """What was fixed when the round ended, with its digest; the same document whenever it is asked for.

    Raises ValueError for a round that is not over.
    """
    if row.results is None or row.final_at is None:
        raise ValueError("a round has minutes once it is over")
    results, zone = row.results, ZoneInfo(row.agency.zone)
    bodies = results["bodies"]
    names = dict(Agency.objects.filter(code__in=bodies).values_list("code", "name"))
    items = list(next(iter(bodies.values()))["evidence"]) if bodies else []
    title = _("Berita acara evaluasi: %(name)s") % {"name": row.name}
    data = {
        "title": title,
        "agency": row.agency.name,
        "dates": " – ".join(formats.plain_date(day, language()) for day in (row.first, row.last)),
        "closed": _("Ditutup %(moment)s.") % {"moment": formats.long_datetime(row.final_at, zone, language())},
        "agreement": _agreement(results["agreement"]),
        "heads": [_("Instansi"), *(_words_of(item) for item in items), _("Tindak lanjut"), _("Sanggahan")],
        "rows": [_row(names.get(code, code), body, items) for code, body in sorted(bodies.items())],
        "seed": _("Benih sampel %(seed)s; SHA-256 hasil %(digest)s.") % {"seed": row.seed, "digest": row.digest},
        "signed": [_("Ketua tim evaluasi"), _("Sekretaris")],
        "page": _("Halaman"),
    }
    return render_pdf(TEMPLATE, data, title=title, language=language(), at=row.final_at)


def _row(name: str, body: dict[str, Any], items: list[str]) -> list[str]:
    states = {"accepted": _("diterima"), "refused": _("ditolak"), "none": _("tidak ada"), "submitted": _("menunggu")}
    follow_up = body["follow_up"]
    found = _percent(follow_up["mean"])
    return [
        name,
        *(states[body["evidence"][item]] for item in items),
        _("%(share)s dari %(n)s laporan") % {"share": found, "n": follow_up["n"]} if follow_up["n"] else "–",
        _("%(n)s, %(upheld)s diterima") % {"n": body["objections"], "upheld": body["upheld"]},
    ]


def _agreement(met: dict[str, Any]) -> str:
    if not met["pairs"]:
        return _("Tidak ada laporan yang dibaca dua orang.")
    words = {"alike": _percent(met["alike"]), "n": met["pairs"]}
    if met["kappa"] is None:
        return _("Dua pembaca memberi nilai sama pada %(alike)s dari %(n)s nilai; kappa tidak terdefinisi.") % words
    words["kappa"] = formats.number(Fraction(met["kappa"]), language(), digits=2)
    return _("Dua pembaca memberi nilai sama pada %(alike)s dari %(n)s nilai; kappa berbobot %(kappa)s.") % words


def _percent(share: str | None) -> str:
    if share is None:
        return "–"
    return formats.percent(Fraction(share), language())


def _words_of(item: str) -> str:
    known = {"team_decree": _("SK tim"), "action_plan": _("Rencana aksi")}
    return known.get(item, item.replace("_", " "))
