"""What can be done with an agency or a category: its form, what it would do, and the service that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanggap.accounts.actor import Actor
from tanggap.console.reference import effects
from tanggap.console.reference import forms as f
from tanggap.directory.models import Agency, Category
from tanggap.directory.services import close_agency, create_agency, merge_agencies, rename_agency, reparent_agency
from tanggap.directory.services.add_alias import add_alias
from tanggap.directory.services.close_category import close_category
from tanggap.directory.services.create_category import create_category
from tanggap.directory.services.describe_agency import describe_agency
from tanggap.directory.services.merge_categories import merge_categories
from tanggap.directory.services.remove_alias import remove_alias
from tanggap.directory.services.rename_category import rename_category

Said = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """`effects` gives the sentences of the preview; `run` calls one service with what the form said."""

    slug: str
    title: Promise
    form: Callable[..., forms.Form]
    run: Callable[[Any, Said], Any]
    effects: Callable[[Any, Said, Actor, datetime], Iterable[str]]
    initial: Callable[[Any], Said] = lambda _row: {}
    grave: bool = False


def _alias_form(row: Agency) -> Callable[..., forms.Form]:
    return lambda *args, **kwargs: f.RemoveAliasForm(*args, agency=row, **kwargs)


def _remove_alias(_row: Agency, said: Said) -> None:
    alias = said.pop("alias_id")
    remove_alias(alias_id=alias.pk, **said)


def _alias_effects(row: Agency, said: Said) -> Iterable[str]:
    yield _("“%(alias)s” akan menunjuk ke %(name)s.") % {"alias": said["alias"], "name": row.full_name}
    yield _("Bila sebutan itu juga milik instansi lain, pencarian bertanya mana yang dimaksud.")


AGENCY: tuple[Change, ...] = (
    Change(
        "ganti-nama",
        gettext_lazy("Ganti nama"),
        f.NameForm,
        lambda row, said: rename_agency(agency=row, **said),
        lambda row, _said, _actor, _now: effects.of_renaming(row),
        initial=lambda row: {"name": row.name, "short_name": row.short_name},
    ),
    Change(
        "urusan",
        gettext_lazy("Ubah urusan dan aturan jawaban"),
        f.DescribeForm,
        lambda row, said: describe_agency(agency=row, **said),
        lambda _row, _said, _actor, _now: [_("Usulan tujuan bagi laporan baru memakai urusan ini.")],
        initial=lambda row: {"topics": row.topics, "two_person_answers": row.two_person_answers},
    ),
    Change(
        "sebutan",
        gettext_lazy("Tambah sebutan"),
        f.AliasForm,
        lambda row, said: add_alias(agency=row, **said),
        lambda row, said, _actor, _now: _alias_effects(row, said),
    ),
    Change(
        "hapus-sebutan",
        gettext_lazy("Hapus sebutan"),
        f.RemoveAliasForm,
        _remove_alias,
        lambda row, said, _actor, _now: [
            _("“%(alias)s” tidak lagi menunjuk ke %(name)s.") % {"alias": said["alias_id"], "name": row.full_name}
        ],
    ),
    Change(
        "unit-baru",
        gettext_lazy("Tambah unit di bawahnya"),
        f.UnitForm,
        lambda row, said: create_agency(parent=row, **said),
        lambda row, said, _actor, _now: [
            _("%(name)s dapat menerima laporan begitu mempunyai pejabat penghubung.") % {"name": said["name"]}
        ],
        initial=lambda row: {"code": f"{row.code}/" if row.is_body else ""},
    ),
    Change(
        "pindah",
        gettext_lazy("Pindahkan ke induk lain"),
        f.MoveForm,
        lambda row, said: reparent_agency(agency=row, **said),
        lambda row, said, actor, _now: effects.of_moving(row, said["parent"], actor),
        grave=True,
    ),
    Change(
        "gabung",
        gettext_lazy("Gabungkan ke instansi lain"),
        f.MergeForm,
        lambda row, said: merge_agencies(agency=row, **said),
        lambda row, said, actor, now: effects.of_merging(row, said["into"], actor, now),
        grave=True,
    ),
    Change(
        "tutup",
        gettext_lazy("Tutup"),
        f.CloseForm,
        lambda row, said: close_agency(agency=row, **said),
        lambda row, _said, actor, now: effects.of_closing(row, actor, now),
        grave=True,
    ),
)


def _create_category(_row: None, said: Said) -> Category:
    parent = said.pop("parent")
    return create_category(parent=parent.pk if parent else "", **said)


NEW_CATEGORY = Change(
    "baru",
    gettext_lazy("Kategori baru"),
    f.CategoryForm,
    _create_category,
    lambda _row, _said, _actor, _now: [_("Kategori ini langsung ditawarkan kepada pelapor dan verifikator.")],
)
CATEGORY: tuple[Change, ...] = (
    Change(
        "ganti-nama",
        gettext_lazy("Ganti nama"),
        f.CategoryNameForm,
        lambda row, said: rename_category(code=row.pk, **said),
        lambda _row, _said, _actor, _now: [_("Laporan lama tampil dengan nama baru; kodenya tetap.")],
        initial=lambda row: {"name": row.name},
    ),
    Change(
        "gabung",
        gettext_lazy("Gabungkan ke kategori lain"),
        f.CategoryMergeForm,
        lambda row, said: merge_categories(code=row.pk, into=said.pop("into").pk, **said),
        lambda row, said, _actor, _now: [
            _("Laporan baru dengan kode %(code)s dicatat pada %(name)s.") % {"code": row.pk, "name": said["into"].name},
            _("Laporan lama tetap pada kategorinya, dan angka yang sudah diterbitkan tidak berubah."),
        ],
        grave=True,
    ),
    Change(
        "tutup",
        gettext_lazy("Tutup"),
        f.ReasonForm,
        lambda row, said: close_category(code=row.pk, **said),
        lambda _row, _said, _actor, _now: [_("Kategori ini tidak ditawarkan lagi. Laporan lama tetap memakainya.")],
        grave=True,
    ),
)


def form_of(change: Change, row: Any) -> Callable[..., forms.Form]:
    """The form for this row: some offer only what belongs to it."""
    return _alias_form(row) if change.slug == "hapus-sebutan" else change.form
