"""The published commands of `bin/tanggap`: names that outside scripts rely on. The rest is reached by `manage`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"[a-z][a-z-]*")
PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Command:
    """A published command: its line in the help, and whether it needs a prepared database."""

    name: str
    summary: str
    database: bool = True

    @property
    def module(self) -> str:
        """The management command behind it."""
        return self.name.replace("-", "_")

    def exists(self) -> bool:
        """Whether this release has it; asked of the files, since importing every app takes a second."""
        return self.name in OWN or any(PACKAGE.glob(f"*/management/commands/{self.module}.py"))


OWN = {"backup", "restore", "doctor", "maintenance", "psql", "manage", "rotate-keys"}

COMMANDS = (
    Command("setup", "root an instance at the nation, a province or a regency"),
    Command("create-admin", "a one-time link that makes the first administrator"),
    Command("load-reference", "regions, agencies, categories, calendars and policies"),
    Command("load-calendar", "the national holidays of a new year"),
    Command("load-demo", "invented people and cases, in a folder without real ones"),
    Command("import-cases", "historical cases from a CSV file"),
    Command("report-card", "the figures of one agency or region over a period"),
    Command("ranking", "agencies in order of their score"),
    Command("verify-period", "whether a published period is still what its manifest says"),
    Command("mask", "replace personal data in standard input", database=False),
    Command("export", "cases and events as Parquet, without texts and people"),
    Command("publish-open-data", "a new version of the open data"),
    Command("index-words", "what the search of public cases reads, where it is missing"),
    Command("rebuild-tallies", "count all figures anew from the events"),
    Command("erasures", "who was forgotten, listed outside the database; repeated after a restore"),
    Command("audit", "compare events, chain, checkpoints, rows and tallies"),
    Command("sweep", "do what the clocks say is due"),
    Command("outbox", "messages written, sent and waiting"),
    Command("letters", "letters issued"),
    Command("channel", "add and list the ways in and out"),
    Command("android-app", "the app in Android's store that belongs to a brand"),
    Command("train-routing", "learn routing from decided cases"),
    Command("suggest", "suggest agencies for lines of text", database=False),
    Command("bench", "a measurement beside its floor", database=False),
    Command("rotate-keys", "seal with a new key from now on"),
    Command("backup", "database and files into a folder, the key ring in a file apart"),
    Command("restore", "a backup into an empty data folder"),
    Command("doctor", "check disk, keys, clock, versions, migrations and worker"),
    Command("maintenance", "on or off: put every page off politely"),
    Command("psql", "psql as the owner of the database"),
)


def published() -> list[Command]:
    """The commands that this release has."""
    return [command for command in COMMANDS if command.exists()]


def find(name: str) -> Command | None:
    """A published command, or one of our apps that is for developers and therefore not listed."""
    unlisted = Command(name, "")
    known = next((command for command in COMMANDS if command.name == name), unlisted)
    return known if NAME.fullmatch(name) and known.exists() else None
