"""Showing in a form what a service refused."""

from __future__ import annotations

from django.forms import BaseForm

from tanggap.common.errors import TanggapError


def show_refusal(form: BaseForm, error: TanggapError) -> None:
    """Put the sentence beside the field that is to blame, or above the form where it has no such field."""
    form.add_error(error.field if error.field in form.fields else None, error.message)
