"""The wheel, installed in an environment of its own, far from the checkout, does its work."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.backends import Backend

ROOT = Path(__file__).parents[2]
SECONDS = 60
PRODUCTION = {
    "EXTRANET_ENVIRONMENT": "production",
    "EXTRANET_SECRET_KEY": "0123456789abcdef" * 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An installed wheel with a database and a folder of its own."""

    python: Path
    folder: Path
    database_url: str

    def environment(self, **settings: str) -> dict[str, str]:
        """Return an environment without anything of the checkout."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("EXTRANET_", "PYTHON"))}
        own = {
            "EXTRANET_DATABASE_URL": self.database_url,
            "EXTRANET_INSTANCE_DIR": str(self.folder / "instance"),
            "EXTRANET_MAIL_TRANSPORT": "file",
        }
        return kept | own | settings

    def run(self, *arguments: str) -> str:
        """Run a command of the program to its end and return what it prints."""
        command = [self.python.with_name("extranet"), *arguments]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def serving(self, *command: str, **settings: str) -> Iterator[int]:
        """Run a server, `{port}` in its command filled in, until the block ends."""
        port = free_port()
        log = self.folder / "server.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [part.format(port=port) for part in command],
                cwd=self.folder,
                env=self.environment(**settings),
                stdout=output,
                stderr=output,
            )
        try:
            wait_until(lambda: answers(port) or process.poll() is not None)
            assert process.poll() is None, log.read_text()
            yield port
        finally:
            process.terminate()
            process.wait(SECONDS)

    @property
    def mails(self) -> list[Path]:
        """Return the mails that have left."""
        return list((self.folder / "instance" / "mail").glob("*.eml"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment with the wheel; what the wheel needs comes from ours."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    made = folder / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", made]
    subprocess.run([*install, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path in a .pth file brings the packages of ours, but not what its own .pth files bring: the
    # checkout.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return made


@pytest.fixture
def installation(python: Path, backend: Backend, tmp_path: Path) -> Iterator[Installation]:
    """The installed program with an empty database."""
    with backend.empty() as url:
        yield Installation(python=python, folder=tmp_path, database_url=url)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    """Return the status and the text of a page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def answers(port: int) -> bool:
    try:
        return get(port, "/gezond")[0] == 200
    except OSError:
        return False


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.1)


def assert_serves_pages(port: int) -> None:
    status, page = get(port, "/aanmelden")
    assert (status, "<title>Aanmelden" in page) == (200, True)
    for file in ("vendor/nlds.css", "vendor/source-sans-3-latin.woff2", "theme.css"):
        connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        connection.request("HEAD", f"/static/{file}")
        assert connection.getresponse().status == 200
        connection.close()


@pytest.mark.one_database
def test_program_comes_from_the_wheel(installation: Installation):
    ask = "import extranet, sys; print(extranet.__file__, *sys.path)"
    printed = subprocess.run(
        [installation.python, "-c", ask],
        cwd=installation.folder,
        env=installation.environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert printed.startswith(str(installation.python.parents[1]))
    assert str(ROOT) not in printed.split()


def test_installed_program_runs_and_its_thread_delivers_mail(installation: Installation):
    link = installation.run("create-operator", "olga@example.org", "Olga").strip()
    command = (str(installation.python.with_name("extranet")), "run", "--port", "{port}")

    with installation.serving(*command, EXTRANET_PASSWORD_MEMORY_KIB="8") as port:
        assert_serves_pages(port)
        status, page = get(port, urlsplit(link).path)
        wait_until(lambda: len(installation.mails) == 1)

    assert (status, "Olga" in page) == (200, True)
    assert link in installation.mails[0].read_text()


def test_installed_program_works_under_another_server(installation: Installation):
    shutil.copy(ROOT / "wsgi.py", installation.folder)
    migrated = installation.run("migrate")
    installation.run("create-operator", "olga@example.org", "Olga")
    gunicorn = (str(installation.python), "-m", "gunicorn", "--preload", "-b", "127.0.0.1:{port}")

    for target in ("wsgi:app", "extranet.wsgi:app"):
        with installation.serving(*gunicorn, target, **PRODUCTION) as port:
            assert_serves_pages(port)
    before = list(installation.mails)
    delivered = [installation.run("deliver-mail") for _ in range(2)]

    assert migrated == "The database is up to date.\n"
    assert (before, len(installation.mails)) == ([], 1)
    assert delivered == ["1 mails sent, 4 jobs done.\n", "0 mails sent, 0 jobs done.\n"]
