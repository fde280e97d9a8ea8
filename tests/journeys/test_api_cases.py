"""A town's own app hands cases in through the API and follows them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tanggap.cases.models import Case, IntakeCount, Reporter, SubmissionKey
from tanggap.cases.services.count_intake import source_digest
from tanggap.common.clock import frozen, now
from tanggap.directory.models import Region
from tests.cast import DAY, Cast
from tests.paths import bring

pytestmark = pytest.mark.django_db

CASES = "/api/v1/cases"
WORDS = "Lampu jalan di Jalan Randu padam sejak tiga malam, warga takut lewat."


@pytest.fixture
def post(client: Client) -> Callable[..., Any]:
    def send(body: Any = None, *, key: str | None = None, raw: bytes | None = None, **more: Any) -> Any:
        data = raw if raw is not None else json.dumps(body)
        headers = {"Idempotency-Key": key} if key is not None else {}
        return client.post(CASES, data, content_type="application/json", headers=headers, **more)

    return send


def refused(response: Any, status: int, *, field: str | None = None, code: str | None = None) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["detail"].endswith((".", "."))
    if field is not None:
        assert problem["field"] == field
    if code is not None:
        assert problem["code"] == code
    return problem


def test_text_alone_is_enough_and_gives_number_code_and_address(post: Callable[..., Any]) -> None:
    response = post({"text": WORDS})
    assert response.status_code == 201
    receipt = response.json()
    assert set(receipt) == {"tracking_id", "secret_code", "status", "url"}
    assert receipt["status"] == "unverified"
    assert receipt["url"].endswith(f"/l/{receipt['tracking_id']}")
    case = Case.objects.get(tracking_id=receipt["tracking_id"])
    assert case.channel == "api"
    assert case.agency.code == "ID"


def test_everything_that_can_be_said_arrives(post: Callable[..., Any]) -> None:
    body = {
        "text": WORDS,
        "title": "Lampu padam",
        "classification": "complaint",
        "region_code": "35.27",
        "agency_code": "35.27/dpupr",
        "category": None,
        "occurred_on": "2026-11-08",
        "anonymous": False,
        "secret": True,
        "reporter": {"name": "Siti", "phone": "0812-3456-7890", "email": "siti@contoh.id"},
        "latitude": -7.19,
        "longitude": 113.25,
    }
    with frozen(DAY):
        response = post(body)
    assert response.status_code == 201, response.content
    case = Case.objects.get(tracking_id=response.json()["tracking_id"])
    assert (case.title, case.classification, case.region_id) == ("Lampu padam", "complaint", "35.27")
    assert (case.agency.code, case.occurred_on, case.secret) == ("35.27/dpupr", date(2026, 11, 8), True)
    assert (case.latitude, case.longitude) == (-7.19, 113.25)
    assert Reporter.objects.get(case=case).phone_index is not None


def test_a_case_about_an_office_starts_with_the_inspector(post: Callable[..., Any]) -> None:
    response = post({"text": WORDS, "about_agency_code": "35.27/dinkes", "about_person": "Kepala seksi"})
    case = Case.objects.get(tracking_id=response.json()["tracking_id"])
    assert (case.classification, case.oversight, case.agency.code) == ("supervisory_complaint", True, "35.27")
    assert case.subjects.get().agency.code == "35.27/dinkes"


@pytest.mark.parametrize("name", ["status", "state", "priority", "holder", "channel", "received_at"])
def test_what_only_the_office_sets_is_refused_as_an_unknown_field(post: Callable[..., Any], name: str) -> None:
    refused(post({"text": WORDS, name: "closed"}), 422, field=name, code="unknown_field")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("region_code", "99.99"),
        ("agency_code", "35.27/tidak-ada"),
        ("about_agency_code", "XX"),
        ("category", "tidak-ada"),
        ("classification", "urgent"),
        ("occurred_on", "2026-02-30"),
        ("occurred_on", 20261108),
        ("anonymous", "ya"),
        ("title", "x" * 161),
        ("text", "x" * 20_001),
        ("text", "  \n "),
        ("text", 5),
        ("latitude", 91),
        ("reporter", "Siti"),
        ("reporter.phone", {"phone": "bukan nomor"}),
        ("reporter.email", {"email": "bukan alamat"}),
        ("reporter.nik", {"nik": "3527010101900001"}),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_the_field(
    post: Callable[..., Any], field: str, value: Any
) -> None:
    refused(post({"text": WORDS, field.split(".", maxsplit=1)[0]: value}), 422, field=field)
    assert not Case.objects.exists()


def test_an_event_of_tomorrow_is_refused(post: Callable[..., Any]) -> None:
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    refused(post({"text": WORDS, "occurred_on": tomorrow}), 422, field="occurred_on", code="wrong_date")


def test_half_a_point_is_refused(post: Callable[..., Any]) -> None:
    refused(post({"text": WORDS, "latitude": -7.1}), 422, field="latitude", code="half_point")


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b'{"text": NaN}', b'{"text": ' + b"[" * 100_000, b"1" * 5000])
def test_what_is_no_json_is_refused(post: Callable[..., Any], raw: bytes) -> None:
    refused(post(raw=raw), 400, code="bad_request")


@pytest.mark.parametrize("raw", [b"[]", b'"x"', b"7", b"null", b'{"text": "\\ud800"}', b'{"\\ud800": 1, "text": "x"}'])
def test_json_of_another_shape_is_refused(post: Callable[..., Any], raw: bytes) -> None:
    refused(post(raw=raw), 422)


def test_more_than_a_megabyte_is_refused(post: Callable[..., Any]) -> None:
    refused(post(raw=b'{"text": "' + b"x" * 1_100_000 + b'"}'), 413, code="too_large")


def test_nul_characters_are_dropped(post: Callable[..., Any]) -> None:
    response = post({"text": "Air\0 mati sejak pagi", "title": "Air\0", "region_code": "35\0.27"})
    assert response.status_code == 201, response.content
    assert Case.objects.get().title == "Air"


def test_a_lost_answer_is_given_again(post: Callable[..., Any]) -> None:
    body = {"text": WORDS, "region_code": "35.27"}
    first = post(body, key="konsep-1")
    again = post(dict(reversed(body.items())), key="konsep-1")
    assert again.status_code == 201
    assert again.json() == first.json()
    assert Case.objects.count() == 1


def test_the_same_key_for_other_words_is_refused(post: Callable[..., Any]) -> None:
    post({"text": WORDS}, key="konsep-1")
    refused(post({"text": "Yang lain sama sekali."}, key="konsep-1"), 409, code="idempotency_conflict")
    assert Case.objects.count() == 1


def test_a_key_is_forgotten_after_a_day(post: Callable[..., Any]) -> None:
    with frozen(DAY):
        first = post({"text": WORDS}, key="konsep-1").json()
    with frozen(DAY + timedelta(hours=24, seconds=1)):
        second = post({"text": WORDS}, key="konsep-1").json()
    assert first["tracking_id"] != second["tracking_id"]
    assert SubmissionKey.objects.count() == 1


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_a_key_too_long_or_empty_is_refused(post: Callable[..., Any], key: str) -> None:
    refused(post({"text": WORDS}, key=key), 422)


def test_more_than_sixty_a_minute_from_one_address_wait(post: Callable[..., Any]) -> None:
    minute = DAY.replace(second=20)
    source = source_digest("192.0.2.9", minute)
    IntakeCount.objects.create(source_digest=source, period_starts_at=DAY, amount=59)
    with frozen(minute):
        assert post({"text": WORDS}, REMOTE_ADDR="192.0.2.9").status_code == 201
        response = post({"text": WORDS}, REMOTE_ADDR="192.0.2.9")
        refused(response, 429, code="too_many_cases")
        assert response.headers["Retry-After"] == "40"
        assert post({"text": WORDS}, REMOTE_ADDR="192.0.2.10").status_code == 201
    with frozen(minute + timedelta(minutes=1)):
        assert post({"text": WORDS}, REMOTE_ADDR="192.0.2.9").status_code == 201


def test_no_address_is_kept(post: Callable[..., Any]) -> None:
    post({"text": WORDS}, REMOTE_ADDR="192.0.2.9")
    kept = bytes(IntakeCount.objects.get().source_digest)
    assert b"192" not in kept
    assert source_digest("192.0.2.9", DAY) != source_digest("192.0.2.9", DAY + timedelta(days=1))
    assert source_digest("2001:db8::1", DAY) == source_digest("2001:db8::ffff", DAY)
    assert source_digest("2001:db8::1", DAY) != source_digest("2001:db8:0:1::1", DAY)
    assert source_digest("::ffff:192.0.2.9", DAY) == source_digest("192.0.2.9", DAY)


def test_a_new_case_shows_state_clock_and_holder_only(client: Client, post: Callable[..., Any]) -> None:
    number = post({"text": WORDS, "agency_code": "35.27"}).json()["tracking_id"]
    view = client.get(f"{CASES}/{number.lower().replace('-', '')}").json()
    assert (view["tracking_id"], view["shown"], view["state"]) == (number, "limited", "unverified")
    assert view["content"] is None
    assert view["holder"]["code"] == "35.27"
    assert view["clocks"][0]["name"] == "verification"
    assert WORDS not in json.dumps(view)


def test_the_secret_code_opens_the_whole_case(client: Client, post: Callable[..., Any]) -> None:
    body = {"text": WORDS + " Hubungi 0812-3456-7890.", "anonymous": True}
    receipt = post(body).json()
    address = f"{CASES}/{receipt['tracking_id']}"
    response = client.get(address, headers={"X-Secret-Code": receipt["secret_code"]})
    assert response.json()["content"]["text"] == body["text"]
    assert response.headers["Cache-Control"] == "no-store"
    refused(client.get(address, headers={"X-Secret-Code": "0000-0000-0000"}), 403, code="wrong_code")


def test_a_verified_case_shows_its_public_version_and_thread(
    client: Client, submit: Callable[..., Any], cast: Cast
) -> None:
    case = bring("closed", submit, cast, text="Lampu padam, hubungi saya di 0812-3456-7890 ya.")
    view = client.get(f"{CASES}/{case.tracking_id}").json()
    assert view["shown"] == "public"
    assert "0812" not in json.dumps(view)
    content = view["content"]
    assert content["outcome"] == "confirmed"
    assert [entry["kind"] for entry in content["thread"] if entry["text"]] == ["final"]
    assert {"case.submitted", "case.forwarded", "case.closed"} <= {e["event"] for e in content["thread"]}
    assert [link["agency"]["code"] for link in view["custody"]] == ["35.27", "35.27/dpupr"]


def test_a_supervisory_case_tells_nobody_what_it_is_about(
    client: Client, submit: Callable[..., Any], cast: Cast
) -> None:
    case = bring("in_progress", submit, cast, classification="supervisory_complaint", about=["35.27/dinkes"])
    view = client.get(f"{CASES}/{case.tracking_id}").json()
    assert view["content"] is None
    assert "dinkes" not in json.dumps(view)
    listed = client.get(CASES).json()
    assert case.tracking_id not in json.dumps(listed)


@pytest.mark.parametrize("number", ["0000-0000-0", "tidak-ada", "#2007157", "%00", "a/b"])
def test_an_unknown_number_is_not_found(client: Client, number: str) -> None:
    refused(client.get(f"{CASES}/{number.replace('#', '%23')}"), 404)


def test_an_older_number_finds_its_case(client: Client, submit: Callable[..., Any]) -> None:
    case = submit().case
    case.aliases.create(value="#2007157")
    assert client.get(f"{CASES}/%232007157").json()["tracking_id"] == case.tracking_id


def test_public_cases_come_newest_first_in_pages(client: Client, submit: Callable[..., Any], cast: Cast) -> None:
    numbers = [bring("forwarded", submit, cast, now=DAY + timedelta(minutes=n)).tracking_id for n in range(5)]
    submit()
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = client.get(CASES, {"limit": 2, "cursor": cursor}).json()
        seen += [line["tracking_id"] for line in page["items"]]
        cursor = page["next_cursor"]
    assert seen == numbers[::-1]


def test_the_list_can_be_narrowed_and_refuses_what_it_does_not_know(
    client: Client, submit: Callable[..., Any], cast: Cast
) -> None:
    place = Region.objects.get(pk="35.27.01")
    case = bring("forwarded", submit, cast, region=place)
    asked = {
        "state": "forwarded",
        "agency": "35.27",
        "region": "35.27",
        "since": "2026-11-09",
        "until": "2026-11-09",
        "channel": "web",
    }
    assert [line["tracking_id"] for line in client.get(CASES, asked).json()["items"]] == [case.tracking_id]
    assert client.get(CASES, {"since": "2026-11-10"}).json()["items"] == []
    for name, value in {"state": "done", "region": "99", "agency": "x", "limit": "1000", "since": "kemarin"}.items():
        refused(client.get(CASES, {name: value}), 422, field=name)


def test_no_session_is_opened_and_no_cookie_set(client: Client, post: Callable[..., Any]) -> None:
    assert not post({"text": WORDS}).cookies
    assert not client.get(CASES).cookies


def test_a_page_elsewhere_below_api_is_a_problem_too(client: Client) -> None:
    refused(client.get("/api/v1/tidak-ada"), 404)
    refused(client.get("/api/"), 404)
    response = client.delete(CASES)
    refused(response, 405)
    assert "POST" in response.headers["Allow"]
