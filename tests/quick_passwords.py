"""pytest plugin: passwords by the product's algorithm with the least work, a hundredth of what a real one costs.

What a real one costs is proved in `accounts/tests/test_signing_in.py`; servers that tests start do the full work.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2Hasher(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = 8
    parallelism = 1


def pytest_configure(config: pytest.Config) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.QuickArgon2Hasher", *settings.PASSWORD_HASHERS[1:]]
