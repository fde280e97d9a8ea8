from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "tanggap.evaluation"
    label = "evaluation"
