from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tanggap.config"
    label = "config"
