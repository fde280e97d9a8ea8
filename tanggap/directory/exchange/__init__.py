"""Reference data out as tables, and in again line by line through the services."""

from tanggap.directory.exchange.importing import Outcome, Report, import_reference
from tanggap.directory.exchange.tables import TABLES, Table

__all__ = ["TABLES", "Outcome", "Report", "Table", "import_reference"]
