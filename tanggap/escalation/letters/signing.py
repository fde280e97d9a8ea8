"""The electronic signature under a letter, where the issuing agency has a certificate (PKCS#12) in DIR/keys/letters.

`35.27.p12` is the certificate of that agency, `35.27.pass` its passphrase; a slash in a code is written `_`. Both
are files of the operator, mode 0600, and part of no backup: a certificate can be had again, a copied one is misused.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import structlog
from django.conf import settings

from tanggap.directory.models import Agency

log = structlog.get_logger(__name__)
FOLDER: Final = "letters"
FIELD: Final = "Tanggap"


@dataclass(frozen=True, slots=True)
class Seal:
    """A certificate that can sign today."""

    signer: Any

    def sign(self, document: bytes, *, reason: str, place: str) -> bytes:
        """The same PDF with an invisible PAdES signature behind it; what was there before is not touched."""
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - as below
        from pyhanko.sign import fields, signers  # noqa: PLC0415 - as below

        meta = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            reason=reason,
            location=place,
            subfilter=fields.SigSeedSubFilter.PADES,
        )
        made = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)), meta, signer=self.signer)
        made.seek(0)
        signed: bytes = made.read()
        return signed


def seal_of(agency: Agency, *, now: datetime) -> Seal | None:
    """The agency's certificate; None where there is none, or none that is valid now, which is logged."""
    path = certificate_path(agency)
    if not path.is_file():
        return None
    # Its libraries cost half a second and few instances sign.
    from pyhanko.sign import signers  # noqa: PLC0415

    load: Any = signers.SimpleSigner.load_pkcs12
    signer = load(pfx_file=str(path), passphrase=_passphrase(path))
    if signer is None:
        log.error("letters.certificate_unusable", agency=agency.code)
        return None
    certificate = signer.signing_cert
    if certificate is None or not certificate.not_valid_before <= now <= certificate.not_valid_after:
        log.error("letters.certificate_expired", agency=agency.code)
        return None
    return Seal(signer)


def certificate_path(agency: Agency) -> Path:
    """Where the operator puts the agency's certificate."""
    return Path(settings.KEYS_DIR) / FOLDER / f"{agency.code.replace('/', '_')}.p12"


def _passphrase(path: Path) -> bytes | None:
    beside = path.with_suffix(".pass")
    return beside.read_bytes().strip() if beside.is_file() else None
