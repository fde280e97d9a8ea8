"""Letters of invented people, as they came."""

from __future__ import annotations

from pathlib import Path

from tanggap.channels.email.letter import Letter, open_letter, packed

LETTERS = Path(__file__).parent / "letters"
OURS = {"lapor@lapor.contoh.id"}
SENT = "<0123456789abcdef0123456789abcdef01234567@lapor.contoh.id>"


def raw(name: str) -> bytes:
    """A letter of the folder."""
    return (LETTERS / f"{name}.eml").read_bytes()


def payload(content: bytes) -> bytes:
    """As the inbox keeps a whole one."""
    return packed(content, len(content))


def letter(name: str) -> Letter:
    return open_letter(payload(raw(name)))


def written(body: str = "Isi surat.", **headers: str) -> bytes:
    """A plain letter; `_` in a header's name stands for a hyphen."""
    usual = {
        "From": "Budi <budi@surel.contoh.id>", "To": "lapor@lapor.contoh.id", "Subject": "Lampu padam",
        "Message-ID": "<t1@surel.contoh.id>", "Date": "Mon, 23 Nov 2026 09:15:00 +0700",
    }  # fmt: skip
    given = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "\r\n".join(f"{name}: {value}" for name, value in given.items() if value)
    return f"{head}\r\n\r\n{body}".encode()


def opened(body: str = "Isi surat.", **headers: str) -> Letter:
    return open_letter(payload(written(body, **headers)))
