"""English is complete, and catalogues compile when they are stale and only then."""

import os
from pathlib import Path

from babel.messages.mofile import read_mo

from tanggap.common import translations

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Simpan"
msgstr "%s"
"""


def make_app(tmp_path: Path, english: str) -> Path:
    folder = tmp_path / "kios" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO % english, encoding="utf-8")
    (tmp_path / "kios" / "templates").mkdir()
    (tmp_path / "kios" / "templates" / "a.html").write_text(
        '{% load i18n %}{% translate "Simpan" %}{% blocktranslate trimmed with n=x %}\nAda {{ n }} hal\n'
        '{% endblocktranslate %}<p title="{% translate \'Judul\' %}">{{ y|default:_("Kosong") }}</p>',
        encoding="utf-8",
    )
    (tmp_path / "kios" / "b.py").write_text('ngettext("%(n)s hari", "%(n)s hari", n)\ngettext("Simpan")\n')
    return tmp_path


def test_every_sentence_on_screen_has_its_english() -> None:
    missing = [f"{use.path.relative_to(translations.PACKAGE)}: {use.msgid}" for use in translations.untranslated()]
    assert not missing, "python -m tanggap.common.translations adds these to the catalogues:\n" + "\n".join(missing)


def test_placeholders_are_the_same_in_both_languages() -> None:
    for po in translations.PACKAGE.glob("*/locale/en/LC_MESSAGES/django.po"):
        catalog = translations._read(po)
        assert not [(m.id, e) for m, errors in catalog.check() for e in errors]


def test_a_sentence_without_english_is_reported_with_its_file(tmp_path: Path) -> None:
    found = {use.msgid for use in translations.untranslated(package=make_app(tmp_path, ""))}
    assert found == {"Simpan", "Ada %(n)s hal", "Judul", "Kosong", "%(n)s hari"}
    (tmp_path / "kios" / "locale" / "en" / "LC_MESSAGES" / "django.po").write_text(PO % "Save", encoding="utf-8")
    assert "Simpan" not in {use.msgid for use in translations.untranslated(package=tmp_path)}


def test_missing_sentences_are_added_once(tmp_path: Path) -> None:
    make_app(tmp_path, "Save")
    assert translations.add_missing(package=tmp_path) == 4
    translations.add_missing(package=tmp_path)
    text = (tmp_path / "kios" / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text()
    assert text.count('msgid "Judul"') == 1
    assert 'msgid_plural "%(n)s hari"' in text


def test_a_catalogue_is_compiled_only_when_stale(tmp_path: Path) -> None:
    make_app(tmp_path, "Save")
    (mo,) = translations.compile_all(tmp_path)
    with mo.open("rb") as compiled:
        assert read_mo(compiled)["Simpan"].string == "Save"
    assert translations.compile_all(tmp_path) == []
    os.utime(mo, (0, 0))
    assert translations.compile_all(tmp_path) == [mo]
