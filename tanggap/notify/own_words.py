"""Which words an instance may change, and what it is told when it may not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid, NotFound
from tanggap.notify.models import Channel
from tanggap.notify.templates import TEMPLATES
from tanggap.notify.wording_rules import LONGEST_BODY, LONGEST_SUBJECT, Fault, Finding, findings

LANGUAGES = ("id", "en")


def stream_of(template: str, channel: str, language: str) -> str:
    """Where the history of these words stands."""
    return f"wording:{template}/{channel}/{language}"


def is_editable(template: str, channel: str, language: str) -> bool:
    """Whether there are such words. Account mails are written by the sign-in pages, not here."""
    known = TEMPLATES.get(template)
    return known is not None and bool(known.fields) and channel in Channel.values and language in LANGUAGES


def check_known(template: str, channel: str, language: str) -> None:
    """Raises NotFound for words that do not exist."""
    if not is_editable(template, channel, language):
        raise NotFound(_("Pesan, kanal, atau bahasa ini tidak ada."), code="no_wording")


def cleaned(template: str, subject: str, body: str) -> tuple[str, str]:
    """Subject and body as they would be kept. Raises Invalid with a sentence for whoever wrote them."""
    subject, body = (
        " ".join(subject.replace("\x00", "").split()),
        body.replace("\r\n", "\n").replace("\x00", "").strip(),
    )
    for finding in findings(subject=subject, body=body, fields=TEMPLATES[template].fields):
        raise Invalid(_sentence(finding, template), field=finding.where, code=finding.fault)
    return subject, body


def _sentence(finding: Finding, template: str) -> str:
    if finding.fault == Fault.UNKNOWN_FIELDS:
        return _("Isian ini tidak dikenal: %(names)s. Yang dapat dipakai: %(known)s.") % {
            "names": _braced(finding.names[:5]),
            "known": _braced(TEMPLATES[template].fields),
        }
    sentences = {
        Fault.EMPTY: _("Tulis isi pesannya. Untuk kembali ke kata-kata bawaan, pakai tombol “Kembalikan”."),
        Fault.TOO_LONG: _("Isi pesan paling panjang %(n)s huruf.") % {"n": LONGEST_BODY},
        Fault.SUBJECT_TOO_LONG: _("Judul paling panjang %(n)s huruf.") % {"n": LONGEST_SUBJECT},
        Fault.LOOSE_BRACE: _("Ada kurung kurawal tanpa pasangan. Isian ditulis seperti {link}."),
    }
    return sentences[finding.fault]


def _braced(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
