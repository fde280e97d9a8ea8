"""An inbox kept under a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.accounts.actor import Actor
from tanggap.accounts.models import Person
from tanggap.common.errors import Invalid
from tanggap.console.models import SavedFilter

LONGEST_NAME = 60
MOST_KEPT = 12


@transaction.atomic
def save_filter(*, name: str, query: str, actor: Actor, now: datetime) -> SavedFilter:
    """Keep `query` for the actor; the same name is replaced. Raises Invalid (no name, too many).

    The person's row is locked: two presses at once would both find room for the last one.
    """
    person = Person.objects.select_for_update().get(pk=actor.own_id)
    name = " ".join(name.replace("\0", " ").split())[:LONGEST_NAME]
    if not name:
        raise Invalid(_("Beri nama saringan ini."), field="name", code="required")
    kept = SavedFilter.objects.filter(person=person)
    if not kept.filter(name=name).exists() and kept.count() >= MOST_KEPT:
        raise Invalid(
            _("Sudah ada %(n)s saringan. Hapus satu yang tidak dipakai lagi.") % {"n": MOST_KEPT},
            field="name",
            code="too_many",
        )
    row, _made = SavedFilter.objects.update_or_create(
        person=person, name=name, defaults={"query": query}, create_defaults={"query": query, "created_at": now}
    )
    return row
