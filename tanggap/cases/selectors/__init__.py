"""Reading cases: the one door to a case, its clocks, its custody, its thread, the lists."""

from tanggap.cases.selectors.clocks import clock_views, present_clock
from tanggap.cases.selectors.custody import CustodyLink, custody_chain
from tanggap.cases.selectors.door import CaseView, get_case_for, open_case
from tanggap.cases.selectors.finding import Piece, snippets
from tanggap.cases.selectors.lists import Filters, inbox, public_list, queue_counts
from tanggap.cases.selectors.mine import my_cases
from tanggap.cases.selectors.similar import similar_cases
from tanggap.cases.selectors.thread import Audience, ThreadEntry, narrative_for, thread_for

__all__ = [
    "Audience",
    "CaseView",
    "CustodyLink",
    "Filters",
    "Piece",
    "ThreadEntry",
    "clock_views",
    "custody_chain",
    "get_case_for",
    "inbox",
    "my_cases",
    "narrative_for",
    "open_case",
    "present_clock",
    "public_list",
    "queue_counts",
    "similar_cases",
    "snippets",
    "thread_for",
]
