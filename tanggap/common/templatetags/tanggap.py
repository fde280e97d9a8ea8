"""The words and parts of every page. `{% load tanggap %}`; the parts' markup is in templates/components/."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tanggap.common import clockwords, formats, words
from tanggap.common.icons import ICONS, LOGO

register = template.Library()

PLACEHOLDER = re.compile(rf"\[({'|'.join(words.MASKED)})\]")
DEFAULT_ZONE = "Asia/Jakarta"


# ---------- formats ----------


def _lang() -> str:
    return clockwords.language()


@register.filter
def long_datetime(moment: datetime | None, tz: tzinfo | str = DEFAULT_ZONE) -> str:
    """`{{ case.received_at|long_datetime:case.zone }}`; nothing for no date."""
    return formats.long_datetime(moment, tz or DEFAULT_ZONE, _lang()) if moment else ""


@register.filter
def short_datetime(moment: datetime | None, tz: tzinfo | str = DEFAULT_ZONE) -> str:
    return formats.short_datetime(moment, tz or DEFAULT_ZONE, _lang()) if moment else ""


@register.filter
def long_date(day: date | datetime | None, tz: tzinfo | str = DEFAULT_ZONE) -> str:
    """Rabu, 25 November 2026; a moment is first brought to its zone."""
    return formats.long_date(_day(day, tz), _lang()) if day else ""


@register.filter
def short_date(day: date | datetime | None, tz: tzinfo | str = DEFAULT_ZONE) -> str:
    return formats.short_date(_day(day, tz), _lang()) if day else ""


def _day(day: date | datetime, tz: tzinfo | str) -> date:
    return day.astimezone(formats.zone(tz or DEFAULT_ZONE)).date() if isinstance(day, datetime) else day


@register.filter
def number(value: Decimal | Fraction | float | str | None, digits: int | None = None) -> str:
    return "" if value is None or value == "" else formats.number(value, _lang(), digits=digits)


@register.filter
def percent(share: Decimal | Fraction | float | None, digits: int = 1) -> str:
    return "" if share is None else formats.percent(share, _lang(), digits=digits)


@register.filter
def file_size(octets: int | None) -> str:
    return "" if octets is None else formats.size(octets, _lang())


@register.filter
def zone_name(tz: tzinfo | str) -> str:
    return formats.zone_name(tz)


@register.filter
def working_days(count: int) -> str:
    return clockwords.days(count)


# ---------- text of citizens ----------


@register.filter(is_safe=False)
def masked(text: str | None) -> SafeString:
    """Escaped text in which `[TELEPON]` has become `<mark class="masked">nomor telepon</mark>`."""
    return mark_safe(PLACEHOLDER.sub(_mark, escape(text or "")))  # noqa: S308 - escaped in the same breath


@register.filter(is_safe=False)
def paragraphs(text: str | None) -> SafeString:
    """Masked text as paragraphs: a blank line parts them, a single line break stays one."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n")) if block.strip()]
    html = "".join(f"<p>{masked(block).replace(chr(10), '<br>')}</p>" for block in blocks)
    return mark_safe(html)  # noqa: S308 - every block went through masked()


def _mark(found: re.Match[str]) -> str:
    return f'<mark class="masked">{escape(words.MASKED[found[1]])}</mark>'


# ---------- icons ----------


def _used(context: Context) -> set[str]:
    """The names drawn so far on this page. The bottom dict of the render context is the one that included
    templates and inclusion tags share; higher ones are theirs alone."""
    shared: Any = context.render_context.dicts[0]
    names: set[str] = shared.setdefault("icons", set())
    return names


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str) -> SafeString:
    """An icon from the page's sprite, hidden from screen readers: a word always stands beside it."""
    if name not in ICONS:
        raise template.TemplateSyntaxError(f"no icon named {name!r}")
    _used(context).add(name)
    return _drawn_icon(name)


