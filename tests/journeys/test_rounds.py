"""A round of evaluation from its opening to the minutes, by those who judge and those who are judged."""

import io
import re
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.contrib.auth import get_user_model

from tanggap.accounts.actor import actor_for
from tanggap.accounts.models import Membership
from tanggap.common import clock
from tanggap.common.errors import Invalid, NotFound, Refused
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.models import Evidence, Reading, Round, RoundBody, RoundObjection, SampledCase
from tanggap.evaluation.periods import period_named
from tanggap.evaluation.ranking.measures import Measure
from tanggap.evaluation.selectors.evidence import evidence_scores
from tanggap.evaluation.services.decide_round_objection import decide_round_objection
from tanggap.evaluation.services.draw_samples import draw_samples
from tanggap.evaluation.services.finish_round import finish_round
from tanggap.evaluation.services.judge_evidence import judge_evidence
from tanggap.evaluation.services.object_in_round import object_in_round
from tanggap.evaluation.services.open_objections import open_objections
from tanggap.evaluation.services.open_round import Plan, open_round
from tanggap.evaluation.services.score_case import score_case
from tanggap.evaluation.services.submit_evidence import submit_evidence
from tanggap.files.tests.samples import pdf
from tanggap.ledger.models import Event
from tests.cast import DAY
from tests.journeys.console import sign_in

pytestmark = pytest.mark.django_db
PDF = pdf()
GOOD = {"substance": 4, "concrete": 3, "clear": 4}
FAIR = {"substance": 3, "concrete": 3, "clear": 3}
LATER = DAY + timedelta(days=20)


@pytest.fixture
def second(db):
    """Another evaluator of the nation."""
    person = get_user_model().objects.create(email="penilai-dua@example.id", name="Penilai Dua", is_active=True)
    Membership.objects.create(person=person, agency=agency_by_code("ID"), role="evaluator", starts_on=DAY.date())
    return actor_for(person, on=LATER.date())


@pytest.fixture
def round_(cast, case_in):
    for _ in range(4):
        case_in("closed")
    case_in("answered")
    case_in("closed", secret=True)
    case_in("forwarded")
    plan = Plan("Nasional 2026", "regency_and_city", period_named("2026"), within="35", sample_size=3)
    return open_round(agency=agency_by_code("ID"), plan=plan, actor=cast["evaluator"], now=LATER)


@pytest.fixture
def body(round_):
    return round_.bodies.get(agency__code="35.27")


def bring(body, cast, item="team_decree", now=LATER):
    return submit_evidence(
        body_id=body.pk, item=item, file=io.BytesIO(PDF), name="sk.pdf", note="SK 2026", actor=cast["verifier"], now=now
    )


def read_all(body, *readers, scores=GOOD):
    for sampled in body.sample.all():
        for reader in readers:
            score_case(sampled_id=sampled.pk, scores=scores, comment="", actor=reader, now=LATER)


def to_objections(round_, body, cast, second):
    judge_evidence(evidence_id=bring(body, cast).pk, accepted=True, comment="", actor=cast["evaluator"], now=LATER)
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    read_all(body, cast["evaluator"], second)
    return open_objections(round_id=round_.pk, actor=cast["evaluator"], now=LATER)


def test_a_round_from_its_opening_to_what_the_ranking_reads(round_, body, cast, second):
    to_objections(round_, body, cast, second)
    sampled = body.sample.first()
    objection = object_in_round(
        body_id=body.pk, sampled_id=sampled.pk, text="Fotonya ada.", actor=cast["verifier"], now=LATER
    )
    decide_round_objection(
        objection_id=objection.pk, upheld=True, answer="Benar.", score=Decimal("1"), actor=cast["evaluator"], now=LATER
    )
    objection.refresh_from_db()
    assert (objection.before, objection.after) == ("0.9167", "1.0000")
    until = Round.objects.get(pk=round_.pk).objections_until
    done = finish_round(round_id=round_.pk, actor=cast["evaluator"], now=until + timedelta(seconds=1))
    found = done.results["bodies"]["35.27"]
    assert found["evidence"] == {"action_plan": "none", "team_decree": "accepted"}
    assert found["follow_up"] == {"mean": str((Fraction(11, 12) * 2 + 1) / 3), "n": 3}
    scores = evidence_scores(["35.27"], period_named("2026"))["35.27"]
    assert scores["team_decree"] == Measure(Fraction(1))
    assert scores["action_plan"] == Measure(Fraction(0))
    assert scores["follow_up_quality"] == Measure((Fraction(11, 12) * 2 + 1) / 3, 3)
    names = list(Event.objects.filter(stream=round_.stream).order_by("seq").values_list("name", flat=True))
    assert names[0] == "round.opened"
    assert names[-1] == "round.finished"


