"""A period is computed, reviewed by a second person, published and frozen; then nothing of it changes unseen."""

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tanggap.accounts.actor import OPERATOR
from tanggap.cases.models import Case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.tests.past_files import CLOSED, run, write_file
from tanggap.common.errors import Forbidden, Invalid, NotFound, Refused
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.freezing import part_of
from tanggap.evaluation.models import PeriodContent, PeriodHeads, RankedPeriod, ScorecardComponent
from tanggap.evaluation.services.compute_period import compute_period
from tanggap.evaluation.services.freeze_period import freeze_period
from tanggap.evaluation.services.publish_period import publish_period
from tanggap.evaluation.services.request_period import request_period
from tanggap.evaluation.services.review_period import review_period
from tanggap.ledger.models import Event
from tests.cast import DAY

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
YEAR = {"name": "2024", "first": date(2024, 1, 1), "last": date(2024, 12, 31)}


@pytest.fixture
def cases(tmp_path, capsys):
    """Forty closed cases of 2024 and one open, some of which are moved on later."""
    lines = [
        {**CLOSED, "tracking_id": f"#{7000 + n}", "text": f"Jalan rusak nomor {n}.", "agency_code": "35.27/dpupr"}
        for n in range(40)
    ]
    opened = {**CLOSED, "tracking_id": "#2007157", "text": "Lampu padam.", "state": "forwarded", "category": ""}
    opened |= {"first_answered_at": "", "answered_at": "", "closed_at": "", "outcome": "", "rating": ""}
    code, _summary = run(write_file(tmp_path / "lama.csv", [*lines, opened]), capsys)
    assert code == 0
    return Case.objects.order_by("pk")


@pytest.fixture
def computed(cases, cast):
    period = request_period(**YEAR, actor=cast["evaluator"], now=DAY)
    assert Event.objects.get(stream=period.stream).name == "period.requested"
    return compute_period(period_id=period.pk, now=DAY)


@pytest.fixture
def frozen(computed, cast):
    review_period(name="2024", actor=cast["national_admin"], now=DAY)
    publish_period(name="2024", actor=cast["evaluator"], now=DAY)
    return freeze_period(name="2024", actor=cast["evaluator"], now=DAY)


@pytest.fixture
def verified(capsys):
    """Exit and lines of `verify-period 2024`, or of another command."""

    def made(*command: str) -> tuple[int, list[str]]:
        capsys.readouterr()
        code = 0
        try:
            call_command(*(command or ("verify_period", "2024")))
        except SystemExit as stop:
            code = int(stop.code)
        return code, capsys.readouterr().out.splitlines()

    return made


def behind_its_back(table: str, sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql, parameters)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_the_manifest_names_what_was_computed(computed):
    manifest = json.loads(computed.manifest)
    assert (manifest["period"], manifest["from"], manifest["to"]) == ("2024", "2024-01-01", "2024-12-31")
    assert manifest["ledger"]["streams"] == 41
    assert manifest["parts"].keys() == {"figures", "scorecard", "bodies", "ranking", "definitions"}
    for part, expected in manifest["parts"].items():
        assert sha256(part_of(computed, part)).hexdigest() == expected
    assert json.loads(part_of(computed, "figures"))["35.27"]["total"] == 41
    first = json.loads(part_of(computed, "ranking"))["regency"][0]
    assert (first["agency"], first["n"], first["rank"]) == ("35.27", 41, 1)


def test_the_steps_follow_each_other_and_each_is_told(frozen, verified):
    told = Event.objects.filter(stream=frozen.stream).order_by("seq").values_list("name", flat=True)
    assert [name.removeprefix("period.") for name in told] == [
        "requested", "computed", "reviewed", "published", "frozen"
    ]  # fmt: skip
    assert RankedPeriod.objects.get().state == "frozen"
    assert verified() == (0, ["Tidak ada yang berbeda."])


