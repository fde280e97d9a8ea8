from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "tanggap.routing"
    label = "routing"
