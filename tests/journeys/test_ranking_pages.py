"""Rankings on the pages: provisional until a period is published, the same for ever once it is frozen."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tanggap.cases.tests.past_files import run, write_file
from tanggap.common.clock import frozen as clock_at
from tanggap.evaluation.comparing import scorecard_on
from tanggap.evaluation.models import RankedPeriod, ScorecardComponent
from tanggap.evaluation.services.compute_period import compute_period
from tanggap.evaluation.tests.ranked_files import lines_for
from tanggap.ledger.models import Event
from tests.cast import DAY, Cast
from tests.journeys.console import Officer, sign_in

pytestmark = pytest.mark.django_db
ALL = "?kelompok=regency_and_city&masa=2024"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """The standing of today is kept for ten minutes, in memory, from one test to the next."""
    cache.clear()


@pytest.fixture
def cases(tmp_path: Any, capsys: Any) -> None:
    lines = [
        *lines_for("33.21", 40, closed=38, on_time=4),
        *lines_for("33.74", 120, closed=40, on_time=118),
        *lines_for("35.78", 12, closed=12, on_time=12),
    ]
    assert run(write_file(tmp_path / "lama.csv", lines), capsys)[0] == 0


def frozen_by(evaluator: Officer, admin: Officer) -> RankedPeriod:
    """2024 through all its steps, by the buttons."""
    assert evaluator.post("/kerja/peringkat/", {"name": "2024"}).status_code == 302
    compute_period(period_id=RankedPeriod.objects.get().pk, now=DAY)
    one = "/kerja/peringkat/masa/2024/"
    for who, step in ((admin, "review"), (evaluator, "publish"), (evaluator, "freeze")):
        assert f'value="{step}"' in who.get(one).content.decode()
        assert who.post(one, {"langkah": step}).status_code == 302
    return RankedPeriod.objects.get(state="frozen")


@pytest.fixture
def frozen(cases: None, cast: Cast) -> RankedPeriod:
    return frozen_by(sign_in(cast, "evaluator"), sign_in(cast, "national_admin"))


def test_on_empty_tables_every_page_answers(db: Any, client: Client) -> None:
    for path in ("/peringkat/", "/peringkat/simulasi/", "/peringkat/unduh.csv", "/peringkat/unduh.json"):
        assert client.get(path).status_code == 200


def test_until_something_is_published_the_standing_is_marked_as_provisional(cases: None, client: Client) -> None:
    page = client.get(f"/peringkat/{ALL}").content.decode()
    assert "Sementara." in page
    assert page.index("Kota Semarang") < page.index("Demak")
    assert "tidak diperingkat: terlalu sedikit" in page
    assert "belum dinilai untuk siapa pun" in page
    few = next(row for row in page.split("<tr") if "Surabaya" in row)
    assert "12 laporan" in few
    assert "%" not in few
    within = client.get(f"/peringkat/{ALL}&wilayah=33").content.decode()
    assert "Surabaya" not in within
    band = client.get(f"/peringkat/{ALL}&kelas=100-249").content.decode()
    assert "Kota Semarang" in band
    assert ">Kabupaten Demak" not in band.split("Kartu nilai")[0]


@pytest.mark.parametrize(
    "query",
    [
        "?kelompok=desa", "?wilayah=99&kelompok=regency", "?masa=%00", "?masa=2024-99", "?hal=-1", "?hal=99999999999",
        "?kelas=x", "?kelompok=regency&wilayah=3%27", "?w-speed=abc", "?w-speed=99999999999999999999", "?w-speed=-1",
        "?hal=²", "?w-speed=0000000500", "?masa=1900", "?w-completion=0&w-speed=0&w-satisfaction=0",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_understood_is_no_error(cases: None, client: Client, query: str) -> None:
    for path in ("/peringkat/", "/peringkat/simulasi/", "/peringkat/unduh.csv", "/peringkat/unduh.json"):
        assert client.get(path + query).status_code == 200


def test_the_frozen_period_is_shown_and_checks_out_part_by_part(frozen: RankedPeriod, client: Client) -> None:
    page = client.get("/peringkat/?kelompok=regency").content.decode()
    assert "Dibekukan." in page
    assert "Demak" in page
    manifest = json.loads(client.get("/peringkat/masa/2024/manifes.json").content)
    for part, slug in {"scorecard": "kartu-nilai", "bodies": "ukuran", "ranking": "peringkat"}.items():
        content = client.get(f"/peringkat/masa/2024/{slug}.json").content
        assert sha256(content).hexdigest() == manifest["signed"]["parts"][part]
    assert client.get("/peringkat/masa/2024/angka.json").status_code == 404
    assert client.get("/peringkat/masa/2023/manifes.json").status_code == 404


def test_those_who_judge_take_the_figures_as_they_were_hashed(frozen: RankedPeriod, cast: Cast) -> None:
    path = "/kerja/peringkat/masa/2024/angka.json"
    content = sign_in(cast, "evaluator").get(path).content
    assert sha256(content).hexdigest() == json.loads(frozen.manifest)["parts"]["figures"]
    assert json.loads(content)["33.21"]["total"] == 40
    for name in ("verifier", "leader", "ombudsman"):
        assert sign_in(cast, name).get(path).status_code == 404


def test_a_body_is_found_in_its_own_group_on_its_page(
    frozen: RankedPeriod, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tanggap.evaluation.ranking_pages.A_PAGE", 1)
    page = client.get("/peringkat/?instansi=35.78").content.decode()
    assert "Peringkat: Pemerintah kota" in page
    assert "Halaman 2 dari" in page
    assert page.split('<tr class="us">')[1].split("</tr>")[0].count("Surabaya") == 1
    for wrong in ("tidak-ada", "35.27/dinkes", "ID", "%00"):
        assert client.get(f"/peringkat/?instansi={wrong}").status_code == 200


def test_the_downloads_hold_the_whole_ranking(frozen: RankedPeriod, client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/peringkat/unduh.csv{ALL}").content.decode())))
    assert [(row["agency"], row["rank"]) for row in rows[:3]] == [("33.74", "1"), ("33.21", "2"), ("35.78", "")]
    content = json.loads(client.get(f"/peringkat/unduh.json{ALL}").content)
    assert (content["state"], content["period"]) == ("frozen", "2024")
    assert [line["agency"] for line in content["ranking"]] == [row["agency"] for row in rows]


def test_other_weights_change_the_order_beside_the_published_one_and_nothing_else(
    frozen: RankedPeriod, client: Client
) -> None:
    before = RankedPeriod.objects.values()[0]
    same = client.get(f"/peringkat/simulasi/{ALL}").content.decode()
    assert "Bobot resmi: belum ada yang berpindah." in same
    page = client.get(f"/peringkat/simulasi/{ALL}&w-completion=0&w-satisfaction=0").content.decode()
    other = client.get(f"/peringkat/simulasi/{ALL}&w-speed=0").content.decode()
    assert "0 instansi berpindah tempat." in page
    assert "2 instansi berpindah tempat." in other
    assert other.index("Demak") < other.index("Kota Semarang")
    assert "naik 1" in other
    assert "turun 1" in other
    none = client.get(f"/peringkat/simulasi/{ALL}&w-speed=0&w-completion=0&w-satisfaction=0").content.decode()
    assert "Ada bobot yang tidak dapat dipakai." in none
    assert RankedPeriod.objects.values()[0] == before


def test_whoever_asked_is_told_that_somebody_else_reviews(cases: None, cast: Cast) -> None:
    evaluator = sign_in(cast, "evaluator")
    evaluator.post("/kerja/peringkat/", {"name": "2024"})
    assert "Sedang dihitung" in evaluator.get("/kerja/peringkat/masa/2024/").content.decode()
    compute_period(period_id=RankedPeriod.objects.get().pk, now=DAY)
    page = evaluator.client.post("/kerja/peringkat/masa/2024/", {"langkah": "review"}, follow=True).content.decode()
    assert "orang lain yang memeriksanya" in page
    assert RankedPeriod.objects.get().state == "computed"


@pytest.mark.parametrize("name", ["", "kapan", "2024-13", "2099", "2024; DROP"])
def test_a_period_that_cannot_be_is_refused_with_a_sentence(cast: Cast, name: str) -> None:
    answer = sign_in(cast, "evaluator").post("/kerja/peringkat/", {"name": name})
    assert answer.status_code == 422
    assert not RankedPeriod.objects.exists()


def test_what_is_not_published_is_for_those_who_judge(cases: None, cast: Cast, client: Client) -> None:
    evaluator = sign_in(cast, "evaluator")
    evaluator.post("/kerja/peringkat/", {"name": "2024"})
    compute_period(period_id=RankedPeriod.objects.get().pk, now=DAY)
    assert client.get("/peringkat/masa/2024/manifes.json").status_code == 404
    assert "Sementara." in client.get(f"/peringkat/{ALL}").content.decode()
    for name in ("verifier", "officer", "leader", "ombudsman"):
        other = sign_in(cast, name)
        for path in ("/kerja/peringkat/", "/kerja/peringkat/masa/2024/", "/kerja/peringkat/simulasi/"):
            assert other.get(path).status_code == 404
        assert other.post("/kerja/peringkat/masa/2024/", {"langkah": "publish"}).status_code == 404
    assert RankedPeriod.objects.get().state == "computed"
    assert evaluator.get(f"/kerja/peringkat/simulasi/{ALL}&w-speed=0").status_code == 200


TOMORROW = (DAY + timedelta(days=1)).date()


def weight_of(**given: str) -> dict[str, str]:
    return {"slug": "speed", "weight": "50", "valid_from": TOMORROW.isoformat(), "basis": "SE 1/2026", **given}


def test_a_weight_changes_from_a_coming_day_on_and_no_earlier(cast: Cast) -> None:
    evaluator = sign_in(cast, "evaluator")
    with clock_at(DAY):
        assert evaluator.post("/kerja/peringkat/bobot/", weight_of()).status_code == 302
        assert "SE 1/2026" in evaluator.get("/kerja/peringkat/bobot/").content.decode()
    weights = [{one.slug: one.weight for one in scorecard_on(day).components} for day in (DAY.date(), TOMORROW)]
    assert [found["speed"] for found in weights] == [30, 50]
    assert weights[0] | {"speed": 50} == weights[1]
    assert Event.objects.get(name="scorecard.changed").data["before"] == 30


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "luck"},
        {"weight": "-1"},
        {"weight": "1001"},
        {"weight": "banyak"},
        {"valid_from": DAY.date().isoformat()},
        {"valid_from": "2014-01-01"},
        {"basis": "  "},
    ],
)
def test_a_weight_that_cannot_be_changes_nothing(cast: Cast, wrong: dict[str, str]) -> None:
    with clock_at(DAY):
        answer = sign_in(cast, "evaluator").post("/kerja/peringkat/bobot/", weight_of(**wrong))
    assert answer.status_code == 422
    assert ScorecardComponent.objects.filter(valid_from__gt=DAY.date()).count() == 0


def test_the_last_weight_stays_and_nobody_else_changes_any(cast: Cast) -> None:
    ScorecardComponent.objects.exclude(slug="speed").update(weight=0)
    with clock_at(DAY):
        assert sign_in(cast, "evaluator").post("/kerja/peringkat/bobot/", weight_of(weight="0")).status_code == 422
        for name in ("verifier", "leader", "ombudsman"):
            assert sign_in(cast, name).post("/kerja/peringkat/bobot/", weight_of()).status_code == 404
    assert not Event.objects.filter(name="scorecard.changed").exists()
