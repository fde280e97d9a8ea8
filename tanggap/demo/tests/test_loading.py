"""The load: once, whole, the same for one seed and day; its people sign in; everything in it holds."""

import hashlib
import json
import stat
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from tanggap.accounts.actor import actor_for
from tanggap.accounts.models import Membership, Person
from tanggap.accounts.roles import Role
from tanggap.accounts.tests.signing_in import Door
from tanggap.cases.models import AUDITED, Case, Message, Narrative, Reporter
from tanggap.cases.models.case import plain
from tanggap.cases.policies import cases_visible_to
from tanggap.cases.secret_codes import account_index
from tanggap.cases.selectors import clock_views, custody_chain
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.texts import Answer
from tanggap.cases.workflow import Channel, Classification, State
from tanggap.demo.loading import NotHere, Wanted, load
from tanggap.demo.models import DemoLoad
from tanggap.demo.passwords import FILE, kept_passwords
from tanggap.demo.people import CITIZEN, DOMAIN
from tanggap.demo.planning.make import begins
from tanggap.directory.models import Agency
from tanggap.ledger.models import Event
from tanggap.surveys.models import FollowUp, Survey

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
SMALL = 150


@pytest.fixture
def folder(tmp_path, settings):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    # Eleven good hashes a load take longer than everything else in it.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    return tmp_path


def run(*arguments: str) -> None:
    call_command("load_demo", "--day", DAY.isoformat(), "--cases", str(SMALL), *arguments)


@pytest.fixture
def loaded(folder):
    run()
    return folder


def digest() -> str:
    """Rows and texts without numbers of rows and without secrets."""
    codes = dict(Agency.objects.values_list("pk", "code"))
    links = {"tracking_id", "agency_id", "body_id", "parent_id", "merged_into_id"}
    names = [name for name in AUDITED if name not in links]
    found = []
    for case in Case.objects.select_related("narrative", "parent", "merged_into"):
        texts = case.narrative
        messages = [
            (m.kind, plain(m.at), m.text, m.public_text, m.office, m.answer_kind, plain(m.promised_on))
            for m in case.messages.all()
        ]
        legs = [(codes[leg.agency_id], plain(leg.held_from), plain(leg.held_to)) for leg in case.legs.all()]
        events = list(Event.objects.filter(stream=case.stream).order_by("seq").values_list("name", "at"))
        found.append(
            [
                [plain(getattr(case, name)) for name in names],
                [codes[case.agency_id], case.parent_id is None, case.merged_into_id is None, case.endorsements],
                [texts.public_text, texts.agency_text if texts.original_sealed is None else ""],
                [messages, legs, [(name, plain(at)) for name, at in events]],
            ]
        )
    people = list(Person.objects.order_by("email").values_list("email", "name"))
    return hashlib.sha256(json.dumps([sorted(found, key=str), people]).encode()).hexdigest()


def test_a_load_fills_every_state_channel_and_province_there_is(loaded):
    assert Case.objects.count() >= SMALL
    assert set(Case.objects.values_list("state", flat=True)) == set(State)
    assert set(Case.objects.values_list("channel", flat=True)) == set(Channel)
    assert set(Classification) <= set(Case.objects.values_list("classification", flat=True))
    provinces = {region[:2] for region in Case.objects.values_list("region_id", flat=True)}
    assert provinces == {"33", "35", "53", "91"}
    assert not Case.objects.filter(imported=True).exists()
    assert not Case.objects.filter(dormant=True).exists()


def test_some_services_were_surveyed_and_one_is_being_asked(loaded):
    assert set(Survey.objects.values_list("state", flat=True)) == set(Survey.State)
    for survey in Survey.objects.exclude(state="open"):
        assert sum(survey.counts[:4]) == survey.answers.count()
    assert FollowUp.objects.filter(progress=100).exists()


def test_the_audit_finds_nothing(loaded, capsys):
    call_command("audit")
    assert capsys.readouterr().out.strip() == "Tidak ada yang berbeda."


def test_every_public_case_is_found_by_its_words_at_once(loaded):
    assert Case.objects.filter(published=True).exists()
    assert not Case.objects.filter(published=True, public_words=None).exists()
    assert not Case.objects.filter(published=False).exclude(public_words=None).exists()


def test_nothing_lies_after_the_day_has_begun_and_clocks_run(loaded):
    end = begins(DAY)
    assert not Event.objects.filter(at__gte=end).exists()
    assert not Message.objects.filter(at__gte=end).exists()
    for case in Case.objects.exclude(state__in=("closed", "archived")).select_related("agency__body"):
        assert case.due_at is not None
        assert clock_views(case, now=NOW)
        assert custody_chain(case, now=NOW)
    # What time alone does has been done, but for what ran out in the very last night.
    late = Case.objects.filter(state="answered", window_ends_at__lt=end - timedelta(hours=4))
    assert not late.exists()


def test_no_job_waits_because_of_it(loaded):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_a_second_load_changes_nothing_whatever_it_asks(loaded):
    before, passwords = digest(), (loaded / FILE).read_text()
    events, people = Event.objects.count(), Person.objects.count()
    run("--seed", "99")
    assert (digest(), (loaded / FILE).read_text()) == (before, passwords)
    assert (Event.objects.count(), Person.objects.count()) == (events, people)