def test_the_sample_holds_only_what_everybody_may_read_and_can_be_drawn_again(round_, body, cast):
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    body.refresh_from_db()
    assert sum(body.strata.values()) == 5
    assert body.sample.count() == 3
    assert all(sampled.case.published for sampled in body.sample.select_related("case"))
    opened, drawn = Event.objects.filter(stream=round_.stream).order_by("seq")
    assert round_.seed not in str(opened.data)
    assert drawn.data["seed"] == round_.seed
    assert drawn.data["populations"]["35.27"] == body.population_digest


def test_a_second_draw_a_second_reading_and_a_second_objection_are_refused_and_change_nothing(
    round_, body, cast, second
):
    to_objections(round_, body, cast, second)
    before = [list(model.objects.order_by("pk").values()) for model in (SampledCase, Reading, RoundObjection)]
    with pytest.raises(Refused):
        draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    with pytest.raises(Refused):
        score_case(sampled_id=body.sample.first().pk, scores=GOOD, comment="", actor=second, now=LATER)
    evidence = body.evidence.get()
    object_in_round(body_id=body.pk, evidence_id=evidence.pk, text="Periksa.", actor=cast["verifier"], now=LATER)
    with pytest.raises(Refused):
        object_in_round(body_id=body.pk, evidence_id=evidence.pk, text="Lagi.", actor=cast["verifier"], now=LATER)
    assert [list(model.objects.order_by("pk").values()) for model in (SampledCase, Reading)] == before[:2]
    assert RoundObjection.objects.count() == 1


def test_each_reads_alone_once_and_a_third_only_where_two_are_far_apart(round_, body, cast, second):
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    first, other, _last = body.sample.all()
    score_case(sampled_id=first.pk, scores=GOOD, comment="", actor=cast["evaluator"], now=LATER)
    with pytest.raises(Refused, match="sudah menilai"):
        score_case(sampled_id=first.pk, scores=FAIR, comment="", actor=cast["evaluator"], now=LATER)
    score_case(sampled_id=first.pk, scores=FAIR, comment="", actor=second, now=LATER)
    third = get_user_model().objects.create(email="tiga@example.id", name="Tiga", is_active=True)
    Membership.objects.create(person=third, agency=agency_by_code("ID"), role="evaluator", starts_on=DAY.date())
    reader = actor_for(third, on=LATER.date())
    with pytest.raises(Refused, match="cukup sependapat"):
        score_case(sampled_id=first.pk, scores=FAIR, comment="", actor=reader, now=LATER)
    for actor, scores in ((cast["evaluator"], GOOD), (second, {**GOOD, "clear": 1}), (reader, FAIR)):
        score_case(sampled_id=other.pk, scores=scores, comment="", actor=actor, now=LATER)
    assert first.readings.count() == 2
    assert other.readings.count() == 3


@pytest.mark.parametrize(
    "scores", [{}, {"substance": 4}, {**GOOD, "clear": 5}, {**GOOD, "clear": -1}, {**GOOD, "lain": 1}]
)
def test_scores_that_are_no_scores_are_refused(round_, body, cast, scores):
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    with pytest.raises(Invalid):
        score_case(sampled_id=body.sample.first().pk, scores=scores, comment="", actor=cast["evaluator"], now=LATER)
    assert not Reading.objects.exists()


def test_who_does_not_judge_or_is_not_judged_finds_no_such_round(round_, body, cast):
    evidence = bring(body, cast)
    for name in ("verifier", "officer", "leader", "ombudsman", "national_admin"):
        with pytest.raises(NotFound):
            judge_evidence(evidence_id=evidence.pk, accepted=True, comment="", actor=cast[name], now=LATER)
        with pytest.raises(NotFound):
            draw_samples(round_id=round_.pk, actor=cast[name], now=LATER)
    for name in ("outsider", "officer", "evaluator"):
        with pytest.raises(NotFound):
            submit_evidence(
                body_id=body.pk, item="team_decree", file=io.BytesIO(PDF), name="a.pdf", note="", actor=cast[name],
                now=LATER,
            )  # fmt: skip
    assert Evidence.objects.get().state == Evidence.State.SUBMITTED


