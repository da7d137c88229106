"""Make a new plugin from the skeleton: a small plustaak that works and passes its own tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extranet.errors import PluginError
from extranet.i18n import Text
from extranet.plugins.manifest import NAME

SKELETON = Path(__file__).parent / "skeleton"
STANDS_FOR_THE_NAME = "skelet"
# The suffix keeps what is not ours yet from being read as a part of the program.
SUFFIX = ".txt"
# A bundled plugin has no pyproject of its own, and is tested on both kinds of database.
ONLY_OUTSIDE = {"pyproject.toml", "tests/conftest.py"}
ONLY_BUNDLED = {"tests/conftest_bundled.py": "tests/conftest.py"}


def make_plugin(name: str, folder: Path, *, is_bundled: bool = False) -> Path:
    """Write a plugin into a new folder of its name and return that folder.

    Raises PluginError for a name that no plugin can
    have, FileExistsError when the folder is there already.
    """
    if not NAME.fullmatch(name):
        raise PluginError(
            Text("“%(name)s” is no name for a plugin: use one lower-case word.", name=name)
        )
    target = folder / name
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    for source, path in _files(name):
        if str(path) in (ONLY_OUTSIDE if is_bundled else ONLY_BUNDLED):
            continue
        written = target / ONLY_BUNDLED.get(str(path), path)
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(
            source.read_text(encoding="utf-8").replace(STANDS_FOR_THE_NAME, name), encoding="utf-8"
        )
    return target


def _files(name: str) -> Iterator[tuple[Path, Path]]:
    """Yield each file of the skeleton with the path that it gets."""
    for source in sorted(SKELETON.rglob(f"*{SUFFIX}")):
        path = str(source.relative_to(SKELETON)).removesuffix(SUFFIX)
        yield source, Path(path.replace(STANDS_FOR_THE_NAME, name))
