from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tanggap.files"
    label = "files"
