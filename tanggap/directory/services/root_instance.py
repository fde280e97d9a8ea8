"""Rooting an instance at the nation, a province or a regency."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tanggap.common.errors import Invalid
from tanggap.directory import cache
from tanggap.directory.models import Agency, Brand
from tanggap.directory.selectors.agencies import GOVERNMENTS


@transaction.atomic
def root_instance(*, root: Agency, brand_name: str = "") -> int:
    """Make `root` the top of this instance: the default brand's agency, everything outside it external.

    Bodies above the root stay inside, because returned cases go up to them. Returns the number of agencies that
    are external afterwards. Raises Invalid for anything but the nation or a regional government.
    """
    if root.kind not in (Agency.Kind.NATION, *GOVERNMENTS):
        message = _("%(name)s tidak dapat menjadi akar: pilih nasional, provinsi, kabupaten, atau kota.")
        raise Invalid(message % {"name": root.name}, field="root")
    brand = Brand.objects.get(is_default=True)
    brand.agency = None if root.kind == Agency.Kind.NATION else root
    brand.name = " ".join(brand_name.split())[:80] or brand.name
    brand.save(update_fields=["agency", "name"])
    above = [int(part) for part in root.path.split("/") if part]
    inside = Q(path__startswith=root.path) | Q(pk__in=above)
    Agency.objects.filter(inside, external=True).update(external=False)
    Agency.objects.filter(~inside, external=False).update(external=True)
    cache.clear()
    transaction.on_commit(cache.clear)
    return Agency.objects.filter(external=True).count()