@pytest.mark.parametrize("step", [publish_period, freeze_period])
def test_no_step_is_left_out(computed, cast, step):
    with pytest.raises(Refused):
        step(name="2024", actor=cast["evaluator"], now=DAY)
    assert RankedPeriod.objects.get().state == "computed"


def test_whoever_had_it_computed_does_not_review_it(computed, cast):
    with pytest.raises(Refused):
        review_period(name="2024", actor=cast["evaluator"], now=DAY)
    assert RankedPeriod.objects.get().state == "computed"
    review_period(name="2024", actor=OPERATOR, now=DAY)


@pytest.mark.parametrize("who", ["verifier", "officer", "leader", "inspector", "ombudsman", "anonymous"])
def test_nobody_else_takes_a_step(computed, cast, who):
    actor = cast[who]
    for step in (review_period, publish_period, freeze_period):
        with pytest.raises(Forbidden):
            step(name="2024", actor=actor, now=DAY)
    with pytest.raises(Forbidden):
        request_period(**YEAR, actor=actor, now=DAY)
    assert RankedPeriod.objects.get().state == "computed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "tahun ini"},
        {"name": ""},
        {"name": "../2024"},
        {"first": date(2025, 1, 1)},
        {"last": DAY.date()},
    ],
)
def test_a_period_that_cannot_be_is_refused(cast, wrong):
    with pytest.raises(Invalid):
        request_period(**{**YEAR, **wrong}, actor=cast["evaluator"], now=DAY)
    assert not RankedPeriod.objects.exists()


def test_until_it_is_frozen_it_is_computed_anew_and_reviewed_again(computed, cast):
    review_period(name="2024", actor=cast["national_admin"], now=DAY)
    publish_period(name="2024", actor=cast["evaluator"], now=DAY)
    with pytest.raises(Invalid):
        request_period(**{**YEAR, "last": date(2024, 6, 30)}, actor=cast["evaluator"], now=DAY)
    again = request_period(**YEAR, actor=cast["evaluator"], now=DAY)
    assert compute_period(period_id=again.pk, now=DAY).state == "computed"
    assert compute_period(period_id=again.pk, now=DAY) is None
    with pytest.raises(Refused):
        publish_period(name="2024", actor=cast["evaluator"], now=DAY)
    with pytest.raises(NotFound):
        publish_period(name="2023", actor=cast["evaluator"], now=DAY)


def test_a_frozen_period_stays_whatever_happens_later(frozen, cases, cast, verified):
    before = {part: part_of(frozen, part) for part in PeriodContent.Part.values}
    open_case = cases.get(state="forwarded")
    forward_case(
        tracking_id=open_case.tracking_id,
        agency=agency_by_code("35.27/dinkes"),
        actor=cast["verifier"],
        now=DAY + timedelta(hours=1),
    )
    ScorecardComponent.objects.update(weight=1)
    with pytest.raises(Refused):
        request_period(**YEAR, actor=cast["evaluator"], now=DAY)
    assert {part: part_of(frozen, part) for part in PeriodContent.Part.values} == before
    assert verified() == (0, ["Tidak ada yang berbeda."])


@pytest.mark.parametrize(
    "change",
    [
        lambda: RankedPeriod.objects.update(manifest="{}"),
        lambda: RankedPeriod.objects.update(state="computed"),
        lambda: RankedPeriod.objects.all().delete(),
        lambda: PeriodContent.objects.update(content=b""),
        lambda: PeriodContent.objects.filter(part="ranking").delete(),
        lambda: PeriodHeads.objects.create(period=RankedPeriod.objects.get(), number=9, heads=b""),
        lambda: PeriodHeads.objects.all().delete(),
    ],
)
def test_the_database_refuses_to_change_a_frozen_period(frozen, verified, change):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        change()
    assert verified()[0] == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_event SET at = at - interval '1 h' WHERE seq = 2 AND stream = 'case:' || %s",
        "UPDATE ledger_event SET data = data || '{\"x\": 1}' WHERE seq = 1 AND stream = 'case:' || %s",
        "DELETE FROM ledger_event WHERE seq = (SELECT max(seq) FROM ledger_event e WHERE e.stream = 'case:' || %s) "
        "AND stream = 'case:' || %s",
        "DELETE FROM ledger_event WHERE stream = 'case:' || %s",
    ],
)
def test_one_changed_event_of_the_past_fails_the_manifest_and_the_audit(frozen, verified, sql):
    case = Case.objects.get(aliases__value="#7005")
    behind_its_back("ledger_event", sql, *[case.pk] * sql.count("%s"))
    code, (line,) = verified()
    assert (code, line.split("\t")[:2]) == (1, [case.tracking_id, "#7005"])
    code, lines = verified("audit")
    assert code == 1
    assert line in lines


