from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tanggap.ledger"
    label = "ledger"
