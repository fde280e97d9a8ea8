"""What can be wrong with a request, in words that may be shown to the person who made it.

Every error carries a whole sentence in the reader's language (what happened, what was kept, what to do), a
stable `code` for programs and, where one input is to blame, the name of its `field`. Nothing personal goes
into a message: it ends up in pages, API answers and logs alike.
"""

from __future__ import annotations

from typing import ClassVar


class TanggapError(Exception):
    """The base of every error that a view may turn into an answer."""

    status: ClassVar[int] = 400
    default_code: ClassVar[str] = "error"

    def __init__(self, message: object, *, code: str | None = None, field: str | None = None) -> None:
        super().__init__(message)
        self._message = message
        self.code = code or self.default_code
        self.field = field

    @property
    def message(self) -> str:
        """The sentence; a lazy translation is resolved here, in the language of the request that shows it."""
        return str(self._message)

    def __str__(self) -> str:
        return self.message


class Invalid(TanggapError):
    """Something typed or sent cannot be accepted; a form shows the sentence beside the field."""

    status = 422
    default_code = "invalid"


class Refused(TanggapError):
    """The thing asked for is not possible now (illegal move, stale form). Nothing was changed."""

    status = 409
    default_code = "refused"


class Forbidden(TanggapError):
    """The actor may not. Shown as 404, because even the existence of a case can be a secret."""

    status = 404
    default_code = "not_found"


class NotFound(TanggapError):
    """There is no such thing, or none that this actor may know of."""

    status = 404
    default_code = "not_found"


class TooMany(TanggapError):
    """A limit on frequency was reached; `retry_after` (seconds) says when to try again."""

    status = 429
    default_code = "too_many"

    def __init__(
        self, message: object, *, code: str | None = None, field: str | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(message, code=code, field=field)
        self.retry_after = retry_after
