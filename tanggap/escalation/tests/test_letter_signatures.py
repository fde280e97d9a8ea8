"""Letters of an agency with a certificate carry its electronic signature, and stay the PDF/A they were."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader

from tanggap.cases.models import Case
from tanggap.directory.selectors import agency_by_code
from tanggap.escalation.letters.signing import certificate_path
from tanggap.escalation.models import Letter
from tanggap.escalation.services.sweep_at import sweep_at
from tanggap.files.storage import path_of
from tests.cast import WIB, Cast
from tests.packages import program

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 11, 8, 0, tzinfo=WIB)
PASSPHRASE = b"rahasia sekali"


@pytest.fixture
def certificate(settings: Any, tmp_path: Path, db: None) -> Callable[..., None]:
    """Puts a certificate of the regency where an operator would; the ring of keys stays where it is."""

    def put(*, expired: bool = False) -> None:
        settings.KEYS_DIR = _beside(Path(settings.KEYS_DIR), tmp_path)
        path = certificate_path(agency_by_code("35.27"))
        path.parent.mkdir(parents=True)
        path.write_bytes(_made(WEDNESDAY - timedelta(days=400), 30 if expired else 4000))
        path.with_suffix(".pass").write_bytes(PASSPHRASE + b"\n")

    return put


def _beside(keys: Path, tmp_path: Path) -> Path:
    from tanggap.common.crypto import keyring

    keyring()
    fresh = tmp_path / "keys"
    fresh.mkdir()
    (fresh / "ring.json").write_bytes((keys / "ring.json").read_bytes())
    return fresh


def _made(since: datetime, days: int) -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Pemerintah Kabupaten Sampang")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(77)
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=days))
        .add_extension(x509.KeyUsage(True, True, *[False] * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    return pkcs12.serialize_key_and_certificates(b"surat", key, made, None, BestAvailableEncryption(PASSPHRASE))


def issued(case_in: Callable[..., Case]) -> Letter:
    case_in("forwarded", unit="35.27/dinkes")
    sweep_at(at=WEDNESDAY)
    return Letter.objects.get()


def test_a_letter_is_signed_by_the_certificate_of_its_agency(
    case_in: Callable[..., Case], cast: Cast, certificate: Callable[..., None]
) -> None:
    certificate()
    path = path_of(issued(case_in).sha256)
    with path.open("rb") as file:
        (signature,) = PdfFileReader(file).embedded_signatures
        signature.compute_integrity_info()
        assert signature.signer_cert.subject.native["common_name"] == "Pemerintah Kabupaten Sampang"
        assert signature.evaluate_signature_coverage().name == "ENTIRE_FILE"
    for tool in ("pdfinfo", "pdffonts"):
        done = subprocess.run([program(tool, "poppler-utils"), str(path)], capture_output=True, timeout=200, check=True)
        assert done.stderr == b""


def test_an_expired_certificate_costs_the_signature_and_not_the_letter(
    case_in: Callable[..., Case], cast: Cast, certificate: Callable[..., None]
) -> None:
    certificate(expired=True)
    letter = issued(case_in)
    assert letter.state == Letter.State.ISSUED
    with path_of(letter.sha256).open("rb") as file:
        assert not PdfFileReader(file).embedded_signatures
