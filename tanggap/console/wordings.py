"""Messages as their editor sees them: what each says today, shown with invented values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tanggap.console.template_titles import title_of
from tanggap.notify.filling import fill, plain_letters, sms_length
from tanggap.notify.models import Wording
from tanggap.notify.own_words import is_editable
from tanggap.notify.rendering import Own, Text, text_for
from tanggap.notify.templates import TEMPLATES
from tanggap.notify.transports.sms_text import parts_needed
from tanggap.notify.words import words_of

LINK = "https://lapor.contoh.go.id/l/K7M2-9QXA-V"
# Invented, and the same in every preview; no row of the database is read for one.
EXAMPLE = {
    "id": {
        "tracking_id": "K7M2-9QXA-V",
        "link": LINK,
        "about": "Lampu jalan padam di depan sekolah",
        "clock": "Tanggapan pertama: hari ke-2 dari 5, jatuh tempo Rabu, 25 November 2026 pukul 23.59 WIB.",
        "agency": "Dinas Perhubungan Kabupaten Contoh",
        "due": "Rabu, 25 November 2026 pukul 23.59 WIB",
        "text": "Lampu sudah diganti hari ini oleh petugas kami. Terima kasih atas laporan Anda.",
        "office": "Bidang Prasarana",
        "post": "Kepala unit",
        "number": "014/SP4N/CONTOH/XI/2026",
        "count": "3",
        "list": "- K7M2-9QXA-V\n- P4T8-1RWD-6\n- 0HJ5-YZ3C-N",
        "recipient": "Kepala Dinas Perhubungan",
        "days": "14",
        "period": "Senin, 16 November 2026 – Minggu, 22 November 2026",
        "headline": "2 unit terlambat, 1 keluhan sedang naik.",
        "closed": "19",
        "late": "4",
        "brand_name": "Lapor Contoh",
        "month": "November 2026",
        "percent": "80",
        "spent": "Rp4.000.000",
        "amount": "Rp5.000.000",
    },
    "en": {
        "tracking_id": "K7M2-9QXA-V",
        "link": LINK,
        "about": "Street light out in front of a school",
        "clock": "First answer: day 2 of 5, due Wednesday, 25 November 2026, 23:59 WIB.",
        "agency": "Transport Office, Example Regency",
        "due": "Wednesday, 25 November 2026, 23:59 WIB",
        "text": "Our crew replaced the lamp today. Thank you for your report.",
        "office": "Infrastructure",
        "post": "Head of unit",
        "number": "014/SP4N/CONTOH/XI/2026",
        "count": "3",
        "list": "- K7M2-9QXA-V\n- P4T8-1RWD-6\n- 0HJ5-YZ3C-N",
        "recipient": "Head of the Transport Office",
        "days": "14",
        "period": "Monday, 16 November 2026 – Sunday, 22 November 2026",
        "headline": "2 units are late, 1 complaint is rising.",
        "closed": "19",
        "late": "4",
        "brand_name": "Lapor Contoh",
        "month": "November 2026",
        "percent": "80",
        "spent": "Rp4,000,000",
        "amount": "Rp5,000,000",
    },
}
# What a message about a secret, anonymous or supervisory case does without (DOMAIN §5).
WITHHELD = ("about", "text", "office")
NOBODY = {"id": "instansi yang berwenang", "en": "the competent agency"}


def example_values(language: str, *, guarded: bool) -> dict[str, str]:
    """Invented values; for a guarded case without everything such a message may not carry."""
    values = dict(EXAMPLE[language])
    if guarded:
        values |= dict.fromkeys(WITHHELD, "")
        values["agency"] = NOBODY[language]
    return values


@dataclass(frozen=True, slots=True)
class Preview:
    """A message as it would leave; `raw_length` and `raw_parts` are what it would be without shortening."""

    subject: str
    body: str
    length: int
    parts: int
    raw_length: int
    raw_parts: int

    @property
    def shortened(self) -> bool:
        """Whether the house has to cut to make it one SMS."""
        return self.raw_parts > 1


def preview(template: str, channel: str, language: str, own: Own, *, guarded: bool) -> Preview:
    """One example, ordinary or guarded."""
    values = example_values(language, guarded=guarded)
    text: Text = text_for(template, channel, language, values, own)
    raw = _unshortened(template, channel, language, values, own)
    return Preview(
        text.subject, text.body, sms_length(text.body), parts_needed(text.body), sms_length(raw), parts_needed(raw)
    )


def _unshortened(template: str, channel: str, language: str, values: Mapping[str, str], own: Own) -> str:
    words = present_words(template, channel, language, own)[1]
    flat = {name: plain_letters(" ".join(value.split())) for name, value in values.items()}
    return " ".join(plain_letters(fill(words, flat, TEMPLATES[template].fields)).split())


def present_words(template: str, channel: str, language: str, own: Own) -> tuple[str, str]:
    """Subject and body with their fields, as they stand today."""
    row = own.get((template, channel, language))
    shipped = words_of(template, language)
    subject = row.subject if row and row.subject else shipped.subject
    return subject, row.body if row else shipped.for_channel(channel)


def own_words() -> Own:
    """Every row of the instance's own words: at most messages × channels × languages."""
    return {(row.template, row.channel, row.language): row for row in Wording.objects.all()}


@dataclass(frozen=True, slots=True)
class WordingLine:
    """One message of the list."""

    name: str
    title: str
    subject: str
    sms: Preview
    changed: int
    changed_at: datetime | None


def lines_for(audience: str, language: str, own: Own) -> list[WordingLine]:
    """The messages for one audience, in the order of the product."""
    return [
        _line(template.name, language, own)
        for template in TEMPLATES.values()
        if template.audience == audience and is_editable(template.name, "email", language)
    ]


def _line(name: str, language: str, own: Own) -> WordingLine:
    rows = [row for (template, _channel, _language), row in own.items() if template == name]
    mail = preview(name, "email", language, own, guarded=False)
    return WordingLine(
        name=name,
        title=title_of(name),
        subject=mail.subject,
        sms=preview(name, "sms", language, own, guarded=False),
        changed=len(rows),
        changed_at=max((row.updated_at for row in rows), default=None),
    )
