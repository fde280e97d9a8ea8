"""A survey as A4: the poster with the open code, and the questions as a form for the counter."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from tanggap.common import formats
from tanggap.common.links import absolute
from tanggap.common.pdf import render_pdf
from tanggap.common.qr import qr_svg
from tanggap.surveys.answer_form import LABELS
from tanggap.surveys.models import TRAITS, Survey
from tanggap.surveys.questions import QUESTIONS

FOLDER: Final = Path(__file__).parent


def _head(survey: Survey) -> dict[str, Any]:
    return {
        "service": survey.service.name,
        "agency": survey.service.agency.full_name,
        "address": absolute(f"/survei/{survey.code}/"),
        "qr": _("Kode QR menuju survei"),
        "until": _("Sampai %(day)s") % {"day": formats.long_date(survey.last)},
        "promise": _("Tanpa nama. Sembilan pertanyaan, sekitar dua menit. Hasilnya diterbitkan."),
    }


def poster_pdf(survey: Survey, *, now: datetime) -> bytes:
    """The poster, in Indonesian: it hangs beside an Indonesian counter."""
    with override("id"):
        title = _("Bagaimana pelayanan kami?")
        content = {**_head(survey), "title": title, "lead": _("Pindai kode ini dan nilai pelayanan yang Anda terima.")}
    return _drawn("poster.typ", content, title, now)


def form_pdf(survey: Survey, *, now: datetime) -> bytes:
    """The nine questions with boxes to tick, in Indonesian."""
    with override("id"):
        title = _("Survei kepuasan masyarakat")
        traits = [
            [str(LABELS[name]), [str(label) for _value, label in known.choices]] for name, known in TRAITS.items()
        ]
        content = {
            **_head(survey),
            "title": title,
            "sheet": _("Nomor lembar (diisi petugas)"),
            "how": _("Beri tanda silang pada satu kotak untuk setiap pertanyaan. Jangan tulis nama."),
            "questions": [
                [f"{number}. {one.text}", [str(answer) for answer in one.answers]]
                for number, one in enumerate(QUESTIONS, start=1)
            ],
            "about": _("Tentang Anda (boleh dikosongkan)"),
            "traits": traits,
        }
    return _drawn("form.typ", content, title, now)


def _drawn(template: str, content: dict[str, Any], title: str, now: datetime) -> bytes:
    files = {"survei.svg": qr_svg(content["address"])}
    return render_pdf(FOLDER / template, content, title=title, language="id", at=now, files=files)
