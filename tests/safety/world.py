"""Cases that carry a unique string in every field a leak could come from.

Each case is of a kind (open, secret, about somebody …) and each of its fields holds a word that occurs nowhere else,
so that whatever comes back from any route says by itself whose field it shows.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from PIL import Image

from tanggap.cases.addressing import About
from tanggap.cases.identity import Contact
from tanggap.cases.models import Case
from tanggap.cases.services.annotate_case import annotate_case
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.look_at_words import look_at_words
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.report_pressure import report_pressure
from tanggap.cases.services.submit_case import Receipt
from tanggap.channels.models import Chat, Inbound, VoiceNote
from tanggap.channels.said import Sender
from tanggap.channels.services.keep_inbound import Parcel, keep_inbound
from tanggap.channels.talking import keep_sender, say_into
from tanggap.common.crypto import blind_index
from tanggap.directory.models import Brand
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.briefs.windows import Length, Window
from tanggap.evaluation.models import (
    Evidence,
    Flag,
    Round,
    RoundBody,
    RoundObjection,
    SampledCase,
    SentBrief,
    Task,
    TaskEntry,
)
from tanggap.evaluation.selectors.briefs.composing import brief_for
from tanggap.evaluation.selectors.briefs.scope import scope_of
from tanggap.evaluation.services.compute_period import compute_period
from tanggap.evaluation.services.publish_open_data import publish_open_data
from tanggap.evaluation.services.publish_period import publish_period
from tanggap.evaluation.services.request_period import request_period
from tanggap.evaluation.services.review_period import review_period
from tanggap.files.models import StoredFile, Visibility
from tanggap.files.services.accept_upload import accept_upload
from tanggap.files.services.attach import draft_owner
from tanggap.surveys.models import FollowUp, Service, Survey
from tests.cast import DAY, Cast
from tests.paths import HOUR, final, verify

KINDS = (
    "fresh",
    "open",
    "answered",
    "closed",
    "archived",
    "anonymous",
    "secret",
    "accused",
    "inspected",
    "pressed",
    "elsewhere",
)
# Where an officer read what the reporter added; elsewhere it waits to be public.
READ_KINDS = ("answered",)
IDENTITY = ("name", "phone", "email", "address")
FIELDS = (
    *IDENTITY,
    "text",
    "typed_phone",
    "typed_email",
    "place",
    "title",
    "reply",
    "note",
    "answer",
    "file_name",
    "exif",
    "subject_name",
)
ACCUSED_UNIT = "35.27/dinkes"
PERIOD, FLAG, TASK, ROUND = "2026-11", 1, 1, 7001
SURVEYS, SERVICE, FOLLOW_UP = ("bcdfghjk", "mnpqrstv"), 1, 1


@dataclass
class Marked:
    """One case, its receipt, and the strings to look for by field."""

    kind: str
    case: Case
    secret_code: str
    canaries: dict[str, tuple[str, ...]]
    files: list[str] = field(default_factory=list)
    talk: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.case.tracking_id


def word(kind: str, name: str) -> str:
    return f"zq{kind}{name.replace('_', '')}zq"


def spellings(kind: str, name: str) -> tuple[str, ...]:
    """How the string of a field could come back: phones in their three usual spellings."""
    number = 11_000_000 + KINDS.index(kind) * 1000 + FIELDS.index(name)
    if name in ("phone", "typed_phone"):
        return (f"0812{number}", f"62812{number}", f"812-{str(number)[:4]}-{str(number)[4:]}")
    if name in ("email", "typed_email"):
        return (f"{word(kind, name)}@contoh.id",)
    return (word(kind, name),)


def picture(kind: str) -> bytes:
    """A JPEG whose metadata names its owner."""
    exif = Image.Exif()
    exif[0x010E] = word(kind, "exif")
    exif[0x013B] = word(kind, "exif")
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 60, 30)).save(stream, "JPEG", exif=exif, comment=word(kind, "exif").encode())
    return stream.getvalue()


@dataclass
class World:
    """Every marked case by kind."""

    cases: dict[str, Marked]

    def __iter__(self) -> Any:
        return iter(self.cases.values())


def build(submit: Callable[..., Receipt], cast: Cast) -> World:
    world = World({kind: _make(kind, submit, cast) for kind in KINDS})
    _round(world)
    _judge(world, cast)
    _survey()
    _brief(world, cast)
    return world


def _brief(world: World, cast: Cast) -> None:
    """A leader's letter that says every case was solved, and a task of the accused unit that points to every case."""
    later, month = DAY + timedelta(hours=5), Window(Length.MONTH, DAY.date().replace(day=1))
    everything = [marked.case.pk for marked in world]
    scope = scope_of(cast["leader"])
    assert scope is not None
    told = replace(brief_for(scope, month, now=later), solved=tuple(everything))
    SentBrief.objects.create(
        person=cast.person("leader"), agency=scope.agency, length=month.length.value, first=month.first,
        composed_at=later, content=told.as_json(), sent=True,
    )  # fmt: skip
    task = Task.objects.create(
        pk=TASK, agency=agency_by_code(ACCUSED_UNIT), given_by=cast.person("leader"), given_role="leader",
        given_at_agency=scope.agency, given_at=later, due_on=DAY.date(), line="masuk", length=month.length.value,
        first=month.first, state="answered",
    )  # fmt: skip
    TaskEntry.objects.create(
        task=task, kind="answer", at=later, author_key="timer", office="Dinas", text="Sudah.", case_ids=everything
    )


