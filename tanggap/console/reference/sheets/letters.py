"""How letters leave, as a table: who signs, how they are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.common.errors import Invalid
from tanggap.console.letter_forms import LetterRulesForm
from tanggap.console.reference.sheets.mark import OfficerMark
from tanggap.directory.exchange import Table
from tanggap.directory.exchange.shape import Line, agency_of, each, flag, told, truth_of
from tanggap.escalation.letters.policy import policy_of
from tanggap.escalation.models import LetterPolicy
from tanggap.escalation.services.set_letter_rules import set_letter_rules

RULE: Final = ("signing", "signatory_role", "number_format", "place")


def _rows() -> Iterator[tuple[str, ...]]:
    for row in LetterPolicy.objects.filter(agency__isnull=False).select_related("agency").order_by("agency__code"):
        if row.agency is not None:
            yield row.agency.code, flag(row.signing), row.signatory_role, row.number_format, row.place


def _take(line: Line, mark: OfficerMark) -> str:
    agency = agency_of(line)
    rule = policy_of(agency.pk)
    before: dict[str, Any] = {name: getattr(rule, name) for name in RULE}
    typed: dict[str, Any] = {name: line[name] or before[name] for name in RULE}
    typed["signing"] = truth_of(line, "signing") if line["signing"] else before["signing"]
    form = LetterRulesForm({**typed, "signing": "yes" if typed["signing"] else "no"})
    if not form.is_valid():
        name, faults = next(iter(form.errors.items()))
        raise Invalid(_("Kolom %(name)s: %(fault)s") % {"name": name, "fault": faults[0]}, field=name)
    if rule.agency_id == agency.pk and before == typed:
        return ""
    set_letter_rules(agency=agency, **typed, actor=mark.actor, now=mark.now, reason=mark.reason)
    return told((name, before[name], typed[name]) for name in RULE) or _("aturan sendiri, isinya sama")


TABLE: Final[Table[OfficerMark]] = Table(
    "aturan-surat",
    gettext_lazy("Aturan surat"),
    ("agency_code", *RULE),
    ("agency_code",),
    _rows,
    each(_take),
)
