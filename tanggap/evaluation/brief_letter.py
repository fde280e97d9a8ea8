"""The letter of a brief: counts, names of offices, topics and places, titles of what everybody may read, a link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tanggap.accounts.models import Membership
from tanggap.accounts.ways import ways_to_person
from tanggap.common import formats
from tanggap.common.links import absolute
from tanggap.escalation.letters.posts import post_name
from tanggap.evaluation.brief_showing import shown
from tanggap.evaluation.brief_words import plain
from tanggap.evaluation.briefs.content import Brief
from tanggap.evaluation.selectors.briefs.scope import Scope, query_of
from tanggap.notify.outgoing import Outgoing

TEMPLATE = "brief"


def letter_to(post: Membership, scope: Scope, brief: Brief, *, now: datetime) -> Outgoing:
    """The letter to one leader, in Indonesian as all letters are."""
    with translation.override("id"):
        values = shown(scope, brief)
        told = {
            "post": post_name(post.role, post.agency) if post.role != "leader" else f"Pimpinan {post.agency.full_name}",
            "agency": post.agency.full_name,
            "period": values["window_words"],
            "headline": values["headline"],
            "count": formats.number(brief.received.now),
            "closed": formats.number(brief.endings.closed),
            "late": formats.number(brief.late),
            "list": plain("\n".join(lines_of(values))),
            "link": absolute(f"/kerja/ringkasan/?{query_of(scope, brief.window)}"),
        }
    key = f"brief:{brief.window.length}:{brief.window.first}:{post.agency_id}"
    return Outgoing(
        key=f"{key}:{post.person.key}",
        template=TEMPLATE,
        ways=ways_to_person(post.person),
        due_at=now,
        not_before=now,
        values=told,
        source=key,
        payer=f"agency:{post.agency.body_id}" if post.agency.body_id else "",
        recipient_role=post.role,
        recipient_key=post.person.key,
        recipient_name=post.person.name,
    )


def lines_of(values: dict[str, Any]) -> Iterator[str]:
    """What stands out, who is late, what to ask, what was solved: a line each."""
    for one in values["rising"]:
        topic = one.topic
        yield f"- {topic.name}: {topic.usual}, " + _("kini %(n)s") % {"n": formats.number(topic.now)}
    for unit, words in values["units"]:
        yield f"- {unit.name}: " + ", ".join(filter(None, [_("%(n)s terlambat") % {"n": unit.n}, words]))
    for number, (_question, words) in enumerate(values["questions"], start=1):
        yield f"{number}. {words}"
    for one in values["solved"]:
        yield "- " + _("Beres: %(title)s (%(agency)s)") % {"title": one.title or one.number, "agency": one.agency}
