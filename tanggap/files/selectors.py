"""Reading files."""

from __future__ import annotations

import logging
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tanggap.common.errors import NotFound
from tanggap.files import storage
from tanggap.files.models import StoredFile, Visibility

_LOG = logging.getLogger(__name__)


def files_of(owner: str) -> QuerySet[StoredFile]:
    """The files of an owner that are still there, oldest first."""
    return StoredFile.objects.filter(owner=owner, deleted_at__isnull=True).order_by("id")


def public_files_of(owner: str) -> QuerySet[StoredFile]:
    """Those of them that everybody may see."""
    return files_of(owner).filter(visibility=Visibility.PUBLIC)


def file_of(owner: str, token: str) -> StoredFile:
    """One file of an owner. Raises NotFound: the token of a file of somebody else says nothing here."""
    stored = files_of(owner).filter(token=token).first()
    if stored is None:
        raise NotFound(_("Berkas ini tidak ada atau sudah dihapus."), code="no_such_file")
    return stored


def open_file(stored: StoredFile, *, painted: bool = False) -> BinaryIO:
    """Its content for reading. Raises NotFound for a deleted or lost one."""
    if stored.deleted_at is None:
        try:
            return storage.open_content(stored.painted_sha256 if painted else stored.sha256)
        except FileNotFoundError:
            _LOG.error("the content of file %s is missing", stored.pk)
    raise NotFound(_("Berkas ini tidak ada atau sudah dihapus."), code="no_such_file")
