"""Keyset paging: the next page starts after the last row seen, so page 50 costs what page 1 costs.

A cursor names a position, not a right: whoever edits one reads another part of the same queryset, never a row
outside it. A cursor that cannot be read means the first page.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BooleanField, Expression, F, Field, Func, Model, QuerySet, Value

T = TypeVar("T")
ModelT = TypeVar("ModelT", bound=Model)
_LONGEST_CURSOR = 1000
_FORWARD, _BACKWARD = "n", "p"
_PARSERS: dict[str, Callable[[str], Any]] = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows and how to get to those after and before them (None: there are none)."""

    items: Sequence[T]
    next_cursor: str | None
    previous_cursor: str | None


class _Row(Func):
    template = "(%(expressions)s)"
    arg_joiner = ", "
    output_field = BooleanField()  # never selected; a row value has no type of its own in Django


class _After(Func):
    template = "%(expressions)s"
    arg_joiner = " > "
    output_field = BooleanField()


class _Before(_After):
    arg_joiner = " < "


def encode_cursor(values: tuple[Any, ...]) -> str:
    """An opaque text for numbers, texts, booleans, dates, times and decimals."""
    text = json.dumps([_tagged(value) for value in values], separators=(",", ":"), ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def cursor_behind(*values: Any) -> str:
    """The cursor of the page that begins behind the row with these values of the order."""
    return encode_cursor((_FORWARD, *values))


def decode_cursor(cursor: str) -> tuple[Any, ...] | None:
    """The values of `encode_cursor`, or None for anything else."""
    if len(cursor) > _LONGEST_CURSOR:
        return None
    try:
        entries = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_untagged(entry) for entry in entries) if isinstance(entries, list) else None
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return None


def _tagged(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Decimal):
        return {"n": str(value)}
    if isinstance(value, str | int | float):
        return value
    raise TypeError(f"a cursor cannot hold {type(value).__name__}; columns that order a page must not be null")


def _untagged(entry: Any) -> Any:
    if isinstance(entry, dict):
        ((tag, text),) = entry.items()
        return _PARSERS[tag](text)
    if isinstance(entry, str | int | float):
        return entry
    raise ValueError("not a cursor")


def keyset_page(
    queryset: QuerySet[ModelT], *, order: tuple[str, ...] = ("due_at", "id"), cursor: str | None = None, size: int = 50
) -> Page[ModelT]:
    """`size` rows of `queryset` after (or before) `cursor`, ordered by `order`.

    All columns go in one direction (all with `-` or none), the last is unique and none is ever null: then one
    comparison of rows, `(due_at, id) > (…)`, is answered by one index. One statement, `size + 1` rows.
    """
    descending = order[0].startswith("-")
    if any(name.startswith("-") != descending for name in order):
        raise ValueError("the columns of a page go in one direction")
    names = tuple(name.removeprefix("-") for name in order)
    direction, position = _position(queryset, names, cursor)
    backward = direction == _BACKWARD
    rows = queryset.order_by(*(_ordered(name, descending != backward) for name in names))
    if position is not None:
        compare = _Before if descending != backward else _After
        rows = rows.filter(compare(_Row(*(F(name) for name in names)), _Row(*position)))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    return _page(found, names, after=backward or more, before=more if backward else position is not None)


def _ordered(name: str, descending: bool) -> str:
    return f"-{name}" if descending else name


def _page(found: list[ModelT], names: tuple[str, ...], *, after: bool, before: bool) -> Page[ModelT]:
    def at(row: ModelT, direction: str) -> str:
        return encode_cursor((direction, *(_value(row, name) for name in names)))

    return Page(
        items=found,
        next_cursor=at(found[-1], _FORWARD) if found and after else None,
        previous_cursor=at(found[0], _BACKWARD) if found and before else None,
    )


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _position(
    queryset: QuerySet[ModelT], names: tuple[str, ...], cursor: str | None
) -> tuple[str, tuple[Expression, ...] | None]:
    """Direction and typed values of a cursor; (forward, None) when it is absent or cannot be one of ours."""
    decoded = decode_cursor(cursor) if cursor else None
    if decoded is None or len(decoded) != len(names) + 1 or decoded[0] not in (_FORWARD, _BACKWARD):
        return _FORWARD, None
    try:
        fields = [_field(queryset, name) for name in names]
        values = tuple(_typed(field, value) for field, value in zip(fields, decoded[1:], strict=True))
    except (ValidationError, ValueError, TypeError, OverflowError):
        return _FORWARD, None
    return decoded[0], values


def _field(queryset: QuerySet[ModelT], name: str) -> Field[Any, Any]:
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return annotation.output_field
    model: type[Model] = queryset.model
    *relations, last = name.split("__")
    try:
        for relation in relations:
            related = model._meta.get_field(relation).related_model
            if not isinstance(related, type):
                raise ValueError(f"{relation} leads nowhere")
            model = related
        field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    except FieldDoesNotExist as error:
        raise LookupError(f"no column {name} to page by") from error
    if not isinstance(field, Field):
        raise LookupError(f"{name} is no column to page by")
    return field


def _typed(field: Field[Any, Any], value: Any) -> Expression:
    """The value as the column would hold it. Raises ValidationError: 10**30 or a NUL must not reach the database."""
    if isinstance(value, str) and "\0" in value:
        raise ValueError("a text with NUL")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError("a time without zone")
    converted = field.to_python(value)
    field.run_validators(converted)
    return Value(converted, output_field=field)
