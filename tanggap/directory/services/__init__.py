"""Operations on the tree of agencies: each keeps its history, none deletes a row."""

from tanggap.directory.services.close_agency import close_agency
from tanggap.directory.services.create_agency import create_agency
from tanggap.directory.services.merge_agencies import merge_agencies
from tanggap.directory.services.rename_agency import rename_agency
from tanggap.directory.services.reparent_agency import reparent_agency
from tanggap.directory.services.root_instance import root_instance

__all__ = ["close_agency", "create_agency", "merge_agencies", "rename_agency", "reparent_agency", "root_instance"]
