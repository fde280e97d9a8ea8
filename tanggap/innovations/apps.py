from django.apps import AppConfig


class InnovationsConfig(AppConfig):
    name = "tanggap.innovations"
    label = "innovations"
