"""`tanggap setup`: rooting an instance, with a link for its first administrator."""

import io

import pytest
from django.core.management import call_command

from tanggap.accounts.models import Invitation
from tanggap.common.errors import Invalid, Refused
from tanggap.directory.models import Agency, Brand

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference_is_loaded(settings):
    settings.REFERENCE_LOADERS = []  # the whole country would take ten seconds more


def run(**options):
    out, err = io.StringIO(), io.StringIO()
    call_command("setup", stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_regency_gets_its_own_instance_and_a_link_for_its_admin():
    out, err = run(root="33.21", admin="admin@demak.example.id", brand="Hallo Demak")
    assert "/akun/undangan/" in out
    assert out.count("\n") == 1, "standard output carries the link alone"
    assert "Pemerintah Kabupaten Demak (33.21)" in err
    assert Invitation.objects.get().agency.code == "33.21"
    assert Brand.objects.get(is_default=True).name == "Hallo Demak"
    assert Agency.objects.get(code="35.27").external


def test_coordinator_and_inspector_get_links_of_their_own():
    out, _err = run(root="33.21", admin="a@b.id", coordinator="koor@b.id", inspector="irban@b.id")
    assert out.count("/akun/undangan/") == out.count("\n") == 3
    assert set(Invitation.objects.values_list("role", "agency__code")) == {
        ("national_admin", "33.21"),
        ("coordinator", "33.21"),
        ("inspector", "33.21"),
    }
    run(root="33.21", admin="a@b.id")
    run(root="33.74", admin="a@b.id", coordinator="koor@b.id")


def test_an_unknown_root_or_address_changes_nothing():
    for options in ({"root": "99.99", "admin": "a@b.id"}, {"root": "33.21", "admin": "bukan alamat"}):
        with pytest.raises(Invalid):
            run(**options)
    assert not Invitation.objects.exists()
    assert not Agency.objects.filter(external=True).exists()


def test_the_root_is_not_changed_under_cases_that_exist(submit):
    submit()
    with pytest.raises(Refused, match="Sudah ada laporan"):
        run(root="33.21", admin="a@b.id")
    run(root="ID", admin="a@b.id")
