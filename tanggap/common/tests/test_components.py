"""Every part of a page, in both languages: well-formed, nothing inline, nothing unescaped."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from tanggap.common import clockwords, translations
from tanggap.common.entries import Entry, FileLine, HolderLine
from tanggap.common.templatetags import tanggap as tags

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> [TELEPON]"
WIB = ZoneInfo("Asia/Jakarta")
VOID = {"meta", "link", "input", "br", "path", "circle", "use", "img", "hr", "rect", "line"}


@dataclass(frozen=True)
class Box:
    date: date
    kind: str


@dataclass(frozen=True)
class View:
    name: str = "first_answer"
    status: str = "due"
    day: int = 5
    limit: int = 5
    unit: str = "working_days"
    started_on: date = date(2026, 12, 15)
    due_at: datetime = datetime(2026, 12, 22, 16, 59, 59, tzinfo=UTC)
    stopped_at: datetime | None = None
    late_days: int = 0
    box_days: int = 1
    boxes: tuple[Box, ...] = (
        Box(date(2026, 12, 16), "past"),
        Box(date(2026, 12, 19), "off"),
        Box(date(2026, 12, 20), "off"),
        Box(date(2026, 12, 22), "today"),
        Box(date(2026, 12, 23), "future"),
    )
    off_days: tuple[tuple[date, str], ...] = ((date(2026, 12, 24), "cuti bersama"),)
    paused_days: int = 0
    zone: ZoneInfo = WIB


class Strict(HTMLParser):
    """Refuses what a strict page must not have."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert "style" not in given, self.get_starttag_text()
        assert not [name for name in given if name.startswith("on")], self.get_starttag_text()
        assert tag != "style"
        assert tag != "script" or given.get("src"), "inline script"
        assert len(given) == len(attrs), f"an attribute twice: {self.get_starttag_text()}"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> where <{tag}> was not the last opened"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Strict:
    page = Strict()
    page.feed(html)
    page.close()
    assert not page.open, f"never closed: {page.open}"
    assert len(page.ids) == len(set(page.ids)), "an id twice"
    return page


def draw(source: str, **values: object) -> str:
    return Template("{% load tanggap i18n %}" + source).render(Context(values))


class Sheet(forms.Form):
    surel = forms.EmailField(label="Alamat surel", help_text="Boleh kosong")
    cerita = forms.CharField(label="Cerita", max_length=4000, widget=forms.Textarea)
    anonim = forms.BooleanField(label="Anonim", help_text="Nama Anda tidak dibuka", required=False)
    kapan = forms.ChoiceField(
        label="Kapan?", choices=[("a", "Hari ini|Senin"), ("b", EVIL)], widget=forms.RadioSelect, help_text="Pilih"
    )


