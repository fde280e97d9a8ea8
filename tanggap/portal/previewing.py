"""The last page before sending: exactly what everybody will see, and what may still tell who wrote it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from tanggap.cases.promises import promise
from tanggap.cases.texts import cut_title
from tanggap.cases.urgency import sounds_urgent
from tanggap.common.masking import mask
from tanggap.common.redacting import offered, redact, telling_words
from tanggap.common.words import MASKED
from tanggap.directory.selectors import region_label, root_agency
from tanggap.portal.wizard import Draft

SHORTEST_NAME = 3


def preview(draft: Draft, *, now: datetime) -> dict[str, Any]:
    """By the same masking that the service uses."""
    text, title = draft.values.get("text", ""), " ".join(draft.values.get("title", "").split())
    place = " ".join(draft.values.get("place", "").split())
    names = [draft.values.get(name, "") for name in ("name", "about_person")]
    public_text = redact(text, draft.hide, names)
    words = list(dict.fromkeys([*_own_name(draft), *offered(title), *offered(text), *offered(place)]))
    return {
        "public_text": public_text,
        "public_title": redact(title, draft.hide, names) or cut_title(public_text),
        "place_words": region_label(draft.region) if draft.region else "",
        "public_place": redact(place, draft.hide, names),
        "day": draft.day,
        "classification": draft.classification or "",
        "receiver": draft.agency or root_agency(),
        "promise": promise(draft.agency, draft.classification, now, urgent=sounds_urgent(text, title)),
        "identifying": identifying(draft) if draft.values.get("anonymous") or draft.hidden else [],
        "offered": [(word, word in draft.hide) for word in words],
        "more_hidden": "\n".join(phrase for phrase in draft.hide if phrase not in words),
    }


def identifying(draft: Draft) -> list[str]:
    """What in the words may tell who wrote them, each as a reader would call it; empty when nothing was noticed.

    Masking hides numbers and names with a cue from the public. Who knows the people still recognises "anak saya", and
    where the report is secret but not anonymous the agency reads everything.
    """
    said = [draft.values.get(name, "") for name in ("title", "text", "place")]
    kinds = dict.fromkeys(span.kind for text in said for span in mask(text).spans)
    left = redact("\n".join(said), draft.hide)
    found = [str(MASKED[kind]) for kind in kinds]
    found += [f"“{word}”" for word in (*_names_in(left, draft), *telling_words(left))]
    return list(dict.fromkeys(found))


def _own_name(draft: Draft) -> list[str]:
    return _names_in("\n".join(draft.values.get(name, "") for name in ("title", "text")), draft)


def _names_in(text: str, draft: Draft) -> list[str]:
    """The parts of the reporter's own name that stand in the text, where no masking can know them."""
    parts = [part for part in re.findall(r"[^\W\d_]+", draft.values.get("name", "")) if len(part) >= SHORTEST_NAME]
    return [part for part in parts if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE)]
