"""Which mailboxes the worker reads, and what it does with one that cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tanggap.config import mailboxes
from tanggap.notify.models import ChannelConfig, ChannelHealth
from tanggap.notify.services.note_inbound import note_inbound
from tanggap.notify.transports.registry import seal_settings
from tests.house import free_port, wait_for

NOW = datetime(2026, 11, 9, 2, tzinfo=UTC)


def door(brand: str, **settings: str) -> None:
    sealed = seal_settings(brand, "email", {"address": "lapor@lapor.contoh.id", **settings})
    ChannelConfig.objects.create(brand=brand, channel="email", sealed=sealed, updated_at=NOW)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    mailboxes.close_all(seconds=30)


@pytest.mark.django_db
def test_a_brand_that_only_sends_has_no_mailbox_and_a_wrong_address_is_named(settings: Any) -> None:
    door("nasional", imap="imaps://lapor:sandi@surel.contoh.id/Laporan?move=Selesai", ca="/x.pem")
    door("demak", smtp="smtp://127.0.0.1")
    door("sampang", imap="imap://lapor:sandi@surel.contoh.id/INBOX")
    (account,) = mailboxes.accounts()
    assert (account.brand, account.host, account.port) == ("nasional", "surel.contoh.id", 993)
    assert (account.folder, account.move_to, account.delete) == ("Laporan", "Selesai", False)
    assert "sandi" not in repr(account)
    assert "alamat" in ChannelHealth.objects.get(brand="sampang").in_error
    settings.DEMO = True
    assert mailboxes.accounts() == set()


@pytest.mark.django_db(transaction=True)
def test_a_mailbox_nobody_answers_at_shows_and_one_no_longer_wanted_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailboxes, "PAUSES", (0.05,))
    door("nasional", imap=f"imap://lapor:sandi@127.0.0.1:{free_port()}/INBOX")
    mailboxes.keep(mailboxes.accounts())
    (reader,) = mailboxes._readers.values()
    health = wait_for(lambda: ChannelHealth.objects.filter(deaf_since__isnull=False).first())
    assert "dihubungi" in health.in_error
    assert "sandi" not in health.in_error
    assert health.failures == 0, "sending goes on"
    mailboxes.keep(mailboxes.accounts())
    assert list(mailboxes._readers.values()) == [reader]
    mailboxes.keep(())
    reader.join(60)
    assert not reader.is_alive()


@pytest.mark.django_db
def test_health_is_written_when_it_changes_and_seldom_while_all_is_well() -> None:
    def row() -> ChannelHealth:
        return ChannelHealth.objects.get(channel="email")

    note_inbound(channel="email", brand="nasional", now=NOW)
    assert row().last_in_at is None
    note_inbound(channel="email", brand="nasional", now=NOW, brought=True)
    note_inbound(channel="email", brand="nasional", now=NOW.replace(second=30), brought=True)
    assert row().last_in_at == NOW
    note_inbound(channel="email", brand="nasional", now=NOW, error="a")
    note_inbound(channel="email", brand="nasional", now=NOW.replace(hour=3), error="b")
    assert (row().deaf_since, row().in_error) == (NOW, "b")
    note_inbound(channel="email", brand="nasional", now=NOW.replace(hour=4))
    assert (row().deaf_since, row().in_error, row().last_in_at) == (None, "", NOW)
