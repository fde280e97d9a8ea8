from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "tanggap.directory"
    label = "directory"