def test_the_same_seed_and_day_make_the_same_country(folder):
    made = []
    for seed in (5, 5, 6):
        with transaction.atomic():
            run("--seed", str(seed))
            made.append(digest())
            transaction.set_rollback(True)
    assert made[0] == made[1]
    assert made[0] != made[2]


class Cut(Exception):
    """Somebody pulled the plug."""


def test_a_load_that_was_interrupted_goes_on_where_it_stopped(folder):
    wanted = Wanted(5, DAY, SMALL)
    with transaction.atomic():
        load(wanted, folder=folder, now=NOW, tell=lambda _line: None)
        whole = digest()
        transaction.set_rollback(True)

    def pull(line: str) -> None:
        if ": 80/" in line:
            raise Cut

    with pytest.raises(Cut):
        load(wanted, folder=folder, now=NOW, tell=pull, batch=40)
    begun = DemoLoad.objects.get()
    assert (begun.families_written, begun.finished_at) == (80, None)
    passwords = kept_passwords(folder)
    later = Wanted(77, DAY + timedelta(days=3), 20)
    assert load(later, folder=folder, now=NOW, tell=lambda _line: None, batch=40) == passwords
    assert digest() == whole
    call_command("audit")


def test_passwords_are_printed_once_made_and_kept_for_the_owner_alone(folder, capsys):
    run()
    out, err = capsys.readouterr()
    kept = kept_passwords(folder)
    assert not out
    assert set(kept) == {f"{role.value}@{DOMAIN}" for role in Role} | {CITIZEN}
    assert all(f"{address}" in err and password in err for address, password in kept.items())
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    run("--seed", "3")
    assert kept == kept_passwords(folder)
    assert kept[CITIZEN] in capsys.readouterr().err


def test_everybody_of_the_demo_signs_in_and_sees_the_own_desk(loaded):
    for address, password in kept_passwords(loaded).items():
        browser = Door(Client())
        landing = "/akun/" if address == CITIZEN else "/kerja/"
        assert browser.sign_in(address, password)["Location"] == landing, address
        assert browser.get(landing).status_code == 200, address


def test_nobody_else_of_the_invented_staff_can_sign_in(loaded):
    others = Person.objects.filter(is_demo=True).exclude(email__in=kept_passwords(loaded))
    assert others.count() > 100
    assert not any(person.has_usable_password() for person in others[:50])
    assert not Person.objects.filter(is_demo=False).exists()
    for unit in Agency.objects.filter(cases__isnull=False, kind="unit").distinct():
        assert Membership.objects.filter(agency=unit, role=Role.LIAISON_OFFICER).count() >= 2


def test_the_demo_citizen_owns_some_cases(loaded):
    citizen = Person.objects.get(email=CITIZEN)
    assert Reporter.objects.filter(account_index=account_index(citizen.pk)).count() >= 5


def test_each_role_finds_cases(loaded):
    for role in Role:
        person = Person.objects.get(email=f"{role.value}@{DOMAIN}")
        assert cases_visible_to(actor_for(person, on=DAY)).exists(), role


def test_whom_a_case_is_about_finds_no_trace_of_it(loaded):
    guarded = Case.objects.filter(subjects__agency__isnull=False)
    assert guarded.exists()
    for case in guarded:
        accused = case.subjects.get().agency
        assert case.secret
        for post in Membership.objects.filter(agency=accused).select_related("person"):
            visible = cases_visible_to(actor_for(post.person, on=DAY))
            assert not visible.filter(pk=case.pk).exists()
        assert Narrative.objects.get(pk=case.pk).original_sealed is not None


def test_an_officer_goes_on_with_a_case_of_the_demo(loaded):
    case = Case.objects.filter(state="forwarded", agency__code__contains="/", classification="complaint").first()
    post = Membership.objects.filter(agency=case.agency, role=Role.LIAISON_OFFICER).first()
    answer = Answer(kind="information")
    text = "Petugas memeriksa lokasi pagi ini; pekerjaan dimulai Senin pukul delapan."
    actor = actor_for(post.person, on=DAY)
    answered = answer_case(
        tracking_id=case.tracking_id, draft=Draft(text, final=True, answer=answer), actor=actor, now=NOW
    )
    assert answered.state == State.ANSWERED
    call_command("audit")


def test_it_stays_out_of_folders_that_are_not_the_example(folder, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="bukan contoh"):
        run()
    assert not DemoLoad.objects.exists()


def test_it_never_comes_among_real_people_or_cases(folder, submit):
    submit()
    with pytest.raises(CommandError, match="sungguhan"):
        run()
    assert not Person.objects.exists()
    assert not (folder / FILE).exists()


def test_two_loads_at_once_are_refused(folder):
    from tanggap.demo.loading import LOCK

    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(NotHere, match="sedang dimuat"):
            load(Wanted(1, DAY, 20), folder=folder, now=NOW, tell=lambda _line: None)
    finally:
        # Closing gives the connection back to the pool, locks and all.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        other.close()


@pytest.mark.parametrize("arguments", [("--cases", "0"), ("--day", "2999-01-01")])
def test_what_cannot_be_loaded_is_refused_in_a_sentence(folder, arguments):
    with pytest.raises(CommandError):
        run(*arguments)
    assert not DemoLoad.objects.exists()
