"""Addresses of the citizens' pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.portal.views import (
    agencies,
    behind,
    browse,
    card_files,
    case,
    home,
    letters,
    media,
    open_data,
    pages,
    ranking,
    receipt,
    statistics,
    submit,
    surveys,
    track,
)

app_name = "portal"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("lapor/", submit.report, name="report"),
    path("lacak/", track.track, name="track"),
    path("laporan/", browse.browse, name="browse"),
    path("peringkat/", ranking.ranking, name="ranking"),
    path("peringkat/simulasi/", ranking.simulate, name="ranking-simulator"),
    path("peringkat/unduh.csv", ranking.as_csv, name="ranking-csv"),
    path("peringkat/unduh.json", ranking.as_json, name="ranking-json"),
    path("peringkat/masa/<slug:period>/<slug:part>.json", ranking.part, name="ranking-part"),
    path("instansi/", agencies.search, name="agencies"),
    path("instansi/<path:code>/rapor.<str:kind>", card_files.card, name="card"),
    path("instansi/<path:code>/grafik/<slug:slug>.csv", card_files.chart, name="agency-chart"),
    path("instansi/<path:code>/laporan/<slug:slug>", behind.behind, name="behind"),
    path("instansi/<path:code>/", agencies.agency, name="agency"),
    path("data/", open_data.versions, name="open-data"),
    path("data/datapackage.json", open_data.latest, name="open-data-latest"),
    path("data/v<int:version>/<str:name>", open_data.file, name="open-data-file"),
    path("statistik/", statistics.statistics, name="statistics"),
    path("statistik/definisi/", statistics.definitions, name="definitions"),
    path("statistik/grafik/<slug:slug>.csv", statistics.chart, name="statistics-chart"),
    path("survei/", surveys.recap, name="surveys"),
    path("survei/rekap.csv", surveys.recap_csv, name="surveys-csv"),
    path("survei/<slug:code>/", surveys.survey, name="survey"),
    path("survei/<slug:code>/u/<str:token>/", surveys.personal, name="survey-personal"),
    path("survei/<slug:code>/terima-kasih/", surveys.thanks, name="survey-thanks"),
    path("l/<str:number>", case.show, name="case"),
    path("l/<str:number>/", case.slashed),
    path("l/<str:number>/qr.svg", media.qr, name="qr"),
    path("l/<str:number>/berkas/<str:token>", media.case_file, name="file"),
    path("l/<str:number>/tanda-terima.pdf", receipt.receipt, name="receipt"),
    path("l/<str:number>/kode", case.unlock, name="unlock"),
    path("l/<str:number>/tutup", case.lock, name="lock"),
    path("l/<str:number>/<str:deed>", case.act, name="act"),
    path("surat/<str:verification_code>/", letters.letter, name="letter"),
    path("keluar-cepat/", track.quick_exit, name="quick-exit"),
    path("kanal/", pages.channels, name="channels"),
    path("hak/", pages.rights, name="rights"),
    path("privasi/", pages.privacy, name="privacy"),
    path("akses/", pages.accessibility, name="accessibility"),
    path("merek/<slug:slug>.css", media.brand_css, name="brand-css"),
]
