"""A hook is asked hundreds of times a second: it costs two statements, and never trusts settings of yesterday."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from tanggap.channels.models import Inbound
from tanggap.channels.tests.captured import bring, configure, payload, proof
from tanggap.config.middleware import MAINTENANCE_FILE
from tanggap.notify.models import ChannelConfig

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _configured(db):
    configure("whatsapp")


def message(number: int) -> bytes:
    told = json.loads(payload("whatsapp", "text"))
    told["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = f"wamid.{number}"
    return json.dumps(told).encode()


def test_keeping_a_message_takes_one_statement_and_waking_another(django_assert_num_queries):
    assert bring("whatsapp", message(1)) == 200
    with django_assert_num_queries(1):  # the one after the commit does not run inside a test's transaction
        assert bring("whatsapp", message(2)) == 200
    assert Inbound.objects.count() == 2


def test_a_secret_that_was_changed_counts_from_the_next_request_on():
    assert bring("whatsapp", message(1)) == 200
    configure("whatsapp", secret="new-secret")
    assert bring("whatsapp", message(2)) == 403
    assert bring("whatsapp", message(3), headers=proof("whatsapp", message(3), "new-secret")) == 200
    configure("whatsapp")
    assert bring("whatsapp", message(4), headers=proof("whatsapp", message(4), "new-secret")) == 403
    assert bring("whatsapp", message(5)) == 200
    assert sorted(Inbound.objects.values_list("external_id", flat=True)) == ["wamid.1", "wamid.3", "wamid.5"]


def test_statuses_are_taken_under_the_settings_of_this_moment_too():
    assert bring("whatsapp", payload("whatsapp", "statuses")) == 200
    configure("whatsapp", secret="new-secret")
    assert bring("whatsapp", payload("whatsapp", "batch_of_two_entries")) == 403
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("end", ["disabled", "removed"])
def test_a_channel_that_was_closed_keeps_nothing_more(end):
    assert bring("whatsapp", message(1)) == 200
    if end == "disabled":
        ChannelConfig.objects.update(enabled=False)
    else:
        ChannelConfig.objects.all().delete()
    assert bring("whatsapp", message(2)) == 404
    assert Inbound.objects.count() == 1


def test_a_message_for_one_brand_is_not_taken_by_the_secret_of_another():
    configure("whatsapp", brand="demak", secret="secret-of-demak", phone_number_id="2066")
    headers = proof("whatsapp", message(1), "secret-of-demak")
    assert bring("whatsapp", message(1), headers=headers) == 403
    # Signed by Demak's app, but about a number that is not Demak's.
    assert bring("whatsapp", message(1), brand="demak", headers=headers) == 200
    assert not Inbound.objects.exists()


def test_answers_are_plain_and_set_nothing(client: Client):
    given = client.post("/hooks/whatsapp/nasional", b"{}", content_type="application/json")
    assert (given.status_code, given.content) == (403, b"")
    assert given["Content-Type"].startswith("text/plain")
    assert given["X-Content-Type-Options"] == "nosniff"
    assert not given.cookies
    assert client.get("/hooks/nothing").status_code == 404


def test_during_maintenance_providers_are_told_to_come_again(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / MAINTENANCE_FILE).touch()
    assert bring("whatsapp", message(1)) == 503
    assert not Inbound.objects.exists()
