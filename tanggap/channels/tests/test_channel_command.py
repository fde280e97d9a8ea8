"""`tanggap channel`: set up, replaced, listed, and no secret ever shown."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tanggap.common.clock import now
from tanggap.directory.models import Brand
from tanggap.notify.models import ChannelConfig
from tanggap.notify.reference import split_social
from tanggap.notify.transports.registry import seal_settings, settings_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _brand() -> None:
    Brand.objects.get_or_create(slug="nasional", defaults={"name": "LAPOR!", "is_default": True})


def channel(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("channel", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


CONTRACT = {
    "whatsapp": "--secret s --verify-token v --token t --phone-number-id 1 --api-base http://127.0.0.1:9",
    "telegram": "--secret s --token t --api-base http://127.0.0.1:9",
    "email": "--imap imaps://a:b@127.0.0.1:9 --smtp smtp://127.0.0.1:9 --address lapor@contoh.id",
    "sms": "--smpp smpp://u:p@127.0.0.1:9 --secret s",
    "meta": "--secret s --verify-token v --token t --page-id 1",
    "x": "--token t --account lapor",
}


@pytest.mark.parametrize("kind", CONTRACT)
def test_every_kind_is_set_up_as_the_contract_says(kind: str) -> None:
    out, err = channel("add", kind, "--brand", "nasional", *CONTRACT[kind].split())
    row = ChannelConfig.objects.get()
    assert (out, kind in err) == ("", True)
    assert row.channel == {"meta": "facebook"}.get(kind, kind)
    assert settings_of(row)


def test_nothing_secret_is_printed_or_readable_in_the_row(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("rahasia-sekali\n")
    channel("add", "telegram", "--token", f"@{secret}", "--secret", "kunci-hook")
    channel("add", "email", "--smtp", "smtps://orang:sandi-surel@surel.contoh.id", "--address", "lapor@contoh.id")
    out, _err = channel("list")
    listed = json.loads(channel("list", "--format", "json")[0])
    for word in ("rahasia-sekali", "kunci-hook", "sandi-surel", "orang"):
        assert word not in out + json.dumps(listed)
        assert not any(word.encode() in bytes(row.sealed) for row in ChannelConfig.objects.all())
    assert "smtps://surel.contoh.id" in out
    assert settings_of(ChannelConfig.objects.get(channel="telegram"))["token"] == "rahasia-sekali"


def test_setting_up_again_replaces(tmp_path: Path) -> None:
    channel("add", "telegram", "--token", "lama")
    channel("add", "telegram", "--token", "baru")
    assert settings_of(ChannelConfig.objects.get()) == {"token": "baru"}


def test_meta_and_x_stand_beside_each_other_and_an_account_that_is_left_out_goes() -> None:
    meta = ["add", "meta", *CONTRACT["meta"].split()]
    channel(*meta, "--instagram-id", "17", "--api-base", "http://127.0.0.1:9")
    channel("add", "x", *CONTRACT["x"].split())
    assert sorted(ChannelConfig.objects.values_list("channel", flat=True)) == ["facebook", "instagram", "x"]
    channel(*meta)
    assert sorted(ChannelConfig.objects.values_list("channel", flat=True)) == ["facebook", "x"]


def test_a_row_that_meta_and_x_once_shared_becomes_its_channel_s() -> None:
    for brand, kept in (("a", {"kind": "x", "token": "t", "account": "lapor"}), ("b", {"kind": "meta", "token": "t"})):
        sealed = seal_settings(brand, "social", kept)
        ChannelConfig.objects.create(brand=brand, channel="social", sealed=sealed, updated_at=now())
    assert split_social() == 2
    row = ChannelConfig.objects.get()
    assert (row.brand, row.channel, settings_of(row)) == ("a", "x", {"token": "t", "account": "lapor"})
    assert split_social() == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["add", "meta", "--token", "t"], "--page-id"),
        (["add", "x", "--token", "t", "--account", "a", "--consumer-key", "k"], "--consumer-secret"),
        (["add", "telegram"], "--token"),
        (["add", "sms", "--secret", "x"], "--smpp"),
        (["add", "sms", "--smpp", "smpp://a", "--http", "http://b"], "salah satu"),
        (["add", "email", "--address", "a@b.id"], "--smtp"),
        (["add", "email", "--smtp", "ftp://a", "--address", "a@b.id"], "--smtp"),
        (["add", "email", "--smtp", "smtp://a:99999", "--address", "a@b.id"], "--smtp"),
        (["add", "email", "--smtp", "smtp://u:p@a.id", "--address", "a@b.id"], "terenkripsi"),
        (["add", "email", "--imap", "imap://u:p@a.id/INBOX", "--address", "a@b.id"], "imaps"),
        (["add", "email", "--smtp", "smtp://a.id", "--address", "bukan alamat"], "Alamat surel"),
        (["add", "telegram", "--token", "t", "--brand", "tidak-ada"], "nasional"),
        (["add", "telegram", "--token", "@/tidak/ada"], "dibaca"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(arguments: list[str], word: str) -> None:
    with pytest.raises(CommandError, match=word) as refused:
        channel(*arguments)
    assert refused.value.returncode == 2
    assert not ChannelConfig.objects.exists()
