"""One line of a file as a checked past. Raises Invalid with the sentence that goes into the file of rejected lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tanggap.cases.history.columns import (
    ARCHIVE_REASONS,
    BOOLEANS,
    CHANNELS,
    CLASSIFICATIONS,
    OUTCOMES,
    SAYS,
    STATES,
    TIMES,
    known,
)
from tanggap.cases.history.lookups import Lookups
from tanggap.cases.identity import Contact, checked_contact
from tanggap.cases.texts import LONGEST_TITLE, clean_text
from tanggap.cases.workflow import ArchiveReason, Channel, Outcome, State
from tanggap.common.crypto import keyed_digest
from tanggap.common.errors import Invalid
from tanggap.directory.models import Agency

LONGEST_NUMBER = 64
OLDEST = datetime(1945, 8, 17, tzinfo=UTC)
A_LITTLE = timedelta(minutes=5)
"""How far the clock of the system before may run ahead of ours."""
ENDED = (State.CLOSED, State.ARCHIVED)
FROM_FORWARDED = (State.FORWARDED, State.IN_PROGRESS, State.ANSWERED, State.CLOSED)
HASHED = "sha256:"
HASH_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Past:
    """A case as a line of the file tells it, checked. Times are in UTC; None where the file gives none."""

    number: str
    """Its alias: the old number, or the hash by which a line without one is known again."""
    source: str
    """A digest of time and text, to tell a repeated line from another case with the same number."""
    state: State
    text: str
    title: str
    channel: str
    classification: str | None
    category: str | None
    region: str | None
    agency: Agency | None
    about: Agency | None
    times: Mapping[str, datetime | None]
    archive_reason: str
    outcome: str
    rating: int | None
    anonymous: bool
    secret: bool
    contact: Contact
    latitude: float | None
    longitude: float | None

    @property
    def received_at(self) -> datetime:
        """When it came in: every line has it."""
        at = self.times["received_at"]
        assert at is not None
        return at


def parse(values: Mapping[str, str], lookups: Lookups, *, now: datetime) -> Past:
    """The past that the columns tell. Raises Invalid for the first thing that is wrong."""
    cells = {name: value.strip() for name, value in values.items() if name != "text"}

    def cell(name: str) -> str:
        return cells.get(name, "")

    text = _text(values.get("text", ""))
    state = State(_word(cell("state"), STATES, "state", "Status"))
    agency, about = lookups.agency(cell("agency_code")), lookups.about(cell("about_agency_code"))
    times = _times(cell, state, now)
    if agency is None and (state in FROM_FORWARDED or times["verified_at"] or times["first_answered_at"]):
        raise Invalid("Kolom agency_code kosong: laporan yang sudah diteruskan perlu instansi.", field="agency_code")
    latitude, longitude = _point(cell("latitude"), cell("longitude"))
    named = cell("agency_code") or (agency.code if agency else "")
    number, source = _number(cell("tracking_id"), times["received_at"], named, text)
    return Past(
        number=number,
        source=source,
        state=state,
        text=text,
        title=_title(cell("title")),
        channel=_word(cell("channel") or Channel.WEB.value, CHANNELS, "channel", "Kanal"),
        classification=_classification(cell("classification")),
        category=lookups.category(cell("category")),
        region=lookups.region(cell("region_code")),
        agency=agency,
        about=about,
        times=times,
        archive_reason=_archive_reason(cell("archive_reason"), state),
        outcome=_outcome(cell("outcome"), state),
        rating=_rating(cell("rating")),
        anonymous=_boolean(cell("anonymous"), "anonymous"),
        secret=_boolean(cell("secret"), "secret"),
        contact=_contact(cell("reporter_name"), cell("reporter_phone"), cell("reporter_email")),
        latitude=latitude,
        longitude=longitude,
    )


def _text(raw: str) -> str:
    try:
        return clean_text(raw)
    except Invalid as refusal:
        if refusal.code == "required":
            raise Invalid("Kolom text kosong: laporan perlu isi.", field="text") from None
        raise


def _title(raw: str) -> str:
    title = " ".join(raw.split())
    if len(title) > LONGEST_TITLE:
        raise Invalid(f"Judul terlalu panjang: {len(title)} huruf, paling banyak {LONGEST_TITLE}.", field="title")
    return title


def _word(raw: str, words: Mapping[str, str], column: str, says: str) -> str:
    if not raw:
        raise Invalid(f"Kolom {column} kosong.", field=column)
    found = words.get(known(raw))
    if found is None:
        raise Invalid(f"{says} “{raw[:40]}” tidak dikenal (kolom {column}).", field=column)
    return found


def _classification(raw: str) -> str | None:
    return _word(raw, CLASSIFICATIONS, "classification", "Klasifikasi") if raw else None


def _boolean(raw: str, column: str) -> bool:
    found = BOOLEANS.get(known(raw))
    if found is None:
        raise Invalid(f"Kolom {column} berisi “{raw[:20]}”; tulis ya atau tidak.", field=column)
    return found


def _time(raw: str, column: str, now: datetime) -> datetime | None:
    if not raw:
        return None
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid(
            f"{SAYS[column].capitalize()} “{raw[:40]}” bukan waktu ISO 8601 dengan zona,"
            f" misalnya 2024-03-05T09:30:00+07:00 (kolom {column}).",
            field=column,
        )
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        at = OLDEST - A_LITTLE
    if at > now + A_LITTLE:
        raise Invalid(f"{SAYS[column].capitalize()} {raw} ada di masa depan (kolom {column}).", field=column)
    if at < OLDEST:
        raise Invalid(f"{SAYS[column].capitalize()} {raw} terlalu lama (kolom {column}).", field=column)
    return at


def _times(cell: Callable[[str], str], state: State, now: datetime) -> dict[str, datetime | None]:
    """Every time of the line, in order, with what follows from the others filled in."""
    times = {column: _time(cell(column), column, now) for column in TIMES}
    if times["received_at"] is None:
        raise Invalid("Kolom received_at kosong.", field="received_at")
    _check_against_state(times, state)
    times["first_answered_at"] = times["first_answered_at"] or times["answered_at"]
    if state != State.UNVERIFIED:
        # Verifying always hands over (DOMAIN §2), so either time stands for both.
        times["forwarded_at"] = times["forwarded_at"] or times["verified_at"]
        times["verified_at"] = times["verified_at"] or times["forwarded_at"]
    before = "received_at"
    for column in TIMES[1:]:
        at, earlier = times[column], times[before]
        if at is not None and earlier is not None:
            if at < earlier:
                raise Invalid(f"{SAYS[column].capitalize()} lebih awal daripada {SAYS[before]}.", field=column)
            before = column
    return times


def _check_against_state(times: Mapping[str, datetime | None], state: State) -> None:
    """Times that contradict the state: one of the two is wrong, and nobody here can tell which."""
    impossible: tuple[str, ...] = () if state in ENDED else ("closed_at",)
    if state == State.UNVERIFIED:
        impossible = TIMES[1:]
    elif state == State.FORWARDED:
        impossible = ("answered_at", "closed_at")
    for column in impossible:
        if times[column] is not None:
            raise Invalid(f"Status {state.value} tidak cocok dengan {SAYS[column]} (kolom {column}).", field=column)


def _archive_reason(raw: str, state: State) -> str:
    """Published statistics give none: such a case counts as archived for a reason nobody can make out."""
    if state != State.ARCHIVED:
        if raw:
            raise Invalid("Kolom archive_reason hanya untuk laporan yang diarsipkan.", field="archive_reason")
        return ""
    return _word(raw or ArchiveReason.UNCLEAR.value, ARCHIVE_REASONS, "archive_reason", "Alasan")


def _outcome(raw: str, state: State) -> str:
    if state != State.CLOSED:
        if raw:
            raise Invalid("Kolom outcome hanya untuk laporan yang selesai.", field="outcome")
        return ""
    return _word(raw or Outcome.UNRECORDED.value, OUTCOMES, "outcome", "Hasil")


def _rating(raw: str) -> int | None:
    if not raw:
        return None
    if raw not in ("1", "2", "3", "4", "5"):
        raise Invalid(f"Nilai “{raw[:10]}” bukan bilangan 1 sampai 5 (kolom rating).", field="rating")
    return int(raw)


def _point(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    if not latitude and not longitude:
        return None, None
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        raise Invalid("Titik di peta perlu lintang dan bujur dalam derajat desimal.", field="latitude") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise Invalid("Titik ini tidak ada di bumi.", field="latitude")
    return point


def _contact(name: str, phone: str, email: str) -> Contact:
    if not (name or phone or email):
        return Contact()
    return checked_contact(Contact(name=name, phone=phone, email=email))


def _number(raw: str, received_at: datetime | None, agency_code: str, text: str) -> tuple[str, str]:
    """The alias of the case and the digest of its time and text. Keyed digests: a text cannot be guessed from one."""
    assert received_at is not None
    if len(raw) > LONGEST_NUMBER:
        raise Invalid(f"Nomor terlalu panjang: paling banyak {LONGEST_NUMBER} huruf.", field="tracking_id")
    source = keyed_digest(f"{received_at.isoformat()}\0{text}")[:HASH_LENGTH]
    if raw.strip("#"):
        return raw, source
    return HASHED + keyed_digest(f"{received_at.isoformat()}\0{agency_code}\0{text}")[:HASH_LENGTH], source
