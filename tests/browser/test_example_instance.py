"""The instance of the example as a stranger meets it: how Lighthouse judges its pages, and their pictures in docs/.

`bin/test --long tests/browser/test_example_instance.py`; with TANGGAP_WRITE_SCREENSHOTS=1 the pictures are made anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_portal_pages import press
from tests.house import ROOT, House, empty_folder, wait_for
from tests.packages import program

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long, pytest.mark.timeout(1200)]
LIGHTHOUSE = "12.8.2"
CATEGORIES = {"performance", "accessibility", "best-practices", "seo"}
LEAST = 0.95
CHROMIUM = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-background-networking"
SCREENSHOTS = ROOT / "docs" / "screenshots"
"""Written only when asked for: their dates change from day to day."""
PORTAL = {"beranda": "/", "lapor": "/lapor/", "laporan": "/laporan/", "satu-laporan": "{case}",
          "statistik": "/statistik/", "rapor-instansi": "/instansi/35.27/", "peringkat": "/peringkat/"}  # fmt: skip
CONSOLE = {"kotak-masuk": ("liaison_officer", "/kerja/"), "laporan-di-ruang-kerja": ("liaison_officer", "{first}"),
           "ringkasan": ("leader", "/kerja/ringkasan/"), "rapor": ("leader", "/kerja/rapor/")}  # fmt: skip


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with empty_folder() as data:
        house = House(data, measured=False)
        house.start()
        try:
            wait_for(lambda: house.ask("SELECT count(*) FROM cases_case")[0] >= 5000, 600)
            wait_for(lambda: not house.ask("SELECT 1 FROM ledger_movement LIMIT 1"), 600)
            yield house
        finally:
            house.stop()


@pytest.fixture(scope="module")
def case(house: House) -> str:
    """The address of a public case."""
    answer = house.get("/laporan/")
    assert answer is not None
    found = re.search(r'href="(/l/[^"]+)"', answer[1])
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, from the npm registry."""
    folder = tmp_path_factory.mktemp("lighthouse")
    quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--prefix", str(folder)]
    subprocess.run([program("npm", "npm"), "install", *quiet, f"lighthouse@{LIGHTHOUSE}"], check=True, timeout=600)
    return folder / "node_modules" / ".bin" / "lighthouse"


def measured(command: list[str | Path]) -> dict[str, Any]:
    """What Lighthouse reports. Where it breaks off it says nothing about the page, so it is asked once more."""
    environment = {**os.environ, "CHROME_PATH": program("chromium", "chromium")}
    for _ in range(2):
        done = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
        if done.returncode == 0:
            return dict(json.loads(done.stdout))
    raise AssertionError(done.stderr.decode()[-2000:])


@pytest.mark.parametrize("path", ["/", "/lapor/", "{case}", "/statistik/"])
def test_lighthouse_finds_next_to_nothing(house: House, case: str, lighthouse: Path, path: str) -> None:
    address = f"http://localhost:{house.port}{path.format(case=case)}"
    report = measured([lighthouse, address, "--output=json", "--quiet", f"--chrome-flags={CHROMIUM}"])
    scores = {name: category["score"] for name, category in report["categories"].items()}
    assert scores.keys() == CATEGORIES
    low = [audit["title"] for audit in report["audits"].values() if audit["score"] is not None and audit["score"] < 1]
    assert all(score >= LEAST for score in scores.values()), f"{path}: {scores}; {low}"


def save(page: Page, name: str, width: int) -> bytes:
    """A picture of the first screens of a page, in docs/ if asked for."""
    picture = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": 1000 if width > 320 else 1400},
                              full_page=True)  # fmt: skip
    if os.environ.get("TANGGAP_WRITE_SCREENSHOTS") == "1":
        SCREENSHOTS.mkdir(exist_ok=True)
        (SCREENSHOTS / f"{name}-{width}.png").write_bytes(picture)
    assert (SCREENSHOTS / f"{name}-{width}.png").exists(), "docs/screenshots lacks a picture of this page"
    return picture


@pytest.mark.parametrize("width", [320, 1280])
def test_the_main_pages_stand_as_pictures_in_docs(house: House, case: str, browser: Browser, width: int) -> None:
    wanted: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "locale": "id-ID"}
    context = browser.new_context(**wanted, base_url=f"http://localhost:{house.port}")
    page = context.new_page()
    for name, path in PORTAL.items():
        answer = page.goto(path.format(case=case))
        assert answer is not None
        assert answer.status == 200, path
        save(page, name, width)
    for name, (person, path) in CONSOLE.items():
        context.clear_cookies()
        sign_in(page, house, person)
        first = page.locator("main a[href^='/kerja/l/']").first.get_attribute("href") if "{first}" in path else ""
        page.goto(path.format(first=first))
        save(page, name, width)
    context.close()


def sign_in(page: Page, house: House, person: str) -> None:
    lines = (house.data / "demo-passwords.txt").read_text(encoding="utf-8").splitlines()
    passwords = dict(line.split("\t") for line in lines if "\t" in line)
    address = f"{person}@demo.tanggap.id"
    page.goto("/akun/masuk/?next=/kerja/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", passwords[address])
    press(page.locator("main form button").first)
