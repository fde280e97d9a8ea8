"""Numbers people write down: the public tracking id and the secret code of a receipt.

Both use Crockford's base32: no I, L, O or U, so that nothing is confused when read aloud or copied by hand.
A tracking id ends with a check character over GF(32): the nine characters, each multiplied by a weight of its
own, sum to zero. All weights differ and none is zero, so one wrong character and any two exchanged ones
(next to each other or not) always show. A number of eight random characters says nothing about how many
cases there are or which came before it.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_BODY_LENGTH = 8
_SECRET_LENGTH = 12
_LONGEST_INPUT = 64  # more is no number somebody typed


def _times_x(value: int) -> int:
    """The product of `value` and x in GF(32)."""
    value <<= 1
    return value ^ _FIELD_POLYNOMIAL if value & 0b100000 else value


def _product(left: int, right: int) -> int:
    result = 0
    while right:
        if right & 1:
            result ^= left
        left, right = _times_x(left), right >> 1
    return result


def _weights() -> tuple[int, ...]:
    """x^8 … x^1 for the body and x^0 = 1 for the check character: nine distinct elements, none zero."""
    powers = [1]
    for _ in range(_BODY_LENGTH):
        powers.append(_times_x(powers[-1]))
    return tuple(reversed(powers))


_WEIGHTS = _weights()
_TABLES = tuple(tuple(_product(weight, value) for value in range(32)) for weight in _WEIGHTS)


def _weighted_sum(values: list[int]) -> int:
    total = 0
    for table, value in zip(_TABLES, values, strict=False):
        total ^= table[value]
    return total


def _random_values(count: int) -> list[int]:
    return [byte & 31 for byte in secrets.token_bytes(count)]  # 256 is 8 × 32: every value as likely


def _grouped(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _values_of(raw: str, length: int) -> list[int] | None:
    """The values of what was typed, or None. Only ASCII: `ı` and `ſ` would become I and S in upper case."""
    if len(raw) > _LONGEST_INPUT:
        return None
    typed = raw.strip().replace("-", "")
    if len(typed) != length or not typed.isascii():
        return None
    values = [_VALUE.get(character) for character in typed.upper()]
    known = [value for value in values if value is not None]
    return known if len(known) == length else None


def new_tracking_id() -> str:
    """A fresh random tracking id, `XXXX-XXXX-C`; uniqueness is for the database to enforce."""
    values = _random_values(_BODY_LENGTH)
    return _grouped([*values, _weighted_sum(values)])


def normalize_tracking_id(raw: str) -> str | None:
    """The canonical form of a typed tracking id, or None if it is none.

    Hyphens, case and spaces at the ends are ignored, O is 0, I and L are 1; nothing else is forgiven, because
    a forgiven mistake would show somebody the case of another.
    """
    values = _values_of(raw, _BODY_LENGTH + 1)
    if values is None or _weighted_sum(values) != 0:
        return None
    return _grouped(values)


_LIKE_A_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{4}(?:[ -]?[0-9A-Za-z]{4}){2}(?![0-9A-Za-z])", re.ASCII)


def new_secret_code() -> str:
    """A secret code of 60 random bits, `XXXX-XXXX-XXXX`, shown once on the receipt."""
    return _grouped(_random_values(_SECRET_LENGTH))


def normalize_secret_code(raw: str) -> str | None:
    """The canonical form of a typed secret code, or None; whether it is the right one is for the caller."""
    values = _values_of(raw, _SECRET_LENGTH)
    return None if values is None else _grouped(values)


def without_secret_codes(text: str, instead: str) -> str:
    """The text with everything that could be a secret code replaced: whoever reads along must not become the reporter.

    Letters and digits together, so that long words and long numbers stay.
    """
    return _LIKE_A_CODE.sub(lambda found: instead if _is_mixed(found[0]) else found[0], text)


def _is_mixed(typed: str) -> bool:
    mixed = any(letter.isdigit() for letter in typed) and any(letter.isalpha() for letter in typed)
    return mixed and normalize_secret_code(typed) is not None
