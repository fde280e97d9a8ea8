from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "tanggap.console"
    label = "console"
