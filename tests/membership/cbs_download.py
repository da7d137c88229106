"""The example releases of CBS, and ways to spoil them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extranet.membership.rules import Kind, NamedFile, UnreadableRelease, read_release

DATA = Path(__file__).parent / "data"
PAGES = ("observations-page-1.json", "observations-page-2.json")

Row = dict[str, Any]


def folder(path: Path) -> list[NamedFile]:
    return [NamedFile(name=p.name, content=p.read_bytes()) for p in sorted(path.iterdir())]


def json_files() -> list[NamedFile]:
    return folder(DATA / "cbs_json")


def csv_files() -> list[NamedFile]:
    return folder(DATA / "cbs_csv")


def zipped(files: Sequence[NamedFile], name: str = "03759ned.zip") -> NamedFile:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.writestr(file.name, file.content)
    return NamedFile(name=name, content=stream.getvalue())


def only(files: Sequence[NamedFile], *names: str) -> list[NamedFile]:
    return [file for file in files if file.name in names]


def without(files: Sequence[NamedFile], *names: str) -> list[NamedFile]:
    return [file for file in files if file.name not in names]


def replaced(files: Sequence[NamedFile], name: str, content: bytes) -> list[NamedFile]:
    assert name in {file.name for file in files}
    new = NamedFile(name=name, content=content)
    return [new if file.name == name else file for file in files]


def content_of(files: Sequence[NamedFile], name: str) -> bytes:
    (file,) = only(files, name)
    return file.content


def with_rows(files: Sequence[NamedFile], change: Callable[[list[Row]], object]) -> list[NamedFile]:
    """Change the rows of the first page in place."""
    document = json.loads(content_of(files, PAGES[0]))
    change(document["value"])
    return replaced(files, PAGES[0], json.dumps(document).encode())


def with_row(
    files: Sequence[NamedFile], area: str, period: str, **values: object
) -> list[NamedFile]:
    """Change the row of a municipality's inhabitants on 1 January, on the first page."""

    def change(rows: list[Row]) -> None:
        wanted = ("M000352", area, period)
        (row,) = [r for r in rows if (r["Measure"], r["RegioS"], r["Perioden"]) == wanted]
        row.update(values)

    return with_rows(files, change)


def refusal(files: Sequence[NamedFile], **options: Any) -> UnreadableRelease:
    with pytest.raises(UnreadableRelease) as caught:
        read_release(files, **options)
    assert caught.value.problems
    return caught.value


def said(error: UnreadableRelease) -> list[tuple[Kind, str, str, str]]:
    """Return each problem as kind, file, row and message, in English."""
    return [(p.kind, p.file, str(p.row) if p.row else "", str(p.message)) for p in error.problems]
