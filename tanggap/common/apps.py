from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "tanggap.common"
    label = "common"
