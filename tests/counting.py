"""Counting the statements of a page or a service, without the one that time decides about."""

from __future__ import annotations

from typing import Any

from django.test.utils import CaptureQueriesContext

# The cache of reference data asks once a second whether it is still right: a slow machine would count one more.
BY_THE_CLOCK = "FROM directory_referencerevision"


class Statements(CaptureQueriesContext):
    """`len(caught)` statements were run inside the block."""

    @property
    def captured_queries(self) -> list[dict[str, Any]]:
        return [query for query in super().captured_queries if BY_THE_CLOCK not in query["sql"]]
