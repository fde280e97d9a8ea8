"""The evaluator's desk in a real Chromium: nothing for axe to find, no sideways scroll, on both sides of a round."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Browser, Page

from tanggap.accounts.actor import actor_for
from tanggap.accounts.models import Membership
from tanggap.common.clock import now
from tanggap.directory.selectors import agency_by_code
from tanggap.evaluation.models import Round, RoundBody, RoundObjection
from tanggap.evaluation.periods import period_named
from tanggap.evaluation.services.draw_samples import draw_samples
from tanggap.evaluation.services.finish_round import finish_round
from tanggap.evaluation.services.judge_evidence import judge_evidence
from tanggap.evaluation.services.object_in_round import object_in_round
from tanggap.evaluation.services.open_objections import open_objections
from tanggap.evaluation.services.open_round import Plan, open_round
from tanggap.evaluation.services.score_case import score_case
from tanggap.evaluation.services.submit_evidence import submit_evidence
from tanggap.files.tests.samples import pdf
from tests.browser.test_portal_pages import look
from tests.cast import Cast
from tests.journeys.console import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCORES = {"substance": 4, "concrete": 2, "clear": 4}


@pytest.fixture
def stages(cast: Cast, case_in: Callable[..., Any]) -> dict[str, RoundBody]:
    """Rounds at three stages, each with the part of one body in it."""
    for _ in range(3):
        case_in("closed")
    person = get_user_model().objects.create(email="penilai-dua@example.id", name="Penilai Dua", is_active=True)
    nation = agency_by_code("ID")
    Membership.objects.create(person=person, agency=nation, role="evaluator", starts_on=now().date())
    judge, second = cast["evaluator"], actor_for(person, on=now().date())
    found = {}
    for stage in ("collecting", "objection", "final"):
        plan = Plan(f"Evaluasi {stage}", "regency_and_city", period_named("2026"), within="35", sample_size=2)
        row = open_round(agency=nation, plan=plan, actor=judge, now=now())
        body = row.bodies.get(agency__code="35.27")
        brought = submit_evidence(
            body_id=body.pk, item="team_decree", file=io.BytesIO(pdf()), name="sk.pdf", note="SK Bupati nomor 12",
            actor=cast["verifier"], now=now(),
        )  # fmt: skip
        if stage != "collecting":
            judge_evidence(evidence_id=brought.pk, accepted=True, comment="Lengkap.", actor=judge, now=now())
            draw_samples(round_id=row.pk, actor=judge, now=now())
            for sampled in body.sample.all():
                for reader in (judge, second):
                    score_case(sampled_id=sampled.pk, scores=SCORES, comment="Jelas.", actor=reader, now=now())
            open_objections(round_id=row.pk, actor=judge, now=now())
        if stage == "objection":
            object_in_round(
                body_id=body.pk, sampled_id=body.sample.first().pk, text="Fotonya ada.", actor=cast["verifier"],
                now=now(),
            )  # fmt: skip
        if stage == "final":
            until = Round.objects.get(pk=row.pk).objections_until
            finish_round(round_id=row.pk, actor=judge, now=until + timedelta(seconds=1))
        found[stage] = body
    return found


@pytest.mark.parametrize(
    ("name", "width", "scheme", "language"), [("evaluator", 320, "dark", "id"), ("verifier", 1280, "light", "en")]
)
def test_the_desk_is_read_on_any_screen_from_both_sides(
    browser: Browser, live_server: Any, cast: Cast, stages: dict[str, RoundBody], name: str, width: int, scheme: Any,
    language: str,
) -> None:  # fmt: skip
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, base_url=live_server.url
    )
    session = sign_in(cast, name).client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page: Page = context.new_page()
    page.goto(f"/?lang={language}")
    objected = stages["objection"]
    paths = {
        "daftar": "/kerja/evaluasi/",
        **{f"putaran-{stage}": f"/kerja/evaluasi/{body.round_id}/" for stage, body in stages.items()},
        **{f"instansi-{stage}": f"/kerja/evaluasi/{body.round_id}/{body.pk}/" for stage, body in stages.items()},
        "bacaan": f"/kerja/evaluasi/{objected.round_id}/{objected.pk}/laporan/{objected.sample.first().pk}/",
        "sanggahan": f"/kerja/evaluasi/{objected.round_id}/{objected.pk}/sanggahan/{RoundObjection.objects.get().pk}/",
    }
    for key, path in paths.items():
        answered = page.goto(path)
        assert answered is not None
        assert answered.status == 200, key
        look(page, f"evaluasi-{name}-{key}", width)
    context.close()
