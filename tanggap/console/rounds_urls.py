"""Addresses of the evaluator's desk, below /kerja/evaluasi/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.rounds import body, reading, rounds

_BODY = "<int:round_id>/<int:body_id>"

urlpatterns: list[URLPattern] = [
    path("", rounds.rounds, name="rounds"),
    path("<int:round_id>/", rounds.round_, name="round"),
    path("<int:round_id>/langkah", rounds.step, name="round-step"),
    path("<int:round_id>/berita-acara.pdf", rounds.minutes, name="round-minutes"),
    path(f"{_BODY}/", body.body, name="round-body"),
    path(f"{_BODY}/bukti", body.submit, name="round-evidence"),
    path(f"{_BODY}/bukti/<int:evidence_id>/periksa", body.judge, name="round-judge"),
    path(f"{_BODY}/bukti/<int:evidence_id>/berkas", body.download, name="round-file"),
    path(f"{_BODY}/sanggah", body.object_, name="round-object"),
    path(f"{_BODY}/sanggahan/<int:objection_id>/", body.decide, name="round-decide"),
    path(f"{_BODY}/laporan/<int:sampled_id>/", reading.reading, name="round-reading"),
]
