"""Loading the reference data that ships with the product: idempotent, and never over an administrator's edit."""

from tanggap.directory.reference.loading import load, load_all
from tanggap.directory.reference.selection import Selection

__all__ = ["Selection", "load", "load_all"]
