"""Types of the fields that come in: strict, bounded, and never a value that the database could not keep."""

from __future__ import annotations

from datetime import date
from re import ASCII, compile
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, WithJsonSchema
from pydantic_core import PydanticCustomError

_DATE = compile(r"\d{4}-\d{2}-\d{2}", ASCII)


def _without_nul(text: str) -> str:
    """PostgreSQL keeps no NUL; nobody means one."""
    return text.replace("\0", "")


def _as_date(value: Any) -> date:
    """Only `2026-11-25`: a number would be read as seconds since 1970."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("wrong_date", "not a date")


def _words(longest: int) -> Any:
    return Annotated[str, Field(strict=True, max_length=longest), AfterValidator(_without_nul)]


Text = _words(20_000)
Title = _words(160)
Code = _words(64)
Short = _words(40)
Name = _words(120)
PersonName = _words(200)
Email = _words(254)
Flag = StrictBool
Day = Annotated[date, BeforeValidator(_as_date), WithJsonSchema({"type": "string", "format": "date"})]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180, allow_inf_nan=False)]