def _survey() -> None:
    """A survey being asked and one with its result and plan; neither knows of any case."""
    service = Service.objects.create(
        pk=SERVICE, agency=agency_by_code("35.27/dpupr"), name="Izin pemakaian jalan", made_on=DAY.date()
    )
    days = {"service": service, "first": DAY.date(), "last": DAY.date() + timedelta(days=60), "opened_at": DAY}
    asked, done = SURVEYS
    Survey.objects.create(code=asked, population=30, sample=28, **days)
    done_row = Survey.objects.create(
        code=done, population=30, sample=28, state="published", counts=[1, 2, 3, 4] * 9, published_at=DAY, **days
    )
    FollowUp.objects.create(
        pk=FOLLOW_UP,
        survey=done_row,
        element="u1",
        action="Memasang daftar persyaratan",
        owner="Bagian pelayanan",
        due_on=DAY.date(),
        updated_on=DAY.date(),
    )


def _round(world: World) -> None:
    """A round that has been shown, with every case in its sample and an objection about each: also those that left the
    public since they were drawn."""
    row = Round.objects.create(
        pk=ROUND, name="Evaluasi uji", agency=agency_by_code("ID"), group="regency", first=DAY.date(),
        last=DAY.date() + timedelta(days=20), state=Round.State.OBJECTION, seed="00", sample_size=9, objection_days=5,
        opened_by_key="timer", opened_at=DAY, drawn_at=DAY, objections_until=DAY + timedelta(days=90),
    )  # fmt: skip
    body = RoundBody.objects.create(pk=ROUND, round=row, agency=agency_by_code("35.27"))
    evidence = {"submitted_by_key": "timer", "submitted_at": DAY, "state": Evidence.State.ACCEPTED}
    Evidence.objects.create(pk=ROUND, body=body, item="team_decree", **evidence)
    for number, marked in enumerate(world):
        sampled = SampledCase.objects.create(
            pk=ROUND + number, body=body, case=marked.case, stratum="complaint/silent", number=number + 1
        )
        RoundObjection.objects.create(
            pk=ROUND + number, body=body, sampled=sampled, text="Sudah kami jawab.", before="0.5", made_by_key="timer",
            made_at=DAY,
        )  # fmt: skip


def _judge(world: World, cast: Cast) -> None:
    """A published period with a flag over every case: what stands behind a figure must not show through it."""
    later = DAY + timedelta(days=60)
    november = {"name": PERIOD, "first": DAY.date().replace(day=1), "last": DAY.date().replace(day=30)}
    period = request_period(**november, actor=cast["evaluator"], now=later)
    compute_period(period_id=period.pk, now=later)
    review_period(name=PERIOD, actor=cast["national_admin"], now=later)
    publish_period(name=PERIOD, actor=cast["evaluator"], now=later)
    publish_open_data(now=later)
    Flag.objects.create(
        pk=FLAG,
        period=period,
        agency=agency_by_code("35.27"),
        name="identical_answers",
        case_ids=[marked.case.pk for marked in world],
        count=len(world.cases),
        of=len(world.cases),
        raised_at=later,
    )


def _make(kind: str, submit: Callable[..., Receipt], cast: Cast) -> Marked:
    token = f"zq{kind}"
    accept_upload(
        stream=io.BytesIO(picture(kind)), name=f"{word(kind, 'file_name')}.jpg", owner=draft_owner(token), now=DAY
    )
    about = {"about": About(agencies=[agency_by_code(ACCUSED_UNIT)], person_name=word(kind, "subject_name"))}
    receipt = submit_with(
        submit,
        text=(
            f"Lampu padam {word(kind, 'text')} sejak Senin. Telepon saya {spellings(kind, 'typed_phone')[0]} "
            f"atau {spellings(kind, 'typed_email')[0]}."
        ),
        place=f"depan {word(kind, 'place')}",
        contact=Contact(
            name=word(kind, "name"),
            phone=spellings(kind, "phone")[0],
            email=spellings(kind, "email")[0],
            address=word(kind, "address"),
            person_id=cast.person("citizen").pk,
        ),
        agency="35.02" if kind == "elsewhere" else "35.27",
        anonymous=kind == "anonymous",
        secret=kind == "secret",
        draft_token=token,
        **(about if kind in ("accused", "inspected") else {}),
    )
    marked = Marked(kind, receipt.case, receipt.secret_code, {name: spellings(kind, name) for name in FIELDS})
    _live(marked, cast)
    marked.case = Case.objects.select_related("agency__body").get(pk=receipt.case.pk)
    files = StoredFile.objects.filter(owner=marked.case.stream)
    if marked.case.published and not marked.case.anonymous:
        files.update(visibility=Visibility.PUBLIC)
    marked.files = list(files.values_list("token", flat=True))
    marked.talk = _talk(marked)
    return marked


