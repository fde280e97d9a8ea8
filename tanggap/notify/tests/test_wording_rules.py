"""What an instance's own words must keep to, for any words at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanggap.notify.filling import fields_in, fill
from tanggap.notify.templates import CASE_FIELDS, TEMPLATES
from tanggap.notify.wording_rules import LONGEST_BODY, Fault, findings
from tanggap.notify.words import words_of

# Spelled out: building the table of all of Unicode takes a loaded machine longer than the test.
letters = "aZ9 _-.[]<>&'\"é€\u00a0😀"
plain = st.text(letters + "\n", max_size=60)
named = st.sampled_from([f"{{{name}}}" for name in CASE_FIELDS])
VALUES = {name: f"<{name}>" for name in CASE_FIELDS}


@given(st.lists(st.one_of(plain, named), min_size=1, max_size=8).map("".join).filter(lambda words: words.strip() != ""))
def test_words_that_are_accepted_are_filled_without_a_field_left_over(words: str) -> None:
    assert findings(subject="", body=words, fields=CASE_FIELDS) == []
    assert fields_in(words) <= set(CASE_FIELDS)
    assert "{" not in fill(words, VALUES, CASE_FIELDS)


@given(plain, st.text(letters, max_size=30), plain)
def test_any_other_name_in_braces_is_refused_and_named(before: str, name: str, after: str) -> None:
    faults = findings(subject="", body=f"{before}x{{{name}}}{after}", fields=CASE_FIELDS)
    assert bool(faults) is (name not in CASE_FIELDS)
    assert all((fault.fault, fault.names) == (Fault.UNKNOWN_FIELDS, (name,)) for fault in faults)


@pytest.mark.parametrize("words", ["{", "}", "Laporan {tracking_id", "tracking_id}", "{{link}", "{link}}"])
def test_a_brace_without_its_other_half_is_refused(words: str) -> None:
    assert Fault.LOOSE_BRACE in {finding.fault for finding in findings(subject=words, body="x", fields=CASE_FIELDS)}


def test_the_longest_words_are_accepted_and_one_letter_more_is_not() -> None:
    assert findings(subject="", body="x" * LONGEST_BODY, fields=()) == []
    assert [one.fault for one in findings(subject="", body="x" * (LONGEST_BODY + 1), fields=())] == [Fault.TOO_LONG]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_words_shipped_keep_to_the_rules_of_our_own(language: str) -> None:
    for template in TEMPLATES.values():
        words = words_of(template.name, language)
        for body in (words.email, words.short, words.chat):
            if template.fields:
                assert findings(subject=words.subject, body=body, fields=template.fields) == [], template.name