SHEET = Sheet({"surel": EVIL, "cerita": EVIL})
THREAD = [
    Entry("message", datetime(2026, 12, 7, 12, tzinfo=UTC), "Asia/Jakarta", EVIL + "\n\nDua\nbaris", EVIL, voice=True),
    Entry("event", datetime(2026, 12, 8, 12, tzinfo=UTC), "Asia/Jakarta", EVIL),
    Entry(
        "note", datetime(2026, 12, 8, 12, tzinfo=UTC), "WIT", EVIL, "Unit", files=[FileLine(EVIL, "/f/1", 14800, EVIL)]
    ),
]
HOLDERS = [HolderLine(EVIL, 2, why=EVIL, returned=True), HolderLine("Dinas", 7, now=True)]
PARTS = {
    "icon": ('{% icon "late" %}', {}),
    "state": ("{% state s %}{% state s long=True %}", {"s": "answered"}),
    "unknown state": ("{% state s %}", {"s": "late"}),
    "clock": ("{% clock c %}", {"c": View()}),
    "clock heading": ('{% clock c heading="h2" to_reporter=False %}', {"c": View(name="window")}),
    "clock mini": ('{% clock c look="mini" %}', {"c": View(status="done")}),
    "clock row": ("{% row_clock c %}", {"c": View(status="late", late_days=2)}),
    "custody": ("{% custody h level=4 %}", {"h": HOLDERS}),
    "thread": ("{% thread t %}", {"t": THREAD}),
    "files": ("{% files f %}", {"f": [FileLine(EVIL, "", 10), FileLine("a", "/f/2", 10)]}),
    "letter": (
        '{% include "components/letter.html" %}',
        {"title": EVIL, "sender": EVIL, "text": EVIL, "at": THREAD[0].at, "zone": "WIB", "signed": EVIL},
    ),
    "masked": ("{{ t|masked }}{{ t|paragraphs }}", {"t": EVIL}),
    "notice": ('{% notice kind="bad" role="alert" icon_name="late" %}<p>{{ t }}</p>{% endnotice %}', {"t": EVIL}),
    "empty": ("{% empty title=t %}<p>{{ t }}</p>{% endempty %}", {"t": EVIL}),
    "dialog": ('{% dialog id="a" title=t %}<p>{{ t }}</p>{% enddialog %}', {"t": EVIL}),
    "tabs": ("{% tabs i label=t %}", {"i": [(EVIL, "?a=1", True, 3), ("b", "?b", False, None)], "t": EVIL}),
    "steps": ("{% steps s now=2 %}", {"s": ["Cerita", EVIL, "Kirim"]}),
    "pages": ("{% pages p count_words=t %}", {"p": SimpleNamespace(next_cursor=EVIL, previous_cursor="b"), "t": EVIL}),
    "case row": (
        '<ul>{% include "components/case_row.html" %}</ul>',
        {"row": {"url": "/l/1", "title": EVIL, "quote": EVIL, "state": "closed", "holder": EVIL, "rating": 4}},
    ),
    "toast": ('{% include "components/toast.html" %}', {"text": EVIL, "undo_url": "/x", "undo_words": EVIL}),
    "field": (
        '{% field f.surel look="voice short" %}{% field f.cerita heading="h1" %}{% field f.anonim %}',
        {"f": SHEET},
    ),
    "choices": ('{% choices f.kapan look="pair" heading="h1" %}', {"f": SHEET}),
    "error summary": ("{% error_summary f kept=t %}", {"f": SHEET, "t": EVIL}),
    "messages": ('{% include "components/messages.html" %}', {"messages": []}),
}
PAGES = [
    "base_portal.html",
    "base_console.html",
    "400.html",
    "403.html",
    "404.html",
    "409.html",
    "413.html",
    "429.html",
]


