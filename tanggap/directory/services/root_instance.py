"""Rooting an instance at the nation, a province or a regency."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from tanggap.directory import cache
from tanggap.directory.models import Agency, Brand


@transaction.atomic
def root_instance(*, root: Agency) -> int:
    """Make `root` the top of this instance: the default brand's agency, everything outside it external.

    Bodies above the root stay inside, because returned cases go up to them. Returns the number of agencies that
    are external afterwards.
    """
    Brand.objects.filter(is_default=True).update(agency=None if root.kind == Agency.Kind.NATION else root)
    above = [int(part) for part in root.path.split("/") if part]
    inside = Q(path__startswith=root.path) | Q(pk__in=above)
    Agency.objects.filter(inside, external=True).update(external=False)
    Agency.objects.filter(~inside, external=False).update(external=True)
    cache.clear()
    transaction.on_commit(cache.clear)
    return Agency.objects.filter(external=True).count()
