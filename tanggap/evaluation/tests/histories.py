"""Random histories, made through the services as people would make them."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tanggap.accounts.actor import TIMER
from tanggap.cases.addressing import About
from tanggap.cases.correction import Correction
from tanggap.cases.models import Case
from tanggap.cases.services.accept_case import accept_case
from tanggap.cases.services.answer_case import Draft, answer_case
from tanggap.cases.services.archive_case import archive_case
from tanggap.cases.services.close_silent import close_silent
from tanggap.cases.services.confirm_case import confirm_case
from tanggap.cases.services.correct_case import correct_case
from tanggap.cases.services.forward_case import forward_case
from tanggap.cases.services.hold_case import hold_case
from tanggap.cases.services.merge_cases import merge_cases
from tanggap.cases.services.object_to_case import object_to_case
from tanggap.cases.services.rate_case import rate_case
from tanggap.cases.services.reopen_case import reopen_case
from tanggap.cases.services.reply_to_case import reply_to_case
from tanggap.cases.services.resume_hold import resume_hold
from tanggap.cases.services.return_case import return_case
from tanggap.cases.services.set_subjects import set_subjects
from tanggap.cases.services.split_case import split_case
from tanggap.cases.services.submit_case import Submission, submit_case
from tanggap.cases.services.unarchive_case import unarchive_case
from tanggap.cases.services.unmerge_case import unmerge_case
from tanggap.cases.services.verify_case import Verification, verify_case
from tanggap.cases.services.withdraw_case import withdraw_case
from tanggap.common.errors import TanggapError
from tanggap.directory.models import Region
from tanggap.directory.selectors import agency_by_code
from tests.paths import final

PLACES = ("35.27", "35.27/dpupr", "35.27/dinkes", "35.02", "35.02/dinkes")
REGIONS = ("35.27.03", "35.27", "35.02.17", None)
CHANNELS = ("web", "sms", "whatsapp")
CLASSES = ("complaint", "aspiration", "information_request", "supervisory_complaint")


class History:
    """Some cases and what people do with them, one random action after another."""

    def __init__(self, seed: int, cast: Any, start: datetime) -> None:
        self.random, self.cast, self.now = Random(seed), cast, start
        self.numbers: list[str] = []
        self.done: dict[str, int] = {}

    def steps(self, count: int) -> None:
        """Do `count` things, each some hours after the one before. What is refused changes nothing."""
        for _ in range(count):
            self.now += timedelta(hours=self.random.uniform(0.1, 20), microseconds=self.random.randrange(10**6))
            name = self.random.choice([name for name in dir(self) if name.startswith("do_")])
            try:
                getattr(self, name)()
            except TanggapError:
                continue
            self.done[name] = self.done.get(name, 0) + 1

    def _place(self) -> Any:
        return agency_by_code(self.random.choice(PLACES))

    def _region(self) -> Region | None:
        code = self.random.choice(REGIONS)
        return Region.objects.get(pk=code) if code else None

    def _any(self) -> dict[str, Any]:
        """A case, and somebody who may do what officers do: the national admin, or an officer of one unit."""
        if not self.numbers:
            self.do_submit()
        return {"tracking_id": self.random.choice(self.numbers), "now": self.now, "actor": self._officer()}

    def _officer(self) -> Any:
        return self.cast[self.random.choice(("national_admin", "officer", "health_officer", "verifier", "inspector"))]

    def _reporters(self) -> dict[str, Any]:
        chosen = self._any()
        case = Case.objects.get(tracking_id=chosen["tracking_id"])
        return {**chosen, "actor": self.cast["anonymous"].proving(case.pk)}

    def do_submit(self) -> None:
        random = self.random
        about = About(agencies=(self._place(),)) if random.random() < 0.2 else About()
        submission = Submission(
            text="Lampu jalan padam sejak tiga malam, warga takut lewat.",
            channel=random.choice(CHANNELS),
            classification=random.choice((*CLASSES, None)),
            region=self._region(),
            agency=self._place(),
            about=about,
            secret=random.random() < 0.2,
            anonymous=random.random() < 0.2,
        )
        receipt = submit_case(submission=submission, actor=self.cast["anonymous"], now=self.now)
        self.numbers.append(receipt.case.tracking_id)

    do_submit_too = do_submit

    def do_verify(self) -> None:
        correction = Correction(title="Lampu", classification=self.random.choice(CLASSES), region=self._region())
        verification = Verification(agency=self._place(), correction=correction)
        verify_case(verification=verification, **{**self._any(), "actor": self.cast["national_admin"]})

    do_verify_too = do_verify
    do_verify_again = do_verify

    def do_forward(self) -> None:
        forward_case(agency=self._place(), **self._any())

    def do_return(self) -> None:
        return_case(reason="Bukan wewenang kami.", **self._any())

    def do_accept(self) -> None:
        accept_case(**self._any())

    def do_answer(self) -> None:
        draft = final() if self.random.random() < 0.6 else Draft("Regu kami memeriksa tiangnya besok pagi di lokasi.")
        answer_case(draft=draft, **self._any())

    do_answer_too = do_answer
    do_answer_again = do_answer

    def do_hold(self) -> None:
        hold_case(question="Di nomor berapa?", **self._any())

    def do_reply(self) -> None:
        reply_to_case(text="Di nomor 12.", **self._reporters())

    def do_confirm(self) -> None:
        confirm_case(**self._reporters())

    def do_object(self) -> None:
        object_to_case(text="Masih padam.", **self._reporters())

    def do_rate(self) -> None:
        rate_case(rating=self.random.randint(1, 5), **self._reporters())

    def do_withdraw(self) -> None:
        if self.random.random() < 0.2:
            withdraw_case(**self._reporters())

    def do_archive(self) -> None:
        archive_case(reason="unclear", explanation="Isinya tidak jelas.", **self._any())

    def do_unarchive(self) -> None:
        unarchive_case(**self._any())

    def do_reopen(self) -> None:
        reopen_case(reason="Ternyata belum selesai.", **self._any())

    def do_merge(self) -> None:
        merge_cases(into=self.random.choice(self.numbers or [""]), **self._any())

    def do_unmerge(self) -> None:
        unmerge_case(**self._any())

    def do_split(self) -> None:
        if self.random.random() < 0.2:
            children = split_case(agencies=[self._place()], **self._any())
            self.numbers.extend(child.tracking_id for child in children)

    def do_correct(self) -> None:
        correction = Correction(classification=self.random.choice(CLASSES), region=self._region())
        correct_case(correction=correction, **self._any())

    def do_name_subjects(self) -> None:
        set_subjects(about=About(agencies=(self._place(),)), **self._any())

    def do_wait(self) -> None:
        """Two weeks pass, and the timers do what is due."""
        self.now += timedelta(days=16)
        for number in self.numbers:
            for timer in (close_silent, resume_hold):
                timer(tracking_id=number, actor=TIMER, now=self.now)
