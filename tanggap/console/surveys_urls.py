"""Addresses about satisfaction surveys, below /kerja/survei/."""

from __future__ import annotations

from django.urls import URLPattern, path

from tanggap.console.views.surveys import papers, plan, services, survey

urlpatterns: list[URLPattern] = [
    path("", services.services, name="surveys"),
    path("layanan/<int:service_id>/", services.service, name="survey-service"),
    path("layanan/<int:service_id>/akhiri/", services.end, name="survey-service-end"),
    path("rencana/<int:item_id>/", plan.update, name="survey-plan"),
    path("<slug:code>/", survey.survey, name="survey"),
    path("<slug:code>/langkah/", survey.step, name="survey-step"),
    path("<slug:code>/tautan/", survey.links, name="survey-links"),
    path("<slug:code>/rencana/", plan.add, name="survey-plan-add"),
    path("<slug:code>/kertas/", papers.paper, name="survey-paper"),
    path("<slug:code>/poster.pdf", papers.poster, name="survey-poster"),
    path("<slug:code>/formulir.pdf", papers.form, name="survey-form"),
]
