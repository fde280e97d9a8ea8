"""The installed app, as its browser asks for it: manifest, worker, kept reports and their receipts."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from PIL import Image

from tanggap.cases.models import Case, Reporter
from tanggap.cases.tests.test_telling_browsers import subscription
from tanggap.common import app_icons
from tanggap.common.clock import frozen
from tanggap.files.selectors import files_of
from tanggap.ledger.models import Event
from tanggap.notify.models import PushSubscription
from tanggap.portal.views import app
from tests.cast import DAY
from tests.journeys.portal_walk import picture, read

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef0123456789abcdef"
STORY = "Lampu di Jalan Randu mati sejak Senin."
QUEUE = "/lapor/antrean/"
Post = Callable[..., Any]


@pytest.fixture
def send(client: Client) -> Post:
    def post(key: str = KEY, *, headers: dict[str, str] | None = None, **said: Any) -> Any:
        return client.post(QUEUE, {"text": STORY, **said}, headers={"Idempotency-Key": key, **(headers or {})})

    return post


def test_a_kept_report_becomes_one_case_however_often_it_is_sent(send: Post) -> None:
    with frozen(DAY):
        first = send(attachments=picture())
        again = send(attachments=picture())
    with frozen(DAY + timedelta(days=29)):
        late = send(attachments=picture())
    assert (first.status_code, again.status_code, late.status_code) == (201, 200, 200)
    case = Case.objects.get()
    assert first.json() == again.json() == late.json() == {"tracking_id": case.tracking_id, "status": "unverified"}
    assert files_of(case.stream).count() == 1
    assert case.channel == "web"


def test_the_form_and_the_queue_know_each_other_by_the_key(client: Client, send: Post) -> None:
    """The answer to the last press was lost: the device sends the same words once more."""
    client.post("/lapor/", {"key": KEY, "step": "periksa", "go": "send", "text": STORY})
    assert send(step="periksa").status_code == 200
    assert Case.objects.count() == 1
    other = send(text="Lain sama sekali.")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


@pytest.mark.parametrize(
    ("key", "said", "status", "code"),
    [
        (KEY, {"text": ""}, 422, "incomplete"),
        (KEY, {"about": "yes"}, 422, "incomplete"),
        (KEY, {"phone": "entah"}, 422, "incomplete"),
        ("", {}, 422, "no_key"),
        ("x" * 32, {}, 422, "no_key"),
        (KEY, {"attachments": io.BytesIO(b"MZ\x90 program")}, 422, "files_refused"),
    ],
)
def test_what_cannot_be_taken_is_said_in_a_sentence_and_nothing_is_written(
    send: Post, key: str, said: dict[str, Any], status: int, code: str
) -> None:
    answer = send(key, **said)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]
    assert not Case.objects.exists()
    assert send(attachments=picture()).status_code == 201
    assert files_of(Case.objects.get().stream).count() == 1


def test_another_sites_page_sends_nothing(send: Post) -> None:
    assert send(headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404
    assert not Case.objects.exists()


def test_today_is_the_day_it_was_written(send: Post) -> None:
    with frozen(DAY):
        send(when="today", written_on=(DAY - timedelta(days=2)).date().isoformat())
        send("f" * 32, when="today", written_on="2199-01-01")
        send("e" * 32, when="today", written_on="kemarin")
    days = list(Case.objects.order_by("id").values_list("occurred_on", flat=True))
    assert days == [(DAY - timedelta(days=2)).date(), DAY.date(), DAY.date()]


def test_the_receipt_is_shown_to_the_device_that_holds_the_key_and_to_nobody_else(client: Client, send: Post) -> None:
    answer = send(phone="0812-3456-7890")
    assert "code" not in answer.json()
    page = read(client.post("/lapor/tanda-terima/", {"kunci": KEY}))
    number = answer.json()["tracking_id"]
    assert number in page.text
    assert re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.text)
    assert client.post("/lapor/tanda-terima/", {"kunci": "f" * 32}).status_code == 404
    assert client.post("/lapor/tanda-terima/", {"kunci": "entah"}).status_code == 404
    assert client.session["laporan_saya"] == [Case.objects.get().pk]


def test_on_a_shared_phone_news_carry_no_words(client: Client, send: Post) -> None:
    send(shared="on", phone="0812-3456-7890")
    assert Reporter.objects.get().discreet
    page = read(client.post("/lapor/tanda-terima/", {"kunci": KEY, "shared": "1"}))
    assert "peramban ini tidak mengingat" in page.text
    assert not client.session.get("laporan_saya")


def test_what_another_app_shares_begins_a_report(client: Client) -> None:
    answer = client.post("/lapor/bagikan/", {"title": "Jalan rusak", "text": "Depan pasar", "attachments": picture()})
    page = read(answer)
    fields = page.form("/lapor/").fields
    assert (fields["text"], fields["step"]) == ("Jalan rusak\nDepan pasar", "cerita")
    assert "jalan" in page.text
    assert not Case.objects.exists()
    assert client.post("/lapor/bagikan/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404


def test_the_manifest_names_the_brand_and_icons_that_exist(client: Client) -> None:
    answer = client.get("/manifest.webmanifest?lang=en")
    said = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (said["display"], said["lang"], said["scope"]) == ("standalone", "en", "/")
    assert said["share_target"]["params"]["files"][0]["name"] == "attachments"
    wanted = app_icons.icons()
    for icon in said["icons"]:
        name = Path(icon["src"]).name
        kept = (app_icons.FOLDER / name).read_bytes()
        assert kept == wanted[name]
        assert len(kept) < 1000
        assert Image.open(io.BytesIO(kept)).size == tuple(int(side) for side in icon["sizes"].split("x"))
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}


def test_the_worker_keeps_one_page_about_nobody_and_stays_out_of_closed_rooms(client: Client, cast: Any) -> None:
    script = client.get("/pekerja.js")
    kept = json.loads(script.content.decode().partition(";\n")[0].removeprefix("const KEPT = "))
    assert script["Content-Type"].startswith("text/javascript")
    assert {"/kerja/", "/akun/", "/admin/", "/api/"} <= set(kept["closed"])
    assert all(address.startswith(("/static/", "/merek/")) for address in kept["assets"])
    shell = client.get(kept["shell"])
    assert "csrfmiddlewaretoken" not in shell.content.decode()
    client.force_login(cast.person("citizen"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(kept["shell"]).content == shell.content, "the same for everybody"
    assert client.get("/pekerja.js").content == script.content


def test_without_javascript_the_offline_page_leads_into_the_form(client: Client) -> None:
    page = read(client.get("/luring/"))
    said = {**page.form("/lapor/").fields, "text": STORY, "place": "Depan puskesmas", "go": "review"}
    assert "Periksa sebelum dikirim" in read(client.post("/lapor/", said)).text


def test_the_stores_app_is_named_once_it_is_set(client: Client) -> None:
    address = "/.well-known/assetlinks.json"
    assert client.get(address).status_code == 404
    for wrong in (
        {"package": "id.go.contoh"},
        {"package": "bukan paket", "fingerprint": [":".join(["AB"] * 32)]},
        {"package": "id.go.contoh", "fingerprint": ["AB:CD"]},
        {"brand": "tidak-ada"},
    ):
        with pytest.raises(CommandError):
            call_command("android_app", **wrong)
    assert not Event.objects.filter(name="brand.app_set").exists()
    call_command("android_app", package="id.go.contoh", fingerprint=[":".join(["ab"] * 32)], stderr=io.StringIO())
    (statement,) = client.get(address).json()
    assert statement["target"]["package_name"] == "id.go.contoh"
    assert statement["target"]["sha256_cert_fingerprints"] == [":".join(["AB"] * 32)]
    call_command("android_app", stderr=io.StringIO())
    assert client.get(address).status_code == 404


def test_the_reporter_has_a_browser_follow_the_case_and_lets_it_go_again(client: Client, submit: Any) -> None:
    found = submit()
    address = f"/l/{found.case.tracking_id}"
    assert 'id="peramban"' not in client.get(address).content.decode()
    client.post(f"{address}/kode", {"code": found.secret_code})
    page = client.get(address).content.decode()
    assert re.search(r'id="peramban" hidden .*data-key="[\w-]{87}"', page)
    assert client.post(f"{address}/peramban", {"subscription": json.dumps(subscription())}).status_code == 302
    assert "Hentikan pemberitahuan peramban" in client.get(address).content.decode()
    for wrong in ("[1]", "entah", '{"endpoint": "x"}'):
        assert client.post(f"{address}/peramban", {"subscription": wrong}).status_code == 422
    assert PushSubscription.objects.count() == 1
    client.post(f"{address}/peramban")
    assert not PushSubscription.objects.exists()
    stranger = Client().post(f"{address}/peramban", {"subscription": json.dumps(subscription())})
    assert stranger.status_code == 403


def test_a_photo_sent_twice_waits_once(client: Client, send: Post) -> None:
    """The form gave it to the server, then the network went; the device sends all it has."""
    client.post("/lapor/", {"key": KEY, "step": "cerita", "go": "next", "text": STORY, "attachments": picture()})
    assert send(attachments=picture()).status_code == 201
    assert files_of(Case.objects.get().stream).count() == 1


def test_the_scripts_of_the_app_are_small() -> None:
    folder = Path(app.SCRIPT).parent
    names = ("app.js", "push.js", "report.js", "store.js", "worker.js")
    assert sum(len(gzip.compress((folder / name).read_bytes(), 9)) for name in names) < 12_000
