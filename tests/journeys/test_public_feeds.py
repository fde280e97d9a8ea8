"""Feeds say what the public pages say, never more, and are XML whatever was written."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tanggap.directory.models import Region
from tests.cast import Cast
from tests.paths import DONE, bring

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, path: str, **query: str) -> list[str]:
    response = client.get(path, query)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(response.content)
    return [" ".join(part.text or "" for part in entry.iter()) for entry in tree.iter(f"{ATOM}entry")]


def test_the_list_is_fed_as_it_is_filtered_without_hidden_and_anonymous_cases(
    client: Client, submit: Any, cast: Cast
) -> None:
    shown = bring("closed", submit, cast, region=Region.objects.get(pk="35.27"))
    for given in ({"secret": True}, {"anonymous": True}):
        bring("in_progress", submit, cast, **given)
    bring("unverified", submit, cast)
    (only,) = entries(client, "/laporan/umpan.xml")
    assert shown.tracking_id in only
    assert len(entries(client, "/laporan/umpan.xml", wilayah="35", q="lampu", instansi="35.27")) == 1
    assert entries(client, "/laporan/umpan.xml", wilayah="35.02") == []
    assert len(entries(client, "/laporan/umpan.xml", q="lampu", topik="\x00", sejak="kemarin", cursor="x")) == 1


def test_what_xml_and_html_cannot_bear_is_harmless(client: Client, submit: Any, cast: Cast) -> None:
    case = bring(
        "in_progress", submit, cast, text="Ini \x02 dan \x1b[31m dan ]]> <script>alert(1)</script> & \ufffe \U0001f4a1."
    )
    (only,) = entries(client, "/laporan/umpan.xml")
    assert "&lt;script&gt;" in only
    assert entries(client, f"/l/{case.tracking_id}/umpan.xml")


def test_a_case_is_fed_with_its_answers_and_an_unchanged_feed_is_not_sent_twice(
    client: Client, submit: Any, cast: Cast
) -> None:
    case = bring("closed", submit, cast)
    path = f"/l/{case.tracking_id}/umpan.xml"
    assert DONE in " ".join(entries(client, path))
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_of_an_anonymous_case_the_feed_says_only_that_something_happened(
    client: Client, submit: Any, cast: Cast
) -> None:
    case = bring("answered", submit, cast, anonymous=True)
    said = client.get(f"/l/{case.tracking_id}/umpan.xml").content.decode()
    assert "Ada kabar baru" in said
    assert DONE not in said
    assert "Lampu jalan padam" not in said


@pytest.mark.parametrize("given", [{"secret": True}, {"classification": "supervisory_complaint"}])
def test_a_hidden_case_has_no_feed(client: Client, submit: Any, cast: Cast, given: dict[str, Any]) -> None:
    case = bring("unverified", submit, cast, **given)
    assert client.get(f"/l/{case.tracking_id}/umpan.xml").status_code == 404
