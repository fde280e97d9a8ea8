"""Who may read which field of which kind of case: what the crawl is held to, written without looking at the code."""

from __future__ import annotations

from tests.cast import POSTS
from tests.safety.world import FIELDS, IDENTITY, KINDS, READ_KINDS

# How much a person sees of a case.
NOTHING, PUBLIC, STAFF, REPORTER = "nothing", "public", "staff", "reporter"

VISITORS = ("anonymous", "stranger")
# `other_officer` holds the same post as `officer` and would only be read twice.
PEOPLE = (*(name for name in POSTS if name != "other_officer"), *VISITORS, "owner", "reporter")

PUBLIC_KINDS = {"open", "answered", "closed", "archived", "anonymous", "elsewhere"}
PROTECTED_KINDS = {"anonymous", "accused", "inspected"}

# Kinds each post works on, besides what is public to everybody.
AT_SAMPANG = {"fresh", "open", "answered", "closed", "archived", "anonymous", "secret", "pressed"}
ABOUT_HEALTH = {"accused", "inspected"}
STAFF_KINDS: dict[str, set[str]] = {
    "verifier": AT_SAMPANG | {"inspected"},
    "officer": AT_SAMPANG - {"fresh"},
    "health_officer": set(),
    "unit_head": set(),
    "inspector": AT_SAMPANG | ABOUT_HEALTH,
    "leader": AT_SAMPANG | {"inspected"},
    "outsider": {"elsewhere"},
    "evaluator": set(KINDS) - {"accused"},
    "ombudsman": set(KINDS),
    "national_admin": set(KINDS),
}

# Whom a case is about, by name: those who must keep it away from them.
READS_SUBJECTS = {"verifier", "inspector", "national_admin"}

SHOWN_TO_ALL = {"text", "title", "reply", "answer", "place"}


def level(person: str, kind: str) -> str:
    """The most a person may see of a case of this kind, over all doors."""
    if person in ("owner", "reporter"):
        return REPORTER
    if kind in STAFF_KINDS.get(person, set()):
        return STAFF
    return PUBLIC if kind in PUBLIC_KINDS else NOTHING


def may_read(person: str, kind: str, field: str) -> bool:
    """Whether this field may ever come back to this person, on any route."""
    seen = level(person, kind)
    if seen == NOTHING or field == "exif":
        return False
    if seen == REPORTER:
        return field != "note"
    protected = kind in PROTECTED_KINDS
    if field == "subject_name":
        return seen == STAFF and person in READS_SUBJECTS
    if field == "place":
        return not protected
    if field == "reply" and seen == PUBLIC and kind not in READ_KINDS:
        return False
    if field in SHOWN_TO_ALL:
        return True
    if seen == STAFF:
        # In an ordinary case the agency reads what the reporter wrote; in a protected one the masked text.
        return field == "note" or (field in ("typed_phone", "typed_email") and not protected)
    return False


def never_in_logs(field: str) -> bool:
    """Logs and metrics know nothing of any field."""
    return field in FIELDS


def never_in_clear_in_the_database(field: str, kind: str) -> bool:
    """What the database administrator must not read."""
    if field in (*IDENTITY, "file_name", "exif", "subject_name"):
        return True
    return kind in PROTECTED_KINDS and field in ("typed_phone", "typed_email", "place")
