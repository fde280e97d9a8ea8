"""What a ladder may be: the steps somebody typed, and the sentences that refuse them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tanggap.accounts.roles import Role
from tanggap.common.errors import Invalid
from tanggap.escalation.models import Ladder, LadderStep
from tanggap.escalation.recipients import ON_CALL, REPORTER
from tanggap.escalation.reference import LADDERS
from tanggap.escalation.steps import Rung
from tanggap.notify.templates import TEMPLATES

MOST_STEPS = 20
FARTHEST = 400
EARLIEST_BEFORE_LIMIT = -60
OWN_CLOCKS = (
    Ladder.Clock.VERIFICATION.value,
    Ladder.Clock.FIRST_ANSWER.value,
    Ladder.Clock.RESOLUTION.value,
    Ladder.Clock.OBJECTION.value,
)
"""Those an agency may have its own ladder for; the rest are warnings to reporters and oversight."""
POSTS = (
    Role.LIAISON_OFFICER.value,
    Role.UNIT_HEAD.value,
    Role.COORDINATOR.value,
    Role.SEKDA.value,
    Role.REGIONAL_HEAD.value,
    Role.INSPECTOR.value,
    Role.NATIONAL_ADMIN.value,
    Role.OMBUDSMAN.value,
)
ABOVE = (Role.UNIT_HEAD.value, Role.SEKDA.value, Role.REGIONAL_HEAD.value, Role.NATIONAL_ADMIN.value)
ROLES = (*POSTS, ON_CALL, REPORTER)
CHANNELS = ("", "email", "whatsapp", "sms")
LETTERS = (LadderStep.Kind.LETTER_1.value, LadderStep.Kind.LETTER_2.value)
WORDS = frozenset(step[4] for steps in LADDERS.values() for step in steps)
"""The messages a step can send."""


@dataclass(frozen=True, slots=True)
class StepWish:
    """One step as it was typed."""

    kind: str
    offset: int
    from_limit: bool
    unit: str
    role: str
    template: str
    channel: str = ""
    copies: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[bool, int]:
        """Steps counted from the start come first, each kind by its day."""
        return (self.from_limit, self.offset if self.unit == LadderStep.Calendar.HOURS else self.offset * 24)


def in_order(steps: Sequence[StepWish]) -> list[StepWish]:
    """As they are numbered."""
    return sorted(steps, key=lambda step: step.place)


def rungs_of(steps: Sequence[StepWish]) -> tuple[Rung, ...]:
    """The steps as the rules read them, without rows: for a dry run."""
    return tuple(
        Rung(
            id=-number,
            number=number,
            kind=step.kind,
            offset=step.offset,
            from_limit=step.from_limit,
            unit=step.unit,
            channel=step.channel,
            role=step.role,
            template=step.template,
            copies=step.copies,
        )
        for number, step in enumerate(in_order(steps), 1)
    )


def check_ladder(clock: str, steps: Sequence[StepWish], *, national: bool) -> None:
    """Raises Invalid with the first thing that is wrong, the number of the step in the sentence."""
    if clock not in Ladder.Clock.values or not (national or clock in OWN_CLOCKS):
        raise Invalid(_("Tangga jam ini hanya ada di tingkat nasional."), code="clock")
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Invalid(_("Tangga berisi satu sampai 20 langkah."), code="count")
    for number, step in enumerate(steps, 1):
        wrong = _wrong_time(step) or _wrong_addressee(step)
        if wrong:
            raise Invalid(_("Langkah %(n)s: %(wrong)s") % {"n": number, "wrong": wrong}, code="step")
    if len({(step.place, step.role, step.template) for step in steps}) < len(steps):
        raise Invalid(_("Dua langkah sama: hari, penerima, dan pesannya."), code="twice")
    if not national and not any(step.role in ABOVE for step in steps):
        raise Invalid(
            _(
                "Tangga harus naik sekurang-kurangnya sekali: ke kepala unit, sekretaris daerah, kepala daerah, "
                "atau admin nasional."
            ),
            code="no_escalation",
        )


def _wrong_time(step: StepWish) -> str:
    if step.kind not in LadderStep.Kind.values or step.unit not in LadderStep.Calendar.values:
        return _("pilih dari daftar.")
    if not step.from_limit and not 0 <= step.offset <= FARTHEST:
        return _("dari mulainya jam, hitung 0 sampai 400.")
    if step.from_limit and not EARLIEST_BEFORE_LIMIT <= step.offset <= FARTHEST:
        return _("dari batasnya, hitung -60 (sebelum) sampai 400 (sesudah).")
    if step.from_limit and step.unit == LadderStep.Calendar.HOURS:
        return _("jam dihitung dari mulainya, bukan dari batas.")
    return ""


def _wrong_addressee(step: StepWish) -> str:
    if step.role not in ROLES or step.channel not in CHANNELS or step.template not in WORDS:
        return _("pilih dari daftar.")
    to_reporter = TEMPLATES[step.template].audience == REPORTER
    if to_reporter != (step.role == REPORTER):
        return _("pesan ini bukan untuk penerima itu.")
    if step.kind in LETTERS and step.role not in POSTS:
        return _("surat ditujukan kepada jabatan, bukan kepada pelapor atau petugas siaga.")
    if any(copy not in POSTS for copy in step.copies) or step.role in step.copies:
        return _("tembusan untuk jabatan lain daripada penerimanya.")
    return ""
