"""The letters of leaders: once each, in office hours, about the window that ended; and the copy that is kept."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from tanggap.accounts.models import Membership, Person
from tanggap.cases.models import Case
from tanggap.common.clock import frozen
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.models import SentBrief
from tanggap.evaluation.services.send_briefs import send_briefs
from tanggap.evaluation.services.set_brief_wish import set_brief_wish
from tanggap.ledger.models import Event
from tanggap.notify.models import Message
from tests.journeys.brief_world import INSIDE, MONDAY, case, history, topics
from tests.journeys.console import sign_in
from tests.journeys.test_briefs import BRIEF, a_wave, read, secret_about
from tests.journeys.test_report_cards import text_of

pytestmark = pytest.mark.django_db
HOUR, A_DAY, A_WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _since_long(cast) -> None:
    """Everybody joined long before the week that is told."""
    Person.objects.update(joined_at=MONDAY - 400 * A_DAY)


def letters(length: str = "minggu") -> list[Message]:
    return list(Message.objects.filter(template="brief", key__startswith=f"brief:{length}").order_by("pk"))


def test_a_letter_goes_once_in_office_hours_and_the_page_shows_what_it_said(cast) -> None:
    a_wave()
    assert send_briefs(now=MONDAY.replace(hour=6)) == 0
    assert send_briefs(now=MONDAY) == 2  # the week, and October
    assert send_briefs(now=MONDAY + 2 * HOUR) == 0
    (letter,) = letters()
    assert letter.recipient_role == "leader"
    assert letter.values["count"] == "17"
    assert "naik menjadi 17" in letter.values["list"]
    assert letter.values["link"].endswith("/kerja/ringkasan/?periode=minggu&tanggal=2026-11-16&instansi=35.27")
    for number in range(5):
        case(INSIDE + number * HOUR)
    with frozen(MONDAY + 3 * HOUR):
        leader = sign_in(cast, "leader")
        words = read(leader.get(BRIEF))
        assert "17 masuk" in words
        assert "Salinan surat yang dikirim kepada Anda Senin, 23 November 2026 pukul 09.30 WIB." in words
        assert "22 masuk" in read(sign_in(cast, "inspector").get(BRIEF))


def test_only_the_latest_window_and_only_to_whoever_was_there(cast) -> None:
    a_wave()
    Person.objects.filter(pk=cast.person("leader").pk).update(joined_at=MONDAY - A_DAY * 3)
    assert send_briefs(now=MONDAY) == 1  # held the post on Sunday, not in October
    assert not letters("bulan")
    later = MONDAY + 5 * A_WEEK
    assert send_briefs(now=later) == 2
    assert SentBrief.objects.count() == 3
    newcomer = Person.objects.create(email="baru@contoh.id", name="Baru", password="!")
    Membership.objects.create(person=newcomer, agency=agency_by_code("35.27"), role="sekda", starts_on=later.date())
    assert send_briefs(now=later + HOUR) == 0


def test_a_day_off_sends_nothing_and_the_next_working_day_does(cast) -> None:
    a_wave()
    assert send_briefs(now=MONDAY - A_DAY) == 0
    assert send_briefs(now=MONDAY + A_DAY) == 2


def test_who_wants_none_gets_none_and_an_empty_window_is_kept_without_a_letter(cast) -> None:
    set_brief_wish(weekly=False, monthly=True, actor=cast["leader"], now=MONDAY)
    assert Event.objects.filter(name="person.brief_wished").count() == 1
    assert send_briefs(now=MONDAY) == 1
    (kept,) = SentBrief.objects.all()
    assert (kept.length, kept.sent) == ("bulan", False)
    assert not Message.objects.filter(template="brief").exists()
    assert send_briefs(now=MONDAY + HOUR) == 0


def test_nothing_where_much_usually_comes_is_worth_a_letter(cast) -> None:
    history(topics()[0], [12, 11, 13, 12, 14, 12, 11, 13])
    Case.objects.update(closed_at=INSIDE - 2 * A_WEEK)
    send_briefs(now=MONDAY)
    (letter,) = letters()
    assert letter.values["count"] == "0"
    assert "adakah saluran yang terputus?" in letter.values["list"]


def test_the_page_turns_letters_off_and_on(cast) -> None:
    leader = sign_in(cast, "leader")
    assert leader.post(f"{BRIEF}kiriman/", {"monthly": "on"}).status_code == 302
    with frozen(MONDAY):
        page = leader.get(BRIEF).content.decode()
    assert re.search(r'name="weekly"\s*>', page)
    assert 'name="monthly" checked' in page
    assert sign_in(cast, "officer").post(f"{BRIEF}kiriman/").status_code == 404


def test_a_letter_says_nothing_of_guarded_or_anonymous_cases_and_keeps_no_title(cast) -> None:
    a_wave()
    case(INSIDE - 9 * A_DAY, closed_at=INSIDE, title="Pipa pecah zq-terbuka")
    case(INSIDE - 9 * A_DAY, closed_at=INSIDE, title="Tanpa nama zq-anonim", anonymous=True)
    send_briefs(now=MONDAY)
    before = [one.values for one in letters()]
    kept = SentBrief.objects.get(length="minggu").content
    SentBrief.objects.all().delete()
    Message.objects.all().delete()
    for one in secret_about("35.27"):
        Case.objects.filter(pk=one.pk).update(title="zq-rahasia")
    send_briefs(now=MONDAY)
    assert [one.values for one in letters()] == before
    assert SentBrief.objects.get(length="minggu").content == kept
    assert "Beres: Pipa pecah zq-terbuka" in before[0]["list"]
    assert "zq-anonim" not in json.dumps(before[0])
    assert "zq-" not in json.dumps(kept)


def test_a_case_that_became_secret_is_gone_from_an_old_brief(cast) -> None:
    solved = case(INSIDE - 9 * A_DAY, closed_at=INSIDE, title="Pipa pecah zq-terbuka")
    send_briefs(now=MONDAY)
    with frozen(MONDAY + HOUR):
        leader = sign_in(cast, "leader")
        assert "zq-terbuka" in leader.get(BRIEF).content.decode()
        Case.objects.filter(pk=solved.pk).update(guarded=True, secret=True, published=False)
        assert "zq-terbuka" not in leader.get(BRIEF).content.decode()


def test_paper_and_table_say_the_same(cast) -> None:
    a_wave()
    with frozen(MONDAY):
        leader = sign_in(cast, "leader")
        paper = leader.get(f"{BRIEF}ringkasan.pdf")
        assert paper.content.startswith(b"%PDF")
        words = " ".join(text_of(paper.content).split())
        assert "1 keluhan sedang naik." in words
        assert "17 masuk" in words
        assert "Laporan rahasia dan pengawasan tidak dihitung" in words
        assert paper.content == leader.get(f"{BRIEF}ringkasan.pdf").content
        rows = leader.get(f"{BRIEF}topik.csv").content.decode().splitlines()
        assert rows[0].startswith("kategori,nama,laporan,sebelumnya,biasanya_dari")
        assert ",17,3,0," in rows[1]
        for path in ("ringkasan.pdf", "topik.csv"):
            assert sign_in(cast, "officer").get(f"{BRIEF}{path}").status_code == 404
            assert sign_in(cast, "national_admin").get(f"{BRIEF}{path}").status_code == 200
