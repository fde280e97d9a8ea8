"""Reference data out as tables, and in again through the services, all of a file or nothing."""

from tanggap.directory.exchange.importing import Outcome, Report, import_reference
from tanggap.directory.exchange.shape import Mark, Table
from tanggap.directory.exchange.tables import TABLES

__all__ = ["TABLES", "Mark", "Outcome", "Report", "Table", "import_reference"]
