from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "tanggap.escalation"
    label = "escalation"