def _talk(marked: Marked) -> dict[str, str]:
    """The reporter also wrote on WhatsApp, asked for a person, sent a recording, and one message nobody could read."""
    kind, case = marked.kind, marked.case
    phone, body = f"+62{spellings(kind, 'phone')[0][1:]}", case.body.code if case.body else "35.27"
    brand, _made = Brand.objects.get_or_create(
        slug=f"halo-{body.replace('.', '-').lower()}", defaults={"name": "Halo", "agency": agency_by_code(body)}
    )
    guarded = case.guarded or case.anonymous
    chat = Chat(channel="whatsapp", brand=brand.slug, sender_index=blind_index("chat-whatsapp", phone), hint="…0001")
    chat.case, chat.guarded, chat.wants_person_since = case, guarded, DAY
    keep_sender(chat, Sender("whatsapp", phone, phone, phone=phone, hint="…0001"))
    chat.save()
    text = f"Saya menulis {word(kind, 'text')}, telepon {spellings(kind, 'typed_phone')[0]}, kode {marked.secret_code}"
    message = {"from": phone[1:], "id": f"wamid.{kind}", "type": "text", "text": {"body": text}}
    payload = {"message": message, "contacts": [{"wa_id": phone[1:], "profile": {"name": word(kind, "name")}}]}
    parcel = Parcel(f"wamid.{kind}", json.dumps(payload).encode(), phone)
    keep_inbound(channel="whatsapp", brand=brand.slug, parcels=[parcel], now=DAY)
    row = Inbound.objects.get(external_id=parcel.external_id)
    Inbound.objects.filter(pk=row.pk).update(state="stuck", reason="tidak terbaca", chat=chat, done_at=DAY)
    say_into(chat, f"Kode rahasia Anda {marked.secret_code}", key=f"zq:{kind}", source=f"inbound:{row.pk}", now=DAY)
    note = VoiceNote.objects.create(case=case, file_token=marked.files[0], received_at=DAY)
    return {"chat_id": str(chat.pk), "inbound_id": str(row.pk), "note_id": str(note.pk)}


def submit_with(submit: Callable[..., Receipt], **given: Any) -> Receipt:
    about = given.pop("about", None)
    if about is None:
        return submit(**given)
    from tanggap.accounts.actor import PUBLIC
    from tanggap.cases.services.submit_case import Submission, submit_case

    given["agency"] = agency_by_code(given["agency"])
    return submit_case(submission=Submission(channel="web", about=about, **given), actor=PUBLIC, now=DAY)


def _live(marked: Marked, cast: Cast) -> None:
    """Verified, answered, replied to and annotated, as far as its kind goes."""
    kind, number = marked.kind, marked.number
    if kind in ("fresh", "accused"):
        return
    outside, inspected = kind == "elsewhere", kind == "inspected"
    by = "outsider" if outside else "inspector" if inspected else "verifier"
    unit = "35.02/dpupr" if outside else "35.27/inspektorat" if inspected else "35.27/dpupr"
    classification = "supervisory_complaint" if inspected else "complaint"
    verify(marked.case, cast, unit, DAY + HOUR, by=by, classification=classification)
    Case.objects.filter(pk=marked.case.pk).update(title=f"Lampu {word(kind, 'title')}")
    holder = cast[by if outside or inspected else "officer"]
    reporter = cast["citizen"].proving(marked.case.pk)
    annotate_case(tracking_id=number, text=f"Catatan {word(kind, 'note')}.", actor=holder, now=DAY + 2 * HOUR)
    reply_to_case(tracking_id=number, text=f"Tambahan {word(kind, 'reply')}.", actor=reporter, now=DAY + 2 * HOUR)
    if kind in READ_KINDS:
        look_at_words(tracking_id=number, actor=holder, now=DAY + 3 * HOUR)
    words = f"Regu memeriksa panel di {word(kind, 'answer')} besok pagi."
    draft = final(words) if kind in ("answered", "closed") else Draft(text=words)
    answer_case(tracking_id=number, draft=draft, actor=holder, now=DAY + 3 * HOUR)
    if kind == "closed":
        confirm_case(tracking_id=number, actor=reporter, now=DAY + 4 * HOUR)
    if kind == "archived":
        archive_case(
            tracking_id=number,
            reason="before_court",
            explanation="Sedang diperiksa pengadilan.",
            actor=cast["verifier"],
            now=DAY + 4 * HOUR,
        )
    if kind == "pressed":
        report_pressure(tracking_id=number, actor=reporter, now=DAY + 4 * HOUR)