def test_evidence_that_is_not_asked_for_or_not_accepted_is_refused(round_, body, cast):
    with pytest.raises(Invalid):
        bring(body, cast, item="lain")
    with pytest.raises(Invalid):
        submit_evidence(
            body_id=body.pk, item="team_decree", file=io.BytesIO(b"MZ\x90\x00"), name="a.exe", note="",
            actor=cast["verifier"], now=LATER,
        )  # fmt: skip
    evidence = bring(body, cast)
    with pytest.raises(Invalid):
        judge_evidence(evidence_id=evidence.pk, accepted=False, comment=" ", actor=cast["evaluator"], now=LATER)
    assert Evidence.objects.get().state == Evidence.State.SUBMITTED


def test_no_round_ends_early_with_something_unread_or_undecided(round_, body, cast, second):
    bring(body, cast)
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    with pytest.raises(Refused, match="1 bukti"):
        open_objections(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    judge_evidence(
        evidence_id=body.evidence.get().pk, accepted=False, comment="Tanpa cap.", actor=cast["evaluator"], now=LATER
    )
    read_all(body, cast["evaluator"], second)
    row = open_objections(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    with pytest.raises(Refused, match="belum lewat"):
        finish_round(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    object_in_round(
        body_id=body.pk, evidence_id=body.evidence.get().pk, text="Ada capnya.", actor=cast["verifier"], now=LATER
    )
    after = row.objections_until + timedelta(seconds=1)
    with pytest.raises(Refused, match="belum diputus"):
        finish_round(round_id=round_.pk, actor=cast["evaluator"], now=after)
    with pytest.raises(Refused, match="sudah lewat"):
        object_in_round(
            body_id=body.pk, sampled_id=body.sample.first().pk, text="Terlambat.", actor=cast["verifier"], now=after
        )
    assert Round.objects.get(pk=round_.pk).state == Round.State.OBJECTION


def test_the_pages_from_both_sides(round_, body, cast, second):
    judge, judged, outsider = (sign_in(cast, name) for name in ("evaluator", "verifier", "outsider"))
    address = f"/kerja/evaluasi/{round_.pk}/{body.pk}/"
    file = io.BytesIO(PDF)
    file.name = "sk.pdf"
    with clock.frozen(LATER):
        assert judged.post(f"{address}bukti", {"item": "team_decree", "file": file, "note": ""}).status_code == 302
        evidence = body.evidence.get()
        assert b"".join(judged.get(f"{address}bukti/{evidence.pk}/berkas").streaming_content) == PDF
        assert outsider.get(address).status_code == 404
        assert outsider.get(f"{address}bukti/{evidence.pk}/berkas").status_code == 404
        assert judge.post(f"{address}bukti/{evidence.pk}/periksa", {"keputusan": "terima"}).status_code == 302
        assert judge.post(f"/kerja/evaluasi/{round_.pk}/langkah", {"langkah": "draw"}).status_code == 302
        sampled = body.sample.first()
        reading = f"{address}laporan/{sampled.pk}/"
        assert judged.get(reading).status_code == 404
        page = judge.get(reading).content.decode()
        assert "Nilai Anda" in page
        assert judge.post(reading, {"substance": "4"}).status_code == 422
        assert judge.post(reading, {**GOOD, "comment": "Jelas."}).status_code == 302
        assert "Jelas." in judge.get(reading).content.decode()
        read_all_but = [one for one in body.sample.all() if one.pk != sampled.pk]
        score_case(sampled_id=sampled.pk, scores=FAIR, comment="Kurang rinci.", actor=second, now=LATER)
        for one in read_all_but:
            for actor in (cast["evaluator"], second):
                score_case(sampled_id=one.pk, scores=GOOD, comment="", actor=actor, now=LATER)
        assert "Kurang rinci." in judge.get(reading).content.decode()
        assert judge.post(f"/kerja/evaluasi/{round_.pk}/langkah", {"langkah": "show"}).status_code == 302
        assert judged.get(reading).status_code == 200
        data = {"about": f"sampled:{sampled.pk}", "text": "Sudah rinci."}
        assert judged.post(f"{address}sanggah", data).status_code == 302
        objection = RoundObjection.objects.get()
        decide = f"{address}sanggahan/{objection.pk}/"
        assert judge.post(decide, {"upheld": "1", "answer": "Ya"}).status_code == 422
        assert judge.post(decide, {"upheld": "0", "answer": "Tetap."}).status_code == 302
        told = judged.get(address).content.decode()
        assert "Tetap." in told
        assert "83,3% → 83,3%" in re.sub("\u00a0", "", told)
    with clock.frozen(LATER + timedelta(days=30)):
        assert judge.post(f"/kerja/evaluasi/{round_.pk}/langkah", {"langkah": "finish"}).status_code == 302
        assert judged.get(f"/kerja/evaluasi/{round_.pk}/berita-acara.pdf").status_code == 404
        minutes = judge.get(f"/kerja/evaluasi/{round_.pk}/berita-acara.pdf")
        assert minutes.content.startswith(b"%PDF")
        assert re.search("selesai", judge.get("/kerja/evaluasi/").content.decode())
    assert RoundBody.objects.filter(round=round_).count() > 1


def test_a_round_is_opened_by_its_form_and_bad_words_lose_nothing(cast):
    judge = sign_in(cast, "evaluator")
    form = {
        "name": "Uji", "agency": "ID", "group": "regency_and_city", "within": "35", "period": "kapan",
        "sample_size": "5", "objection_days": "5",
    }  # fmt: skip
    refused = judge.post("/kerja/evaluasi/", form)
    assert refused.status_code == 422
    assert 'value="Uji"' in refused.content.decode()
    assert judge.post("/kerja/evaluasi/", {**form, "period": "2026", "within": "99"}).status_code == 422
    assert not Round.objects.exists()
    assert judge.post("/kerja/evaluasi/", {**form, "period": "2026"}).status_code == 302
    assert sign_in(cast, "verifier").post("/kerja/evaluasi/", {**form, "period": "2026"}).status_code == 200


def test_a_case_that_is_not_public_any_more_is_gone_with_what_was_written_about_it(round_, body, cast, second):
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    hidden, *others = body.sample.select_related("case__narrative")
    address = f"/kerja/evaluasi/{round_.pk}/{body.pk}/"
    judge, judged = sign_in(cast, "evaluator"), sign_in(cast, "verifier")
    with clock.frozen(LATER):
        assert hidden.case.narrative.public_text[:20] in judge.get(f"{address}laporan/{hidden.pk}/").content.decode()
        score_case(sampled_id=hidden.pk, scores=GOOD, comment="Rahasia.", actor=cast["evaluator"], now=LATER)
        hidden.case.published = False
        hidden.case.save(update_fields=["published"])
        with pytest.raises(NotFound):
            score_case(sampled_id=hidden.pk, scores=GOOD, comment="", actor=second, now=LATER)
        for sampled in others:
            for reader in (cast["evaluator"], second):
                score_case(sampled_id=sampled.pk, scores=GOOD, comment="", actor=reader, now=LATER)
        open_objections(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
        for client in (judge, judged):
            assert client.get(f"{address}laporan/{hidden.pk}/").status_code == 404
            page = client.get(address).content.decode()
            assert f"/laporan/{hidden.pk}/" not in page
            assert f"sampled:{hidden.pk}" not in page
    assert hidden.readings.count() == 1


def test_the_same_file_sent_twice_is_one_and_what_was_replaced_holds_nobody_up(round_, body, cast, second):
    first = bring(body, cast)
    events = Event.objects.count()
    assert bring(body, cast) == first
    assert (body.evidence.count(), Event.objects.count()) == (1, events)
    latest = submit_evidence(
        body_id=body.pk, item="team_decree", file=io.BytesIO(PDF), name="sk.pdf", note="Yang benar",
        actor=cast["verifier"], now=LATER,
    )  # fmt: skip
    judge_evidence(evidence_id=latest.pk, accepted=True, comment="", actor=cast["evaluator"], now=LATER)
    draw_samples(round_id=round_.pk, actor=cast["evaluator"], now=LATER)
    read_all(body, cast["evaluator"], second)
    assert open_objections(round_id=round_.pk, actor=cast["evaluator"], now=LATER).state == Round.State.OBJECTION


def test_a_round_opened_twice_is_one(cast):
    judge = sign_in(cast, "evaluator")
    form = {
        "name": "Uji", "agency": "ID", "group": "regency_and_city", "within": "35", "period": "2026",
        "sample_size": "5", "objection_days": "5",
    }  # fmt: skip
    first, again = (judge.post("/kerja/evaluasi/", form) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Round.objects.count() == 1


def test_who_has_a_post_at_a_body_is_offered_no_judgement_of_it(round_, body, cast):
    bring(body, cast)
    person = cast["evaluator"].person_id
    Membership.objects.create(person_id=person, agency=body.agency, role="leader", starts_on=DAY.date())
    judge = sign_in(cast, "evaluator")
    address = f"/kerja/evaluasi/{round_.pk}/{body.pk}/"
    with clock.frozen(LATER):
        evidence = body.evidence.get()
        page = judge.get(address)
        assert (page.status_code, f"/bukti/{evidence.pk}/periksa" in page.content.decode()) == (200, False)
        assert judge.post(f"{address}bukti/{evidence.pk}/periksa", {"keputusan": "terima"}).status_code == 404
    assert Evidence.objects.get().state == Evidence.State.SUBMITTED
