"""The ten exercises: what to do, on which invented case, and the event that shows it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanggap.cases.words_aside import typed_words
from tanggap.ledger.models import Event

Done = Callable[[Event], bool]


@dataclass(frozen=True)
class Exercise:
    """`text` is what the reporter wrote, `begun` how far the case is: unverified, forwarded or accepted.

    `after` is an event of anybody that must have come first: a reminder, an answer of the reporter. `reply` is what
    the invented reporter says the next working day when asked.
    """

    slug: str
    title: Promise
    task: Promise
    text: str
    begun: str
    events: tuple[str, ...]
    proves: Done = lambda _event: True
    after: Done | None = None
    reply: str = "Nomor rumah saya 14, sore sesudah pukul empat."


def _kind(*kinds: str) -> Done:
    def proves(event: Event) -> bool:
        changes: dict[str, Any] = event.data.get("changes", {})
        return changes.get("answer_kind") in kinds

    return proves


FEWEST_WORDS: Final = 3


def _long_reason(event: Event) -> bool:
    return len(typed_words(event, "reason").split()) >= FEWEST_WORDS


def _reminder(event: Event) -> bool:
    return event.name == "ladder.step_taken" and event.data.get("kind") == "reminder"


def _completed(event: Event) -> bool:
    return event.name == "case.completed"


EXERCISES: Final[tuple[Exercise, ...]] = (
    Exercise(
        "verifikasi",
        _("Verifikasi dan teruskan"),
        _("Beri judul dan klasifikasi, lalu teruskan ke unit yang mengurus jalan."),
        "Jalan di depan pasar berlubang besar, kemarin ada pengendara jatuh. Mohon ditambal.",
        "unverified",
        ("case.forwarded",),
        lambda event: event.data.get("agency") == "LATIHAN/jalan",
    ),
    Exercise(
        "lengkapi",
        _("Minta kelengkapan"),
        _("Laporan ini tidak menyebut tempat. Tanyakan kepada pelapor sebelum memverifikasi."),
        "Lampu jalan di dekat rumah saya mati sudah lama.",
        "unverified",
        ("case.held",),
        reply="Di Jalan Melati, di depan rumah nomor 8.",
    ),
    Exercise(
        "rahasiakan",
        _("Naikkan kerahasiaan"),
        _("Pelapor menyebut kesehatan anaknya. Jadikan laporan ini rahasia."),
        "Anak saya sakit paru-paru dan sekolahnya tidak mau menerima surat dokter.",
        "unverified",
        ("case.confidentiality_raised",),
    ),
    Exercise(
        "rujuk",
        _("Rujuk ke luar pelayanan publik"),
        _("Perkara ini sedang di pengadilan. Rujuk dengan alamat badan yang tepat."),
        "Putusan pengadilan tentang warisan keluarga kami tidak adil, tolong dibatalkan.",
        "unverified",
        ("case.referred",),
    ),
    Exercise(
        "tangani",
        _("Mulai menangani"),
        _("Terima laporan ini sebagai urusan unit Anda. Perhatikan: jamnya belum berhenti."),
        "Air keran keruh dan berbau sejak Senin di perumahan bawah.",
        "forwarded",
        ("case.accepted",),
    ),
    Exercise(
        "kabar",
        _("Beri tanggapan sesudah pengingat"),
        _(
            "Tekan “Hari kerja berikutnya” dan lihat pengingat yang datang. Lalu kabarkan apa yang sudah diperiksa dan "
            "kapan hasilnya. Ucapan terima kasih saja tidak cukup."
        ),
        "Saluran di gang kami mampet dan meluap tiap hujan.",
        "accepted",
        ("case.interim_answered",),
        after=_reminder,
    ),
    Exercise(
        "tanya",
        _("Tanya pelapor dan tanggapi balasannya"),
        _(
            "Tanyakan nomor rumah dan waktunya sekaligus: jam berhenti selama menunggu. Tekan “Hari kerja berikutnya”, "
            "baca balasan pelapor, lalu beri tanggapan."
        ),
        "Petugas penagih datang dua kali untuk tagihan yang sama.",
        "accepted",
        ("case.interim_answered", "case.answered"),
        after=_completed,
    ),
    Exercise(
        "kembalikan",
        _("Kembalikan dengan alasan"),
        _("Ini bukan urusan unit Anda. Kembalikan dan tulis siapa yang berwenang, paling sedikit tiga kata."),
        "Guru di sekolah anak saya sering tidak masuk.",
        "forwarded",
        ("case.returned",),
        _long_reason,
    ),
    Exercise(
        "jawab",
        _("Jawab dengan isi"),
        _("Beri jawaban akhir “sudah dikerjakan”: apa, kapan, oleh kantor mana."),
        "Pipa di simpang tiga bocor dan membasahi jalan.",
        "accepted",
        ("case.answered",),
        _kind("done"),
    ),
    Exercise(
        "janji",
        _("Janjikan dengan tanggal"),
        _("Beri jawaban akhir “dijanjikan” dengan tanggal yang dapat ditepati."),
        "Jembatan kayu ke sawah lapuk, kapan diganti?",
        "accepted",
        ("case.answered",),
        _kind("promised"),
    ),
)
BY_SLUG: Final = {exercise.slug: exercise for exercise in EXERCISES}


def tag_of(person_id: int, exercise: Exercise) -> str:
    """How the invented cases of a person's exercise are known in the sandbox."""
    return f"latihan-{person_id}-{exercise.slug}"


def done_among(streams: dict[str, Exercise], events: Iterable[Event], *, actor: str) -> set[str]:
    """The exercises that these events, in their order, show to be done by `actor`."""
    done, ready = set(), {stream for stream, exercise in streams.items() if exercise.after is None}
    for event in events:
        exercise = streams[event.stream]
        if exercise.after is not None and exercise.after(event):
            ready.add(event.stream)
        elif event.actor == actor and event.stream in ready and event.name in exercise.events:
            done |= {exercise.slug} if exercise.proves(event) else set()
    return done