@pytest.fixture(autouse=True, params=["id", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    translations.compile_all()
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def plain_static() -> Iterator[None]:
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=storages):
        yield


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_well_formed_and_escapes_what_it_is_given(name: str) -> None:
    source, values = PARTS[name]
    page = read(draw(source + "{% sprite %}", **values))
    assert not [tag for tag, _ in page.tags if tag in {"script", "img"}]
    if EVIL in values.values():
        assert "alert(1)" in "".join(page.words), "what was written is shown, harmless"


@pytest.mark.parametrize("name", [*PAGES, "500.html", "503.html"])
def test_a_page_has_one_heading_a_language_and_its_icons(name: str, language: str, plain_static: None) -> None:
    page = read(draw(f'{{% include "{name}" %}}', lang=language, typed=[EVIL], demo=True))
    assert ("html", {"lang": language}) in page.tags
    wanted = {str(a["href"])[1:] for tag, a in page.tags if tag == "use"}
    assert wanted <= set(page.ids), "an icon whose shape is not on the page"
    if name[0].isdigit():
        assert [tag for tag, _ in page.tags].count("h1") == 1


def test_the_sprite_carries_exactly_the_icons_used() -> None:
    html = draw(
        '{% icon "file" %}{% include "components/messages.html" %}{% files f %}{% sprite %}', f=[FileLine("a", "/", 1)]
    )
    assert html.count("<symbol") == 1
    assert 'id="i-file"' in html


def test_masked_data_names_what_was_hidden(language: str) -> None:
    html = draw("{{ t|masked }}", t="Hubungi [TELEPON] & [ENTAH]")
    word = {"id": "nomor telepon", "en": "phone number"}[language]
    assert html == f'Hubungi <mark class="masked">{word}</mark> &amp; [ENTAH]'


def test_paragraphs_keep_the_writers_breaks() -> None:
    assert draw("{{ t|paragraphs }}", t="a\r\nb\r\n\r\nc") == "<p>a<br>b</p><p>c</p>"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View(), {"id": "Tanggapan pertama: hari ke-5 dari 5", "en": "First answer: day 5 of 5"}),
        (View(status="late", day=7, late_days=2), {
            "id": "Tanggapan pertama: terlambat 2 hari kerja", "en": "First answer: 2 working days late",
        }),
        (View(status="paused", paused_days=1), {
            "id": "Tanggapan pertama: berhenti 1 hari kerja, menunggu pelapor",
            "en": "First answer: stopped for 1 working day, waiting for the reporter",
        }),
        (View(name="verification", status="done", day=2, limit=3), {
            "id": "Verifikasi: hari ke-2 dari 3, tepat waktu", "en": "Verification: day 2 of 3, on time",
        }),
        (View(status="done", day=0), {
            "id": "Tanggapan pertama: selesai pada hari yang sama", "en": "First answer: done on the same day",
        }),
        (View(status="running", day=0), {
            "id": "Tanggapan pertama: mulai dihitung, batas 5 hari kerja",
            "en": "First answer: starting, limit 5 working days",
        }),
        (View(name="window", status="running", day=1, limit=10), {
            "id": "Giliran Anda: hari ke-1 dari 10", "en": "Your turn: day 1 of 10",
        }),
        (View(status="running", limit=6, unit="hours", boxes=()), {
            "id": "Tanggapan pertama: batas 6 jam", "en": "First answer: limit 6 hours",
        }),
    ],
)  # fmt: skip
def test_a_clock_says_where_it_stands(view: View, words: dict[str, str], language: str) -> None:
    assert clockwords.headline(view) == words[language]
    read(draw("{% clock c %}", c=view))


def test_a_clock_explains_its_date(language: str) -> None:
    assert (
        clockwords.explanation(View(paused_days=2))
        == {
            "id": "Jatuh tempo Selasa, 22 Desember 2026 pukul 23.59 WIB. Tidak dihitung: Sabtu, Minggu dan 24 Desember "
            "(cuti bersama). Dijeda 2 hari kerja menunggu pelapor.",
            "en": "Due Tuesday, 22 December 2026, 23:59 WIB. Not counted: Saturday, Sunday and 24 December "
            "(cuti bersama). Paused for 2 working days, waiting for the reporter.",
        }[language]
    )


def test_a_long_clock_says_what_one_box_is() -> None:
    long = replace(View(), box_days=7, limit=60)
    assert clockwords.explanation(long).endswith(("satu kotak adalah 1 minggu.", "one box is 1 week."))
    assert clockwords.bar(long).look == ""


def test_day_numbers_stand_in_the_boxes_only_while_they_fit() -> None:
    assert [m.text for m in clockwords.bar(View()).marks] == ["16", "", "", "22", "23"]
    many = replace(View(), boxes=tuple(Box(date(2026, 12, d), "past") for d in range(1, 15)))
    assert clockwords.bar(many).look == ""
    assert clockwords.bar(View(), dated=False).look == "mini"


def test_a_field_is_tied_to_its_hint_and_its_error() -> None:
    page = read(draw("{% field f.surel %}", f=SHEET))
    control = next(given for tag, given in page.tags if tag == "input")
    assert control["aria-invalid"] == "true"
    assert set(str(control["aria-describedby"]).split()) <= set(page.ids)


def test_the_tags_refuse_an_unknown_icon() -> None:
    with pytest.raises(tags.template.TemplateSyntaxError):
        draw('{% icon "pelangi" %}')
