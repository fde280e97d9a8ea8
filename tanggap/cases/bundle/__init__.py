"""What the ombudsman takes away of a case: the history as a document and as data, with hashes that can be checked.

Nothing in it says who the reporter is, unless the reporter's consent to that stands in the ledger.
"""

from tanggap.cases.bundle.checking import check_bundle
from tanggap.cases.bundle.packing import Bundle, make_bundle

__all__ = ["Bundle", "check_bundle", "make_bundle"]
