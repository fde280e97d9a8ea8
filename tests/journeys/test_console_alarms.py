"""Alarms: late lists, empty posts, officers who stay away, and what is due today."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from tanggap.accounts.models import Delegation, Membership, Person
from tanggap.accounts.selectors.inactivity import quiet_bodies, quiet_units
from tanggap.cases.services.assign_case import assign_case
from tanggap.common.clock import frozen
from tanggap.config import schedule
from tanggap.directory.selectors import agency_by_code, root_agency
from tanggap.escalation.models import LadderStep, TakenStep
from tanggap.notify.models import Message
from tanggap.notify.services.enqueue import enqueue
from tanggap.notify.tests.making import MAIL, outgoing
from tests.cast import DAY
from tests.counting import Statements
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
NOW = DAY + 4 * HOUR
MOST_STATEMENTS = 22


@pytest.fixture(autouse=True)
def _monday():
    cache.clear()
    with frozen(NOW):
        yield


@pytest.fixture
def at_desk(cast):
    return lambda name: sign_in(cast, name)


@pytest.fixture
def all_came(cast) -> None:
    """Everybody was here this morning."""
    Person.objects.update(last_seen_on=DAY.date())


def text_of(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(page.content.decode())).split())


def seen(cast, name: str, days_ago: int | None) -> None:
    day = None if days_ago is None else DAY.date() - days_ago * A_DAY
    Person.objects.filter(pk=cast.person(name).pk).update(last_seen_on=day)


def step_to_nobody(case: Any, role: str = "unit_head") -> Message:
    """A step of a ladder that found nobody in the post it was addressed to."""
    step = LadderStep.objects.order_by("pk").first()
    assert step is not None
    taken = TakenStep.objects.create(
        case=case, clock="first_answer", run=f"leg:{case.pk}", step=step, number=1, kind="letter_1", state="taken",
        due_at=DAY, decided_at=DAY, template="letter_1", asked_role=role, agency=case.agency, replaced="vacant",
    )  # fmt: skip
    return enqueue(
        outgoing(
            f"step:{taken.pk}:vacant", ways=[], recipient_role=role, template="letter_1", stream=case.stream,
            source=f"step:{taken.pk}", payer=f"agency:{case.body_id}",
        ),
        now=DAY,
    )  # fmt: skip


def test_only_coordinators_and_national_admins_hear_alarms(at_desk) -> None:
    for name in ("officer", "inspector", "leader", "ombudsman", "evaluator"):
        for path in ("", "terlambat/"):
            assert at_desk(name).get(f"/kerja/peringatan/{path}").status_code == 404, name
    for name in ("verifier", "national_admin", "outsider"):
        for path in ("", "terlambat/"):
            assert at_desk(name).get(f"/kerja/peringatan/{path}").status_code == 200, name


def test_without_anything_wrong_the_page_says_so(at_desk, all_came, cast) -> None:
    body = agency_by_code("35.27")
    for unit in type(body).objects.filter(path__startswith=body.path).exclude(pk=body.pk):
        Membership.objects.get_or_create(
            person=cast.person("officer"), agency=unit, role="liaison_officer", defaults={"starts_on": DAY.date()}
        )
    page = text_of(at_desk("verifier").get("/kerja/peringatan/"))
    assert "Tidak ada peringatan" in page


def test_the_late_list_says_by_unit_what_is_late_who_holds_it_and_since_when(at_desk, case_in, cast, all_came) -> None:
    case = case_in("forwarded")
    other = case_in("forwarded", unit="35.27/dinkes")
    assign_case(tracking_id=case.tracking_id, person=cast.person("officer"), actor=cast["officer"], now=DAY + HOUR)
    with frozen(DAY + 20 * A_DAY):
        verifier = at_desk("verifier")
        alarms = verifier.get("/kerja/peringatan/")
        page = text_of(verifier.get("/kerja/peringatan/terlambat/"))
    assert "Terlambat 2" in text_of(alarms)
    link = f"/kerja/?queue=attention&late=1&agency={case.agency_id}"
    assert link in unescape(alarms.content.decode())
    with frozen(DAY + 20 * A_DAY):
        inbox = verifier.get(link).content.decode()
    assert case.tracking_id in inbox
    assert other.tracking_id not in inbox
    assert page.index("Dinas Kesehatan") < page.index(other.tracking_id) < page.index("Dinas Pekerjaan Umum")
    assert page.index("Dinas Pekerjaan Umum") < page.index(case.tracking_id)
    assert "Officer dipegang sejak Senin, 9 November 2026" in page
    assert "belum ada petugas yang ditugasi" in page
    assert "Lewat sejak Senin, 16 November 2026 pukul 23.59 WIB" in page


def test_late_cases_kept_from_the_accused_are_in_no_list_and_no_count(at_desk, submit) -> None:
    submit(agency="35.27", about=["35.27"], classification="supervisory_complaint", secret=True)
    with frozen(DAY + 20 * A_DAY):
        verifier = at_desk("verifier")
        assert 'id="telat"' not in verifier.get("/kerja/peringatan/").content.decode()
        assert "Tidak ada yang terlambat" in text_of(verifier.get("/kerja/peringatan/terlambat/"))


def test_the_late_list_is_paged_without_gap_or_repetition(at_desk, case_in) -> None:
    made = {case_in("forwarded", unit=("35.27/dpupr", "35.27/dinkes")[n % 2]).tracking_id for n in range(30)}
    with frozen(DAY + 20 * A_DAY):
        verifier, found, query = at_desk("verifier"), [], ""
        for _page in range(4):
            page = verifier.get("/kerja/peringatan/terlambat/" + query).content.decode()
            found += re.findall(r'/kerja/l/([0-9A-Z-]{11})/"', page)
            following = re.search(r'href="(\?[^"]*cursor=[^"]+)" rel="next"', page)
            if not following:
                break
            query = unescape(following[1])
    assert len(found) == 30
    assert set(found) == made


def test_a_step_that_found_nobody_names_the_empty_post_until_somebody_fills_it(at_desk, case_in, cast) -> None:
    step_to_nobody(case_in("forwarded"))
    verifier = at_desk("verifier")
    page = verifier.get("/kerja/peringatan/").content.decode()
    assert "<b>Kepala unit, Dinas Pekerjaan Umum" in unescape(page)
    assert 'href="/kerja/orang/undang/?instansi=35.27/dpupr&amp;peran=unit_head"' in page
    unseen = text_of(at_desk("outsider").get("/kerja/peringatan/"))
    assert "Kepala unit" not in unseen
    Membership.objects.create(
        person=cast.person("other_officer"), agency=agency_by_code("35.27/dpupr"), role="unit_head",
        starts_on=DAY.date(),
    )  # fmt: skip
    assert "Kepala unit," not in text_of(verifier.get("/kerja/peringatan/"))


def test_an_empty_post_met_by_a_case_kept_from_the_accused_rings_only_for_the_nation(at_desk, submit) -> None:
    accused = submit(agency="35.27", about=["35.27"], classification="supervisory_complaint", secret=True).case
    accused.body = agency_by_code("35.27")
    step_to_nobody(accused, "inspector")
    assert "Inspektorat," not in text_of(at_desk("verifier").get("/kerja/peringatan/"))
    assert "Inspektorat," in text_of(at_desk("national_admin").get("/kerja/peringatan/"))


def test_a_unit_whose_officers_stay_away_for_fourteen_days_is_shown_to_its_coordinator(at_desk, cast, all_came) -> None:
    seen(cast, "health_officer", 13)
    assert "Petugas lama tidak masuk" not in text_of(at_desk("verifier").get("/kerja/peringatan/"))
    seen(cast, "health_officer", 14)
    page = text_of(at_desk("verifier").get("/kerja/peringatan/"))
    assert "Petugas lama tidak masuk" in page
    assert re.search(r"Dinas Kesehatan\S*( [^0-9]+)? 1 Senin, 26 Oktober 2026 14", page), page
    assert "Petugas lama tidak masuk" not in text_of(at_desk("outsider").get("/kerja/peringatan/"))


def test_one_colleague_who_comes_is_enough_and_so_is_a_stand_in(cast, all_came) -> None:
    on = DAY.date()
    names = lambda: {quiet.agency_id for quiet in quiet_units(on=on, limit=99)}  # noqa: E731
    works, health = agency_by_code("35.27/dpupr").pk, agency_by_code("35.27/dinkes").pk
    seen(cast, "officer", 40)
    assert names() == set(), "the other officer of the unit came"
    seen(cast, "other_officer", None)
    seen(cast, "health_officer", 40)
    assert names() == {works, health}
    post = Membership.objects.get(person=cast.person("health_officer"))
    Delegation.objects.create(
        membership=post, to_person=cast.person("unit_head"), starts_on=on - 30 * A_DAY, ends_on=on, reason="Cuti"
    )
    assert names() == {works}


def test_a_new_post_is_not_silent_before_its_fortnight(cast, all_came) -> None:
    on = DAY.date()
    post = Membership.objects.filter(person=cast.person("health_officer"))
    seen(cast, "health_officer", None)
    post.update(starts_on=on - 13 * A_DAY)
    assert quiet_units(on=on, limit=99) == []
    post.update(starts_on=on - 14 * A_DAY)
    (quiet,) = quiet_units(on=on, limit=99)
    assert (quiet.agency_id, quiet.last_seen_on, quiet.officers) == (agency_by_code("35.27/dinkes").pk, None, 1)
    Person.objects.filter(pk=cast.person("health_officer").pk).update(is_active=False)
    assert quiet_units(on=on, limit=99) == [], "a post without anybody is another alarm"


def test_a_government_in_which_nobody_comes_is_shown_to_the_national_admin(at_desk, cast, all_came) -> None:
    for name in ("officer", "other_officer", "health_officer"):
        seen(cast, name, 20)
    assert quiet_bodies(on=DAY.date(), limit=99) == [], "its coordinator came"
    seen(cast, "verifier", 16)
    page = text_of(at_desk("national_admin").get("/kerja/peringatan/"))
    assert re.search(r"Pemerintah Kabupaten Sampang 4 Sabtu, 24 Oktober 2026 16", page), page


def inactivity() -> list[tuple[str, str, str]]:
    rows = Message.objects.filter(template="inactivity").order_by("id")
    return [(row.recipient_role, row.recipient_name, row.values["agency"]) for row in rows]


def tell(days: int) -> None:
    with frozen(DAY + days * A_DAY):
        schedule.tell_of_inactivity(timestamp=0)


def test_the_message_goes_once_a_spell_to_the_coordinator(cast, all_came, case_in) -> None:
    case_in("forwarded", unit="35.27/dinkes")
    case_in("forwarded", unit="35.27/dinkes", anonymous=True)
    seen(cast, "health_officer", 20)
    tell(0)
    assert inactivity() == [("coordinator", "Verifier", agency_by_code("35.27/dinkes").full_name)]
    message = Message.objects.get(template="inactivity")
    assert message.values["days"] == "20"
    assert message.values["link"].endswith("/kerja/peringatan/")
    assert message.bundled
    for day in (0, 1, 2):
        tell(day)
    assert len(inactivity()) == 1
    Person.objects.update(last_seen_on=DAY.date() + 3 * A_DAY)
    tell(10)
    assert len(inactivity()) == 1
    Person.objects.exclude(pk=cast.person("health_officer").pk).update(last_seen_on=DAY.date() + 30 * A_DAY)
    tell(30)
    assert len(inactivity()) == 2, "a new spell"


def test_a_message_counts_no_guarded_case(cast, all_came, case_in) -> None:
    case_in("forwarded", unit="35.27/dinkes")
    case_in("forwarded", unit="35.27/dinkes", secret=True)
    seen(cast, "health_officer", 20)
    tell(0)
    assert Message.objects.get(template="inactivity").values["count"] == "1"


def test_a_silent_government_is_one_message_to_its_coordinator_and_to_the_nation(cast, all_came) -> None:
    for name in ("officer", "other_officer", "health_officer", "verifier"):
        seen(cast, name, 20)
    tell(0)
    name = agency_by_code("35.27").full_name
    assert sorted(inactivity()) == [
        ("coordinator", "Verifier", name),
        ("national_admin", "National Admin", name),
    ]
    tell(1)
    assert len(inactivity()) == 2


def test_a_unit_without_coordinator_is_told_to_the_nation(cast, all_came) -> None:
    Membership.objects.filter(person=cast.person("verifier")).update(ends_on=DAY.date() - A_DAY)
    seen(cast, "health_officer", 20)
    tell(0)
    assert [row[:2] for row in inactivity()] == [("national_admin", "National Admin")]
    assert root_agency().pk


def test_what_is_due_today_is_told_once_after_signing_in(at_desk, submit, case_in) -> None:
    submit(now=DAY - 7 * A_DAY)
    submit(now=DAY - 5 * A_DAY)
    verifier = at_desk("verifier")
    first = text_of(verifier.get("/kerja/unit/"))
    assert "1 laporan jatuh tempo hari ini. 1 laporan sudah lewat batasnya. Lihat" in first
    assert "jatuh tempo hari ini." not in text_of(verifier.get("/kerja/"))
    assert "jatuh tempo hari ini." in text_of(at_desk("verifier").get("/kerja/")), "another session"
    with frozen(NOW + A_DAY):
        assert "2 laporan sudah lewat batasnya." in text_of(verifier.get("/kerja/")), "another day"
    case_in("forwarded")
    with frozen(DAY + 20 * A_DAY):
        assert "1 laporan sudah lewat batasnya." in text_of(at_desk("officer").get("/kerja/"))
        assert "laporan sudah lewat" not in text_of(at_desk("outsider").get("/kerja/"))
        assert "laporan sudah lewat" not in text_of(at_desk("leader").get("/kerja/"))


def test_the_header_counts_the_kinds_of_alarm_and_the_page_is_never_older_than_now(at_desk, case_in, all_came) -> None:
    verifier = at_desk("verifier")

    def number() -> int:
        found = re.search(r'peringatan/"[^>]*>Peringatan(?: <b class="num">&nbsp;(\d+)</b>)?</a>',
                          verifier.get("/kerja/").content.decode())  # fmt: skip
        assert found is not None
        return int(found[1] or 0)

    assert number() == 1, "units without liaison officer"
    row = enqueue(
        outgoing("dead", stream=(case := case_in("forwarded")).stream, payer=f"agency:{case.body_id}", ways=[MAIL]),
        now=DAY,
    )
    Message.objects.filter(pk=row.pk).update(state="failed")
    assert "1 pesan gagal dalam 30 hari terakhir." in text_of(verifier.get("/kerja/peringatan/"))
    assert number() == 2


@pytest.mark.parametrize("name", ["verifier", "national_admin"])
def test_alarms_cost_no_more_statements_the_more_there_is(at_desk, case_in, name) -> None:
    somebody = at_desk(name)

    def cost(path: str) -> int:
        somebody.get(path)
        with Statements(connection) as caught:
            assert somebody.get(path).status_code == 200
        return sum("referencerevision" not in query["sql"] for query in caught.captured_queries)

    step_to_nobody(case_in("forwarded"))
    with frozen(DAY + 20 * A_DAY):
        few = [cost("/kerja/peringatan/"), cost("/kerja/peringatan/terlambat/"), cost("/kerja/")]
    for unit in ("35.27/dpupr", "35.27/dinkes") * 6:
        step_to_nobody(case_in("forwarded", unit=unit))
    with frozen(DAY + 20 * A_DAY):
        many = [cost("/kerja/peringatan/"), cost("/kerja/peringatan/terlambat/"), cost("/kerja/")]
    assert all(after <= before for after, before in zip(many, few, strict=True)), (few, many)
    assert max(few) <= MOST_STATEMENTS, few
