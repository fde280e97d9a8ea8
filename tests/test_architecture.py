"""The house keeps its shape: layers, sizes, names, and links between apps that imports do not show."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "tanggap"

# Top to bottom, as ARCHITECTURE draws it; equals on one line do not see each other.
LAYERS = [
    {"config"},
    {"demo"},
    {"portal", "console", "api"},
    {"channels"},
    {"innovations"},
    {"evaluation"},
    {"surveys", "escalation"},
    {"cases"},
    {"routing"},
    {"accounts"},
    {"directory"},
    {"notify"},
    {"ledger", "files"},
    {"common", "postgres"},
]
HEIGHT = {app: len(LAYERS) - number for number, layer in enumerate(LAYERS) for app in layer}

# Tables rather than code: long because the domain is.
LONG_BY_NATURE = {"tanggap/cases/workflow.py"}
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "managers", "misc", "signals"}


def sources(*, tests: bool = False) -> list[Path]:
    found = [path for path in CODE.rglob("*.py") if "migrations" not in path.parts]
    return [path for path in found if tests or "tests" not in path.parts]


def test_every_folder_is_a_room_of_the_plan() -> None:
    rooms = {path.name for path in CODE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == set(HEIGHT)


def test_no_model_points_upwards_even_by_name() -> None:
    for model in apps.get_models():
        app = model._meta.app_config.name
        if not app.startswith("tanggap."):
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
                continue
            target = field.related_model._meta.app_config.name
            if target.startswith("tanggap."):
                here, there = app.split(".")[1], target.split(".")[1]
                assert here == there or HEIGHT[here] > HEIGHT[there], f"{model.__name__}.{field.name} → {target}"


def test_the_ledger_and_notify_hold_keys_and_no_links() -> None:
    for label in ("ledger", "notify"):
        for model in apps.get_app_config(label).get_models():
            links = [f for f in model._meta.get_fields() if isinstance(f, ForeignKey) and f.model is model]
            assert all(link.related_model._meta.app_label == label for link in links), model


def test_no_source_file_is_longer_than_four_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in sources()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert set(long) <= LONG_BY_NATURE, long


def test_no_room_for_things_without_a_name() -> None:
    assert not [path for path in CODE.rglob("*") if path.stem in FORBIDDEN_NAMES]


def test_a_service_is_one_public_function_keyword_only_that_takes_now() -> None:
    for path in (CODE / "cases" / "services").glob("*.py"):
        if path.stem in ("__init__",):
            continue
        functions = [n for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.FunctionDef)]
        public = {f.name for f in functions if not f.name.startswith("_") and not f.name.startswith("check_")}
        assert public - {"source_digest"} == {path.stem}, path.name
        for function in functions:
            if function.name == path.stem:
                assert not function.args.args, f"{path.name}: keyword-only"
                assert "now" in {argument.arg for argument in function.args.kwonlyargs}, f"{path.name}: takes now"


def test_no_django_signal_is_connected_by_our_code() -> None:
    pattern = re.compile(r"@receiver\(|django\.dispatch|db\.models\.signals|(?:pre|post)_(?:save|delete|migrate)\b")
    assert not [path for path in sources() if pattern.search(path.read_text(encoding="utf-8"))]


def test_migrations_import_no_app() -> None:
    for path in CODE.rglob("migrations/0*.py"):
        text = path.read_text(encoding="utf-8")
        imports = re.findall(r"^(?:from|import) (tanggap[\w.]*)", text, re.MULTILINE)
        assert not imports, f"{path}: {imports}"


@pytest.mark.parametrize(
    "module", ["cases/workflow.py", "cases/clocks", "cases/substance.py", "channels/conversation", "common/masking"]
)
def test_pure_modules_know_no_django(module: str) -> None:
    place = CODE / module
    for path in [place] if place.is_file() else place.rglob("*.py"):
        if "tests" not in path.parts:
            assert "django" not in path.read_text(encoding="utf-8").replace("Pure: no Django", ""), path


def test_no_tenant_is_named_in_code() -> None:
    """Local brands are rows. The one preset that ships is data of escalation, named after its source."""
    tenants = re.compile(r"Hallo Demak|Sampang|Ponorogo|JAKI\b", re.IGNORECASE)
    allowed = {"tanggap/escalation/reference.py"}
    found = {str(p.relative_to(ROOT)) for p in sources() if tenants.search(p.read_text(encoding="utf-8"))}
    assert found <= allowed, found - allowed
