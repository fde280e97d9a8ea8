from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tanggap.accounts"
    label = "accounts"
