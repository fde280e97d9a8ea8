"""Taking values out of JSON that strangers wrote: whatever stands there, what comes out has the type asked for."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any

# Beyond the year 2286 or before 1970 no provider's clock is right.
_LATEST = 9_999_999_999


def parsed(body: bytes) -> Any:
    """The JSON value. Raises ValueError for anything else, also for nesting deeper than can be read."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def objects(given: Any) -> list[dict[str, Any]]:
    """The objects of a list; empty for anything that is none."""
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def part(given: Any, name: str) -> dict[str, Any]:
    """The object under this name, or an empty one."""
    found = given.get(name) if isinstance(given, dict) else None
    return found if isinstance(found, dict) else {}


def words(given: Any, name: str) -> str:
    """The text under this name, without what a database cannot keep: NUL and halves of surrogate pairs."""
    found = given.get(name) if isinstance(given, dict) else None
    if not isinstance(found, str):
        return ""
    return found.replace("\x00", "").encode("utf-8", "ignore").decode()


def digits(given: Any, name: str) -> str:
    """A whole number under this name, written as number or text; empty for anything else."""
    found = given.get(name) if isinstance(given, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**20:
        return str(found)
    return found if isinstance(found, str) and found.isascii() and found.isdecimal() and len(found) <= 20 else ""


def size_of(given: dict[str, Any], name: str) -> int | None:
    """A size in bytes, where one is given."""
    found = digits(given, name)
    return int(found) if found and not found.startswith("-") else None


def point_of(given: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, where both lie on the earth."""
    latitude, longitude = given.get("latitude"), given.get("longitude")
    for value, most in ((latitude, 90), (longitude, 180)):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if not (math.isfinite(value) and abs(value) <= most):
            return None
    return float(latitude or 0), float(longitude or 0)


def moment_of(given: dict[str, Any], name: str) -> datetime | None:
    """A moment in seconds since 1970, as providers write it."""
    found = digits(given, name)
    if not found or found.startswith("-") or int(found) > _LATEST:
        return None
    return datetime.fromtimestamp(int(found), UTC)
