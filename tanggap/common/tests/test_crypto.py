"""What is sealed opens here, unaltered and in its place, or not at all."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tanggap.common import crypto
from tanggap.common.keyring import KeyRing, KeysMissing

same_ring = hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


@pytest.fixture(autouse=True)
def ring(settings, tmp_path: Path):
    settings.KEYS_DIR = tmp_path / "keys"
    yield KeyRing.create(settings.KEYS_DIR / "ring.json")
    crypto._ring_at.cache_clear()


@same_ring
@given(st.binary(max_size=300), st.text(max_size=20))
def test_what_is_sealed_opens_in_its_context(data: bytes, context: str) -> None:
    assert crypto.unseal(crypto.seal(data, context=context), context=context) == data


def test_the_same_text_sealed_twice_looks_different() -> None:
    assert crypto.seal(b"Budi", context="reporter:1") != crypto.seal(b"Budi", context="reporter:1")


def test_a_blob_moved_to_another_row_does_not_open() -> None:
    blob = crypto.seal(b"Budi", context="reporter:1")
    with pytest.raises(crypto.CannotUnseal):
        crypto.unseal(blob, context="reporter:2")


def test_every_altered_byte_is_noticed() -> None:
    blob = crypto.seal(b"Budi Santoso", context="reporter:1")
    for place in range(len(blob)):
        altered = bytearray(blob)
        altered[place] ^= 1
        with pytest.raises(crypto.CannotUnseal):
            crypto.unseal(bytes(altered), context="reporter:1")


def test_every_cut_of_a_blob_is_noticed() -> None:
    blob = crypto.seal(b"Budi Santoso", context="reporter:1")
    for length in range(len(blob)):
        with pytest.raises(crypto.CannotUnseal):
            crypto.unseal(blob[:length], context="reporter:1")


@same_ring
@given(st.binary(max_size=80))
def test_noise_never_opens(noise: bytes) -> None:
    with pytest.raises(crypto.CannotUnseal):
        crypto.unseal(noise, context="reporter:1")


def test_json_and_a_memoryview_from_the_database_are_understood() -> None:
    blob = crypto.seal_json({"name": "Siti", "phone": None}, context="reporter:1")
    assert crypto.unseal_json(memoryview(blob), context="reporter:1") == {"name": "Siti", "phone": None}


def test_after_a_rotation_old_blobs_open_and_new_ones_use_the_new_key(ring: KeyRing) -> None:
    old = crypto.seal(b"Budi", context="reporter:1")
    rotated = crypto.keyring().rotate()
    assert rotated.current == "k2"
    crypto.reload_keyring()
    new = crypto.seal(b"Siti", context="reporter:2")
    assert old[1:3] == b"k1"
    assert new[1:3] == b"k2"
    assert crypto.unseal(old, context="reporter:1") == b"Budi"
    assert crypto.unseal(new, context="reporter:2") == b"Siti"
    assert rotated.index_key == ring.index_key


def test_a_process_started_before_a_rotation_opens_what_was_sealed_after_it() -> None:
    before = crypto.keyring()
    before.rotate()
    sealed_elsewhere = _seal_with(KeyRing.load(before.path), b"Siti", "reporter:2")
    assert crypto.keyring().current == "k1"
    assert crypto.unseal(sealed_elsewhere, context="reporter:2") == b"Siti"


def _seal_with(ring: KeyRing, data: bytes, context: str) -> bytes:
    crypto._ring_at.cache_clear()
    blob = crypto.seal(data, context=context)
    crypto._ring_at.cache_clear()
    old = KeyRing(ring.path, "k1", {"k1": ring.keys["k1"]}, ring.index_key, ring.ledger_key, ring.signing_key)
    saved = json.loads(ring.path.read_text())
    ring.path.write_text(old._as_json())
    crypto.keyring()
    ring.path.write_text(json.dumps(saved))
    return blob


def test_two_rotations_at_once_lose_no_key(ring: KeyRing) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ring.rotate(), range(8)))
    assert sorted(KeyRing.load(ring.path).keys) == sorted(f"k{number}" for number in range(1, 10))


def test_the_file_is_for_its_owner_alone_and_stays_so(ring: KeyRing) -> None:
    ring.rotate()
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.path.parent.stat().st_mode) == 0o700
    assert [one.name for one in ring.path.parent.iterdir()] == ["ring.json"]


def _index_key_of(path: Path) -> bytes:
    return KeyRing.create(path).index_key


def test_of_many_processes_that_start_at_once_one_makes_the_ring(tmp_path: Path) -> None:
    path = tmp_path / "race" / "ring.json"
    with get_context("fork").Pool(8) as pool:
        seen = pool.map_async(_index_key_of, [path] * 32).get(30)
    assert len(set(seen)) == 1


def test_in_production_a_lost_ring_is_an_error_and_never_replaced(settings, tmp_path: Path) -> None:
    settings.PRODUCTION = True
    settings.KEYS_DIR = tmp_path / "lost"
    with pytest.raises(KeysMissing, match="no key ring"):
        crypto.seal(b"Budi", context="reporter:1")
    assert not settings.KEYS_DIR.exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"current": "k1", "keys": {"k1": "AAAA"}}', '{"current"'])
def test_a_damaged_ring_is_named_without_quoting_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ring.json"
    path.write_text(content)
    with pytest.raises(KeysMissing, match="cannot be read") as raised:
        KeyRing.create(path)
    assert path.read_text() == content
    assert raised.value.__cause__ is None


def test_the_ring_does_not_print_its_keys(ring: KeyRing) -> None:
    assert "path=" in repr(ring)
    assert all(key.hex() not in repr(ring) and repr(key)[2:-1] not in repr(ring) for key in ring.keys.values())


def test_a_blind_index_finds_the_same_value_of_the_same_kind_only() -> None:
    phone = crypto.blind_index("phone", "+6281234567890")
    assert len(phone) == 16
    assert phone == crypto.blind_index("phone", "+6281234567890")
    assert phone != crypto.blind_index("phone", "+6281234567891")
    assert phone != crypto.blind_index("email", "+6281234567890")


def test_another_instance_has_other_indexes_and_digests(settings, tmp_path: Path) -> None:
    here = crypto.blind_index("phone", "1"), crypto.keyed_digest("x"), crypto.public_key()
    settings.KEYS_DIR = tmp_path / "elsewhere"
    there = crypto.blind_index("phone", "1"), crypto.keyed_digest("x"), crypto.public_key()
    assert all(one != other for one, other in zip(here, there, strict=True))


def test_a_digest_proves_a_text() -> None:
    digest = crypto.keyed_digest("Jalan rusak")
    assert len(bytes.fromhex(digest)) == 32
    assert digest == crypto.keyed_digest("Jalan rusak")
    assert digest != crypto.keyed_digest("Jalan rusak.")


def test_a_signature_holds_for_its_text_and_key_alone() -> None:
    signature = crypto.sign(b"root")
    assert crypto.verify_signature(b"root", signature)
    assert crypto.verify_signature(b"root", signature, key=crypto.public_key())
    assert not crypto.verify_signature(b"roof", signature)
    assert not crypto.verify_signature(b"root", signature[:-1])
    assert not crypto.verify_signature(b"root", b"")
    assert not crypto.verify_signature(b"root", signature, key=b"short")
