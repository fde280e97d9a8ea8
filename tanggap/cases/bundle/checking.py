"""Checking a bundle without the database: signature, files, and the chain of events inside."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from tanggap.cases.bundle.manifest import MANIFEST, SIGNATURE
from tanggap.common.crypto import verify_signature
from tanggap.ledger.chain import GENESIS, Link, link_hash

LARGEST = 50_000_000
REPORT = "laporan.json"


def check_bundle(content: bytes, *, key: bytes) -> list[str]:
    """What is wrong with it, as codes; nothing is good news.

    `key` is the public key of the instance that is said to have made it, known from elsewhere: the one inside proves
    nothing.
    """
    try:
        files = _files(content)
        return list(_problems(files, key))
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError, NotImplementedError):
        return ["unreadable"]


def _files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(info.file_size for info in archive.infolist()) > LARGEST:
            raise ValueError("larger than a bundle is")
        if len(archive.namelist()) != len(set(archive.namelist())):
            raise ValueError("one name twice")
        return {name: archive.read(name) for name in archive.namelist()}


def _problems(files: Mapping[str, bytes], key: bytes) -> Iterator[str]:
    manifest = files[MANIFEST]
    if not verify_signature(manifest, bytes.fromhex(files[SIGNATURE].decode("ascii").strip()), key=key):
        yield "signature"
        return
    listed = json.loads(manifest)
    named = {row["name"]: row["sha256"] for row in listed["files"]}
    for name in sorted(named.keys() ^ (files.keys() - {MANIFEST, SIGNATURE})):
        yield f"{'missing' if name in named else 'not_listed'}:{name}"
    for name in sorted(named.keys() & files.keys()):
        if sha256(files[name]).hexdigest() != named[name]:
            yield f"altered:{name}"
    if REPORT in files and REPORT in named:
        yield from _chain(json.loads(files[REPORT]), listed["ledger_head"])


def _chain(report: Mapping[str, Any], head: str) -> Iterator[str]:
    """Every link follows the one before; those with nothing hidden give their own hash again."""
    previous = GENESIS.hex()
    for number, event in enumerate(report["events"], 1):
        if event["seq"] != number or event["prev_hash"] != previous:
            yield f"chain:{number}"
            return
        if not event["hidden"] and _hash(event, report["stream"]) != event["hash"]:
            yield f"event:{number}"
        previous = event["hash"]
    if previous != head:
        yield "head"


def _hash(event: Mapping[str, Any], stream: str) -> str:
    at = datetime.fromisoformat(event["at"])
    link = Link(stream, event["seq"], event["name"], at, event["actor"], event["data"], event["imported"])
    return link_hash(bytes.fromhex(event["prev_hash"]), link).hex()
