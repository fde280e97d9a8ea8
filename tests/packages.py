"""Programs of the system that some tests need, by the Debian package that brings them."""

from __future__ import annotations

import shutil

import pytest


def program(name: str, package: str) -> str:
    """The path of `name`; the test fails with the package to install when it is missing."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"This test needs {name}: install the Debian package {package}.", pytrace=False)
    return found
