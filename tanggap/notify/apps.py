from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "tanggap.notify"
    label = "notify"
