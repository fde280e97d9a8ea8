"""Satisfaction surveys for the example: some services of a few governments, asked twice, one of them open now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils.timezone import get_default_timezone

from tanggap.accounts.actor import Actor
from tanggap.accounts.roles import Role
from tanggap.demo.planning.cases import Seat
from tanggap.demo.planning.facts import Facts
from tanggap.demo.planning.rhythm import seeded
from tanggap.directory.models import Agency
from tanggap.surveys.ikm import ELEMENTS, RATINGS
from tanggap.surveys.models import TRAITS, Answer, Channel, Service, Survey
from tanggap.surveys.services.close_survey import close_survey
from tanggap.surveys.services.make_service import make_service
from tanggap.surveys.services.open_survey import open_survey
from tanggap.surveys.services.plan_follow_up import plan_follow_up
from tanggap.surveys.services.publish_survey import publish_survey
from tanggap.surveys.services.update_follow_up import update_follow_up

GOVERNMENTS, SERVICES_EACH = 4, 3
# By the unit's slug: what people come to it for.
NAMES = {
    "dinkes": "Pelayanan puskesmas",
    "dukcapil": "Pembuatan KTP dan KK",
    "disdukcapil": "Pembuatan KTP dan KK",
    "dpmptsp": "Perizinan usaha",
    "dinsos": "Bantuan sosial",
    "disdik": "Pendaftaran sekolah",
    "dishub": "Uji kendaraan",
    "dpupr": "Izin pemakaian jalan",
}
PLANS = {
    "u1": "Memasang daftar persyaratan di depan loket dan di laman",
    "u2": "Memangkas alur dari lima meja menjadi dua",
    "u3": "Menambah satu loket pada jam ramai",
    "u4": "Menempel tarif resmi di setiap loket",
    "u5": "Memeriksa hasil bersama pemohon sebelum diserahkan",
    "u6": "Melatih petugas baru setiap triwulan",
    "u7": "Mengajak petugas berlatih melayani warga",
    "u8": "Memperbaiki ruang tunggu dan jalur kursi roda",
    "u9": "Menunjuk petugas pengaduan dan menjawab dalam lima hari kerja",
}
LENGTH = timedelta(days=30)
CHANNELS = (Channel.QR, Channel.QR, Channel.QR, Channel.WHATSAPP, Channel.PAPER, Channel.PAPER, Channel.PAGE)


@dataclass(frozen=True)
class _Stage:
    day: date
    actor: Actor
    rng: Random

    def at(self, days_ago: int) -> datetime:
        """Ten in the morning, so many days before the example's first."""
        return datetime.combine(self.day - timedelta(days=days_ago), time(10), get_default_timezone())


def write_surveys(
    *, facts: Facts, agencies: Mapping[str, Agency], seats: Mapping[Seat, Actor], seed: int, day: date
) -> int:
    """Make the surveys, once; how many. The caller holds the transaction."""
    if Service.objects.exists():
        return 0
    written = 0
    for number, (unit, name, actor) in enumerate(_chosen(facts, agencies, seats)):
        stage = _Stage(day, actor, seeded("survey", seed, unit.code))
        service = make_service(name=name, agency=unit, actor=actor, now=stage.at(500))
        _asked(stage, service, begins=430, finished=True)
        # Of every five services one is being asked now, and one waits for its plan.
        _asked(stage, service, begins=20 if number % 5 == 1 else 75, finished=number % 5 not in (1, 3))
        written += 2
    return written


def _chosen(
    facts: Facts, agencies: Mapping[str, Agency], seats: Mapping[Seat, Actor]
) -> Iterator[tuple[Agency, str, Actor]]:
    """Units of the home government, then of the others that have a coordinator."""
    governments = 0
    for place in sorted(facts.places, key=lambda place: (place.code != facts.home, place.code)):
        actor = seats.get(Seat(Role.COORDINATOR.value, place.code))
        slugs = [slug for slug in place.units if slug in NAMES and f"{place.code}/{slug}" in agencies]
        if actor is None or not slugs or governments == GOVERNMENTS:
            continue
        governments += 1
        for slug in slugs[:SERVICES_EACH]:
            yield agencies[f"{place.code}/{slug}"], NAMES[slug], actor


def _asked(stage: _Stage, service: Service, *, begins: int, finished: bool) -> None:
    """One survey, from its opening to where it stands on the example's day."""
    opened_at = stage.at(begins)
    first = opened_at.date()
    people = stage.rng.choice((90, 220, 480, 1200))
    survey = open_survey(
        service=service, first=first, last=first + LENGTH, population=people, actor=stage.actor, now=opened_at
    )
    _answer(stage, survey, share=stage.rng.choice((0.4, 1.02, 1.1, 1.2)))
    if begins <= LENGTH.days:
        return
    close_survey(code=survey.code, actor=stage.actor, now=stage.at(begins - LENGTH.days - 3))
    if finished:
        _published(stage, survey, begins)


def _answer(stage: _Stage, survey: Survey, *, share: float) -> None:
    """Around the sample, each element with a quality of its own; a few people tell something about themselves."""
    rng, number = stage.rng, min(survey.population, round(survey.sample * share))
    moods = {name: rng.choice(((1, 4, 40, 55), (2, 10, 58, 30), (6, 24, 50, 20))) for name in ELEMENTS}
    answers = []
    for _number in range(number):
        ratings = {name: rng.choices(RATINGS, moods[name])[0] for name in ELEMENTS}
        traits = {name: rng.choice(("", *known.values)) for name, known in TRAITS.items()}
        answers.append(Answer(survey=survey, channel=rng.choice(CHANNELS), **ratings, **traits))
    Answer.objects.bulk_create(answers)


def _published(stage: _Stage, survey: Survey, begins: int) -> None:
    written_at = stage.at(begins - LENGTH.days - 8)
    for element in stage.rng.sample(ELEMENTS, 2):
        item = plan_follow_up(
            code=survey.code,
            element=element,
            action=PLANS[element],
            owner="Kepala bagian pelayanan",
            due_on=written_at.date() + timedelta(days=120),
            actor=stage.actor,
            now=written_at,
        )
        progress = stage.rng.choice((0, 25, 60, 100))
        note = "Sudah berjalan." if progress else ""
        update_follow_up(item_id=item.pk, progress=progress, note=note, actor=stage.actor, now=stage.at(10))
    publish_survey(code=survey.code, actor=stage.actor, now=stage.at(begins - LENGTH.days - 9))
