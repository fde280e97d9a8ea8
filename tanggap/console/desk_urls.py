"""Addresses of what an officer keeps for the own work, and of looking closer at a case."""

from __future__ import annotations

from django.urls import path

from tanggap.console.views import bulk, trail
from tanggap.console.views.desk import exports, filters, handing, library, names

urlpatterns = [
    path("sekaligus/hasil/<int:batch_id>/", bulk.outcome, name="batch"),
    path("sekaligus/hasil/<int:batch_id>/urungkan/", bulk.undo, name="batch-undo"),
    path("l/<str:number>/jejak/", trail.trail, name="trail"),
    path("l/<str:number>/banding/<str:other>/", trail.compare, name="compare"),
    path("l/<str:number>/rekan/", names.names, name="names"),
    path("saringan/", filters.filters, name="filters"),
    path("saringan/<int:filter_id>/hapus/", filters.drop, name="drop-filter"),
    path("contoh/", library.library, name="library"),
    path("contoh/baru/", library.new, name="template-new"),
    path("contoh/<int:template_id>/", library.edit, name="template-edit"),
    path("contoh/<int:template_id>/hapus/", library.retire, name="template-retire"),
    path("ekspor/", exports.exports, name="exports"),
    path("ekspor/<int:export_id>/", exports.download, name="export-file"),
    path("serah-terima/", handing.hand_over, name="hand-over"),
]
