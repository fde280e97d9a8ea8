"""Everything the house keeps about one person, to be taken away (UU PDP 27/2022: the right to a copy)."""

from tanggap.cases.owndata.contents import CASES_A_FILE, parts_of, person_data
from tanggap.cases.owndata.document import person_pdf, trace_lines
from tanggap.cases.owndata.traces import trace_facts

__all__ = ["CASES_A_FILE", "parts_of", "person_data", "person_pdf", "trace_facts", "trace_lines"]
