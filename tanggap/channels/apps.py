from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "tanggap.channels"
    label = "channels"
