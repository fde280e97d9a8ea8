"""Catalogues: .po files in the tree, .mo files compiled when stale, and the list of what nobody has translated.

The msgid is the Indonesian sentence itself; only English needs a catalogue. The machine needs no gettext tools.
`python -m tanggap.common.translations` adds every missing msgid to the catalogue of the app that uses it.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
LANGUAGES = ("en",)
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
STRING = r"u?((?:'(?:\\.|[^'\\])*')|(?:\"(?:\\.|[^\"\\])*\"))"
IN_TEMPLATE = re.compile(rf"\b(gettext|ngettext|pgettext|_)\(\s*{STRING}(?:\s*,\s*{STRING})?")


@dataclass(frozen=True)
class Use:
    """One sentence that a file shows: its app, where it stands, its plural and context if any."""

    app: str
    path: Path
    msgid: str
    plural: str = ""
    context: str = ""


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Write every .mo that is missing or older than its .po; returns those written. Safe to call from several
    processes at once: a file appears whole or not at all."""
    written = []
    for po in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        catalog = _read(po)
        with NamedTemporaryFile(dir=po.parent, prefix=".mo-", delete=False) as draft:
            write_mo(draft, catalog)
        os.replace(draft.name, mo)
        written.append(mo)
    return written


def untranslated(language: str = "en", package: Path = PACKAGE) -> list[Use]:
    """Sentences of templates and Python that no catalogue of `language` translates (a fuzzy entry counts as none)."""
    known = set()
    for po in package.glob(f"*/locale/{language}/LC_MESSAGES/django.po"):
        known |= {_key(m.id, m.context) for m in _read(po) if m.id and _filled(m.string) and not m.fuzzy}
    found = {(use.context, use.msgid): use for use in uses(package)}
    return [use for key, use in found.items() if key not in known]


def uses(package: Path = PACKAGE) -> Iterator[Use]:
    """Every sentence marked for translation in the package, tests and migrations aside."""
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if len(inside) < 2 or {"tests", "migrations", "static"} & set(inside):
            continue
        if path.suffix == ".py":
            yield from _python_uses(inside[0], path)
        elif "templates" in inside and path.suffix in {".html", ".txt", ".svg", ".xml"}:
            yield from _template_uses(inside[0], path)


def add_missing(language: str = "en", package: Path = PACKAGE) -> int:
    """Append untranslated sentences, empty, to the catalogue of the app that uses them; returns how many."""
    missing = untranslated(language, package)
    for app in sorted({use.app for use in missing}):
        po = package / app / "locale" / language / "LC_MESSAGES" / "django.po"
        catalog = _read(po) if po.exists() else _new(language)
        for use in (use for use in missing if use.app == app):
            if not catalog.get(use.msgid, use.context or None):
                catalog.add((use.msgid, use.plural) if use.plural else use.msgid, context=use.context or None)
        po.parent.mkdir(parents=True, exist_ok=True)
        with po.open("wb") as out:
            write_po(out, catalog, width=0, omit_header=False, sort_output=False)
    return len(missing)


def _new(language: str) -> Catalog:
    return Catalog(
        locale=language, project="Tanggap", fuzzy=False, header_comment="# English for Indonesian sentences."
    )


def _read(po: Path) -> Catalog:
    with po.open("rb") as source:
        return read_po(source, locale=po.parts[-3], domain="django")


def _key(msgid: str | Sequence[str], context: str | None) -> tuple[str, str]:
    return context or "", msgid if isinstance(msgid, str) else msgid[0]


def _filled(translation: str | Sequence[str] | None) -> bool:
    return bool(translation) and (isinstance(translation, str) or all(translation or ()))


def _python_uses(app: str, path: Path) -> Iterator[Use]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from _use(app, path, name, texts)


def _template_uses(app: str, path: Path) -> Iterator[Use]:
    for found in IN_TEMPLATE.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        texts = [ast.literal_eval(text) for text in found.groups()[1:] if text]
        yield from _use(app, path, found[1], [text.replace("%%", "%") for text in texts])


def _use(app: str, path: Path, name: str, texts: list[str]) -> Iterator[Use]:
    if name in SINGULAR and texts:
        yield Use(app, path, texts[0])
    elif name in PLURAL and len(texts) == 2:
        yield Use(app, path, texts[0], plural=texts[1])
    elif name in CONTEXT and len(texts) == 2:
        yield Use(app, path, texts[1], context=texts[0])


if __name__ == "__main__":
    print(add_missing(), "sentences to translate")  # noqa: T201 - a developer's command
