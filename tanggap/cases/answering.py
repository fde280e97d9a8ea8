"""What makes an answer an answer, and what follows when it is sent."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.cases.deadlines import due_for
from tanggap.cases.models import Case, ClockName, Message, MessageKind, Pledge
from tanggap.cases.policies import advanced
from tanggap.cases.recording import save_case
from tanggap.cases.substance import is_acknowledgement
from tanggap.cases.texts import Answer
from tanggap.cases.workflow import Action, AnswerKind
from tanggap.common.errors import Invalid
from tanggap.directory.selectors import calendar_of

LONGEST_OFFICE = 120
LONGEST_BASIS = 300


def check_answer(answer: Answer, text: str, *, now: datetime, case: Case) -> None:
    """A final answer names its kind and what that kind must carry (our decision, DOMAIN §2). Raises Invalid."""
    if answer.kind not in set(AnswerKind):
        raise Invalid(_("Pilih apa isi jawaban akhir ini."), field="answer_kind", code="required")
    if is_acknowledgement(text):
        raise Invalid(
            _("Jawaban akhir harus menyebut hasilnya. Ucapan terima kasih atau “akan ditindaklanjuti” belum menjawab."),
            field="text",
            code="no_substance",
        )
    if len(answer.office) > LONGEST_OFFICE or len(answer.legal_basis) > LONGEST_BASIS:
        raise Invalid(_("Nama kantor atau dasar hukum terlalu panjang."), field="office", code="too_long")
    _check_particulars(answer, today=now.astimezone(calendar_of(case.agency_id).zone).date())


def _check_particulars(answer: Answer, *, today: object) -> None:
    missing = {
        AnswerKind.DONE.value: [("done_on", _("Kapan dikerjakan?")), ("office", _("Kantor mana yang mengerjakan?"))],
        AnswerKind.PROMISED.value: [("promised_on", _("Tanggal berapa dijanjikan?"))],
        AnswerKind.REFUSED.value: [("legal_basis", _("Sebutkan dasar hukum penolakan."))],
    }
    for name, sentence in missing.get(answer.kind, []):
        if not getattr(answer, name):
            raise Invalid(sentence, field=name, code="required")
    if answer.done_on and answer.done_on > today:
        raise Invalid(_("Yang belum terjadi belum dikerjakan: pilih “Dijanjikan”."), field="done_on", code="wrong_date")
    if answer.promised_on and answer.promised_on < today:
        raise Invalid(_("Tanggal janji sudah lewat."), field="promised_on", code="wrong_date")


def publish_answer(case: Case, message: Message, *, actor: Actor, now: datetime) -> None:
    """The answer is out: states and clocks follow. First answer is the earliest one sent in substance."""
    final = message.kind == MessageKind.FINAL
    acknowledgement = message.kind == MessageKind.ACKNOWLEDGEMENT
    case.state = advanced(case, Action.ANSWER_FINAL if final else Action.ANSWER_INTERIM)
    if case.first_answered_at is None and not acknowledgement:
        case.first_answered_at = now
    if final:
        case.answered_at = now
        case.answer_kind = message.answer_kind
        case.window_ends_at = due_for(case, ClockName.WINDOW, now)
        case.objection_due_at = None
    event = "case.answered" if final else "case.acknowledged" if acknowledgement else "case.interim_answered"
    data = {"message": message.pk, "by": message.author_key}
    if final and message.promised_on is not None and message.answer_kind == AnswerKind.PROMISED:
        _pledge(case, message, message.promised_on, now=now)
        data["promised_on"] = message.promised_on.isoformat()
    save_case(case, event, actor=actor, at=now, data=data)


def _pledge(case: Case, message: Message, day: date, *, now: datetime) -> None:
    """The promise as a row with its own date, which closing the case does not end.

    A day off carries it to the end of the next working day: nobody is there to keep it before.
    """
    calendar = calendar_of(case.agency_id)
    last = day if calendar.is_working(day) else calendar.add_working_days(day, 1)
    Pledge.objects.create(
        case=case, message=message, agency=case.agency, made_at=now, due_on=day, due_at=calendar.end_of(last)
    )
