"""A new topic."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory.categories import clean_category_name, locked_categories, note_category, require_offered
from tanggap.directory.models import Category
from tanggap.directory.tree import require_reason

CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)


@transaction.atomic
def create_category(*, code: str, name: str, parent: str = "", actor_key: str, reason: str, now: datetime) -> Category:
    """Add a topic under `parent` (the code of a head), or a head of its own. Raises Invalid or Refused."""
    reason, name, code = require_reason(reason), clean_category_name(name), code.strip().upper()
    if len(code) > 24 or not CODE.fullmatch(code):
        raise Invalid(_("Kode kategori memakai huruf besar, angka, dan tanda hubung, paling banyak 24."), field="code")
    if Category.objects.filter(pk=code).exists():
        raise Invalid(_("Kode “%(code)s” sudah dipakai.") % {"code": code}, field="code")
    above = None
    if parent:
        (above,) = locked_categories(parent)
        require_offered(above)
        if above.level != 1:
            raise Invalid(_("Topik hanya dapat berada di bawah kategori utama."), field="parent")
    row = Category.objects.create(code=code, name=name, parent=above, level=2 if above else 1)
    note_category(row, "created", {}, actor_key=actor_key, now=now, reason=reason)
    return row
