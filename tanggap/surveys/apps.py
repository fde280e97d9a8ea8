from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "tanggap.surveys"
    label = "surveys"
