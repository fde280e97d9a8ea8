"""Addresses about letters and orders, below /kerja/surat/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views import letter_rules, letters, orders, register

urlpatterns: list[URLPattern] = [
    path("", letters.letters, name="letters"),
    path("agenda.csv", register.as_csv, name="letter-register-csv"),
    path("agenda.pdf", register.as_pdf, name="letter-register-pdf"),
    path("aturan/", letter_rules.rules, name="letter-rules"),
    path("harian/", orders.daily, name="daily-list"),
    path("perintah/", orders.orders, name="orders"),
    path("perintah/<int:instruction_id>/selesai/", orders.finish, name="finish-order"),
    path("<int:letter_id>/", letters.letter, name="letter"),
    path("<int:letter_id>/naskah.pdf", letters.paper, name="letter-paper"),
    path("<int:letter_id>/tandatangani/", letters.sign, name="sign-letter"),
    path("<int:letter_id>/nomor/", letters.number, name="letter-number"),
    path("<int:letter_id>/perintah/", orders.give, name="give-order"),
]