def test_a_chain_written_anew_as_a_whole_is_found_out_too(frozen, verified):
    """Who recomputes all hashes of a case makes a sound chain, but not the one that was sealed."""
    from tanggap.ledger.chain import GENESIS, Link, link_hash

    case = Case.objects.get(aliases__value="#7006")
    previous = GENESIS
    for event in Event.objects.filter(stream=case.stream).order_by("seq"):
        at = event.at - timedelta(hours=1)
        own = link_hash(previous, Link(case.stream, event.seq, event.name, at, event.actor, event.data, event.imported))
        sql = "UPDATE ledger_event SET at = %s, prev_hash = %s, hash = %s WHERE id = %s"
        behind_its_back("ledger_event", sql, at, previous, own, event.pk)
        previous = own
    code, (line,) = verified()
    assert (code, line.split("\t")[0]) == (1, case.tracking_id)
    assert "segel masa penilaian" in line


@pytest.mark.parametrize(
    ("table", "sql", "says"),
    [
        ("evaluation_rankedperiod", "UPDATE evaluation_rankedperiod SET manifest = '{}'", "tanda tangan"),
        ("evaluation_rankedperiod", "UPDATE evaluation_rankedperiod SET last = '2024-12-30'", "tanggal"),
        ("evaluation_periodcontent", "DELETE FROM evaluation_periodcontent WHERE part = 'ranking'", "ranking"),
        ("evaluation_periodcontent", "UPDATE evaluation_periodcontent SET content = 'x' WHERE part='bodies'", "bodies"),
        ("evaluation_periodheads", "DELETE FROM evaluation_periodheads", "segel"),
        ("ledger_event", "DELETE FROM ledger_event WHERE name = 'period.computed'", "catatan kejadian"),
    ],
)  # fmt: skip
def test_a_period_altered_behind_its_back_is_found_out(frozen, verified, table, sql, says):
    behind_its_back(table, sql)
    code, lines = verified()
    assert code == 1
    assert says in " ".join(lines)


def test_a_manifest_is_not_frozen_over_altered_contents(computed, cast):
    review_period(name="2024", actor=cast["national_admin"], now=DAY)
    publish_period(name="2024", actor=cast["evaluator"], now=DAY)
    PeriodContent.objects.filter(part="ranking").update(content=b"x")
    with pytest.raises(Refused):
        freeze_period(name="2024", actor=cast["evaluator"], now=DAY)
    assert RankedPeriod.objects.get().state == "published"


def test_a_period_nobody_computed_is_no_answer(cast):
    for name in ("2024", "2023"):
        if name == "2024":
            request_period(**YEAR, actor=cast["evaluator"], now=datetime(2025, 6, 1, tzinfo=WIB))
        with pytest.raises(CommandError) as stop:
            call_command("verify_period", name)
        assert stop.value.returncode == 2


def test_heads_are_sealed_in_pieces(cases, cast, verified, monkeypatch):
    monkeypatch.setattr("tanggap.evaluation.freezing.BATCH", 7)
    monkeypatch.setattr("tanggap.evaluation.verifying.STREAMS_AT_ONCE", 3)
    period = request_period(**YEAR, actor=cast["evaluator"], now=DAY)
    compute_period(period_id=period.pk, now=DAY)
    assert period.heads.count() == 6
    assert verified() == (0, ["Tidak ada yang berbeda."])
