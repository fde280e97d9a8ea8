"""The bundle itself: three files and a signature in one archive."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from tanggap.cases.bundle.contents import contents_of
from tanggap.cases.bundle.document import document_of
from tanggap.cases.bundle.manifest import MANIFEST, SIGNATURE, manifest_of
from tanggap.cases.models import Case
from tanggap.common.crypto import public_key, sign

# One date for all: the archive of one case and moment is the same bytes again.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """The archive, the name it is saved under, and the hash that the ledger keeps of its manifest."""

    name: str
    content: bytes
    manifest_sha256: str


def make_bundle(case: Case, *, now: datetime, letters: Sequence[Mapping[str, Any]] = ()) -> Bundle:
    """`laporan.pdf`, `laporan.json`, and the manifest with its signature."""
    contents = contents_of(case, now=now, letters=letters)
    files = {
        "laporan.json": json.dumps(contents, ensure_ascii=False, indent=1, sort_keys=True).encode(),
        "laporan.pdf": document_of(contents, at=now),
    }
    head = contents["events"][-1]["hash"] if contents["events"] else ""
    manifest = manifest_of(files, tracking_id=case.tracking_id, made_at=now, key=public_key(), head=head)
    signed = {**files, MANIFEST: manifest, SIGNATURE: sign(manifest).hex().encode() + b"\n"}
    name = f"ombudsman-{case.tracking_id}-{now:%Y%m%d-%H%M%S}.zip"
    return Bundle(name, _zipped(signed), sha256(manifest).hexdigest())


def _zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), files[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()
