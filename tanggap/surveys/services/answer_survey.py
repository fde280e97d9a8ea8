"""One person's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.days import local_day
from tanggap.common.errors import Invalid, Refused
from tanggap.surveys.doors import browser_digest, check_state, locked_survey, sheet_digest, token_digest
from tanggap.surveys.ikm import ELEMENTS, RATINGS
from tanggap.surveys.models import TRAITS, Answer, Channel, Mark, PersonalLink, Survey
from tanggap.surveys.policies import check_may_enter

USED = "already_answered"


@dataclass(frozen=True, slots=True)
class Said:
    """The ratings by element, and what the person wished to tell about themselves.

    Exactly one of `token` (a personal link), `browser` (the open code) and `sheet` (paper, entered by an officer)
    tells one person from another.
    """

    ratings: Mapping[str, int]
    traits: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    browser: str = ""
    sheet: str = ""


@transaction.atomic
def answer_survey(*, code: str, said: Said, actor: Actor, now: datetime) -> None:
    """Keep an answer, once a person. Raises Invalid for an element without a rating, Refused before the first and
    after the last day and for a link, browser or sheet that has answered; then nothing changed.

    The survey stays locked until commit, so of two posts at once the second finds the link used. No event is
    recorded: the ledger's times would tell who answered what.
    """
    survey = locked_survey(code)
    _check_open(survey, now, on_paper=bool(said.sheet))
    values = _checked(said)
    channel = _let_in(survey, said, actor)
    Answer.objects.create(survey=survey, channel=channel, **values)


def _check_open(survey: Survey, now: datetime, *, on_paper: bool) -> None:
    today = local_day(now)
    if survey.state != Survey.State.OPEN or (today > survey.last and not on_paper):
        raise Refused(_("Survei ini sudah ditutup, jadi jawaban tidak dapat diterima lagi."), code="survey_closed")
    if today < survey.first:
        raise Refused(_("Survei ini belum dibuka."), code="survey_not_begun")


def _checked(said: Said) -> dict[str, int | str]:
    for number, name in enumerate(ELEMENTS, start=1):
        if said.ratings.get(name) not in RATINGS:
            words = _("Pertanyaan %(number)s belum dijawab: pilih salah satu jawabannya.") % {"number": number}
            raise Invalid(words, field=name, code="unanswered")
    for name, known in TRAITS.items():
        if said.traits.get(name, "") not in ("", *known.values):
            raise Invalid(_("Pilih dari daftar, atau kosongkan."), field=name, code="unknown_choice")
    ratings = {name: said.ratings[name] for name in ELEMENTS}
    return {**ratings, **{name: said.traits.get(name, "") for name in TRAITS}}


def _let_in(survey: Survey, said: Said, actor: Actor) -> str:
    """The channel, after whatever tells one person from another was used up."""
    if said.sheet:
        check_may_enter(actor, survey.service.agency)
        check_state(survey, Survey.State.OPEN)
        _mark(survey, sheet_digest(survey, said.sheet), _("Lembar dengan nomor ini sudah dimasukkan."), "sheet")
        return Channel.PAPER
    if said.token:
        return _consume(survey, said.token)
    if not said.browser:
        raise Refused(
            _("Peramban Anda tidak menyimpan kuki, jadi jawaban dari halaman terbuka ini tidak dapat diterima."),
            code="no_browser",
        )
    _mark(survey, browser_digest(survey, said.browser), _("Survei ini sudah dijawab dari perangkat ini."), None)
    return Channel.QR


def _consume(survey: Survey, token: str) -> str:
    """Use a personal link up. The row changes for one caller only, whoever else holds it at the same moment."""
    links = PersonalLink.objects.filter(survey=survey, token_digest=token_digest(token))
    if not links.filter(used=False).update(used=True):
        raise Refused(
            _("Tautan ini sudah dipakai, atau bukan dari survei ini. Setiap tautan hanya untuk satu jawaban."),
            code=USED,
        )
    return links.values_list("channel", flat=True)[0]


def _mark(survey: Survey, digest: bytes, words: str, field: str | None) -> None:
    try:
        with transaction.atomic():
            Mark.objects.create(survey=survey, digest=digest)
    except IntegrityError:
        raise Refused(words, code=USED, field=field) from None
