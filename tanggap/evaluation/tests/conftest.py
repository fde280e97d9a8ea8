"""Report cards through the command."""

import json

import pytest
from django.core.management import call_command


@pytest.fixture
def card_of(db, capsys):
    """The JSON of `report-card` with these arguments."""

    def made(*arguments: str) -> dict:
        capsys.readouterr()
        call_command("report_card", *arguments)
        return json.loads(capsys.readouterr().out)

    return made