@cache
def _drawn_icon(name: str) -> SafeString:
    return format_html('<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag(takes_context=True)
def sprite(context: Context) -> SafeString:
    """The shapes of the icons used above it; the last thing in `<body>`."""
    names = sorted(_used(context))
    if not names:
        return SafeString("")
    symbols = format_html_join(
        "",
        '<symbol id="i-{}" viewBox="0 0 16 16">{}</symbol>',
        ((name, mark_safe(ICONS[name])) for name in names),  # noqa: S308 - constants
    )
    return format_html('<svg class="sprite" width="0" height="0" aria-hidden="true">{}</svg>', symbols)


@register.simple_tag
def brand_logo(brand: Any = None) -> SafeString:
    """The brand's logo (cleaned when it was stored), or the house's five boxes."""
    return mark_safe(getattr(brand, "logo_svg", "") or LOGO)  # noqa: S308 - directory cleans it on save


# ---------- parts ----------


@register.simple_tag(takes_context=True)
def state(context: Context, value: str, *, long: bool = False) -> SafeString:
    """A case's state: shape, word, colour last."""
    table = words.LONG_STATES if long else words.STATES
    return format_html(
        '<span class="state" data-state="{}">{}{}</span>', value, icon(context, value), table.get(value, value)
    )


@register.inclusion_tag("components/clock.html", takes_context=True)
def clock(
    context: Context, view: clockwords.ClockView, *, look: str = "full", to_reporter: bool = True, heading: str = ""
) -> dict[str, Any]:
    """A clock as sentence and bar. `look`: "full" or "mini" (one line)."""
    full = look == "full"
    return {
        "look": look,
        "heading": heading,
        "kind": _kind(view),
        "status": view.status,
        "late": view.status == "late",
        "say": clockwords.headline(view, to_reporter=to_reporter),
        "bar": _drawn(clockwords.bar(view, dated=full)),
        "started": clockwords.started_words(view) if full else "",
        "limit": clockwords.limit_words(view) if full else "",
        "why": clockwords.explanation(view) if full or view.status != "done" else "",
    }


@register.simple_tag(takes_context=True)
def row_clock(context: Context, view: clockwords.ClockView) -> SafeString:
    """A clock in an officer's list of work. Not by a template, which would be half the time of the page."""
    reasons = clockwords.short_reasons(view)
    return format_html(
        '<div class="clock" data-clock="{}"><p class="say">{}{}</p><div class="due">{}<span>{}</span></div>{}</div>',
        _kind(view),
        format_html("{} ", icon(context, "late")) if view.status == "late" else "",
        clockwords.headline(view, to_reporter=False),
        _drawn(clockwords.bar(view, dated=False)),
        clockwords.limit_words(view),
        format_html('<p class="small muted">{}</p>', reasons) if reasons else "",
    )


def _kind(view: clockwords.ClockView) -> str:
    """How a clock is coloured."""
    return "running" if view.status == "paused" else view.status


def _drawn(bar: clockwords.Bar) -> SafeString:
    """The boxes of a bar. Not by a template: a page of fifty clocks has two thousand of them."""
    if not bar.marks:
        return SafeString("")
    boxes = "".join(
        f'<i class="{mark.kind}">{mark.text}</i>' if mark.kind else f"<i>{mark.text}</i>" for mark in bar.marks
    )
    look = f"days {bar.look}".rstrip()
    return mark_safe(f'<div class="{look}" aria-hidden="true">{boxes}</div>')  # noqa: S308 - kinds and day numbers


@register.filter
def clock_headline(view: clockwords.ClockView) -> str:
    return clockwords.headline(view)


@register.filter
def clock_due(view: clockwords.ClockView) -> str:
    return clockwords.due_words(view)


@register.filter
def clock_why(view: clockwords.ClockView) -> str:
    return clockwords.explanation(view)


@register.filter
def clock_sentence(view: clockwords.ClockView) -> str:
    return clockwords.sentence(view)


@register.inclusion_tag("components/custody.html", takes_context=True)
def custody(context: Context, holders: Any, *, level: int = 3) -> dict[str, Any]:
    """Who held the case, how long, why it moved (a list of `HolderLine`)."""
    return {"holders": holders, "heading": f"h{level}"}


@register.filter
def boxes(count: int) -> range:
    """As many boxes as working days, at most forty: a row for a picture, the number stands beside it."""
    return range(min(max(int(count), 0), 40))


@register.inclusion_tag("components/thread.html", takes_context=True)
def thread(context: Context, entries: Any) -> dict[str, Any]:
    """Messages, events and notes in order (a list of `Entry`)."""
    return {"entries": entries}


@register.inclusion_tag("components/files.html", takes_context=True)
def files(context: Context, lines: Any) -> dict[str, Any]:
    """Files as links that give their size (a list of `FileLine`)."""
    return {"lines": lines}


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, kind: str = "", icon_name: str = "info", role: str = "") -> SafeString:
    """`{% notice kind="wait" icon_name="on_hold" %}…{% endnotice %}`; kinds: "" (plain), wait, bad, good."""
    return format_html(
        '<div class="notice"{}{}>{}<div>{}</div></div>',
        format_html(' data-kind="{}"', kind) if kind else "",
        format_html(' role="{}"', role) if role else "",
        icon(context, icon_name),
        content,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """An empty list that says why it is empty and what comes next."""
    return format_html('<div class="empty"><h3>{}</h3>{}</div>', title, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """A dialog opened by a link to `#id`; without script the address opens it, with script `showModal()`."""
    return format_html(
        '<dialog id="{0}" aria-labelledby="{0}-judul"><h2 id="{0}-judul">{1}</h2>{2}</dialog>', id, title, content
    )


@register.inclusion_tag("components/tabs.html")
def tabs(items: Any, label: str) -> dict[str, Any]:
    """Links with an address: (title, address, is the present one, number or None)."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/steps.html", takes_context=True)
def steps(context: Context, titles: Any, now: int) -> dict[str, Any]:
    """The steps of a form; `now` counts from 1."""
    numbered = [(n, title, n < now, n == now) for n, title in enumerate(titles, start=1)]
    return {"steps": numbered, "now": now, "total": len(numbered)}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Any, count_words: str = "") -> dict[str, Any]:
    """Next and previous by cursor, the filters of the address kept (`page` has next_cursor, previous_cursor)."""
    request = context.get("request")

    def address(cursor: str | None) -> str:
        query = request.GET.copy() if request else QueryDict(mutable=True)
        query["cursor"] = cursor or ""
        return f"?{query.urlencode()}" if cursor else ""

    return {
        "next": address(page.next_cursor),
        "previous": address(page.previous_cursor),
        "count_words": count_words,
    }


# ---------- forms ----------


@register.inclusion_tag("components/field.html", takes_context=True)
def field(context: Context, bound: Any, *, look: str = "", heading: str = "") -> dict[str, Any]:
    """Label, hint, what is wrong, control; tied together for screen readers. `look`: classes such as "voice short";
    `heading`: the label is also the page's heading of this level ("h1")."""
    widget = bound.field.widget
    described = [f"{bound.id_for_label}-bantu"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.id_for_label}-salah")
    attrs: dict[str, Any] = {"aria-describedby": " ".join(described)} if described else {}
    classes = f"{widget.attrs.get('class', '')} {look}".strip()
    if classes:
        attrs["class"] = classes
    counted = widget.__class__.__name__ == "Textarea"
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "heading": heading,
        "single_box": getattr(widget, "input_type", "") == "checkbox",
        "maximum": getattr(bound.field, "max_length", None) if counted else None,
    }


@register.inclusion_tag("components/choices.html", takes_context=True)
def choices(context: Context, bound: Any, *, look: str = "", heading: str = "") -> dict[str, Any]:
    """Choice cards: real radios or checkboxes. A label "Title|hint" is drawn as two lines."""
    cards = []
    for box in bound:
        title, _, hint = str(box.choice_label).partition("|")
        cards.append({"control": box.tag(), "title": title, "hint": hint})
    return {"field": bound, "cards": cards, "look": look, "heading": heading}


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context: Context, form: Any, kept: str = "") -> dict[str, Any]:
    """What must be mended, on top, each a link to its field; `kept` says what was not lost."""
    lines = []
    if form is not None and form.is_bound:
        for bound in form:
            lines += [(bound.id_for_label or bound.auto_id, error) for error in bound.errors]
    return {
        "lines": lines,
        "general": form.non_field_errors() if form is not None and form.is_bound else [],
        "kept": kept,
    }


@register.simple_tag
def attr_if(condition: Any, name: str, value: str = "") -> SafeString:
    """` name="value"` when the condition holds, else nothing."""
    return format_html(' {}="{}"', name, conditional_escape(value)) if condition else SafeString("")
