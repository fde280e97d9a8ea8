"""What the keys of a card's counts are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tanggap.cases.vocabulary import ChannelWord, ClassificationWord
from tanggap.common.words import STATES
from tanggap.directory.models import Category, Region
from tanggap.evaluation.tallies.entry import NONE

REST = ""


def states(keys: Sequence[str]) -> Mapping[str, str]:
    """As the published statistics call them."""
    return {key: str(STATES.get(key, key)) for key in keys}


def channels(keys: Sequence[str]) -> Mapping[str, str]:
    """DOMAIN §5."""
    return _words(keys, {str(value): str(label) for value, label in ChannelWord.choices}, "")


def classifications(keys: Sequence[str]) -> Mapping[str, str]:
    """DOMAIN §1."""
    known = {str(value): str(label) for value, label in ClassificationWord.choices}
    return _words(keys, known, _("belum diklasifikasi"))


def categories(keys: Sequence[str]) -> Mapping[str, str]:
    """The names of topics."""
    known = dict(Category.objects.filter(code__in=list(keys)).values_list("code", "name"))
    return _words(keys, known, _("tanpa topik"))


def regions(keys: Sequence[str]) -> Mapping[str, str]:
    """The names of places."""
    known = dict(Region.objects.filter(code__in=list(keys)).values_list("code", "name"))
    return _words(keys, known, _("tempat tidak disebut"))


def promises(keys: Sequence[str]) -> Mapping[str, str]:
    """What became of promises."""
    known = {"kept": _("ditepati"), "broken": _("tidak ditepati"), "pending": _("belum jatuh tempo")}
    return _words(keys, known, "")


def _words(keys: Sequence[str], known: Mapping[str, str], none: str) -> dict[str, str]:
    named = {**known, NONE: none, REST: _("lainnya")}
    return {key: named.get(key, key) for key in keys}
