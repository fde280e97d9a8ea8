"""Addresses of the officers' pages, below /kerja/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tanggap.console.views import (
    alarms,
    brief,
    brief_files,
    bulk,
    case,
    files,
    guide,
    hiding,
    identity,
    inbox,
    on_call,
    oversight,
    tasks,
    training,
    units,
)
from tanggap.console.views.counter import radio

app_name = "console"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("sekaligus/<slug:slug>/", bulk.bulk, name="bulk"),
    path("l/<str:number>/", case.show, name="case"),
    path("paket/<str:number>/", oversight.bundle, name="bundle"),
    path("", include("tanggap.console.desk_urls")),
    path("l/<str:number>/<slug:slug>/", case.act, name="deed"),
    path("berkas/<slug:token>", files.download, name="file"),
    path("berkas/<slug:token>/periksa", files.review, name="review"),
    path("identitas/", identity.reveals, name="reveals"),
    path("identitas/<int:reveal_id>/setujui", identity.approve, name="approve-reveal"),
    path("permintaan/", hiding.hiding, name="hiding"),
    path("unit/", units.units, name="units"),
    path("piket/", on_call.turns, name="on-call"),
    path("piket/<int:shift_id>/hapus/", on_call.remove, name="off-call"),
    path("ringkasan/", brief.brief, name="brief"),
    path("ringkasan/laporan/", brief.cases, name="brief-cases"),
    path("ringkasan/ringkasan.pdf", brief_files.pdf, name="brief-pdf"),
    path("ringkasan/topik.csv", brief_files.topics, name="brief-csv"),
    path("ringkasan/kiriman/", brief_files.wish, name="brief-wish"),
    path("tugas/", tasks.tasks, name="tasks"),
    path("tugas/baru/", tasks.assign, name="assign-task"),
    path("tugas/<int:task_id>/", tasks.task, name="task"),
    path("surat/", include("tanggap.console.letters_urls")),
    path("orang/", include("tanggap.console.people_urls")),
    path("acuan/", include("tanggap.console.reference_urls")),
    path("aturan/", include("tanggap.console.settings_urls")),
    path("masuk/", include("tanggap.console.incoming_urls")),
    path("saluran/", include("tanggap.console.doors_urls")),
    path("pesan/", include("tanggap.console.messages_urls")),
    path("loket/", include("tanggap.console.counter_urls")),
    path("peringkat/", include("tanggap.console.ranking_urls")),
    path("rapor/", include("tanggap.console.cards_urls")),
    path("evaluasi/", include("tanggap.console.rounds_urls")),
    path("survei/", include("tanggap.console.surveys_urls")),
    path("radio/", radio.radio, name="radio"),
    path("radio/lembar.pdf", radio.radio_pdf, name="radio-pdf"),
    path("latihan/", training.training, name="training"),
    path("latihan/mulai/", training.begin, name="training-begin"),
    path("latihan/selesai/", training.end, name="training-end"),
    path("latihan/<slug:exercise>/", training.fresh, name="training-fresh"),
    path("panduan/", guide.guides, name="guides"),
    path("panduan/buku.pdf", guide.handbook, name="handbook"),
    path("panduan/<slug:slug>/", guide.show, name="guide"),
    path("peringatan/", alarms.alarms, name="alarms"),
    path("peringatan/terlambat/", alarms.late, name="late"),
]
