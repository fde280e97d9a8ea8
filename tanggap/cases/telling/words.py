"""The words on the matter that an event gives to a message; the caller leaves them out of guarded cases."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tanggap.cases.emergency import emergency_words
from tanggap.cases.models import Case, Message, MessageKind, Reveal
from tanggap.cases.vocabulary import AnswerKindWord, ArchiveReasonWord, OutcomeWord
from tanggap.cases.words_aside import typed_words
from tanggap.common import formats
from tanggap.common.clockwords import language
from tanggap.ledger.models import Event


def nothing(case: Case, event: Event) -> str:
    """The template says it all."""
    return ""


def danger(case: Case, event: Event) -> str:
    """The numbers to call, where the report's own words speak of danger."""
    return emergency_words() if case.urgent else ""


def not_by_verifying(case: Case, event: Event) -> bool:
    """Verifying forwards as well, and was told as one."""
    return event.at != case.verified_at


def by_time(case: Case, event: Event) -> bool:
    """Who confirmed the solution knows that the case is closed."""
    return event.actor == "timer"


# Their conversation has said it already, in the words of the talk; by SMS a second message would cost.
TALKING = frozenset(f"channel:{name}" for name in ("whatsapp", "telegram", "sms", "facebook", "instagram", "x"))


def not_in_a_talk(case: Case, event: Event) -> bool:
    """Whoever did it in a conversation was answered there."""
    return event.actor not in TALKING


def message_of(case: Case, event: Event) -> Message | None:
    """The entry of the thread an event is about."""
    number = event.data.get("message")
    return Message.objects.filter(pk=number, case_id=case.pk).first() if isinstance(number, int) else None


def entry(case: Case, event: Event) -> str:
    """What the agency wrote; a final answer begins with what it says in substance."""
    message = message_of(case, event)
    if message is None:
        return ""
    line = substance(message)
    return f"{line}\n\n{message.text}" if line else message.text


def substance(message: Message) -> str:
    """Its kind, and the date or legal basis that kind must name."""
    if not message.answer_kind:
        return ""
    days = [formats.long_date(day, language()) for day in (message.done_on, message.promised_on) if day]
    kind = str(AnswerKindWord(message.answer_kind).label)
    more = ", ".join([*days, *([message.legal_basis] if message.legal_basis else [])])
    return f"{kind}: {more}" if more else kind


def office(case: Case, event: Event) -> str:
    """The post that speaks, as the answer names it; never an officer's name."""
    message = message_of(case, event)
    return message.office if message else ""


def reason(case: Case, event: Event) -> str:
    """Why it moved."""
    return typed_words(event, "reason")


def moved(case: Case, event: Event) -> str:
    """Why it was handed on, where a reason was given."""
    leg = case.legs.filter(held_from=event.at).order_by("-pk").first()
    return leg.reason if leg else ""


def outcome(case: Case, event: Event) -> str:
    """How it ended."""
    found = str(event.data.get("outcome", ""))
    return str(OutcomeWord(found).label) if found in OutcomeWord.values else ""


def archived(case: Case, event: Event) -> str:
    """The reason and the explanation everybody may read."""
    code = str(event.data.get("reason", ""))
    label = str(ArchiveReasonWord(code).label) if code in ArchiveReasonWord.values else ""
    explained = case.messages.filter(kind=MessageKind.EXPLANATION, at=event.at).order_by("-pk").first()
    words = explained.text if explained else ""
    return "\n\n".join(part for part in (label, words) if part)


def merged(case: Case, event: Event) -> str:
    """The number of the other report, where everybody may read that one."""
    number = event.data.get("into") or event.data.get("from")
    other = Case.objects.filter(tracking_id=str(number), published=True).first()
    return _("Nomor laporan yang satunya: %(number)s.") % {"number": other.tracking_id} if other else ""


def to_ombudsman(case: Case, event: Event) -> str:
    """A second objection goes further up."""
    return _("Ini keberatan kedua, jadi diteruskan ke Ombudsman.")


def reveal_reason(case: Case, event: Event) -> str:
    """Why an officer opened the identity."""
    found = Reveal.objects.filter(pk=event.data.get("reveal"), case_id=case.pk).first()
    return found.reason if found else ""
