"""A report card as people read it: beside what it is compared with, as charts, as CSV and on paper."""
